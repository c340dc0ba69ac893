import { escapeTerminal, oneLine } from "../../report/escape.js";
import { compile } from "../../scenario/compile.js";
import { formatProblem } from "../../scenario/problem.js";
import { meanRate } from "../../simulation/mean-rate.js";
import { formatDuration } from "../../units/time.js";
import type { CommandBody } from "../commands.js";
import { loadScenario } from "../load.js";

export const validate: CommandBody<{ scenario: string; json: boolean }> = {
  builder: (argv) =>
    argv
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file, or the name of one that comes along",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" }),
  handler: ({ scenario: file, json }) => {
    const { scenario } = loadScenario(file);
    const { plans, notes } = compile(scenario);
    const plan = plans[0]!;
    const rate = meanRate(plan);
    const facts = {
      file,
      architectures: plans.map(({ architecture }) => architecture),
      regions: plan.regions.map(({ name }) => name),
      places: plan.places.map(({ name }) => name),
      faults: plan.faults.length,
      requests_per_second: rate,
      requests_per_run: Math.round((rate * plan.duration) / 1e6),
      notes: notes.map(({ message }) => message),
    };
    if (json) {
      process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
      return;
    }
    const orders = scenario.raw.actions?.length ?? 0;
    const lines = [
      `${file} is fine.`,
      `  asks           ${oneLine(scenario.raw.question!)}`,
      `  architectures  ${facts.architectures.join(", ")}`,
      `  regions        ${facts.regions.join(", ")}`,
      `  users          ${facts.places.length} ${facts.places.length === 1 ? "place" : "places"}, ${rate.toFixed(0)} requests/s on average, about ${facts.requests_per_run} a run`,
      `  time           ${formatDuration(plan.duration)}, ${facts.faults} ${facts.faults === 1 ? "fault" : "faults"}${orders === 0 ? "" : `, ${orders} ${orders === 1 ? "order" : "orders"}`}`,
      ...notes.map((note) => formatProblem(note)),
    ];
    process.stdout.write(`${escapeTerminal(lines.join("\n"))}\n`);
  },
};
