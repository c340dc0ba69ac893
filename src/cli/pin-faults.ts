import { join, relative } from "node:path";
import { escapeTerminal } from "../report/escape.js";
import { pinFaults as pinned } from "../scenario/pin.js";
import { loadScenario } from "./load.js";
import { prepareFolder, scenarioName, writeFiles } from "./output.js";
import { replayOf } from "./shell.js";

/** Writes the scenario with every random fault scripted as the seed decides it, and says how to replay it. */
export function pinFaults(file: string, seed: string, out: string): void {
  const { scenario, text } = loadScenario(file);
  const { text: script, strikes } = pinned(scenario, text, seed);
  const folder = join(out, scenarioName(file));
  prepareFolder(folder);
  const name = `pinned-${seed.replace(/[^\w.-]/g, "_")}.yaml`;
  writeFiles(folder, new Map([[name, script]]));
  const path = join(relative("", folder) || ".", name);
  const lines = [
    `${strikes} ${strikes === 1 ? "strike" : "strikes"} of random faults, as seed ${seed} decided them, are scripted in ${path}`,
    `Replay  ${replayOf("run", path, "--seed", seed)}`,
  ];
  process.stdout.write(`${escapeTerminal(lines.join("\n"))}\n`);
}
