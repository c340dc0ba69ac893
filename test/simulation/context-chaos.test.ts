import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import type { Plan } from "../../src/simulation/plan.js";
import type { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { faultsOf, replayed } from "./chaos.js";
import type { Fact } from "./fact.js";
import { NO_STORAGE, activeActive, dataClass } from "./plans.js";
import { leaderless } from "./quorums.js";
import type { Reference } from "./reference.js";

/** Few users of few keys, who write what they have made of what they read last. */
function chaotic(seed: number, conflict: string, witness: "regions" | "sessions", use: string): Plan {
  const luck = new Streams(`contexts ${seed}`).keyed("plan");
  const pick = <T>(purpose: number, of: readonly T[]): T => of[Math.floor(luck.uniform(0, purpose) * of.length)]!;
  const base = activeActive();
  const disk = pick(100, [
    { sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    { sync: "each-commit" as const, every: SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    {},
  ]);
  const quorum = leaderless({
    ...(use === "partial" ? { copies: pick(113, [1, 2, 2]), sloppy: pick(114, [true, true, false]) } : {}),
    write: pick(104, ["quorum", "one", "all"]),
    read: pick(105, ["quorum", "one", "all"]),
    send_to: pick(106, ["all", "quorum-only"]),
    read_repair: pick(107, [true, false]),
    hints: pick(109, [0, 20 * SECOND, 10 * MINUTE]),
    hand_off: 3 * SECOND,
    anti_entropy: pick(110, [0, 15 * SECOND]),
    channel: pick(112, ["stream", "datagram"]),
  });
  return {
    ...base,
    duration: 4 * MINUTE,
    storage: { ...NO_STORAGE, ...disk },
    faults: faultsOf(luck, 3),
    client: { ...base.client, attempts: 1 },
    places: base.places.map((place) => ({ ...place, rate: 6, readShare: 0.6, sessions: 3 })),
    data: { ...base.data, classes: [dataClass({ keys: 12, zipf: 0, deletes: 0.1 })], size: 50_000_000 },
    network: { ...base.network, loss: pick(103, [0, 0.01]) },
    policies: {
      ...(use === "multi-primary" ? base.policies : quorum),
      conflict: { name: conflict, options: { carried_by: witness } },
    },
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
  };
}

/** Of all that a region shows or has shown of a key, what nobody's author there had seen. */
function heads(reference: Reference, region: number, key: number): Fact[] {
  const here = reference.facts.filter((fact) => fact.key === key && fact.showers.has(region));
  return here.filter((fact) => !fact.forgotten && !here.some((other) => other.past.has(fact.serial)));
}

function shownBy(world: World, reference: Reference, region: number, key: number): Fact[] {
  const version = world.replicas.hosts[region]!.shown[key]!;
  return version < 0 ? [] : world.writes.standing(version).map((write) => reference.fact(write));
}

const serials = (facts: readonly Fact[]): number[] => facts.map(({ serial }) => serial).toSorted((a, b) => a - b);

// More of them by hand: CHAOS=200 CHAOS_FIRST=1.
const SEEDS = Number(process.env["CHAOS"] ?? 1);
const FIRST = Number(process.env["CHAOS_FIRST"] ?? 0);
// The last one has found something: what nothing refers to rests on what a dead region has.
const seeds = [...[...Array(SEEDS).keys()].map((seed) => seed + FIRST), 28];

describe.each([
  ["quorum", "sessions"],
  ["quorum", "regions"],
  ["partial", "sessions"],
  ["partial", "regions"],
  ["multi-primary", "sessions"],
] as const)("%s, where %s say what a write had seen", (use, witness) => {
  test.each(seeds)("dots leave in every region what no author there had seen, and nothing else, seed %d", (seed) => {
    const { world, reference } = replayed(chaotic(seed, "dotted-version-vectors", witness, use), String(seed));
    for (const region of world.plan.regions.keys())
      for (let key = 0; key < world.demand.keys; key++)
        expect(serials(shownBy(world, reference, region, key)), `key ${key} in region ${region}`).toEqual(
          serials(heads(reference, region, key)),
        );
    // The danger was met.
    if (witness === "sessions") expect(world.oracle.merges!.most).toBeGreaterThan(1);
  });
});

test("an operator has seen what those had read elsewhere on top of whom he writes", () => {
  replayed(chaotic(4, "dotted-version-vectors", "sessions", "partial"), "4");
});

describe("on a calm day, of the same writes", () => {
  const calm = (conflict: string): ReturnType<typeof replayed> => {
    const plan = chaotic(0, conflict, "sessions", "quorum");
    const { policies } = plan;
    // Every copy has a write before it is acknowledged, and a read asks the nearest.
    const replication = leaderless({ write: "all", read: "one" }).replication;
    return replayed({ ...plan, faults: [], policies: { ...policies, replication } }, "calm");
  };
  const dotted = calm("dotted-version-vectors").world.oracle;

  test("vectors with an entry a region lose some without a trace, as many as no other author had seen", () => {
    const { world, reference } = calm("version-vectors");
    expect(world.oracle.overwritten).toBeGreaterThan(100);
    const shown = new Set(
      Array.from({ length: world.demand.keys }, (_, key) => serials(shownBy(world, reference, 0, key))).flat(),
    );
    const acknowledged = reference.facts.filter((fact) => fact.acknowledgedAt >= 0 && !shown.has(fact.serial));
    const unseen = acknowledged.filter(({ serial }) => !reference.facts.some(({ past }) => past.has(serial)));
    // Those that somebody had read before they were lost were superseded by what he wrote.
    expect(world.oracle.overwritten).toBeGreaterThanOrEqual(unseen.length);
    expect(unseen.length).toBeGreaterThan(50);
  });

  test("dots lose none", () => expect(dotted.overwritten).toBe(0));

  test("one vector for all siblings of a key loses none either, and cannot let go of those that were seen", () => {
    const { oracle } = calm("shared-version-vectors").world;
    expect(oracle.overwritten).toBe(0);
    expect(oracle.merges!.shown / oracle.merges!.reads).toBeGreaterThan(
      (1.5 * dotted.merges!.shown) / dotted.merges!.reads,
    );
  });
});
