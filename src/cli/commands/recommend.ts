import { availableParallelism } from "node:os";
import { join } from "node:path";
import { factorOf, modelText } from "../../advise/recommend/model-text.js";
import { LIMITS, recommend as recommended } from "../../advise/recommend/recommend.js";
import { readRequirements } from "../../advise/recommend/requirements.js";
import { called } from "../../advise/recommend/words.js";
import { escapeTerminal } from "../../report/escape.js";
import { recommendationDocument } from "../../report/recommendation-json.js";
import { recommendationPage } from "../../report/recommendation-page.js";
import { recommendationText } from "../../report/recommendation-text.js";
import { formatProblems } from "../../scenario/problem.js";
import type { CommandBody } from "../commands.js";
import { EXPECTATION_FAILED, FINE, badInput } from "../exit.js";
import { interruptible } from "../interruption.js";
import { prepareFolder, writeFiles } from "../output.js";
import { readRegularFile } from "../read-file.js";
import { replayOf } from "../shell.js";
import { simulateOn } from "../simulate-candidates.js";
import { Terminal, wrap } from "../terminal.js";
import { wholeNumber } from "./study-options.js";

interface Arguments {
  requirements: string;
  out: string | undefined;
  workers: number | undefined;
  candidates: number;
  runs: number;
  json: boolean;
  quiet: boolean;
}

export const recommend: CommandBody<Arguments> = {
  builder: (argv) =>
    argv
      .positional("requirements", { type: "string", demandOption: true, describe: "a file of requirements" })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "write a page, the document and the pick's scenarios here",
      })
      .option("workers", { type: "number", requiresArg: true, describe: "threads, 1 or more; all cores if left out" })
      .option("candidates", {
        type: "number",
        requiresArg: true,
        default: LIMITS.candidates,
        describe: "how many may be simulated",
      })
      .option("runs", {
        type: "number",
        requiresArg: true,
        default: LIMITS.runs,
        describe: "candidates × seeds that may be simulated after the first round",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .option("quiet", { type: "boolean", default: false, describe: "no progress" })
      .epilogue("Exit codes: 0 something is recommended, 1 nothing can be, 2 bad input.") as never,
  handler: async ({ requirements: file, out, workers = availableParallelism(), candidates, runs, json, quiet }) => {
    wholeNumber("workers", workers, 1, 256);
    wholeNumber("candidates", candidates, 1, 1000);
    wholeNumber("runs", runs, 1, 100_000);
    const required = load(file);
    if (out !== undefined) prepareFolder(out);
    const terminal = new Terminal(json, quiet);
    const interruption = interruptible();
    try {
      const onProgress = (done: number): void => {
        if (!quiet && process.stderr.isTTY)
          process.stderr.write(`\r${Math.floor(done)} candidates × seeds simulated\u001b[K`);
      };
      const simulate = simulateOn({ workers, signal: interruption.signal, onProgress });
      const found = await recommended(required, simulate, { candidates, runs });
      if (!quiet && process.stderr.isTTY) process.stderr.write("\r\u001b[K");
      const document = recommendationDocument(found, file);
      if (json) terminal.document(document);
      else terminal.say(escapeTerminal(recommendationText(found, terminal.width, wrap)));
      if (out !== undefined) {
        const files = new Map([
          ["recommendation.html", recommendationPage(found, file)],
          ["recommendation.json", document],
        ]);
        if (found.pick !== null) {
          const text = modelText(found.pick.candidate, found.ground);
          const scale = (1 / factorOf(found.ground)).toPrecision(3);
          const head = `# ${called(found.pick.candidate, required)}\n# A model to scale: each request and each worker stands for ${scale}, and it is the peak all the time.\n`;
          files.set("pick.yaml", head + text.outage);
          files.set("pick-ordinary.yaml", head + text.calm);
        }
        writeFiles(out, files);
        const next = found.pick === null ? "" : `  Next:  ${replayOf("audit", join(out, "pick.yaml"))}`;
        terminal.say(escapeTerminal(`\n${[...files.keys()].join(", ")} are in ${out}.${next}`));
      }
      process.exitCode = found.pick === null ? EXPECTATION_FAILED : FINE;
    } finally {
      interruption.end();
    }
  },
};

function load(file: string): Extract<ReturnType<typeof readRequirements>, { ok: true }>["requirements"] {
  const text = readRegularFile(file);
  if (typeof text !== "string")
    throw badInput(escapeTerminal(`${file}: error: ${text.reason}; expected a file of requirements`));
  const read = readRequirements(text, file);
  if (read.ok) return read.requirements;
  const count = read.problems.length;
  const summary = `${count} ${count === 1 ? "problem" : "problems"} in ${file}; nothing was run and nothing written`;
  throw badInput(escapeTerminal([...formatProblems(read.problems, file, text), summary].join("\n")));
}
