import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { type Comparison, compareOutcomes } from "../report/comparison.js";
import { metricsCsv, timeseriesCsv } from "../report/csv.js";
import { escapeTerminal, oneLine } from "../report/escape.js";
import { page } from "../report/html.js";
import { compareDocument } from "../report/json.js";
import { manifest } from "../report/manifest.js";
import { pageInput } from "../report/page-input.js";
import { openMetrics } from "../report/prometheus.js";
import { answer } from "../report/sentence.js";
import { textTable } from "../report/table.js";
import { compile } from "../scenario/compile.js";
import { expectations } from "../scenario/expectations.js";
import type { Plan } from "../simulation/plan.js";
import { seedsFrom } from "../sweep/cells.js";
import { digestOf, sweep } from "../sweep/sweep.js";
import { EXPECTATION_FAILED, Exit, FINE, INTERRUPTED, badInput } from "./exit.js";
import { type Loaded, loadScenario } from "./load.js";
import { prepareFolder, scenarioName, writeFiles } from "./output.js";
import { Terminal, wrap } from "./terminal.js";
import { VERSION } from "./version.js";

export interface StudyOptions {
  readonly file: string;
  readonly seed: string;
  readonly seeds: number;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly workers?: number | undefined;
  /** Only this architecture. */
  readonly architecture?: string | undefined;
  /** Requests per second that all users together are scaled to. */
  readonly rate?: number | undefined;
  /** Command that makes the same again. */
  readonly replay: string;
}

/** Runs a scenario with its seeds, tells the answer, and writes the results. Returns the exit code. */
export async function study(options: StudyOptions): Promise<number> {
  const interruption = interruptible();
  try {
    return await studied(options, interruption.signal);
  } finally {
    interruption.end();
  }
}

/** A signal is listened to until the files are written: one that comes between the last run and them must lose nothing. */
async function studied(options: StudyOptions, signal: AbortSignal): Promise<number> {
  const loaded = loadScenario(options.file);
  const { plans, notes, factor } = plansOf(loaded, options);
  const folder = join(options.out, scenarioName(options.file));
  prepareFolder(folder);
  const terminal = new Terminal(options.json, options.quiet);
  const workers = options.workers ?? availableParallelism();
  const swept = await sweep({
    plans,
    seeds: seedsFrom(options.seed, options.seeds),
    workers,
    signal,
    onProgress: (done, total) => terminal.progress(done, total),
  });
  if (swept.seeds.length === 0) {
    throw new Exit(INTERRUPTED, "interrupted before the first seed was finished; nothing was written");
  }
  const facts = {
    question: loaded.scenario.raw.question!,
    scenario: scenarioName(options.file),
    seeds: swept.seeds,
    complete: swept.complete,
    digest: digestOf(swept.outcomes.flat()),
  };
  const names = plans.map((plan) => plan.architecture);
  const comparison = compareOutcomes(facts, names, swept.outcomes);
  const sentence = answer(comparison);
  const document = compareDocument(comparison, sentence);
  const files = filesOf(comparison, sentence, document, loaded, options, notes);
  writeFiles(folder, files);
  if (options.json) terminal.document(document);
  if (!options.quiet) tell(terminal, comparison, sentence, notes, folder, [...files.keys()], options, workers, factor);
  const failed = broken(loaded, comparison, options.architecture);
  for (const line of failed) process.stderr.write(`${escapeTerminal(line)}\n`);
  if (!swept.complete) return INTERRUPTED;
  return failed.length > 0 ? EXPECTATION_FAILED : FINE;
}

function plansOf(
  loaded: Loaded,
  options: StudyOptions,
): { plans: readonly Plan[]; notes: readonly string[]; factor: number } {
  const compiled = compile(loaded.scenario, options.rate);
  const { architecture } = options;
  const plans = compiled.plans.filter((plan) => architecture === undefined || plan.architecture === architecture);
  if (plans.length === 0) {
    const known = compiled.plans.map((plan) => plan.architecture).join(", ");
    throw badInput(
      `--architecture: error: ${options.file} has no architecture "${architecture}"; expected one of ${known}`,
    );
  }
  return { plans, notes: compiled.notes.map((note) => note.message), factor: compiled.factor };
}

function filesOf(
  comparison: Comparison,
  sentence: string,
  document: string,
  loaded: Loaded,
  options: StudyOptions,
  notes: readonly string[],
): Map<string, string> {
  const { latency } = loaded.scenario;
  const tables =
    latency.kind === "table"
      ? [{ name: latency.table.name, date: latency.table.date, source: latency.table.source }]
      : [];
  const facts = {
    version: VERSION,
    scenarioFile: options.file,
    scenarioText: loaded.text,
    tables,
    replay: options.replay,
  };
  return new Map([
    ["summary.json", document],
    ["metrics.csv", metricsCsv(comparison)],
    ["timeseries.csv", timeseriesCsv(comparison)],
    ["metrics.prom", openMetrics(comparison)],
    ["report.html", page(pageInput(comparison, sentence, options.replay, notes))],
    ["manifest.json", manifest(facts, comparison)],
  ]);
}

function tell(
  terminal: Terminal,
  comparison: Comparison,
  sentence: string,
  notes: readonly string[],
  folder: string,
  files: readonly string[],
  options: StudyOptions,
  workers: number,
  factor: number,
): void {
  const { width } = terminal;
  const requests = comparison.architectures
    .flatMap(({ outcomes }) => outcomes)
    .reduce((sum, { work }) => sum + work.requests, 0);
  const seconds = terminal.seconds();
  const perCore = requests / seconds / Math.max(1, workers);
  const lines = [
    "",
    wrap(oneLine(comparison.question), width),
    "",
    wrap(sentence, width),
    "",
    textTable(comparison, width, false),
    "",
    ...(comparison.complete ? [] : [`Interrupted: only the seeds ${comparison.seeds.join(", ")} were finished.`]),
    ...(factor === 1 ? [] : [`Users and capacity were scaled by ${factor.toFixed(2)}.`]),
    ...notes.map((note) => wrap(`Note: ${note}.`, width)),
    `${(requests / 1e6).toFixed(1)} million requests in ${seconds.toFixed(1)} s on ${workers} threads (${Math.round(perCore / 1000)},000 requests/s and thread)`,
    wrap(`Files   ${relative("", folder) || "."}/ ${files.join(" ")}`, width).replaceAll("\n", "\n        "),
    `Replay  ${options.replay}`,
    `Digest  ${comparison.digest}`,
  ];
  terminal.say(escapeTerminal(lines.join("\n")));
}

/** What was promised and not kept, judged on the mean over seeds; an undefined value keeps no promise. */
function broken(loaded: Loaded, comparison: Comparison, only: string | undefined): string[] {
  return expectations(loaded.scenario).flatMap((promise) => {
    const found = comparison.architectures.find(({ name }) => name === promise.architecture);
    if (found === undefined || (only !== undefined && only !== promise.architecture)) return [];
    const { mean } = found.metrics[promise.metric]!;
    if (mean !== null && promise.holds(mean)) return [];
    const was = mean === null ? "undefined" : String(mean);
    return [
      `${loaded.scenario.file}:${promise.line}: expectation failed: ${promise.architecture} ${promise.metric} was ${was}; expected ${promise.comparison}`,
    ];
  });
}

/** The first Ctrl-C ends the study after the runs at hand are dropped; a second one ends the program at once. */
function interruptible(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write("\ninterrupted: writing what is finished (Ctrl-C again to end at once)\n");
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    end: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
