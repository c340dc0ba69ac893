import type { PolicyFacts } from "../policies/contract.js";
import { Letter } from "../policies/contract.js";
import { called } from "../policies/shape.js";
import type { PluginSource } from "../simulation/plan.js";
import type { Guard } from "./guard.js";
import { VIEW, hostView, lend, unlent } from "./lend.js";
import { Loan } from "./loan.js";

type Thing = Record<PropertyKey, unknown>;
type Method = (...args: readonly unknown[]) => unknown;

/** What each argument of a hook is called when it is kept. */
const LENT: Readonly<Record<string, string>> = {
  request: "an operation",
  receive: "a letter",
  wants: "a letter",
  installed: "a letter",
  merge: "a register",
  pick: "a register",
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
  routing: ["contact"],
  consistency: ["read"],
  failover: ["leader"],
  scaling: ["wanted"],
  caching: ["admits"],
};
/** Microseconds; looks at shorter intervals would fill the run. */
const SHORTEST_LOOK = 100_000;
/** And what may be left out. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  replication: ["regained", "joins", "owns"],
  consistency: ["write"],
  failover: ["planned"],
  scaling: ["demanded"],
};

const oneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string);
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isRegion = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= -1;
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
/** What a region may have, as a scenario file may say it. */
const MOST_INSTANCES = 100_000;
const isInstances = (value: unknown): boolean => isCount(value) && (value as number) <= MOST_INSTANCES;
const isFleet = (value: unknown): boolean =>
  isObject(value) && isInstances((value as Thing)["instances"]) && isInstances((value as Thing)["workers"]);
type Answer = readonly [fits: (value: unknown) => boolean, expected: string];
const JUDGEMENT: Answer = [
  oneOf("serve", "ask-leader", "ask-any", "confirm", "wait", "refuse"),
  '"serve", "ask-leader", "ask-any", "confirm", "wait" or "refuse"',
];
/** Where versions carry what they had seen. */
const MERGED: Answer = [oneOf("kept", "took", "both"), '"kept", "took" or "both"'];
const isObjection = (value: unknown): boolean =>
  isObject(value) &&
  ["option", "message", "expected", "hint"].every((each) => typeof (value as Thing)[each] === "string");
/** What a hook may answer, where it answers anything. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  contact: [isRegion, "the number of a region, or NOBODY"],
  leader: [isRegion, "the number of a region, or NOBODY"],
  planned: [isRegion, "the number of a region, or NOBODY"],
  merge: [oneOf("kept", "took"), '"kept" or "took"; where "causal: true" stands, "both" too'],
  pick: [oneOf("kept", "took"), '"kept" or "took"'],
  read: JUDGEMENT,
  write: JUDGEMENT,
  wants: [isFlag, "true or false"],
  regained: [isFlag, "true or false"],
  owns: [isFlag, "true or false"],
  carriesStamps: [isFlag, "true or false"],
  seenBy: [oneOf("copy", "session", "whole-session"), '"copy", "session" or "whole-session"'],
  isCausal: [isFlag, "true or false"],
  gathers: [isFlag, "true or false"],
  isUnanimous: [isFlag, "true or false"],
  lacksQuorum: [isFlag, "true or false"],
  fences: [isFlag, "true or false"],
  check: [
    (value) => value == null || [value].flat().every(isObjection),
    "null, or an option with message, expected and hint, or a list of such",
  ],
  needs: [isObject, "an object of what it cannot do without"],
  gives: [(value) => Array.isArray(value) && value.every((each) => typeof each === "string"), "a list of words"],
  admits: [isFlag, "true or false"],
  wanted: [isInstances, `a number of instances, at most ${MOST_INSTANCES}`],
  demanded: [isInstances, `a number of instances, at most ${MOST_INSTANCES}`],
  fleet: [isFleet, `instances and workers, two counts of at most ${MOST_INSTANCES}`],
  position: [Number.isFinite, "a number"],
  logTerm: [Number.isFinite, "a number"],
  letter: [(value) => value instanceof Letter, "an object of a class that extends Letter of faultline/policy"],
  replicas: [
    (value) => Array.isArray(value) && value.length > 0 && value.every(isRegion),
    "a list of regions, at least one",
  ],
  waiting: [(value) => Array.isArray(value) && value.every(isRegion), "a list of regions"],
};

/** A policy of a user's own as the simulation sees it: the same, and every call goes through the guard. */
export function guarded<T extends PolicyFacts>(policy: T, plugin: PluginSource, guard: Guard): T {
  return watched(policy as unknown as Thing, plugin, guard) as unknown as T;
}

