import { Worker } from "node:worker_threads";
import { standApart } from "./apart.js";
import type { Answer, Question } from "./describe-job.js";
import { Work } from "./work.js";

/** The program of a process in which policies of a user's own are loaded and asked, on a thread of bounded memory. */
export type Told = Answer | { readonly late: number } | { readonly hoards: number };

/** Of work; looked at so often. */
const MOST_SECONDS = 10;
const LOOK_MS = 100;
const MOST_MEGABYTES = 512;

standApart();
const worker = new Worker(new URL("describe-job.js", import.meta.url), {
  resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
});
// Out of memory.
worker.on("error", () => process.send!({ hoards: MOST_MEGABYTES } satisfies Told));

process.on("message", (question: Question) => {
  const work = new Work();
  let worked = 0;
  const look = setInterval(() => {
    worked += work.since(1);
    if (worked >= MOST_SECONDS) tell({ late: MOST_SECONDS });
  }, LOOK_MS);
  const tell = (told: Told): void => {
    clearInterval(look);
    process.send!(told);
  };
  worker.once("message", tell);
  worker.postMessage(question);
});
