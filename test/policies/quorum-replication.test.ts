import { describe, expect, test } from "vitest";
import { checkConvergence } from "../../src/check/replicas/convergence.js";
import { checkDurability } from "../../src/check/replicas/durability.js";
import { checkBoundedStaleness } from "../../src/check/staleness/bounded-staleness.js";
import { type Keyed, Streams } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { ACCEPTED, DELETE, OK, READ, type RunRecord, UNKNOWN, isAcceptance } from "../../src/record/record.js";
import type { Disks } from "../../src/simulation/hardships.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, dataClass, fault, outage } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { recorded } from "../simulation/recorded.js";

const cut = (alone: number, at: number, until: number): FaultPlan => ({
  ...fault(),
  at,
  until,
  links: between(
    [alone],
    [0, 1, 2].filter((each) => each !== alone),
  ),
});

function plan(options: Parameters<typeof leaderless>[0], overrides: Partial<Plan> = {}): Plan {
  const base = activeActive();
  return {
    ...base,
    duration: 4 * MINUTE,
    places: base.places.map((place) => ({ ...place, rate: 6, readShare: 0.5 })),
    data: { ...base.data, classes: [dataClass({ keys: 20 })], size: 50_000_000 },
    policies: leaderless(options),
    // A try that is made again is a second version of one write; the order of versions is then that of none.
    client: { ...base.client, attempts: 1 },
    ...overrides,
  };
}

/** Partitions, deaths and pauses of any regions, all healed a minute before the end; one of them may lose its disks. */
function hardships(luck: Keyed, disks: readonly Disks[]): FaultPlan[] {
  return Array.from({ length: 5 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (10 + draw(0, 120)) * SECOND;
    const until = Math.min(at + (2 + draw(1, 50)) * SECOND, 3 * MINUTE);
    const struck = draw(2, 3);
    switch (draw(3, 4)) {
      case 0:
        return {
          ...fault(),
          at,
          until,
          regions: [struck],
          hardships: onRegions({ dark: true, disks: struck === 0 ? disks[draw(4, disks.length)]! : "kept" }),
        };
      case 1:
        return { ...fault(), at, until, regions: [struck], hardships: onRegions({ hostPaused: true }) };
      case 2:
        // One way only.
        return { ...fault(), at, until, links: between([struck], [(struck + 1) % 3]).slice(0, 1) };
      default:
        return cut(struck, at, until);
    }
  });
}

const faulty = (seed: number, options: Parameters<typeof leaderless>[0], disks: readonly Disks[]): RunRecord => {
  const faults = hardships(new Streams(`quorum ${seed}`).keyed("faults"), disks);
  return recorded(plan(options, { faults }), String(seed)).record;
};
const SEEDS = [...Array(Number(process.env["SEEDS"] ?? 8)).keys()];
const latest = (record: RunRecord) => checkBoundedStaleness(record, { mostVersions: 0 });

/**
 * Reads that missed an acknowledged write, by brute force. Clocks are right here, so the newer of two writes is the one
 * that was accepted later, in the region that was asked.
 */
function missed({ operations, versions }: RunRecord): number {
  const { call, return: returned, kind, key, outcome, value: result } = operations;
  const acceptedAt = new Map<number, number>();
  versions.what.forEach((what, row) => {
    if (isAcceptance(what)) acceptedAt.set(versions.write[row]!, versions.time[row]!);
  });
  let count = 0;
  for (let read = 0; read < call.length; read++) {
    if (kind[read] !== READ || outcome[read] !== OK) continue;
    const shownAt = result[read]! < 0 ? -1 : acceptedAt.get(result[read]!)!;
    const newer = (write: number): boolean =>
      key[write] === key[read] &&
      kind[write] !== READ &&
      outcome[write] === OK &&
      returned[write]! < call[read]! &&
      acceptedAt.get(write)! > shownAt;
    for (let write = 0; write < read; write++)
      if (newer(write)) {
        count++;
        break;
      }
  }
  return count;
}

