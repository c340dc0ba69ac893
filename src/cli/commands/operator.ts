import { COMMANDS, usage } from "../../operate/commands.js";
import type { CommandBody } from "../commands.js";
import { operate } from "../operate-once.js";

/** The commands of an operator that begin with this word, on a run of their own: the same words as in the console. */
export function operator(noun: string): CommandBody<object> {
  const mine = COMMANDS.filter(({ name }) => name.split(" ")[0] === noun);
  return {
    builder: (argv) =>
      argv
        .usage(
          [
            `faultline ${noun} VERB SCENARIO [options]\n`,
            ...mine.flatMap((words) => [
              `  ${usage(words).replace(words.name, `${words.name} SCENARIO`)}`,
              `      ${words.about}`,
            ]),
          ].join("\n"),
        )
        // What stands behind the words is read by the parser of the console.
        .strict(false)
        .strictCommands(false)
        .strictOptions(false)
        .option("architecture", { type: "string", describe: "which one; the first if left out" })
        .option("seed", { type: "string", describe: "the seed, or the first of several (1)" })
        .option("seeds", { type: "string", describe: "chaos test: how many seeds (1)" })
        .option("at", { type: "string", describe: "at which moment of the run, as 90s" }) as never,
    handler: async () => {
      process.exitCode = await operate(process.argv.slice(2));
    },
  };
}
