import type { PolicyKind } from "./catalogue.js";
import type { Guarantees } from "./contract.js";
import type { Option } from "./options.js";

/** What is wrong with a policy of a user's own; `about` is the property at fault, "" for the whole. */
export interface Complaint {
  readonly about: string;
  readonly message: string;
  readonly expected: string;
}

/** A policy of the user's own went wrong when it was asked for what it needs, gives or places. */
export class AskedInVain extends RangeError {
  override readonly name = "AskedInVain";
}

/** What a policy of each kind has to have beside its facts, and what it may have. */
const MEMBERS: Readonly<Record<PolicyKind, Readonly<Record<string, "function" | "object" | "array">>>> = {
  placement: { replicas: "function" },
  routing: { on: "function" },
  replication: { gives: "object", needs: "object", verbs: "array", letter: "function", on: "function" },
  consistency: { needs: "function", gives: "function" },
  conflict: { merge: "function" },
  failover: { on: "function" },
  scaling: {},
  caching: {},
};

const OPTIONAL: Readonly<Partial<Record<PolicyKind, readonly string[]>>> = {
  placement: ["waiting"],
  replication: ["check", "gathers", "isCausal", "isUnanimous", "lacksQuorum"],
  consistency: ["on"],
  failover: ["fences"],
  conflict: ["pick", "carriesStamps", "seenBy"],
  scaling: ["check", "fleet", "on"],
  caching: ["on"],
};
/** What a replication may promise, each true or false. */
const PROMISES = [
  ...[
    "confirms",
    "agrees",
    "elects",
    "defers",
    "inOrder",
    "tellsAge",
    "coordinates",
    "admits",
    "acknowledgesShown",
    "keepsSiblings",
  ],
] as const satisfies readonly (keyof Guarantees)[];

/** Keys that stand beside the options of a policy in the scenario file. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  placement: ["for", "homes"],
  consistency: ["for"],
  conflict: ["for"],
  caching: ["for"],
  failover: ["verify", "fencing", "fence_timeout", "on_unknown", "lease", "clock_margin", "promotion", "failback"],
};

/** How the default of an option of each kind has to be. */
const FITS: Readonly<Record<Option["kind"], (value: unknown) => boolean>> = {
  duration: (value) => isNumber(value) && value >= 0,
  forever: (value) => value === Number.POSITIVE_INFINITY || (isNumber(value) && value >= 0),
  shift: (value) => isNumber(value),
  count: (value) => isNumber(value) && Number.isInteger(value) && value >= 0,
  fraction: (value) => isNumber(value) && value >= 0 && value <= 1,
  number: (value) => isNumber(value),
  bandwidth: (value) => isNumber(value) && value >= 0,
  flag: (value) => typeof value === "boolean",
  choice: (value) => typeof value === "string",
  weights: isEmpty,
  regions: isEmpty,
  turns: isEmpty,
};
/** Those whose endless value may have a word in the file. */
const MAY_BE_ENDLESS: readonly string[] = ["count", "bandwidth"] satisfies Option["kind"][];

const LONGEST_NAME = 60;
const MOST_OPTIONS = 50;

/** Everything that keeps a value from being a policy of that kind; none for one that can be run. */
export function complaintsAbout(kind: PolicyKind, policy: unknown): Complaint[] {
  if (!isObject(policy))
    return [{ about: "", message: `its default export is ${called(policy)}`, expected: `a ${kind} policy, an object` }];
  const complaints: Complaint[] = [];
  const need = (about: string, fine: boolean, expected: string): void => {
    if (!fine) complaints.push({ about, message: `${about} is ${called(policy[about])}`, expected });
  };
  const { name } = policy;
  const isName = typeof name === "string" && name.length <= LONGEST_NAME && /^[a-z][a-z0-9-]*$/.test(name);
  need("name", isName, `a name of small letters, digits and hyphens, ${LONGEST_NAME} at most, as "my-protocol"`);
  need("about", typeof policy["about"] === "string" && policy["about"] !== "", "one sentence that says what it does");
  for (const [member, type] of Object.entries(MEMBERS[kind])) {
    const value = policy[member];
    const fine = type === "function" ? typeof value === "function" : isObject(value, type === "array");
    need(member, fine, `${type === "function" ? "a function" : `an ${type}`}, for a ${kind} policy`);
  }
  for (const member of OPTIONAL[kind] ?? [])
    need(
      member,
      ["undefined", "function"].includes(typeof policy[member]),
      `a function, for a ${kind} policy, or nothing`,
    );
  if (kind === "replication") complaints.push(...aboutReplication(policy));
  need("options", isObject(policy["options"]), "an object of options, {} for none");
  if (isObject(policy["options"])) complaints.push(...aboutOptions(kind, policy["options"]));
  return complaints;
}

