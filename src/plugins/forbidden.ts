import { createHook } from "node:async_hooks";
import { Console } from "node:console";
import { createRequire, syncBuiltinESMExports } from "node:module";
import * as out from "./out-of-bounds.js";

/** Told of everything that a policy must not touch; decides whether it was the policy, and throws if so. */
export interface Watch {
  /** Whether a policy's code is running. */
  readonly watches: boolean;
  fail(what: string, instead: string): never;
  note(what: string, instead: string, stack: string): unknown;
}

type Thing = Record<PropertyKey, unknown>;
type Method = (...args: readonly unknown[]) => unknown;

/**
 * Puts a watch before the clocks, the dice, the timers and the world of this thread, for as long as it lives. What runs
 * while no policy does is not disturbed. Whoever has taken hold of a function before keeps the bare one, so this comes
 * before any policy is loaded.
 */
export function forbid(watch: Watch): void {
  const require = createRequire(import.meta.url);
  const module = (name: string): object => require(`node:${name}`) as object;
  const each = (holder: object, names: readonly string[], says: (name: string) => string, instead: string): void => {
    for (const name of names) guard(watch, holder, name, says(name), instead);
  };
  dates(watch);
  const clock = (of: string) => (name: string) => `reads the clock (${of}.${name})`;
  guard(watch, process.hrtime, "bigint", clock("process.hrtime")("bigint"), out.CLOCK);
  each(process, out.PROCESS_CLOCKS, clock("process"), out.CLOCK);
  each(Object.getPrototypeOf(performance) as object, out.PERFORMANCE_CLOCKS, clock("performance"), out.CLOCK);
  guard(watch, Event.prototype, "timeStamp", clock("Event")("timeStamp"), out.CLOCK);
  const { Temporal } = globalThis as { readonly Temporal?: { readonly Now: object } };
  if (Temporal) each(Temporal.Now, Object.getOwnPropertyNames(Temporal.Now), clock("Temporal.Now"), out.CLOCK);
  guard(watch, Intl, "DateTimeFormat", "asks for the machine's clock and language (Intl.DateTimeFormat)", out.CLOCK);
  for (const [type, names] of Object.entries(out.LOCAL)) {
    const { prototype } = (globalThis as unknown as Record<string, { prototype: object }>)[type]!;
    each(prototype, names, (name) => `asks for the machine's place or language (${type}.${name})`, out.PLACE);
  }
  const language = (name: string): string => `asks for the machine's place or language (Intl.${name})`;
  each(Intl, out.LANGUAGE, language, out.PLACE);
  guard(watch, Math, "random", "draws Math.random()", out.DICE);
  for (const holder of [module("crypto"), Object.getPrototypeOf(globalThis.crypto) as object])
    each(holder, out.RANDOM, (name) => `draws from crypto.${name}`, out.DICE);
  each(globalThis, out.GARBAGE, (name) => `asks what the collection of garbage has left (${name})`, out.HELD);
  const calls = (name: string): string => `calls ${name}`;
  for (const holder of [globalThis, module("timers"), module("timers/promises")])
    each(holder, out.TIMERS, calls, out.LATER);
  each(globalThis, out.LATER_GLOBALS, calls, out.LATER);
  each(AbortSignal, ["timeout"], () => "calls AbortSignal.timeout", out.LATER);
  each(Atomics, ["wait", "waitAsync"], (name) => `calls Atomics.${name}`, out.LATER);
  each(process, out.WAYS_OUT, (name) => `calls process.${name}`, out.WORLD);
  guard(watch, process, "nextTick", "calls process.nextTick", out.LATER);
  const differs = (of: string) => (name: string) => `reads ${of}${name}, which differs from machine to machine`;
  guard(watch, process.memoryUsage, "rss", differs("process.memoryUsage.")("rss"), out.WORLD);
  each(process, [...out.MACHINE, ...out.MACHINE_CALLS], differs("process."), out.WORLD);
  each(globalThis, ["navigator"], differs(""), out.WORLD);
  each(globalThis, ["SharedArrayBuffer"], calls, out.SHARED);
  each(globalThis, out.WORLDLY_GLOBALS, calls, out.WORLD);
  for (const name of out.WORLDLY_MODULES) {
    const holder = module(name);
    each(holder, Object.keys(holder).filter(isVerb), (verb) => `calls ${verb} of node:${name}`, out.WORLD);
  }
  // What a policy prints is no result. The console that comes along looks into the environment for each line.
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  Object.assign(console, new Console({ stdout: process.stderr, stderr: process.stderr, colorMode: false }));
  syncBuiltinESMExports();
  promises(watch);
}

