import yargs from "yargs";
import { GIVEN_UP } from "../engine/limit.js";
import { escapeTerminal } from "../report/escape.js";
import { BAD_INPUT, Exit, FINE, INTERNAL_ERROR } from "./exit.js";
import { VERSION } from "./version.js";

/** First words of an operator's commands. */
const OPERATOR_NOUNS = ["region", "replication", "health", "chaos", "latency", "failover"] as const;

/** Each command is loaded when it is called: the libraries behind them take longer to load than most commands to run. */
const COMMANDS: Readonly<Record<string, () => Promise<unknown>>> = {
  compare: async () => (await import("./commands/compare.js")).compare,
  run: async () => (await import("./commands/run.js")).run,
  check: async () => (await import("./commands/check.js")).check,
  validate: async () => (await import("./commands/validate.js")).validate,
  explain: async () => (await import("./commands/explain.js")).explain,
  "check-history": async () => (await import("./commands/check-history.js")).checkHistory,
  "check-record": async () => (await import("./commands/check-record.js")).checkRecord,
  why: async () => (await import("./commands/why.js")).why,
  recommend: async () => (await import("./commands/recommend.js")).recommend,
  cost: async () => (await import("./commands/cost.js")).cost,
  audit: async () => (await import("./commands/audit.js")).audit,
  decide: async () => (await import("./commands/decide.js")).decide,
  list: async () => (await import("./commands/list.js")).list,
  init: async () => (await import("./commands/init.js")).init,
  console: async () => (await import("./commands/console.js")).console,
  ...Object.fromEntries(
    OPERATOR_NOUNS.map((noun) => [noun, async () => (await import("./commands/operator.js")).operator(noun)] as const),
  ),
};

const FIRST_STEPS = `To begin with:
  faultline list scenarios                        the questions that come along
  faultline compare active-active-vs-pilot-light  the answer to one, and a report
  faultline init my.yaml                          a scenario of your own to start from`;

async function command(args: readonly string[]): Promise<void> {
  const wanted = Object.keys(COMMANDS).find((name) => name === args[0]);
  const some = wanted !== undefined ? [COMMANDS[wanted]!] : Object.values(COMMANDS);
  const loaders = args[0] === "--version" ? [] : some;
  const cli = yargs([...args])
    .scriptName("faultline")
    .usage("$0 <command>\n\nSimulates multi-region architectures under faults. The same input gives the same bytes.")
    .version(VERSION)
    .demandCommand(1, "say what to do: one of the commands above")
    .epilogue(FIRST_STEPS)
    .recommendCommands()
    .strict()
    // Of an option given twice the last one counts.
    .parserConfiguration({ "duplicate-arguments-array": false })
    .help()
    .wrap(Math.min(process.stdout.columns ?? 100, 110))
    .exitProcess(false)
    .fail((message, error) => {
      throw (
        error ??
        new Exit(
          BAD_INPUT,
          `error: ${message}; \`faultline --help\` lists commands, \`faultline COMMAND --help\` options`,
        )
      );
    });
  for (const load of loaders) cli.command((await load()) as never);
  if (args.length === 0) throw new Exit(BAD_INPUT, await cli.getHelp());
  await cli.parseAsync();
}

function report(error: unknown): number {
  if (error instanceof Exit) {
    if (error.message !== "") process.stderr.write(`${escapeTerminal(error.message)}\n`);
    return error.code;
  }
  const known = error instanceof RangeError || (error instanceof Error && error.name === "YError");
  const message = error instanceof Error ? error.message : String(error);
  if (known) {
    process.stderr.write(`error: ${escapeTerminal(message)}\n`);
    return BAD_INPUT;
  }
  // A limit of the simulation is the input's doing, and says what to change.
  if (message.includes(GIVEN_UP)) {
    process.stderr.write(`error: ${escapeTerminal(message)}\n`);
    return BAD_INPUT;
  }
  process.stderr.write(
    `internal error: ${escapeTerminal(message)}\nThis is a defect of Faultline: please report it with the scenario and the seed.\n`,
  );
  if (process.env["FAULTLINE_DEBUG"] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return INTERNAL_ERROR;
}

/** Does what the words of a command line say, and gives the exit code. */
export async function program(args: readonly string[]): Promise<number> {
  try {
    await command(args);
  } catch (error) {
    return report(error);
  }
  return Number(process.exitCode ?? FINE);
}
