import { audit as audited } from "../../advise/audit/audit.js";
import { auditDocument, auditText } from "../../report/audit-text.js";
import { escapeTerminal } from "../../report/escape.js";
import type { CommandBody } from "../commands.js";
import { EXPECTATION_FAILED, FINE, badInput } from "../exit.js";
import { loadScenario } from "../load.js";
import { replayOf } from "../shell.js";
import { Terminal, wrap } from "../terminal.js";

interface Arguments {
  scenario: string;
  architecture: string | undefined;
  strict: boolean;
  json: boolean;
}

export const audit: CommandBody<Arguments> = {
  builder: (argv) =>
    argv
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file, or the name of one that comes along",
      })
      .option("architecture", { type: "string", requiresArg: true, describe: "only this one" })
      .option("strict", { type: "boolean", default: false, describe: "exit code 1 when anything is found" })
      .option("json", {
        type: "boolean",
        default: false,
        describe: "print one JSON document and nothing else",
      }) as never,
  handler: ({ scenario: file, architecture, strict, json }) => {
    const { scenario } = loadScenario(file);
    const known = [...scenario.raw.architectures!.keys()];
    if (architecture !== undefined && !known.includes(architecture))
      throw badInput(
        `--architecture: error: ${file} has no architecture "${architecture}"; expected one of ${known.join(", ")}`,
      );
    const found = audited(scenario, architecture);
    const terminal = new Terminal(false, false);
    process.stdout.write(
      json ? auditDocument(found, file) : `${escapeTerminal(auditText(found, file, terminal.width, replayOf, wrap))}\n`,
    );
    process.exitCode = strict && found.findings.length > 0 ? EXPECTATION_FAILED : FINE;
  },
};
