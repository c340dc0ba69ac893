import { escapeTerminal } from "../../report/escape.js";
import { presetNotes } from "../../scenario/compile-faults.js";
import { explainShared, explain as explained } from "../../scenario/explain.js";
import type { CommandBody } from "../commands.js";
import { badInput } from "../exit.js";
import { loadScenario } from "../load.js";

export const explain: CommandBody<{ scenario: string; architecture: string | undefined; json: boolean }> = {
  builder: (argv) =>
    argv
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file, or the name of one that comes along",
      })
      .option("architecture", { type: "string", requiresArg: true, describe: "only this one" })
      .option("json", {
        type: "boolean",
        default: false,
        describe: "print one JSON document and nothing else",
      }) as never,
  handler: ({ scenario: file, architecture, json }) => {
    const { scenario } = loadScenario(file);
    const all = explained(scenario, architecture);
    if (all.length === 0) {
      const known = [...scenario.raw.architectures!.keys()].join(", ");
      throw badInput(`--architecture: error: ${file} has no architecture "${architecture}"; expected one of ${known}`);
    }
    const shared = explainShared(scenario);
    const notes = presetNotes(scenario.raw);
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ schema: "faultline/explain/1", shared, architectures: all, notes }, null, 2)}\n`,
      );
      return;
    }
    const parts = [...all.map((each) => [each.architecture, each.rows] as const), ["common to all", shared] as const];
    const width = (column: "path" | "value"): number =>
      Math.max(...parts.flatMap(([, rows]) => rows.map((row) => row[column].length)));
    const lines = parts.flatMap(([name, rows]) => [
      name,
      ...rows.map((row) => `  ${row.path.padEnd(width("path"))}  ${row.value.padEnd(width("value"))}  ${row.origin}`),
      "",
    ]);
    if (notes.length > 0) lines.push("notes", ...notes.map((note) => `  ${note}`), "");
    process.stdout.write(`${escapeTerminal(lines.join("\n"))}\n`);
  },
};
