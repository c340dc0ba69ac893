import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Comparison, compareOutcomes } from "../report/comparison.js";
import { metricsCsv, timeseriesCsv } from "../report/csv.js";
import { escapeTerminal } from "../report/escape.js";
import { page } from "../report/html.js";
import { compareDocument } from "../report/json.js";
import { manifest } from "../report/manifest.js";
import { pageInput } from "../report/page-input.js";
import { openMetrics } from "../report/prometheus.js";
import { answer } from "../report/sentence.js";
import { type ExpectedMetric, expectations } from "../scenario/expectations.js";
import { faultTitles } from "../scenario/fault-titles.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Plan } from "../simulation/plan.js";
import { seedsFrom } from "../sweep/cells.js";
import { type Sweep, digestOf, sweep } from "../sweep/sweep.js";
import { costNotes } from "./cost-notes.js";
import { BAD_INPUT, EXPECTATION_FAILED, Exit, FINE, INTERRUPTED, UNDECIDED, badInput } from "./exit.js";
import { failureLines } from "./failures.js";
import { interruptible } from "./interruption.js";
import { joinedRegions } from "./joined-regions.js";
import { type Loaded, loadScenario } from "./load.js";
import { looksUnseen } from "./looks.js";
import { prepareFolder, scenarioName, writeFiles } from "./output.js";
import { plansOf, pluginsOf } from "./plans.js";
import { pricedSweep } from "./priced-sweep.js";
import { areStruck, parted, quietly } from "./quiet-runs.js";
import { refusedOrders } from "./refused-orders.js";
import { weighed } from "./roi.js";
import { stillFleets } from "./still-fleets.js";
import { complaint, tell } from "./tell.js";
import { Terminal } from "./terminal.js";
import { jointExit, verdictLines } from "./verdicts.js";
import { VERSION } from "./version.js";
import { WatchFiles } from "./watch-files.js";
import type { WatchRequest } from "./watch-options.js";

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
  /** What to keep of the run beside its results; then it has to be a single one. */
  readonly watch?: WatchRequest | null;
  /** Microseconds after which the run ends early. */
  readonly until?: number | undefined;
  /** Requests per second that all users together are scaled to. */
  readonly rate?: number | undefined;
  /** Also runs without faults and orders what says what its users bring in, for the report to say what each earns. */
  readonly weighs?: boolean;
  /** What only looks among the actions of the scenario is shown elsewhere. */
  readonly showsLooks?: boolean;
  /** Command that runs one architecture with one seed. */
  replayOne(architecture: string, seed: string): string;
  /** Command that runs so many seeds from the first on. */
  replay(first: string, count: number): string;
}

/** Runs a scenario with its seeds, tells the answer, and writes the results. Returns the exit code. */
export async function study(options: StudyOptions): Promise<number> {
  const interruption = interruptible();
  const watched = options.watch ? new WatchFiles(options.watch, scenarioName(options.file)) : null;
  try {
    return await studied(options, interruption.signal, watched);
  } finally {
    watched?.discard();
    interruption.end();
  }
}

