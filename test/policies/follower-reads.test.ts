import { describe, expect, test } from "vitest";
import { type Keyed, Streams } from "../../src/engine/random.js";
import { servedWith } from "../../src/fates/stale-reads.js";
import { VersionRows } from "../../src/fates/version-rows.js";
import { NIL, OK, READ, type RunRecord, isAcceptance } from "../../src/record/record.js";
import { PastVersions } from "../../src/simulation/past-versions.js";
import type { Writes } from "../../src/simulation/writes.js";
import { SECOND } from "../../src/units/time.js";
import { recorded } from "../simulation/recorded.js";
import { chosen, onePrimary } from "./consistency-plans.js";

const INTERVAL = 3 * SECOND;

/** When the versions of each key were accepted at the one primary, in order. */
function accepted({ operations, versions }: RunRecord): Map<number, { readonly at: number; readonly write: number }[]> {
  const keys = new Map<number, { at: number; write: number }[]>();
  for (const [row, write] of versions.write.entries()) {
    if (!isAcceptance(versions.what[row]!)) continue;
    const key = operations.key[write]!;
    keys.set(key, [...(keys.get(key) ?? []), { at: versions.time[row]!, write }]);
  }
  return keys;
}

/** Of each answered read when what it was shown began and ceased to be the latest, and when it was asked and answered. */
function reads(record: RunRecord) {
  const { operations } = record;
  const keys = accepted(record);
  return [...operations.kind.keys()]
    .filter((row) => operations.kind[row] === READ && operations.outcome[row] === OK)
    .map((row) => {
      const line = keys.get(operations.key[row]!) ?? [];
      const value = operations.value[row]!;
      const place = value === NIL ? -1 : line.findIndex(({ write }) => write === value);
      return {
        from: line[place]?.at ?? Number.NEGATIVE_INFINITY,
        until: line[place + 1]?.at ?? Number.POSITIVE_INFINITY,
        missed: line
          .slice(place + 1)
          .some(({ write }) => operations.return[write]! <= operations.call[row]! && operations.outcome[write] === OK),
        call: operations.call[row]!,
        end: operations.return[row]!,
      };
    });
}

describe("a follower read is shown exactly what stood at the closed moment, though the copy has newer", () => {
  test.each([0, 1, 2])("under faults, seed %d", (seed) => {
    const plan = onePrimary(seed, chosen("follower-reads", { interval: INTERVAL }), "harmless", "none");
    const { record, outcome } = recorded(plan);
    const all = reads(record);
    expect(all.length).toBeGreaterThan(2000);
    expect(all.filter(({ from, end }) => from > end - INTERVAL)).toEqual([]);
    expect(all.filter(({ until, call }) => until < call - INTERVAL)).toEqual([]);
    // Of an answer that is on its way while a hot key is written more than twice the oracle lets a few pass.
    const stale = all.filter(({ missed }) => missed).length;
    expect(stale).toBeGreaterThan(0.8 * all.length);
    expect(outcome.summary["stale_reads"]! / stale).toBeGreaterThan(0.95);
    expect(outcome.summary["stale_reads"]! / stale).toBeLessThan(1.01);
  });

  test("and is told to have been answered as of back then, where the copy had newer", () => {
    const { record } = recorded(onePrimary(0, chosen("follower-reads", { interval: INTERVAL }), "harmless", "none"));
    const rows = new VersionRows(record);
    expect(record.scenario?.answers?.asOf).toBe(INTERVAL);
    const from = { copy: 0, others: 0, cache: 0, model: 0, past: 0 };
    const { operations } = record;
    for (const row of [...operations.kind.keys()].slice(0, 1000))
      if (operations.kind[row] === READ && operations.outcome[row] === OK) from[servedWith(record, row, rows).from]++;
    expect(from).toMatchObject({ others: 0, cache: 0, model: 0 });
    expect(from.past).toBeGreaterThan(from.copy);
  });

  test("a bounded read of the same age is shown the newest that the copy has", () => {
    const share = (name: string, options: Record<string, number>): number =>
      recorded(onePrimary(0, chosen(name, options), "harmless", "none")).outcome.summary["stale_read_rate"]!;
    expect(share("bounded-staleness", { within: INTERVAL })).toBeLessThan(
      share("follower-reads", { interval: INTERVAL }) / 2,
    );
  });
});

test("what a copy showed is known for as long as it may be asked for, and no longer", () => {
  const luck = new Streams("past").keyed("test");
  const held = new Map<number, number>();
  const count = (by: number) => (write: number) => held.set(write, (held.get(write) ?? 0) + by);
  const timestamp: number[] = [];
  const past = new PastVersions(4, 1000, { timestamp, retain: count(1), release: count(-1) } as unknown as Writes);
  const shown = [-1, -1, -1, -1];
  const history: { key: number; write: number; at: number }[] = [];
  const drawn = (at: number, purpose: number, choices: number) =>
    Math.floor((luck as Keyed).uniform(at, purpose) * choices);
  for (let write = 0, clock = 0; write < 20_000; write++) {
    clock += drawn(write, 0, 10);
    const key = drawn(write, 1, 4);
    timestamp[write] = clock;
    past.replaced(key, shown[key]!, write, clock, true);
    shown[key] = write;
    history.push({ key, write, at: clock });
    const [asked, moment] = [drawn(write, 2, 4), clock - drawn(write, 3, 1000)];
    const expected = history.findLast((each) => each.key === asked && each.at <= moment)?.write ?? -1;
    expect(past.asOf(asked, shown[asked]!, moment)).toBe(expected);
  }
  const still = [...held].filter(([, references]) => references > 0);
  expect(still.every(([, references]) => references === 1)).toBe(true);
  expect(still.length).toBeLessThan(400);
  expect(still.length).toBeGreaterThan(100);
  // Something was undone: what is told of it is not believed.
  expect(past.asOf(0, 7, 0)).toBe(7);
  timestamp[20_000] = timestamp[19_999]!;
  past.replaced(1, shown[1]!, 20_000, timestamp[20_000]!, false);
  expect(past.asOf(1, 20_000, 0)).toBe(20_000);
});
