import type { Plan } from "../src/simulation/plan.js";
import { World } from "../src/simulation/world.js";
import { plans } from "./model.js";

/** Prints requests, seconds and bytes in use of a run over so many hours; run by model.ts in a process of its own. */
const HOUR = 3_600_000_000;
const base = plans()[0]!;
// No shape of the day: forty hours would see higher peaks than four.
const places = base.places.map((place) => ({ ...place, hourly: new Array<number>(24).fill(1) }));
const flat = (hours: number): Plan => ({ ...base, places, duration: hours * HOUR, faults: [] });

new World(flat(1), "warm-up").run();
const start = performance.now();
const world = new World(flat(Number(process.argv[2])), "1");
world.run();
const seconds = (performance.now() - start) / 1000;
globalThis.gc?.();
const { heapUsed, arrayBuffers } = process.memoryUsage();
process.stdout.write(`${world.availability.ended} ${seconds} ${heapUsed + arrayBuffers}`);
