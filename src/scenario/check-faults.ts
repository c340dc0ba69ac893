import { formatDuration } from "../units/time.js";
import { meant } from "./check.js";
import { namesIn } from "./compile-faults.js";
import { FAULT_KINDS, type RawFault, type RawScenario } from "./format.js";
import type { Source } from "./source.js";

/** Values that a kind of fault needs, and those that only it understands. */
const BELONGS: Readonly<Record<string, (typeof FAULT_KINDS)[number]>> = {
  disks: "region_outage",
  factor: "degraded_latency",
  add: "degraded_latency",
  probability: "loss",
  limit: "bandwidth",
  by: "clock_skew",
};
const MOST_STRIKES = 10_000;

export function checkFault(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  const kinds = FAULT_KINDS.filter((kind) => source.has(`${path}.${kind}`));
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length === 0 ? "does not say what breaks" : `says ${kinds.join(" and ")} at once`;
    source.errorAt(path, `this fault ${found}`, `exactly one of ${FAULT_KINDS.join(", ")}`);
    return;
  }
  for (const [key, owner] of Object.entries(BELONGS)) {
    if (source.has(`${path}.${key}`) && owner !== kind) {
      source.errorAt(`${path}.${key}`, `"${key}" says nothing about ${kind}`, `it belongs to ${owner}`, "take it away");
    }
  }
  checkValues(fault, kind, path, source);
  checkTimes(fault, path, raw, source);
  checkNames(fault, path, raw, source);
}

function checkValues(fault: RawFault, kind: string, path: string, source: Source): void {
  const lacks = (key: string, what: string): void =>
    source.errorAt(path, `${kind} lacks "${key}"`, what, `add "${key}:"`);
  if (kind === "degraded_latency" && !source.has(`${path}.factor`) && !source.has(`${path}.add`)) {
    lacks("factor", 'factor, add, or both, as {factor: 3, add: "50ms"}');
  }
  if ((fault.factor ?? 1) < 0 || (fault.factor ?? 1) > 10_000)
    source.errorAt(`${path}.factor`, `the factor is ${fault.factor}`, "0 to 10000");
  if (kind === "loss" && !source.has(`${path}.probability`)) lacks("probability", 'a share, as "5%"');
  if (fault.probability === 1)
    source.errorAt(`${path}.probability`, "every message is lost", "less than 100%", "that is a partition");
  if (kind === "bandwidth" && !source.has(`${path}.limit`)) lacks("limit", 'a bandwidth, as "10 Mbps"');
  if (fault.limit === 0) source.errorAt(`${path}.limit`, "nothing passes", "more than 0", "that is a partition");
  if (kind === "clock_skew" && !source.has(`${path}.by`)) lacks("by", 'a duration, as "-250ms"');
  for (const key of ["partition", "degraded_latency", "loss", "bandwidth"] as const) {
    const where = fault[key];
    if (where === undefined) continue;
    const ways = Object.keys(where);
    if (ways.length !== 1) {
      source.errorAt(
        `${path}.${key}`,
        `${key} says ${ways.length === 0 ? "no place" : ways.join(" and ")}`,
        "exactly one of pair, between, one_way, groups, isolate",
      );
    }
  }
}

function checkTimes(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  const { at, duration } = { at: fault.at, duration: raw.duration };
  if (at !== undefined && duration !== undefined && at >= duration) {
    source.errorAt(
      `${path}.at`,
      `the fault begins at ${formatDuration(at)}, when the run is over`,
      `less than ${formatDuration(duration)}`,
    );
  }
  if (fault.for === 0) source.errorAt(`${path}.for`, "the fault heals as it begins", 'a duration, as "5m"');
  if (fault.repeat === undefined) return;
  const { every, times } = fault.repeat;
  if (times !== undefined && (times < 1 || times > MOST_STRIKES)) {
    source.errorAt(`${path}.repeat.times`, `the fault strikes ${times} times`, `1 to ${MOST_STRIKES}`);
  }
  if (fault.for === undefined)
    source.errorAt(`${path}.repeat`, "a fault that never heals cannot strike again", '"for"');
  else if (every !== undefined && every <= fault.for) {
    source.errorAt(
      `${path}.repeat.every`,
      "it strikes again before it has healed",
      `more than ${formatDuration(fault.for)}`,
    );
  }
}

function checkNames(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  const regions = [...(raw.topology?.regions?.keys() ?? [])];
  const places = (raw.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  const seen = new Map<string, string>();
  for (const [below, name, kind] of namesIn(fault)) {
    const known = kind === "region" ? regions : [...regions, ...places];
    if (!known.includes(name)) {
      const what = kind === "region" ? "region" : "region or place";
      source.errorAt(
        `${path}.${below}`,
        `this scenario has no ${what} "${name}"`,
        `one of ${known.join(", ")}`,
        meant(name, known),
      );
    }
    const isEnd = below.includes(".pair.") || below.includes(".one_way.");
    if (isEnd && seen.get(name) !== undefined)
      source.errorAt(`${path}.${below}`, `"${name}" has no link to itself`, "two different ends");
    if (isEnd) seen.set(name, below);
  }
}
