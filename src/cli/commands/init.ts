import { writeFileSync } from "node:fs";
import { escapeTerminal } from "../../report/escape.js";
import type { CommandBody } from "../commands.js";
import { badInput } from "../exit.js";
import { replayOf } from "../shell.js";
import { STARTER } from "../starter.js";

export const init: CommandBody<{ file: string; force: boolean }> = {
  builder: (argv) =>
    argv
      .positional("file", { type: "string", default: "scenario.yaml", describe: "where to" })
      .option("force", { type: "boolean", default: false, describe: "replace a file that is there" }),
  handler: ({ file, force }) => {
    try {
      writeFileSync(file, STARTER, { flag: force ? "w" : "wx" });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
      if (code === "EEXIST")
        throw badInput(`${file}: error: the file is there already; choose another name, or --force to replace it`);
      throw badInput(`${file}: error: the file cannot be written (${code}); choose another place`);
    }
    process.stdout.write(`${escapeTerminal(`${file} is written. Next:  ${replayOf("compare", file)}`)}\n`);
  },
};