describe("where every read quorum meets every write quorum", () => {
  test.each([
    ["majorities", {}],
    ["reads of all", { read: "all", write: "one" }],
    ["datagrams", { channel: "datagram" }],
    ["only as many as needed", { send_to: "quorum-only", read_repair: false, hints: 0, anti_entropy: 0 }],
  ])("no read misses an acknowledged write, whatever partitions and deaths there are: %s", (_, options) => {
    for (const seed of SEEDS) {
      // With one acknowledgement a lost disk is a lost write: then disks survive.
      const disks: Disks[] = "write" in options ? ["kept"] : ["kept", "lost"];
      const record = faulty(seed, options, "send_to" in options ? ["kept"] : disks);
      expect([seed, missed(record)]).toEqual([seed, 0]);
      // Where nothing spreads no copy says which of two concurrent writes is newer, and the checker takes either.
      if ("send_to" in options) continue;
      const verdict = latest(record);
      expect([seed, verdict.verdict, verdict.explanation]).toEqual([seed, "true", ""]);
      expect(verdict.measured!["reads"]).toBeGreaterThan(300);
    }
  });

  test("nothing that was acknowledged is lost with one disk at a time", () => {
    for (const seed of SEEDS.slice(0, 4)) {
      const faults = [outage(seed % 3, 30 * SECOND, 0.4, false), outage((seed + 1) % 3, 110 * SECOND, 0.4, false)];
      const { record } = recorded(plan({ anti_entropy: 20 * SECOND, hand_off: 2 * SECOND }, { faults }), String(seed));
      expect(checkDurability(record).verdict).toBe("true");
      expect(latest(record).verdict).toBe("true");
    }
  });
});

test("a copy that has lost its data, and stops again before they are back, still answers nobody", () => {
  const base = plan({ write: "all", read: "one" });
  // So much that no whole copy comes in time.
  const data = { ...base.data, size: 500_000_000_000 };
  const faults = [outage(1, 30 * SECOND, 0.2, false), outage(1, MINUTE, 0.2)];
  const { record } = recorded({ ...base, data, faults }, "1");
  expect(missed(record)).toBe(0);
  expect(latest(record).verdict).toBe("true");
});

describe("the checker sees", () => {
  // Mutations: each takes away what makes the quorums meet.
  test.each([
    ["R + W = N", { read_quorum: 1, write_quorum: 2, copies: 3, send_to: "quorum-only" }],
    ["a read of one copy after a write of one", { read: "one", write: "one", hints: 0, read_repair: false }],
    ["a sloppy quorum", { copies: 2, sloppy: true, read: "one", write: "all", hand_off: 5 * SECOND }],
  ])("stale reads where they need not meet: %s", (_, options) => {
    const records = SEEDS.map((seed) => faulty(seed, options, ["kept"]));
    expect(records.map((record) => latest(record).verdict)).toContain("false");
    expect(Math.max(...records.map(missed))).toBeGreaterThan(0);
  });
});

test("all copies show the same soon after the last heal, and the same run gives the same bytes", () => {
  for (const seed of SEEDS) {
    const options = {
      anti_entropy: 10 * SECOND,
      hand_off: 3 * SECOND,
      channel: seed % 2 === 0 ? "stream" : "datagram",
    };
    const faults = hardships(new Streams(`heal ${seed}`).keyed("faults"), ["kept", "lost"]);
    const healed = plan(options, { faults });
    const once = recorded(healed, String(seed));
    expect([seed, checkConvergence(once.record, { quiet: 0 }).verdict]).toEqual([seed, "true"]);
    if (seed < 2) expect(recorded(healed, String(seed)).outcome.digests).toEqual(once.outcome.digests);
  }
});

