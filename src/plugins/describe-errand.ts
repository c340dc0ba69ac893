import type { ChildProcess } from "node:child_process";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { answerOf, startApart } from "./apart.js";
import type { Question } from "./describe-job.js";
import type { Told } from "./describe-process.js";

/**
 * The program of a thread that carries questions about policies to the process that has them, and the answers to whoever
 * stands still until they come.
 */
const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array };
let child: ChildProcess | null = null;

/** How the process has ended instead of answering. */
export interface Ended {
  readonly ended: string;
}

parentPort!.on("message", async (question: Question) => {
  child ??= startApart(new URL("describe-process.js", import.meta.url));
  const told = await answerOf<Told>(child, question);
  const answer: Told | Ended = typeof told === "string" ? { ended: told } : told;
  // What has done any harm is not asked again.
  if ("ended" in answer || "late" in answer || "hoards" in answer) {
    child.kill("SIGKILL");
    child = null;
  }
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
