import type { Guard, Lease } from "./guard.js";
import { Loan } from "./loan.js";

type Thing = Record<PropertyKey, unknown>;

/** What a policy is shown of the world, to be read alone; letters and operations are filled in. */
export const VIEW = "a view";

/** What stands behind each view. */
const behind = new WeakMap<object, object>();

/** A view's own thing; everything else is itself. */
export const unlent = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? (behind.get(value) ?? value) : value;

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null;

/**
 * A view of something lent to a policy: the same to read, to write and to call, as long as the lease is live. What it
 * holds is lent with it.
 */
export function lend(thing: Thing, lease: Lease, what: string, guard: Guard): Thing {
  let held: Map<object, unknown> | null = null;
  const view = new Proxy(thing, {
    ...asItIs(guard, what),
    get(target, key) {
      if (!lease.live) guard.kept(what);
      const value = Reflect.get(target, key, target);
      if (typeof value === "function") return method(target, key, value as Method, lease, what, guard);
      if (!isThing(value) || Object.isFrozen(target)) return value;
      held ??= new Map();
      if (!held.has(value)) held.set(value, lend(value, lease, what, guard));
      return held.get(value);
    },
    set(target, key, value) {
      if (!lease.live) guard.kept(what);
      // It may well be the simulation's own, and the next one to look would believe it.
      if (what === VIEW || !Reflect.set(target, key, unlent(value), target))
        guard.fail(
          `changes ${String(key)} of ${what}, which is lent to be read`,
          "copy it into a variable of your own",
        );
      return true;
    },
  });
  behind.set(view, thing);
  return view;
}

/** What a thing is made of is not its borrower's to change: the simulation would trip over it later. */
function asItIs(guard: Guard, what: string) {
  const refuse = (does: string) => (): never => guard.fail(`${does} ${what}, which is lent`, "give its fields a value");
  return {
    preventExtensions: refuse("freezes"),
    defineProperty: refuse("defines a property of"),
    deleteProperty: refuse("deletes a property of"),
    setPrototypeOf: refuse("changes the prototype of"),
  };
}

type Method = (...args: readonly unknown[]) => unknown;

function method(target: Thing, key: PropertyKey, act: Method, lease: Lease, what: string, guard: Guard): Method {
  return (...args) => {
    if (!lease.live) guard.kept(what);
    return guard.verb(String(key), () => Reflect.apply(act, target, args.map(unlent)));
  };
}

/** Of what a host has, the things that stay; all others are lent for one call. */
const LASTING = new Set(["log", "marks"]);
/** Verbs that take a letter away for good. */
const TAKING = new Set(["send", "cast", "snapshot"]);

/** Verbs after which a letter is the policy's for longer, or no longer than any other. */
const LENGTHS: Readonly<Record<string, (thing: object, host: object) => void>> = {
  keepLetter: Loan.keep,
  letGo: Loan.letGo,
};

/** A view of a host: it may be kept, and every verb is told to the guard. What it hands out is lent for the call at hand. */
export function hostView<T extends object>(host: T, guard: Guard): T {
  const verbs = new Map<PropertyKey, Method>();
  const lasting = new Map<object, unknown>();
  const lent = (value: Thing, what: string): Thing => lend(value, new Loan(value, guard.lease), what, guard);
  const view = new Proxy(host, {
    ...asItIs(guard, "the host"),
    get(target, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value === "function") {
        let verb = verbs.get(key);
        if (verb === undefined) {
          const name = String(key);
          verb = (...args) => {
            const things = args.map(unlent);
            const result = guard.verb(`host.${name}`, () => Reflect.apply(value, target, things));
            const told = TAKING.has(name) ? Loan.end : LENGTHS[name];
            if (told !== undefined) for (const each of things) if (isThing(each)) told(each, target);
            return isThing(result) ? lent(result, whatIs(name)) : result;
          };
          verbs.set(key, verb);
        }
        return verb;
      }
      if (!isThing(value)) return value;
      if (Array.isArray(value)) return kept(lasting, value, () => Object.freeze([...(value as unknown[])]));
      if (LASTING.has(String(key))) return kept(lasting, value, () => hostView(value, guard));
      return lent(value, `host.${String(key)}`);
    },
    set(_target, key) {
      return guard.fail(`changes host.${String(key)}`, "only the verbs of the host change anything");
    },
  });
  behind.set(view, host);
  return view;
}

const whatIs = (verb: string): string => (verb === "letter" ? "a letter" : `what host.${verb} gave`);

function kept(all: Map<object, unknown>, thing: object, make: () => unknown): unknown {
  if (!all.has(thing)) all.set(thing, make());
  return all.get(thing);
}
