import { expect, test } from "vitest";
import { checkCausal } from "../../src/check/causal/causal.js";
import { checkConsistentPrefix } from "../../src/check/replicas/consistent-prefix.js";
import { checkConvergence } from "../../src/check/replicas/convergence.js";
import { checkDurability } from "../../src/check/replicas/durability.js";
import { checkExactlyOnce } from "../../src/check/replicas/exactly-once.js";
import { checkSequential } from "../../src/check/sequential/sequential.js";
import { checkMonotonicReads, checkReadYourWrites } from "../../src/check/sessions/session-reads.js";
import { checkMonotonicWrites, checkWritesFollowReads } from "../../src/check/sessions/session-writes.js";
import { contradictionIn } from "../../src/check/soundness.js";
import { UNTOLD, sourcesOf } from "../../src/check/sources.js";
import { missedReads } from "../../src/check/staleness/missed.js";
import { versionRanks } from "../../src/check/version-order.js";
import {
  ACCEPTED,
  CAS,
  DELETE,
  NIL,
  OK,
  OUTDONE,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  WRITE,
} from "../../src/record/record.js";
import { isCausal, isSequential, keepsReads, opsOf } from "./conditions.js";
import {
  hasConverged,
  keepsPrefix,
  keepsWrites,
  lostWrites,
  missedBy,
  repeatedOperations,
  rowsOfVersions,
} from "./replica-reference.js";
import { type StoreRecipe, storeRecord } from "./stores.js";

const SMALL = { regions: 3, keys: 2, sessions: 3, events: 28, mostOperations: 10 };
const MANNERS: readonly Omit<StoreRecipe, "seed">[] = [
  { ...SMALL, delivery: "log", wins: "came-last", sticky: true },
  { ...SMALL, delivery: "log", wins: "came-last", sticky: false, heals: true },
  { ...SMALL, delivery: "causal", wins: "accepted-last", sticky: true },
  { ...SMALL, delivery: "causal", wins: "accepted-last", sticky: false, heals: true },
  { ...SMALL, delivery: "causal", wins: "came-last", sticky: true, heals: true },
  { ...SMALL, delivery: "any", wins: "accepted-last", sticky: true, heals: true },
  { ...SMALL, delivery: "any", wins: "accepted-last", sticky: false, undo: 0.1 },
  { ...SMALL, delivery: "any", wins: "accepted-last", sticky: true, undo: 0.1, repeat: 0.1, heals: true },
  { ...SMALL, delivery: "log", wins: "came-last", sticky: true, repeat: 0.1, heals: true },
  { ...SMALL, delivery: "log", wins: "came-last", sticky: true, copy: 0.1, undo: 0.05 },
  { ...SMALL, delivery: "any", wins: "accepted-last", sticky: false, dead: 1 },
  { ...SMALL, delivery: "log", wins: "came-last", sticky: true, undo: 0.1, dead: 3 },
  { ...SMALL, delivery: "causal", wins: "skewed", sticky: true },
  { ...SMALL, delivery: "any", wins: "skewed", sticky: false, heals: true },
];

/** Every answer both ways often enough, or the comparison says little. */
class Tally {
  private readonly counts = new Map<string, number>();

  compare(name: string, record: RunRecord, verdict: string, right: boolean): void {
    if (verdict !== String(right)) {
      const { operations, versions } = record;
      throw new Error(`${name}: ${verdict}, but it is ${right}: ${JSON.stringify([operations, versions])}`);
    }
    this.counts.set(`${name} ${right}`, (this.counts.get(`${name} ${right}`) ?? 0) + 1);
  }

  atLeast(name: string, least: number): void {
    for (const answer of [true, false]) {
      const count = this.counts.get(`${name} ${answer}`) ?? 0;
      expect(`${name} was ${answer} ${Math.min(count, least)} times`).toBe(`${name} was ${answer} ${least} times`);
    }
  }
}

function* records(each: number, manners = MANNERS): Generator<RunRecord> {
  for (const [at, manner] of manners.entries()) {
    for (let seed = 0; seed < each; seed++) yield storeRecord({ ...manner, seed: `${at}/${seed}` });
  }
}

test("replicas' promises agree with their definitions in small stores of every manner", () => {
  const tally = new Tally();
  for (const record of records(200)) {
    expect(contradictionIn(record)).toBe(null);
    tally.compare("convergence", record, checkConvergence(record).verdict, hasConverged(record));
    tally.compare("durability", record, checkDurability(record).verdict, lostWrites(record).length === 0);
    tally.compare("prefix", record, checkConsistentPrefix(record).verdict, keepsPrefix(record));
    tally.compare("exactly once", record, checkExactlyOnce(record).verdict, repeatedOperations(record).length === 0);
  }
  for (const name of ["convergence", "durability", "prefix", "exactly once"]) tally.atLeast(name, 100);
});

