import { createHook } from "node:async_hooks";
import { createRequire, syncBuiltinESMExports } from "node:module";

/** Told of everything that a policy must not touch; decides whether it was the policy, and throws if so. */
export interface Watch {
  /** Whether a policy's code is running. */
  readonly watches: boolean;
  fail(what: string, instead: string): never;
  note(what: string, instead: string, stack: string): unknown;
}

type Thing = Record<PropertyKey, unknown>;
type Method = (...args: readonly unknown[]) => unknown;

const CLOCK = "a policy is told the time: host.now, view.now";
const DICE = "decide by what the policy is told, or draw by host.draw: the same input must give the same run";
const LATER = "set a timer with host.after, whose time is the run's";
const WORLD = "a policy has no files, network or processes; declare an option for what it needs to know";

const CLOCKS: Readonly<Record<string, readonly string[]>> = {
  process: ["hrtime", "uptime", "cpuUsage", "memoryUsage", "resourceUsage"],
  performance: ["now", "mark", "measure", "eventLoopUtilization", "toJSON"],
};
const RANDOM = [
  ...["randomBytes", "pseudoRandomBytes", "randomInt", "randomUUID", "randomFillSync", "randomFill"],
  ...["generateKeySync", "generateKeyPairSync", "getRandomValues"],
];
const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
const WORLDLY = ["fs", "fs/promises", "child_process", "net", "http", "https", "http2", "tls", "dgram", "dns", "os"];

/**
 * Puts a watch before the clocks, the dice, the timers and the world of this thread, for as long as it lives. What runs
 * while no policy does is not disturbed. Whoever has taken hold of a function before keeps the bare one, so this comes
 * before any policy is loaded.
 */
export function forbid(watch: Watch): void {
  const require = createRequire(import.meta.url);
  const guard = (holder: object, name: string, called: string, instead: string): void => {
    const thing = holder as Thing;
    const act = thing[name];
    if (typeof act !== "function") return;
    const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
      if (watch.watches) watch.fail(called, instead);
      return new.target === undefined ? Reflect.apply(act, this, args) : Reflect.construct(act, args);
    };
    // What hangs on a function, as process.hrtime.bigint, stays there.
    for (const key of Object.keys(act)) (watched as unknown as Thing)[key] = (act as unknown as Thing)[key];
    try {
      Object.defineProperty(thing, name, { value: watched, writable: true, configurable: true, enumerable: true });
    } catch {
      // It cannot be replaced in this Node.
    }
  };
  dates(watch);
  guard(Math, "random", "draws Math.random()", DICE);
  guard(Intl, "DateTimeFormat", "asks for the machine's clock and language (Intl.DateTimeFormat)", CLOCK);
  guard(process.hrtime, "bigint", "reads the clock (process.hrtime.bigint)", CLOCK);
  for (const name of CLOCKS["process"]!) guard(process, name, `reads the clock (process.${name})`, CLOCK);
  for (const name of CLOCKS["performance"]!)
    guard(Object.getPrototypeOf(performance) as object, name, `reads the clock (performance.${name})`, CLOCK);
  const random = (name: string) => `draws from crypto.${name}`;
  for (const name of RANDOM) {
    guard(require("node:crypto") as object, name, random(name), DICE);
    guard(Object.getPrototypeOf(globalThis.crypto) as object, name, random(name), DICE);
  }
  for (const name of TIMERS)
    for (const holder of [globalThis, require("node:timers"), require("node:timers/promises")] as object[])
      guard(holder, name, `calls ${name}`, LATER);
  guard(globalThis, "queueMicrotask", "calls queueMicrotask", LATER);
  guard(process, "nextTick", "calls process.nextTick", LATER);
  for (const name of ["exit", "reallyExit", "abort", "kill"]) guard(process, name, `calls process.${name}`, WORLD);
  guard(globalThis, "fetch", "calls fetch", WORLD);
  for (const module of WORLDLY) {
    const holder = require(`node:${module}`) as object;
    for (const name of Object.keys(holder))
      if (/^[a-z]/.test(name)) guard(holder, name, `calls ${name} of node:${module}`, WORLD);
  }
  syncBuiltinESMExports();
  promises(watch);
}

function dates(watch: Watch): void {
  const Real = globalThis.Date;
  const realNow = Real.now;
  Real.now = function now(): number {
    if (watch.watches) watch.fail("reads the clock (Date.now)", CLOCK);
    return realNow();
  };
  const Watched = new Proxy(Real, {
    construct(target, args, newTarget) {
      if (args.length === 0 && watch.watches) watch.fail("reads the clock (new Date())", CLOCK);
      return Reflect.construct(target, args, newTarget) as object;
    },
    apply(target, self, args) {
      if (watch.watches) watch.fail("reads the clock (Date())", CLOCK);
      return Reflect.apply(target as unknown as Method, self, args);
    },
  });
  Real.prototype.constructor = Watched;
  globalThis.Date = Watched;
}

/** A promise would go on when the run is long over. Nothing can be thrown where one is made, so it is kept in mind. */
function promises(watch: Watch): void {
  createHook({
    init(_id, type) {
      if (type !== "PROMISE" || !watch.watches) return;
      watch.note("makes a promise", LATER, new Error("here").stack ?? "");
    },
  }).enable();
}
