import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "../src/scenario/compile.js";
import { parseScenario } from "../src/scenario/scenario.js";
import type { Plan } from "../src/simulation/plan.js";
import { run } from "../src/simulation/run.js";
import { median } from "./measure.js";

const SCENARIO = new URL("../../../scenarios/active-active-vs-pilot-light.yaml", import.meta.url);

/** Runs in which the virtual machine still compiles, by its own trace; and those whose median is the figure. */
const WARMING = 4;
const MEASURED = 5;

export function plans(): readonly Plan[] {
  const parsed = parseScenario(readFileSync(SCENARIO, "utf8"));
  if (!parsed.ok) throw new Error("the scenario of the benchmark is broken");
  return compile(parsed.scenario).plans;
}

/** User requests per second of wall time on one core, and what an event costs. */
export function benchModel(): void {
  console.log("The whole model, one core: scenarios/active-active-vs-pilot-light.yaml");
  for (const [index, plan] of plans().entries()) {
    const rates: number[] = [];
    let events = 0;
    let requests = 0;
    for (let seed = 1; seed <= WARMING + MEASURED; seed++) {
      const start = performance.now();
      const { work } = run(plan, String(seed));
      rates.push(work.requests / ((performance.now() - start) / 1000));
      events = work.events;
      requests = work.requests;
    }
    const [first, lasting] = [rates[0]!, median(rates.slice(WARMING))].map((rate) => `${Math.round(rate / 1000)},000`);
    const bytes = allocatedPerEvent(index);
    console.log(
      `  ${plan.architecture}: ${lasting} requests/s (in the first run ${first}), ${(events / requests).toFixed(2)} events a request, ${bytes.toFixed(1)} bytes allocated an event`,
    );
  }
  console.log("  what bounds it: memory traffic over the columns of attempts, writes and registers, then the queue");
}

/**
 * Bytes allocated by the run itself, set-up and outcome left out: in a process whose young generation is so large that
 * nothing is collected meanwhile, growth of the heap is what was allocated.
 */
function allocatedPerEvent(index: number): number {
  return probe(["--min-semi-space-size=1024", "--max-semi-space-size=1024"], "allocation", index)[0]!;
}

/** Ten times the simulated time must cost ten times the wall time, and no more memory; each in a process of its own. */
export function benchScaling(): void {
  // Two million requests write nearly every key that will ever be written: memory has its final shape.
  const [base, tenfold] = [4, 40].map((hours) => {
    const [requests, seconds, bytes] = probe([], "scaling", hours) as [number, number, number];
    const size = `${(requests / 1e6).toFixed(2)} million requests`;
    console.log(`  ${hours} h simulated, ${size}: ${seconds.toFixed(2)} s, ${(bytes / 1e6).toFixed(1)} MB`);
    return { seconds, bytes };
  }) as [{ seconds: number; bytes: number }, { seconds: number; bytes: number }];
  const times = (tenfold.seconds / base.seconds).toFixed(2);
  const memory = (tenfold.bytes / base.bytes).toFixed(3);
  console.log(`  ten times the simulated time: ${times} times the wall time, ${memory} times the memory`);
}

/** Figures that another program of this folder prints. */
function probe(flags: readonly string[], program: string, argument: number): number[] {
  const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const out = execFileSync(process.execPath, ["--expose-gc", ...flags, file, String(argument)], { encoding: "utf8" });
  return out.split(" ").map(Number);
}
