import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { PolicyKind } from "../policies/catalogue.js";
import type { Placement } from "../policies/contract.js";
import { complaintsAbout } from "../policies/shape.js";
import { forbid } from "./forbidden.js";
import { Guard } from "./guard.js";
import { guarded } from "./guarded.js";
import { lineOf, whyNot } from "./load-problems.js";
import { PolicyModules } from "./modules.js";
import { PolicyError } from "./policy-error.js";

/** What is asked of this thread. */
export type Question =
  | { readonly ask: "describe"; readonly kind: PolicyKind; readonly path: string; readonly file: string }
  | { readonly ask: "place"; readonly path: string; readonly args: Parameters<Placement["replicas"]> };

/** Runs policies of a user's own where they can be stopped, for whoever waits for the answer without running anything. */
const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array };
const modules = new PolicyModules();
const guard = new Guard(null);
const placements = new Map<string, Placement>();

forbid(guard);
parentPort!.on("message", async (question: Question) => {
  port.postMessage(await answerTo(question));
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});

async function answerTo(question: Question): Promise<unknown> {
  guard.failure = null;
  try {
    if (question.ask === "place") return { regions: placements.get(question.path)!.replicas(...question.args) };
    return await described(question);
  } catch (error) {
    if (error instanceof PolicyError) return { failure: error.failure };
    return { problems: [whyNot(error, question.path, question.ask === "describe" ? question.file : "")] };
  }
}

async function described({ kind, path, file }: Question & { ask: "describe" }): Promise<unknown> {
  const unnamed = { kind, name: file, path, file, sha256: "" };
  const { policy, sha256 } = await guard.load(unnamed, () => modules.load(path));
  const complaints = complaintsAbout(kind, policy);
  if (complaints.length > 0) {
    return {
      problems: complaints.map(({ about, message, expected }) => ({
        message: `${file}:${lineOf(path, about)}: ${message}`,
        expected,
      })),
    };
  }
  const { name, about, options, gives, needs, verbs } = policy as Record<string, unknown>;
  if (kind === "placement")
    placements.set(path, guarded(policy as Placement, { kind, name: String(name), path, file, sha256 }, guard));
  // By way of text: what is no plain data stays here.
  return { facts: JSON.parse(JSON.stringify({ name, about, options, gives, needs, verbs })) as unknown, sha256 };
}
