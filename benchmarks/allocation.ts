import { World } from "../src/simulation/world.js";
import { plans } from "./model.js";

/** Prints the bytes that a run allocates per event; run by model.ts in a process that collects nothing meanwhile. */
const plan = plans()[Number(process.argv[2])]!;
new World(plan, "warm-up").run();
const world = new World(plan, "bytes");
globalThis.gc?.();
const before = process.memoryUsage();
world.run();
const after = process.memoryUsage();
const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
process.stdout.write(String(bytes / world.engine.dispatched));
