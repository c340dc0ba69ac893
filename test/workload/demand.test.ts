import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { APPEND, CAS, DELETE, INCREMENT, READ, WRITE } from "../../src/record/record.js";
import { type DataClass, Demand } from "../../src/workload/demand.js";
import { LOAD_PRESETS } from "../../src/workload/presets.js";
import { dataClass } from "../simulation/plans.js";

const OPERATIONS = 100_000;

interface Tally {
  readonly kinds: Map<number, number>;
  readonly classes: number[];
  readonly keys: number[];
  readonly records: number;
}

function asked(classes: readonly DataClass[], reads: number): Tally {
  const demand = new Demand(classes);
  const luck = new Streams("demand").keyed("user");
  const draws = new Float64Array(demand.draws);
  const kinds = new Map<number, number>();
  const counts = classes.map(() => 0);
  const keys: number[] = [];
  let records = 0;
  for (let number = 0; number < OPERATIONS; number++) {
    luck.uniforms(number, 0, draws.length, draws);
    demand.choose(draws, reads);
    kinds.set(demand.kind, (kinds.get(demand.kind) ?? 0) + 1);
    counts[demand.classOf(demand.key)]! += 1;
    keys.push(demand.key);
    if (demand.kind === READ) records += demand.records;
  }
  return { kinds, classes: counts, keys, records };
}

/** Within four standard errors of a binomial. */
function expectShare(found: number | undefined, share: number, of = OPERATIONS): void {
  expect(Math.abs((found ?? 0) - of * share)).toBeLessThanOrEqual(4 * Math.sqrt(of * share * (1 - share)) + 1e-9);
}

test("classes get their shares, each with its own operations, on keys of their own", () => {
  const { kinds, classes, keys } = asked(
    [
      dataClass({ name: "profiles", share: 0.7, keys: 1000, deletes: 0.1, swaps: 0.2 }),
      dataClass({ name: "stock", share: 0.2, keys: 50, holds: "counter", reads: 0.25 }),
      dataClass({ name: "audit", share: 0.1, keys: 10, holds: "list", reads: 0 }),
    ],
    0.6,
  );
  for (const [at, share] of [0.7, 0.2, 0.1].entries()) expectShare(classes[at], share);
  expectShare(kinds.get(DELETE), 0.7 * 0.4 * 0.1);
  expectShare(kinds.get(CAS), 0.7 * 0.4 * 0.2);
  expectShare(kinds.get(WRITE), 0.7 * 0.4 * 0.7);
  expectShare(kinds.get(INCREMENT), 0.2 * 0.75);
  expectShare(kinds.get(APPEND), 0.1);
  expect(Math.min(...keys)).toBe(0);
  expect(Math.max(...keys)).toBe(1059);
});

test("a demand asks as its classes say, whatever the last one asked", () => {
  const keysOf = (zipf: number, keys: number): number[] => asked([dataClass({ keys, zipf })], 0.5).keys.slice(0, 1000);
  const shapes = [
    [0.99, 1000],
    [0.5, 1000],
    [0.99, 500],
  ] as const;
  const first = shapes.map(([zipf, keys]) => keysOf(zipf, keys));
  const again = shapes.toReversed().map(([zipf, keys]) => keysOf(zipf, keys));
  expect(again.toReversed()).toEqual(first);
  expect(new Set(first.map((each) => each.join())).size).toBe(3);
});

test("one class with gets and puts alone decides as it did before there were classes", () => {
  const demand = new Demand([dataClass({ keys: 1000 })]);
  const draws = Float64Array.from([0, 0.5, 0.69, 0]);
  demand.choose(draws, 0.7);
  expect(demand.kind).toBe(READ);
  draws[2] = 0.71;
  demand.choose(draws, 0.7);
  expect(demand.kind).toBe(WRITE);
  expect(demand.draws).toBe(4);
});

test.each([
  ["ycsb-a", { [READ]: 0.5, [WRITE]: 0.5 }],
  ["ycsb-b", { [READ]: 0.95, [WRITE]: 0.05 }],
  ["ycsb-c", { [READ]: 1 }],
  ["ycsb-d", { [READ]: 0.95, [WRITE]: 0.05 }],
  ["ycsb-e", { [READ]: 0.95, [WRITE]: 0.05 }],
  ["ycsb-f", { [READ]: 0.5, [CAS]: 0.5 }],
])("%s asks as its paper says", (name, shares) => {
  const preset = LOAD_PRESETS.find((each) => each.name === name)!;
  const { kinds, records } = asked([dataClass({ ...preset.settings, keys: 10_000 })], 0.123);
  expect([...kinds.keys()].toSorted()).toEqual(Object.keys(shares).map(Number).toSorted());
  for (const [kind, share] of Object.entries(shares)) expectShare(kinds.get(Number(kind)), share);
  // Scans are uniform from 1 to 100: 50.5 records on average, the standard deviation 28.9.
  const mean = records / kinds.get(READ)!;
  if (name === "ycsb-e") expect(Math.abs(mean - 50.5)).toBeLessThan((4 * 28.9) / Math.sqrt(kinds.get(READ)!));
  else expect(mean).toBe(1);
});

test("what was inserted last is what is read most, and inserts go through all keys in turn", () => {
  const keys = 5000;
  const demand = new Demand([dataClass({ keys, latest: true, inserts: 1 })]);
  const luck = new Streams("latest").keyed("user");
  const draws = new Float64Array(demand.draws);
  let newest = keys - 1;
  let nearest = 0;
  let reads = 0;
  for (let number = 0; number < 40_000; number++) {
    luck.uniforms(number, 0, draws.length, draws);
    demand.choose(draws, 0.8);
    if (demand.kind === WRITE) {
      newest = (newest + 1) % keys;
      expect(demand.key).toBe(newest);
    } else {
      reads++;
      if (demand.key === newest) nearest++;
    }
  }
  const weights = Array.from({ length: keys }, (_, rank) => (rank + 1) ** -0.99);
  expectShare(nearest, weights[0]! / weights.reduce((sum, weight) => sum + weight, 0), reads);
});
