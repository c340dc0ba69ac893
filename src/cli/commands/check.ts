import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { checkDocument } from "../../report/check-json.js";
import { checkText, complaints, tally } from "../../report/check-text.js";
import { escapeTerminal } from "../../report/escape.js";
import { type JudgedFile, type PromiseVerdict, jointVerdict } from "../../report/judged-file.js";
import { junit } from "../../report/junit.js";
import { seedsFrom } from "../../sweep/cells.js";
import type { CommandBody } from "../commands.js";
import { EXPECTATION_FAILED, Exit, FINE, INTERRUPTED, UNDECIDED, badInput } from "../exit.js";
import { interruptible } from "../interruption.js";
import { type JudgeRun, type Promising, judgeFile, promising } from "../judge-file.js";
import { PendingFile } from "../pending-file.js";
import { severalFiles } from "../several-files.js";
import { replayOf } from "../shell.js";
import { Terminal, wrap } from "../terminal.js";
import { MEMORY, memory } from "../watch-options.js";
import { wholeNumber } from "./study-options.js";

const SEEDS = 10;

const OPTIONS = ["seeds", "seed", "architecture", "workers", "record-memory", "junit", "json", "quiet"] as const;

interface Arguments {
  files: string[];
  seed: string;
  seeds: number;
  architecture: string | undefined;
  workers: number | undefined;
  recordMemory: string | undefined;
  junit: string | undefined;
  json: boolean;
  quiet: boolean;
}

const EXIT: Readonly<Record<PromiseVerdict, number>> = {
  kept: FINE,
  broken: EXPECTATION_FAILED,
  undecided: UNDECIDED,
};

export const check: CommandBody<Arguments> = {
  builder: (argv) =>
    severalFiles(argv, "scenario files, or names of those that come along", OPTIONS)
      .option("seeds", { type: "number", requiresArg: true, default: SEEDS, describe: "how many paired seeds" })
      .option("seed", { type: "string", requiresArg: true, default: "1", describe: "first seed; the others follow it" })
      .option("architecture", { type: "string", requiresArg: true, describe: "only what is promised of this one" })
      .option("workers", { type: "number", requiresArg: true, describe: "threads, 1 or more; all cores if left out" })
      .option("record-memory", {
        type: "string",
        requiresArg: true,
        describe: `the largest record for a checker, a thread (${MEMORY})`,
      })
      .option("junit", { type: "string", requiresArg: true, describe: "write the verdicts as JUnit XML too" })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .option("quiet", { type: "boolean", default: false, describe: "say only what is not kept" })
      .example("$0 check scenarios/*.yaml --junit promises.xml", "in CI")
      .epilogue("Exit codes: 0 all kept, 1 some broken, 2 bad input, 4 none broken but some undecided.") as never,
  handler: async (given) => {
    wholeNumber("seeds", given.seeds, 1, 10_000);
    wholeNumber("workers", given.workers, 1, 256);
    const files = readAll(given);
    const output = given.junit === undefined ? null : junitFile(given.junit, given.files);
    try {
      process.exitCode = await judgeAll(files, given, output);
    } finally {
      output?.discard();
    }
  },
};

/** All that is wrong with any of the files, at once and before anything runs. */
function readAll({ files, architecture, recordMemory }: Arguments): Promising[] {
  const mostRecord = memory(recordMemory ?? MEMORY);
  const wrong: string[] = [];
  const read = files.flatMap((file) => {
    try {
      return [promising(String(file), { architecture, mostRecord })];
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      wrong.push(error.message);
      return [];
    }
  });
  if (wrong.length > 0) throw badInput(wrong.join("\n"));
  return read;
}

function junitFile(file: string, scenarios: readonly string[]): PendingFile {
  if (scenarios.some((each) => resolve(String(each)) === resolve(file)))
    throw badInput(`--junit: error: ${file} is a scenario and would be overwritten; expected another file`);
  return new PendingFile(file);
}

async function judgeAll(files: readonly Promising[], given: Arguments, output: PendingFile | null): Promise<number> {
  const interruption = interruptible("the file at hand is not judged");
  const first = new Terminal(given.json, given.quiet);
  const found: JudgedFile[] = [];
  try {
    for (const file of files) {
      const terminal = new Terminal(given.json, given.quiet);
      const judgedFile = await judgeFile(file, runOf(given, interruption.signal, terminal));
      if (judgedFile === null) break;
      found.push(judgedFile);
      tell(judgedFile, given, terminal);
    }
  } finally {
    interruption.end();
  }
  const complete = found.length === files.length;
  if (given.json) first.document(checkDocument(found, complete));
  else if (!given.quiet && found.length > 0) first.say(`\n${summary(found, files.length, first.seconds())}`);
  if (!complete) return INTERRUPTED;
  output?.write(junit(found));
  output?.commit();
  return EXIT[jointVerdict(found)];
}

function runOf(given: Arguments, signal: AbortSignal, terminal: Terminal): JudgeRun {
  const room = given.recordMemory === undefined ? [] : ["--record-memory", given.recordMemory];
  const all = ["--seed", given.seed, "--seeds", String(given.seeds)];
  return {
    seeds: seedsFrom(given.seed, given.seeds),
    workers: given.workers ?? availableParallelism(),
    signal,
    onProgress: (done, total) => terminal.progress(done, total),
    replay: (file, architecture, seed) =>
      replayOf(
        "check",
        file,
        "--architecture",
        architecture,
        ...(seed === null ? all : ["--seed", seed, "--seeds", "1"]),
      ),
  };
}

function tell(file: JudgedFile, { json, quiet }: Arguments, terminal: Terminal): void {
  if (json || quiet) for (const each of complaints(file)) process.stderr.write(`${escapeTerminal(each)}\n`);
  else terminal.say(escapeTerminal(`\n${checkText(file, terminal.width, wrap)}`));
}

function summary(found: readonly JudgedFile[], files: number, seconds: number): string {
  const runs = found.reduce((sum, each) => sum + each.runs, 0);
  const seeds = found[0]!.seeds.length;
  const of = [
    `${found.length} ${found.length === files ? "" : `of ${files} `}${files === 1 ? "file" : "files"}`,
    `${seeds} ${seeds === 1 ? "seed" : "seeds"}`,
    `${runs} runs`,
    `${seconds.toFixed(1)} s`,
  ];
  return `${tally(found)} (${of.join(", ")})`;
}