/** `host` is that of a replica. */
function watched(thing: Thing, plugin: PluginSource, guard: Guard, host: object | null = null): Thing {
  const hooks = new Map<PropertyKey, Method>();
  return new Proxy(thing, {
    get(target, key) {
      const value = target[key];
      if (typeof value !== "function") return value;
      let hook = hooks.get(key);
      if (hook === undefined) {
        hook = hookOf(target, String(key), value as Method, plugin, guard, host);
        hooks.set(key, hook);
      }
      return hook;
    },
  });
}

function hookOf(
  target: Thing,
  name: string,
  act: Method,
  plugin: PluginSource,
  guard: Guard,
  host: object | null,
): Method {
  const what = LENT[name] ?? VIEW;
  const answer = name === "merge" && target["causal"] === true ? MERGED : ANSWERS[name];
  return (...args) => {
    if (name === "restart" && host !== null) Loan.letAllGo(host);
    const result = guard.call(plugin, name, (lease) => {
      const lent = args.map((each) => {
        if (typeof each !== "object" || each === null || Object.isFrozen(each)) return each;
        // The host of `on` stays; the options are the run's own, and not to be changed.
        if (name !== "on") return lend(each as Thing, host === null ? lease : new Loan(each, lease), what, guard);
        return "log" in each ? hostView(each, guard) : Object.freeze({ ...each });
      });
      const found = unlent(Reflect.apply(act, target, lent));
      if (answer !== undefined && !answer[0](found) && !(found instanceof Promise))
        guard.fail(`${name} answers ${called(found)}`, `expected ${answer[1]}`, "");
      if (name === "on") checkMade(found, plugin, guard);
      return found;
    });
    if (name !== "on") return result;
    return watched(result as Thing, plugin, guard, plugin.kind === "replication" ? (args[0] as object) : null);
  };
}

function checkMade(made: unknown, plugin: PluginSource, guard: Guard): void {
  const typeOf = (each: string): string => typeof (made as Thing | undefined | null)?.[each];
  const lacking = (NEEDED[plugin.kind] ?? []).filter((each) => typeOf(each) !== "function");
  if (lacking.length > 0)
    guard.fail(`on returns ${called(made)} without ${lacking.join(", ")}`, "the functions of the contract");
  for (const each of OPTIONAL[plugin.kind] ?? [])
    if (!["function", "undefined"].includes(typeOf(each)))
      guard.fail(`on returns a ${each} that is no function`, "a function, or nothing");
  if (plugin.kind === "consistency" && !(((made as Thing)["patience"] as number) >= 0))
    guard.fail(`on returns ${called(made)} without a patience`, "microseconds that an operation may wait, 0 for none");
  const { lifetime, size, ago = 0 } = made as Thing;
  if (plugin.kind === "consistency" && !((ago as number) >= 0))
    guard.fail(`on returns ${called(made)} whose ago is ${String(ago)}`, "microseconds, or nothing");
  if (plugin.kind === "caching" && !((lifetime as number) > 0 && isCount(size) && (size as number) > 0))
    guard.fail(`on returns ${called(made)} without a lifetime and a size`, "microseconds, and a count of answers");
  if (plugin.kind === "scaling" && !(((made as Thing)["every"] as number) >= SHORTEST_LOOK))
    guard.fail(`on returns ${called(made)} without a time between looks`, "every: 100,000 microseconds or more");
}
