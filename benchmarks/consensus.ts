import { readFileSync } from "node:fs";
import { compile } from "../src/scenario/compile.js";
import { parseScenario } from "../src/scenario/scenario.js";
import type { Plan } from "../src/simulation/plan.js";
import { World } from "../src/simulation/world.js";
import { median } from "./measure.js";

const SCENARIO = new URL("../../../scenarios/consensus-partition.yaml", import.meta.url);
const MINUTE = 60_000_000;
const WANTED = 100_000;

/** Five regions of a scenario under consensus, without its partition. */
function plan(): Plan {
  const parsed = parseScenario(readFileSync(SCENARIO, "utf8"));
  if (!parsed.ok) throw new Error("the scenario of the benchmark is broken");
  const found = compile(parsed.scenario).plans.find(({ architecture }) => architecture === "consensus")!;
  return { ...found, faults: [], duration: 30 * MINUTE };
}

/** Client operations per second of processor time, each committed by a majority or confirmed by one. */
export function benchConsensus(): void {
  const base = plan();
  for (const reads of ["read-index", "lease"]) {
    const { policies } = base;
    const options = { ...policies.replication.options, reads };
    const raft: Plan = { ...base, policies: { ...policies, replication: { name: "raft", options } } };
    new World(raft, "warm-up").run();
    const rates: number[] = [];
    let [events, operations] = [0, 0];
    for (const seed of ["1", "2", "3"]) {
      const world = new World(raft, seed);
      const before = process.cpuUsage();
      world.run();
      const { user, system } = process.cpuUsage(before);
      events = world.engine.dispatched;
      operations = world.availability.ended;
      rates.push(operations / ((user + system) / 1e6));
    }
    const rate = median(rates);
    console.log(
      `Five regions under consensus, reads by ${reads}: ${Math.round(rate / 1000)},000 client operations a second of one core's time, ${(events / operations).toFixed(2)} events each; at least ${WANTED / 1000},000 are wanted${rate < WANTED ? ", AND MISSED" : ""}`,
    );
  }
}