function aboutReplication({ gives, needs, verbs }: Readonly<Record<string, unknown>>): Complaint[] {
  const complaints: Complaint[] = [];
  if (isObject(gives) && gives["writers"] !== "leader" && gives["writers"] !== "every-replica") {
    const message = `gives.writers is ${called(gives["writers"])}`;
    complaints.push({ about: "gives", message, expected: '"leader" or "every-replica"' });
  }
  for (const flag of PROMISES) {
    if (!isObject(gives) || gives[flag] === undefined || typeof gives[flag] === "boolean") continue;
    complaints.push({ about: "gives", message: `gives.${flag} is ${called(gives[flag])}`, expected: "true or false" });
  }
  if (isObject(needs) && typeof needs["conflict"] !== "boolean") {
    const message = `needs.conflict is ${called(needs["conflict"])}`;
    complaints.push({ about: "needs", message, expected: "true or false" });
  }
  if (Array.isArray(verbs) && !verbs.every((verb) => typeof verb === "string"))
    complaints.push({ about: "verbs", message: "verbs holds what is no text", expected: "a list of words" });
  return complaints;
}

function aboutOptions(kind: PolicyKind, options: Readonly<Record<string, unknown>>): Complaint[] {
  const names = Object.keys(options);
  if (names.length > MOST_OPTIONS) {
    const message = `it declares ${names.length} options`;
    return [{ about: "options", message, expected: `at most ${MOST_OPTIONS}` }];
  }
  const taken = ["use", ...(TAKEN[kind] ?? [])];
  return names.flatMap((name) => {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const message = `an option is called "${name}"`;
      return [{ about: name, message, expected: "small letters, digits and underscores, as max_lag" }];
    }
    if (taken.includes(name)) {
      const message = `an option is called "${name}"`;
      return [{ about: name, message, expected: `anything but ${taken.join(", ")}: those are Faultline's own` }];
    }
    return aboutOption(name, options[name]);
  });
}

function aboutOption(about: string, option: unknown): Complaint[] {
  const built = 'what a builder of faultline/policy returns, as duration(1_000_000, "what it is")';
  if (!isObject(option) || !Object.hasOwn(FITS, String(option["kind"])))
    return [{ about, message: `option ${about} is ${called(option)}`, expected: built }];
  const { kind, default: value, about: said, choices, endless } = option as Record<string, unknown> & Kinded;
  const complain = (message: string, expected: string): Complaint[] => [{ about, message, expected }];
  if (typeof said !== "string" || said === "")
    return complain(`option ${about} does not say what it is`, "a few words after its default");
  const isEndless = typeof endless === "string" && /^[a-z]+$/.test(endless) && MAY_BE_ENDLESS.includes(kind);
  if (endless !== undefined && !isEndless)
    return complain(`option ${about} cannot be endless`, "one word of small letters, for a count or a bandwidth");
  if (!FITS[kind](value) && !(isEndless && value === Number.POSITIVE_INFINITY))
    return complain(`the default of option ${about} is ${called(value)}`, `a ${kind}`);
  if (kind === "choice") {
    const words = Array.isArray(choices) ? (choices as unknown[]) : [];
    const fine = words.length > 0 && words.every((word) => typeof word === "string" && /^[a-z0-9-]+$/.test(word));
    return fine && words.includes(value)
      ? []
      : complain(`the choices of option ${about} are not words`, "words of small letters, digits and hyphens");
  }
  return typeof value === "number" && !isWithin(value, option)
    ? complain(`the default of option ${about}, ${value}, breaks its own bounds`, "a default within them")
    : [];
}

function isWithin(value: number, { least, most, above, below, not }: Readonly<Record<string, unknown>>): boolean {
  const breaks = (bound: unknown, is: (bound: number) => boolean): boolean => isNumber(bound) && is(bound);
  return !(
    breaks(least, (bound) => value < bound) ||
    breaks(most, (bound) => value > bound) ||
    breaks(above, (bound) => value <= bound) ||
    breaks(below, (bound) => value >= bound) ||
    breaks(not, (bound) => value === bound)
  );
}

interface Kinded {
  readonly kind: Option["kind"];
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown, list = false): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Array.isArray(value) === list;
}

/** What is there, for a message. */
export function called(value: unknown): string {
  if (value === undefined || value === "") return "missing";
  if (typeof value === "string") return `"${value.slice(0, 40)}"`;
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "a list" : "an object") : String(value);
}
