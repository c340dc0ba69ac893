import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { INCREMENT, SET_ADD } from "../../src/record/record.js";
import type { Plan, PolicyChoice } from "../../src/simulation/plan.js";
import type { World } from "../../src/simulation/world.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { faultsOf, replayed } from "./chaos.js";
import type { Fact } from "./fact.js";
import { NO_STORAGE, activeActive, dataClass } from "./plans.js";
import type { Reference } from "./reference.js";

const choice = (name: string): PolicyChoice => ({ name, options: {} });
const CLASSES = [
  dataClass({ name: "profiles", keys: 20, share: 0.5, deletes: 0.1 }),
  dataClass({ name: "likes", keys: 12, share: 0.3, holds: "counter", deletes: 0.05, decrements: 0.4 }),
  dataClass({ name: "carts", keys: 8, share: 0.2, holds: "set", deletes: 0.2 }),
];

function chaotic(seed: number, registers: string): Plan {
  const luck = new Streams(`siblings ${seed}`).keyed("plan");
  const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(0, purpose) * choices);
  const base = activeActive();
  const disk = [
    { sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    { sync: "each-commit" as const, every: SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    {},
  ][draw(100, 3)]!;
  const backups = { interval: 2 * MINUTE, pointInTime: 20 * SECOND, retention: HOUR, respond: 10 * SECOND };
  const options = { ...base.policies.replication.options, retention: draw(101, 2) === 0 ? 300 : 1e6 };
  const delivery = { delivery: draw(103, 2) === 0 ? "causal" : "as-it-comes", hold: 20 * SECOND };
  return {
    ...base,
    duration: 6 * MINUTE,
    storage: {
      ...NO_STORAGE,
      ...disk,
      apply: { rate: draw(104, 2) === 0 ? 20 : Number.POSITIVE_INFINITY, workers: 2 },
    },
    backups: draw(106, 2) === 0 ? { ...backups, bandwidth: 50e6 / 15, replay: 1000, regions: [1] } : null,
    faults: faultsOf(luck, 3),
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.5 })),
    data: { ...base.data, classes: CLASSES, size: 50_000_000 },
    policies: {
      ...base.policies,
      replication: { name: "multi-primary", options: { ...options, ...delivery } },
      conflict: choice(registers),
      conflicts: [choice(registers), choice("pn-counter"), choice("or-set")],
    },
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
  };
}

const shownBy = (world: World, region: number, key: number): number => world.replicas.hosts[region]!.shown[key]!;

/** Of all that a region shows or has shown of a key, what nothing else there had seen. */
function heads(reference: Reference, region: number, key: number): Fact[] {
  const here = reference.facts.filter((fact) => fact.key === key && fact.showers.has(region));
  return here.filter((fact) => !fact.forgotten && !here.some((other) => other.seen.has(fact.serial)));
}

/** Changes that somebody who has these has, and no deletion that he has had seen; and what they come to. */
function changes(reference: Reference, shown: readonly Fact[]): readonly [count: number, sum: number] {
  const facts = withPast(reference, shown);
  const resets = [...facts].filter(({ kind }) => kind !== INCREMENT && kind !== SET_ADD);
  const gone = withPast(reference, resets);
  const left = [...facts].filter((fact) => !gone.has(fact));
  return [left.length, left.reduce((sum, { amount }) => sum + amount, 0)];
}

/** Also what nobody held any more when somebody built on what had been built on it. */
function withPast(reference: Reference, facts: readonly Fact[]): Set<Fact> {
  const past = new Set(facts);
  for (const fact of past) for (const serial of fact.seen) past.add(reference.facts[serial]!);
  return past;
}

const SEEDS = Number(process.env["CHAOS"] ?? 3);
const FIRST = Number(process.env["CHAOS_FIRST"] ?? 0);

const POLICIES = (process.env["CHAOS_POLICIES"] ?? "dotted-version-vectors first-committer-wins").split(" ");

describe.each(POLICIES)("%s", (registers) => {
  test.each([...Array(SEEDS).keys()].map((seed) => seed + FIRST))(
    "whatever happens, a region shows what nothing there had seen, and counts each addition once, seed %d",
    (seed) => {
      const { world, reference } = replayed(chaotic(seed, registers), String(seed));
      for (const region of world.plan.regions.keys())
        for (let key = 0; key < world.demand.keys; key++) {
          const version = shownBy(world, region, key);
          const { writes } = world;
          const members = version < 0 ? [] : (writes.members[version] ?? [version]);
          const found = members.map((write) => reference.fact(write));
          const serials = (facts: readonly Fact[]): number[] =>
            facts.map(({ serial }) => serial).toSorted((a, b) => a - b);
          expect(serials(found), `key ${key} in region ${region}`).toEqual(serials(heads(reference, region, key)));
          if (key >= 20 && version >= 0 && writes.value[version]! > 0)
            expect([writes.value[version], writes.numberAt(version)]).toEqual(changes(reference, found));
        }
      // The danger was met.
      expect(world.oracle.merges!.most).toBeGreaterThan(1);
    },
  );
});
