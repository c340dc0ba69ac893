import type { PolicyFacts } from "../policies/contract.js";
import { Letter } from "../policies/contract.js";
import { called } from "../policies/shape.js";
import type { PluginSource } from "../simulation/plan.js";
import type { Guard } from "./guard.js";
import { hostView, lend, unlent } from "./lend.js";

type Thing = Record<PropertyKey, unknown>;
type Method = (...args: readonly unknown[]) => unknown;

/** What each argument of a hook is called when it is kept. */
const LENT: Readonly<Record<string, string>> = {
  request: "an operation",
  receive: "a letter",
  wants: "a letter",
  installed: "a letter",
  merge: "a register",
};

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  replication: [
    "request",
    "receive",
    "timer",
    "disconnected",
    "led",
    "persisted",
    "wants",
    "installed",
    "restart",
    "position",
    "logTerm",
  ],
  failover: ["leader"],
};

const isWord = (value: unknown): boolean => typeof value === "string" && value !== "";
const isRegion = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= -1;
/** What a hook may answer, where it answers anything. */
const ANSWERS: Readonly<Record<string, readonly [fits: (value: unknown) => boolean, expected: string]>> = {
  contact: [isRegion, "the number of a region, or NOBODY"],
  leader: [isRegion, "the number of a region, or NOBODY"],
  merge: [isWord, '"kept" or "took"'],
  judge: [isWord, '"serve", "ask-leader" or "confirm"'],
  wants: [(value) => typeof value === "boolean", "true or false"],
  position: [Number.isFinite, "a number"],
  logTerm: [Number.isFinite, "a number"],
  letter: [(value) => value instanceof Letter, "an object of a class that extends Letter of faultline/policy"],
  replicas: [
    (value) => Array.isArray(value) && value.length > 0 && value.every(isRegion),
    "a list of regions, at least one",
  ],
};

/** A policy of a user's own as the simulation sees it: the same, and every call goes through the guard. */
export function guarded<T extends PolicyFacts>(policy: T, plugin: PluginSource, guard: Guard): T {
  return watched(policy as unknown as Thing, plugin, guard) as unknown as T;
}

function watched(thing: Thing, plugin: PluginSource, guard: Guard): Thing {
  const hooks = new Map<PropertyKey, Method>();
  return new Proxy(thing, {
    get(target, key) {
      const value = target[key];
      if (typeof value !== "function") return value;
      let hook = hooks.get(key);
      if (hook === undefined) {
        hook = hookOf(target, String(key), value as Method, plugin, guard);
        hooks.set(key, hook);
      }
      return hook;
    },
  });
}

function hookOf(target: Thing, name: string, act: Method, plugin: PluginSource, guard: Guard): Method {
  const what = LENT[name] ?? "a view";
  const answer = ANSWERS[name];
  return (...args) => {
    const result = guard.call(plugin, name, (lease) => {
      const lent = args.map((each) => {
        if (typeof each !== "object" || each === null || Object.isFrozen(each)) return each;
        // The host of `on` stays; the options are the run's own, and not to be changed.
        if (name !== "on") return lend(each as Thing, lease, what, guard);
        return "log" in each ? hostView(each, guard) : Object.freeze({ ...each });
      });
      const found = unlent(Reflect.apply(act, target, lent));
      if (answer !== undefined && !answer[0](found) && !(found instanceof Promise))
        guard.fail(`${name} answers ${called(found)}`, `expected ${answer[1]}`, "");
      if (name === "on") checkMade(found, plugin, guard);
      return found;
    });
    return name === "on" ? watched(result as Thing, plugin, guard) : result;
  };
}

function checkMade(made: unknown, plugin: PluginSource, guard: Guard): void {
  const lacking = (NEEDED[plugin.kind] ?? []).filter(
    (each) => typeof (made as Thing | undefined | null)?.[each] !== "function",
  );
  if (lacking.length > 0)
    guard.fail(`on returns ${called(made)} without ${lacking.join(", ")}`, "the functions of the contract");
}