/** A signal is listened to until the files are written: one that comes between the last run and them must lose nothing. */
async function studied(options: StudyOptions, signal: AbortSignal, watched: WatchFiles | null): Promise<number> {
  const loaded = loadScenario(options.file);
  const { plans, notes: planned, factor } = plansOf(loaded, options);
  const folder = join(options.out, scenarioName(options.file));
  prepareFolder(folder);
  const terminal = new Terminal(options.json || options.watch?.trace?.file === "-", options.quiet);
  const workers = options.workers ?? availableParallelism();
  const seeds = seedsFrom(options.seed, options.seeds);
  const onProgress = (done: number, total: number): void => terminal.progress(done, total);
  const watching = [watched?.watching ?? null];
  const isWeighed = options.weighs === true && loaded.scenario.economics !== null;
  const twins = isWeighed && areStruck(plans) ? quietly(plans) : [];
  const ran = await sweep({ plans: [...plans, ...twins], seeds, workers, signal, onProgress, watching });
  const { main, quiet } = parted(leading(seeds, ran), plans);
  const swept = pricedSweep(main, plans, loaded.scenario.prices);
  const notes = [
    ...planned,
    ...costNotes(loaded.scenario, plans, swept),
    ...refusedOrders(plans, swept.outcomes),
    ...joinedRegions(plans, swept.outcomes),
    ...stillFleets(plans, swept.outcomes),
    ...(options.showsLooks === true ? [] : looksUnseen(loaded.scenario, plans, options.file)),
  ];
  if (swept.seeds.length === 0) {
    throw new Exit(INTERRUPTED, "interrupted before the first seed was finished; nothing was written");
  }
  const facts = {
    question: loaded.scenario.raw.question!,
    scenario: scenarioName(options.file),
    seeds: swept.seeds,
    complete: swept.complete,
    digest: digestOf(swept.outcomes.flat().filter((outcome) => outcome !== null)),
    failed: swept.failed,
    // What is promised of the whole run is not judged by a part of it.
    expectations: options.until === undefined ? promisedMetrics(loaded.scenario) : [],
    faultTitles: faultTitles(loaded.scenario.raw, plans[0]!.faults),
  };
  const whole = options.replay(options.seed, options.seeds);
  const replay = swept.complete ? whole : options.replay(replayedFrom(options.seed, swept.seeds), swept.seeds.length);
  if (swept.outcomes.every((seed) => seed.every((outcome) => outcome === null)))
    throw badInput([...failureLines(swept.failed, options), "no run was finished; nothing was written"].join("\n"));
  const names = plans.map((plan) => plan.architecture);
  const comparison = compareOutcomes(facts, names, swept.outcomes);
  const sentence = answer(comparison);
  const roi = isWeighed ? weighed(loaded.scenario, options.file, plans, swept, quiet) : null;
  const document = compareDocument(comparison, sentence, notes);
  const report = page(pageInput(comparison, sentence, replay, notes, roi));
  const files = filesOf(comparison, report, document, loaded, options, replay, plans);
  writeFiles(folder, files);
  const kept = swept.kept[0] ?? null;
  if (kept !== null) watched!.finish(kept);
  if (options.json) terminal.document(document);
  if (!options.quiet) {
    const beside = quiet.flat().reduce((sum, outcome) => sum + (outcome?.work.requests ?? 0), 0);
    const told = { sentence, notes, folder, files: [...files.keys()], replay, workers, factor, whole, beside };
    tell(terminal, comparison, told);
  }
  const judgements = kept?.judgements ?? [];
  if (!options.quiet && judgements.length > 0) {
    const lines = verdictLines(judgements, ({ evidence }) => [`Operations ${evidence.join(", ")}`]);
    terminal.say(escapeTerminal(["", ...lines].join("\n")));
  }
  const open = comparison.promises.filter(({ kept }) => !kept);
  for (const promise of open) process.stderr.write(`${escapeTerminal(complaint(options.file, promise))}\n`);
  for (const line of failureLines(swept.failed, options)) process.stderr.write(`${escapeTerminal(line)}\n`);
  if (!swept.complete) return INTERRUPTED;
  if (swept.failed.length > 0) return BAD_INPUT;
  if (open.some(({ verdict }) => verdict === "broken")) return EXPECTATION_FAILED;
  const checked = jointExit(judgements);
  return checked === FINE && open.length > 0 ? UNDECIDED : checked;
}

/** What asks for a record, or whether any of many seeds met something, is for `check` to say. */
const promisedMetrics = (scenario: Scenario): ExpectedMetric[] =>
  expectations(scenario).flatMap((each) => (each.kind === "metric" && each.claim.how !== "sometimes" ? [each] : []));

/**
 * What one command can make again: of an interrupted sweep the seeds up to the first that is missing. Beyond it there are
 * at most as many as there are threads.
 */
function leading(wanted: readonly string[], swept: Sweep): Sweep {
  const missing = wanted.findIndex((seed, index) => swept.seeds[index] !== seed);
  const count = missing < 0 ? wanted.length : missing;
  return { ...swept, seeds: swept.seeds.slice(0, count), outcomes: swept.outcomes.slice(0, count) };
}

/** A word alone is another seed than the first of several that are named after it. */
const replayedFrom = (first: string, finished: readonly string[]): string =>
  finished.length === 1 ? finished[0]! : first;

function filesOf(
  comparison: Comparison,
  report: string,
  document: string,
  loaded: Loaded,
  options: StudyOptions,
  replay: string,
  plans: readonly Plan[],
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
    rate: options.rate ?? null,
    until: options.until ?? null,
    replay,
    plugins: pluginsOf(plans),
  };
  return new Map([
    ["summary.json", document],
    ["metrics.csv", metricsCsv(comparison)],
    ["timeseries.csv", timeseriesCsv(comparison)],
    ["metrics.prom", openMetrics(comparison)],
    ["report.html", report],
    ["manifest.json", manifest(facts, comparison)],
  ]);
}