test("session guarantees agree with their definitions in small stores without whole copies", () => {
  const tally = new Tally();
  for (const record of records(
    120,
    MANNERS.filter(({ copy }) => copy === undefined),
  )) {
    tally.compare("monotonic writes", record, checkMonotonicWrites(record).verdict, keepsWrites(record, "writes"));
    tally.compare("writes follow reads", record, checkWritesFollowReads(record).verdict, keepsWrites(record, "reads"));
    if (versionRanks(record) === null) {
      const verdicts = [checkReadYourWrites(record).verdict, checkMonotonicReads(record).verdict];
      expect(verdicts).not.toContain("true");
      continue;
    }
    tally.compare("read your writes", record, checkReadYourWrites(record).verdict, keepsReads(record, "writes"));
    tally.compare("monotonic reads", record, checkMonotonicReads(record).verdict, keepsReads(record, "reads"));
  }
  for (const name of ["monotonic writes", "writes follow reads", "read your writes", "monotonic reads"]) {
    tally.atLeast(name, 25);
  }
});

test("causal and sequential consistency agree with their definitions, whatever the replicas show", () => {
  const tally = new Tally();
  for (const record of records(150)) {
    tally.compare("sequential", record, checkSequential(record).verdict, isSequential(opsOf(record)));
    const found = checkCausal(record);
    if (versionRanks(record) === null) {
      expect(found.verdict).not.toBe("true");
      continue;
    }
    tally.compare("causal", record, found.verdict, isCausal(record));
    expect(checkCausal(record, 0).verdict).toBe(found.verdict);
  }
  tally.atLeast("sequential", 200);
  tally.atLeast("causal", 200);
});

test("the order of versions contains all that the replicas say, and the staleness counted in it is the definition's", () => {
  let stale = 0;
  for (const record of records(150)) {
    const ranks = versionRanks(record);
    if (ranks === null) continue;
    for (const { what, write, previous } of rowsOfVersions(record)) {
      if (previous === NIL || previous === write) continue;
      if (what === SHOWN || what === ACCEPTED) expect(ranks[previous]!).toBeLessThan(ranks[write]!);
      if (what === RECEIVED || what === OUTDONE) expect(ranks[write]!).toBeLessThan(ranks[previous]!);
    }
    for (const key of [0, 1]) {
      const rows = opsOf(record).flatMap((op, row) => (op.key === key ? [row] : []));
      const missed = missedReads(record, sourcesOf(record), rows, ranks);
      expect(missed.length).toBe(rows.filter((row) => record.operations.kind[row] === READ).length);
      for (const { read, versions, age } of missed) {
        const right = missedBy(record, ranks, read);
        if (right.versions > 0) stale++;
        expect({ versions: versions.least, age: age.least }).toEqual(right);
        expect([versions.most, age.most]).toEqual([versions.least, age.least]);
      }
    }
  }
  expect(stale).toBeGreaterThan(200);
});

test("whether nothing was there yet or no more, and what a failed comparison found, is told by the region or not at all", () => {
  let told = 0;
  let untold = 0;
  for (const original of records(60)) {
    const { kind, value, outcome } = original.operations;
    const compared = [...kind.keys()].filter((row) => kind[row] === READ && row % 4 === 0);
    const record: RunRecord = {
      ...original,
      swaps: {
        operation: Int32Array.from(compared),
        expected: new Int32Array(compared.length).fill(901),
        argument: new Int32Array(compared.length).fill(900),
      },
    };
    const truth = sourcesOf(record).of.slice();
    const shown = value.slice();
    kind.forEach((of, row) => {
      if (of === WRITE && row % 3 === 0) [kind[row], value[row]] = [DELETE, NIL];
    });
    shown.forEach((of, row) => {
      if (kind[row] !== READ) return;
      if (of !== NIL && kind[of] === DELETE) value[row] = NIL;
      // As a comparison with a value that is not there.
      if (row % 4 === 0) [kind[row], value[row], outcome[row]] = [CAS, 0, OK];
    });
    sourcesOf(record).of.forEach((source, row) => {
      const isAsked = kind[row] === CAS || (kind[row] === READ && value[row] === NIL);
      if (!isAsked) return;
      if (source === UNTOLD) {
        untold++;
        return;
      }
      expect({ row, source }).toEqual({ row, source: truth[row] });
      told++;
    });
  }
  expect(told).toBeGreaterThan(1000);
  expect(untold).toBeGreaterThan(10);
});
