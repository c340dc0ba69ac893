import { parentPort } from "node:worker_threads";
import type { PolicyKind } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import { complaintsAbout } from "../policies/shape.js";
import { forbid } from "./forbidden.js";
import { Guard } from "./guard.js";
import { guarded } from "./guarded.js";
import { harden } from "./intrinsics.js";
import { lineOf, whyNot } from "./load-problems.js";
import { PolicyModules } from "./modules.js";
import { PolicyError, type PolicyFailure } from "./policy-error.js";

/** What is asked of this thread. */
export type Question =
  | { readonly ask: "describe"; readonly kind: PolicyKind; readonly path: string; readonly file: string }
  | {
      readonly ask: "call";
      readonly kind: PolicyKind;
      readonly path: string;
      readonly file: string;
      readonly hook: string;
      readonly args: readonly unknown[];
    };

export type Answer =
  | { readonly facts: PolicyFacts; readonly hooks: readonly string[]; readonly sha256: string }
  | { readonly problems: readonly { readonly message: string; readonly expected?: string }[] }
  | { readonly failure: PolicyFailure }
  | { readonly value: unknown };

/** What is asked of a policy before anything runs: where the keys live, and what it has to say of its options. */
const ASKED: Readonly<Partial<Record<PolicyKind, readonly string[]>>> = {
  placement: ["replicas", "waiting"],
  replication: ["check", "gathers", "isCausal", "isUnanimous", "lacksQuorum"],
  consistency: ["needs", "gives"],
  scaling: ["check", "fleet"],
};

/** Runs policies of a user's own where they can be stopped, for whoever waits for the answer without running anything. */
const modules = new PolicyModules();
const guard = new Guard(null);
/** By kind and path, the functions that can be asked. */
const policies = new Map<string, Readonly<Record<string, (...args: readonly unknown[]) => unknown>>>();

forbid(guard);
harden();
parentPort!.on("message", async (question: Question) => {
  parentPort!.postMessage(await answerTo(question));
});

async function answerTo(question: Question): Promise<Answer> {
  guard.failure = null;
  try {
    if (question.ask === "call") {
      const { kind, path, hook, args } = question;
      const key = `${kind} ${path}`;
      // This thread may have taken the place of one that was given up.
      if (!policies.has(key)) await described(question);
      return { value: plain(policies.get(key)![hook]!(...args)) };
    }
    return await described(question);
  } catch (error) {
    if (error instanceof PolicyError) return { failure: error.failure };
    return { problems: [whyNot(error, question.path, question.file)] };
  }
}

async function described({ kind, path, file }: Question): Promise<Answer> {
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
  const { name, about, options, gives, needs, verbs, byRequest } = policy as Record<string, unknown>;
  const hooks = (ASKED[kind] ?? []).filter((hook) => typeof (policy as Record<string, unknown>)[hook] === "function");
  const source = { kind, name: String(name), path, file, sha256 };
  policies.set(`${kind} ${path}`, guarded(policy as PolicyFacts, source, guard) as never);
  const facts = plain({ name, about, options, gives, needs, verbs, byRequest }) as PolicyFacts;
  return { facts, hooks, sha256 };
}

/** What is no plain data stays here. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