test("a partition costs the minority side alone its operations", () => {
  const faults = [cut(2, MINUTE, 3 * MINUTE)];
  // Nobody leads the users away from it.
  const health = { ...activeActive().health, interval: HOUR };
  const { record } = recorded(plan({ timeout: 500_000 }, { faults, health }));
  const { call, outcome, region } = record.operations;
  const failed = [0, 0, 0];
  for (let at = 0; at < call.length; at++) {
    const inside = call[at]! > MINUTE + SECOND && call[at]! < 3 * MINUTE - 4 * SECOND;
    if (inside && outcome[at] !== OK) failed[region[at]!]! += 1;
  }
  expect(failed.slice(0, 2)).toEqual([0, 0]);
  expect(failed[2]).toBeGreaterThan(100);
});

test("a write that was refused for want of a quorum may have happened, and the copies that took it keep it", () => {
  const faults = [cut(2, MINUTE, 3 * MINUTE)];
  const { record } = recorded(plan({ timeout: 500_000 }, { faults }));
  const { outcome, kind, value: result } = record.operations;
  const accepted = new Set<number>();
  record.versions.what.forEach((what, row) => {
    if (what === ACCEPTED) accepted.add(record.versions.write[row]!);
  });
  const refused = [...accepted].filter((write) => outcome[write] === UNKNOWN);
  expect(refused.length).toBeGreaterThan(20);
  // Nobody was told that one of them certainly did not happen, and somebody has read some of them.
  const read = new Set(
    [...result.keys()].filter((at) => kind[at] === READ && outcome[at] === OK).map((at) => result[at]!),
  );
  expect(refused.some((write) => read.has(write))).toBe(true);
});

describe("an owner that was away", () => {
  const away = (options: Parameters<typeof leaderless>[0], minutes = 1): RunRecord =>
    recorded(
      plan(
        { read_repair: false, anti_entropy: 0, hand_off: 2 * SECOND, ...options },
        {
          faults: [outage(2, 20 * SECOND, minutes)],
          // Many keys, written seldom: most are not written again after the return.
          data: { ...activeActive().data, classes: [dataClass({ keys: 3000, zipf: 0 })] },
        },
      ),
    ).record;

  test("gets what it has missed by hints", () => {
    expect(checkConvergence(away({}), { quiet: 0 }).verdict).toBe("true");
  });

  test("does not get it without hints", () => {
    expect(checkConvergence(away({ hints: 0 }), { quiet: 0 }).verdict).toBe("false");
  });

  test("does not get what is older than their window: only anti-entropy brings it back", () => {
    const late = { hints: 15 * SECOND };
    expect(checkConvergence(away(late), { quiet: 0 }).verdict).toBe("false");
    expect(checkConvergence(away({ ...late, anti_entropy: 20 * SECOND }), { quiet: 0 }).verdict).toBe("true");
  });

  test("and comes back after the grace of deletions brings deleted data back; within it, it does not", () => {
    const deleting = (grace: number): number => {
      const base = plan({ hints: 0, anti_entropy: 10 * SECOND, tombstones: grace });
      const { record } = recorded({
        ...base,
        faults: [outage(2, 60 * SECOND, 1)],
        data: { ...base.data, classes: [dataClass({ keys: 400, zipf: 0, deletes: 0.3 })] },
      });
      return resurrected(record);
    };
    expect(deleting(HOUR)).toBe(0);
    expect(deleting(10 * SECOND)).toBeGreaterThan(5);
  });
});

/** Versions that some copy shows at the end although a deletion that was acknowledged stood over them there. */
function resurrected({ versions, operations }: RunRecord): number {
  const deleted = new Map<string, number>();
  const came = new Set<number>();
  for (let row = 0; row < versions.time.length; row++) {
    const write = versions.write[row]!;
    const cell = `${versions.region[row]} ${operations.key[write]}`;
    const before = deleted.get(cell);
    // What was over before the deletion was asked for that stood here is shown again.
    if (before !== undefined && operations.return[write]! < operations.call[before]!) came.add(write);
    if (operations.kind[write] === DELETE) deleted.set(cell, write);
  }
  return came.size;
}