/** Functions, and what begins something of its own; classes of errors and the like are left alone. */
const isVerb = (name: string): boolean => /^(?:[a-z]|Worker$|Session$|Script$)/.test(name);

/** Replaces a function, or a value that is read, by one that asks the watch first. */
function guard(watch: Watch, holder: object, name: string, called: string, instead: string): void {
  const described = Object.getOwnPropertyDescriptor(holder, name);
  if (described === undefined || described.configurable === false) return;
  const { enumerable = true } = described;
  const act = described.get === undefined ? described.value : undefined;
  const ask = (): void => {
    if (watch.watches) watch.fail(called, instead);
  };
  if (typeof act !== "function") {
    let held = described.value as unknown;
    const read = described.get ?? ((): unknown => held);
    const write = described.set ?? ((value: unknown): void => void (held = value));
    Object.defineProperty(holder, name, {
      get(this: unknown): unknown {
        ask();
        return Reflect.apply(read, this, []);
      },
      set(this: unknown, value: unknown) {
        ask();
        Reflect.apply(write, this, [value]);
      },
      enumerable,
      configurable: true,
    });
    return;
  }
  const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
    ask();
    if (new.target === undefined) return Reflect.apply(act, this, args);
    return Reflect.construct(act, args, new.target === watched ? act : new.target);
  };
  // What hangs on a function, as process.hrtime.bigint, stays there.
  for (const key of Object.keys(act)) (watched as unknown as Thing)[key] = (act as unknown as Thing)[key];
  if (act.prototype !== undefined) watched.prototype = act.prototype;
  Object.defineProperty(holder, name, { value: watched, writable: true, configurable: true, enumerable });
}

function dates(watch: Watch): void {
  const Real = globalThis.Date;
  const realNow = Real.now;
  Real.now = function now(): number {
    if (watch.watches) watch.fail("reads the clock (Date.now)", out.CLOCK);
    return realNow();
  };
  const realParse = Real.parse;
  const place = (what: string): string => `asks for the machine's place (${what} without a time zone)`;
  Real.parse = function parse(text: string): number {
    if (isLocal([text]) && watch.watches) watch.fail(place("Date.parse"), out.PLACE);
    return realParse(text);
  };
  const Watched = new Proxy(Real, {
    construct(target, args, newTarget) {
      if (args.length === 0 && watch.watches) watch.fail("reads the clock (new Date())", out.CLOCK);
      if (isLocal(args) && watch.watches) watch.fail(place("new Date(…)"), out.PLACE);
      return Reflect.construct(target, args, newTarget) as object;
    },
    apply(target, self, args) {
      if (watch.watches) watch.fail("reads the clock (Date())", out.CLOCK);
      return Reflect.apply(target as unknown as Method, self, args);
    },
  });
  Real.prototype.constructor = Watched;
  globalThis.Date = Watched;
}

/** A date alone, as ISO 8601 writes it, is in UTC; whatever else there is needs a zone, as a number or in letters. */
const ZONED = /^(?:\d{4}|[+-]\d{6})(?:-\d\d){0,2}$|\dZ$|[+-]\d\d:?\d\d(?: \(.*\))?$|\b(?:GMT|UTC?|[ECMP][DS]T)\b/i;

/** Whether what a date is made of is understood in the time zone of the machine. */
function isLocal(args: readonly unknown[]): boolean {
  return args.length > 1 || (typeof args[0] === "string" && !ZONED.test(args[0]));
}

/** A promise would go on when the run is long over. Nothing can be thrown where one is made, so it is kept in mind. */
function promises(watch: Watch): void {
  createHook({
    init(_id, type) {
      if (type !== "PROMISE" || !watch.watches) return;
      watch.note("makes a promise", out.LATER, new Error("here").stack ?? "");
    },
  }).enable();
}
