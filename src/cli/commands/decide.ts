import { type Interface, createInterface } from "node:readline";
import {
  type Path,
  QUESTIONS,
  type Question,
  type QuestionName,
  readAnswer,
  stepLine,
  walk,
} from "../../advise/decision/matrix.js";
import { scenarioText } from "../../advise/decision/scenario-text.js";
import { CHOICES } from "../../advise/decision/why.js";
import { escapeTerminal } from "../../report/escape.js";
import type { CommandBody } from "../commands.js";
import { Exit, INTERRUPTED, badInput } from "../exit.js";
import { writeNew } from "../new-file.js";
import { replayOf } from "../shell.js";
import { wrap } from "../terminal.js";

type Arguments = Partial<Record<QuestionName, string>> & { out: string | undefined; json: boolean };

const WIDTH = 80;

export const decide: CommandBody<Arguments> = {
  builder: (argv) => {
    for (const { name, asks, answers } of QUESTIONS)
      argv.option(name, {
        type: "string",
        requiresArg: true,
        describe: `${asks} ${answers.map(({ word }) => word).join(" or ")}`,
      });
    return argv
      .option("out", { type: "string", requiresArg: true, describe: "write the scenario to this new file" })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .example("$0 decide --users global --latency relaxed --rto 2m --out ours.yaml", "no question is asked") as never;
  },
  handler: async (given) => {
    const flags = new Map(QUESTIONS.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])));
    const path = await pathOf(flags as Map<QuestionName, string>);
    const text = scenarioText(path);
    if (given.out !== undefined) writeNew(given.out, text);
    const unasked = [...flags.keys()].filter((name) => path.steps.every(({ question }) => question.name !== name));
    if (given.json) {
      process.stdout.write(documentOf(path, unasked, given.out ?? null, text));
      return;
    }
    const shown = [
      ...path.steps.map((step) => stepLine(step)),
      `→ ${CHOICES[path.choice].title}`,
      "",
      wrap(CHOICES[path.choice].why, WIDTH),
      ...(unasked.length === 0
        ? []
        : [`Not asked on this path, so it changed nothing: ${unasked.map((name) => `--${name}`).join(", ")}`]),
    ];
    const next =
      given.out === undefined ? [] : ["", `${given.out} is written. Next:  ${replayOf("compare", given.out)}`];
    // The scenario is what a pipe is for.
    const stream = given.out === undefined ? process.stderr : process.stdout;
    stream.write(`${escapeTerminal([...shown, ...next].join("\n"))}\n`);
    if (given.out === undefined) process.stdout.write(text);
  },
};

/** Asks what the flags leave open; where nobody can be asked, says which flags are missing. */
async function pathOf(flags: ReadonlyMap<QuestionName, string>): Promise<Path> {
  const answers = new Map(flags);
  let terminal: Interface | null = null;
  try {
    for (;;) {
      const walked = walk(answers);
      if (walked.kind === "there") return walked.path;
      if (walked.kind === "wrong")
        throw badInput(`--${walked.question.name}: error: "${walked.given}" is no answer; expected ${walked.expected}`);
      if (!process.stdin.isTTY) throw badInput(missing(walked.question));
      terminal ??= createInterface({ input: process.stdin, output: process.stderr });
      answers.set(walked.question.name, await asked(walked.question, terminal));
    }
  } finally {
    terminal?.close();
  }
}

function missing({ name, asks, answers }: Question): string {
  const later = QUESTIONS.slice(QUESTIONS.findIndex((question) => question.name === name) + 1);
  const then = later.length === 0 ? "" : `, and perhaps then ${later.map((each) => `--${each.name}`).join(", ")}`;
  return `--${name}: error: "${asks}" has no answer, and there is no terminal to ask on; expected --${name} ${answers.map(({ word }) => word).join(" or ")}${then}`;
}

/** Asks until the answer is one. Whoever ends the input has decided nothing. */
async function asked(question: Question, terminal: Interface): Promise<string> {
  const words = question.answers.map(({ word }) => word).join(" / ");
  for (;;) {
    const answer = await new Promise<string>((resolve, reject) => {
      const closed = (): void => reject(new Exit(INTERRUPTED, "\nnothing was decided, and nothing written"));
      terminal.once("close", closed);
      terminal.question(`${question.asks} (${words}) `, (text) => {
        terminal.off("close", closed);
        resolve(text);
      });
    });
    const read = readAnswer(question, answer);
    if (read.ok) return answer;
    process.stderr.write(`expected ${read.expected}\n`);
  }
}

const documentOf = (path: Path, unasked: readonly string[], file: string | null, scenario: string): string =>
  `${JSON.stringify(
    {
      schema: "faultline/decide/1",
      path: path.steps.map(({ question, given }) => ({ flag: question.name, question: question.asks, answer: given })),
      choice: path.choice,
      why: CHOICES[path.choice].why,
      not_asked: unasked,
      file,
      scenario,
    },
    null,
    2,
  )}\n`;
