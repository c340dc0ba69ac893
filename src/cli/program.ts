import yargs, { type CommandModule } from "yargs";
import { GIVEN_UP } from "../engine/limit.js";
import { escapeTerminal } from "../report/escape.js";
import { COMMANDS, type Command, type CommandBody } from "./commands.js";
import { BAD_INPUT, Exit, FINE, INTERNAL_ERROR } from "./exit.js";
import { VERSION } from "./version.js";

const FIRST_STEPS = `To begin with:
  faultline list scenarios                        the questions that come along
  faultline compare active-active-vs-pilot-light  the answer to one, and a report
  faultline init my.yaml                          a scenario of your own to start from`;

async function command(args: readonly string[]): Promise<void> {
  const first = Object.keys(COMMANDS).filter((name) => name === args[0]);
  const known = Object.entries(COMMANDS).filter(([name]) => first.length === 0 || first.includes(name));
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
  // Of those that are not called, and so are only listed, the words are enough.
  for (const [name, words] of known) {
    if (args.includes(name)) cli.command(await whole(words));
    else cli.command(words.command, words.describe);
  }
  if (args.length === 0) throw new Exit(BAD_INPUT, await cli.getHelp());
  await cli.parseAsync();
}

const whole = async ({ command, describe, load }: Command): Promise<CommandModule> => ({
  command,
  describe,
  ...((await load()) as CommandBody<object>),
});

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
