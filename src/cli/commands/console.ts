import { escapeTerminal } from "../../report/escape.js";
import { formatDuration } from "../../units/time.js";
import { beginSession, turn } from "../begin-session.js";
import type { CommandBody } from "../commands.js";
import { type Interrupt, consoleLoop } from "../console-loop.js";
import { BAD_INPUT, INTERRUPTED, badInput } from "../exit.js";
import { readRegularFile } from "../read-file.js";
import { saveSession } from "../save-session.js";

interface Arguments {
  scenario: string;
  architecture: string | undefined;
  seed: string;
  script: string | undefined;
  save: string | undefined;
  force: boolean;
}

export const console: CommandBody<Arguments> = {
  builder: (argv) =>
    argv
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file, or the name of one that comes along",
      })
      .option("architecture", { type: "string", requiresArg: true, describe: "which one; the first if left out" })
      .option("seed", { type: "string", requiresArg: true, default: "1", describe: "the seed" })
      .option("script", {
        type: "string",
        requiresArg: true,
        describe: "take the commands from this file, a line each",
      })
      .option("save", {
        type: "string",
        requiresArg: true,
        describe: "write the scenario with all orders when it ends",
      })
      .option("force", { type: "boolean", default: false, describe: "let --save replace a file that is there" })
      .example("$0 console one-host --script drill.txt --save drilled.yaml", "a drill, kept")
      .epilogue("Exit codes: 0 all done, 2 a command of a script or a pipe was wrong, 130 interrupted.") as never,
  handler: async (given) => {
    const interrupt: Interrupt = { wanted: false, ends: false };
    const isTyped = given.script === undefined && process.stdin.isTTY === true;
    const onSignal = (): void => {
      if (interrupt.wanted && interrupt.ends) process.exit(INTERRUPTED);
      interrupt.wanted = true;
      interrupt.ends ||= !isTyped;
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    try {
      const script = given.script === undefined ? null : { file: given.script, text: scriptText(given.script) };
      const session = beginSession({
        ...{ file: given.scenario, architecture: given.architecture, seed: given.seed },
        pause: async () => {
          await turn();
          return interrupt.wanted || process.stdout.destroyed;
        },
      });
      const { plan } = session;
      if (isTyped)
        process.stdout.write(
          escapeTerminal(
            `${plan.architecture}, seed ${given.seed}, ${formatDuration(plan.duration)}; \`help\` lists what can be typed\n`,
          ),
        );
      process.exitCode = await consoleLoop(session, { script, interrupt });
      if (given.save === undefined) return;
      const { lines, fine } = saveSession(session, given.save, given.force);
      (fine ? process.stdout : process.stderr).write(
        `${escapeTerminal(`${fine ? "" : "error: "}${lines.join("\n")}`)}\n`,
      );
      if (!fine) process.exitCode = BAD_INPUT;
    } finally {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    }
  },
};

const MOST_SCRIPT = 1_000_000;

function scriptText(file: string): string {
  const text = readRegularFile(file, MOST_SCRIPT);
  if (typeof text === "string") return text;
  throw badInput(`--script: error: ${file}: ${text.reason}; expected a file with a command a line`);
}
