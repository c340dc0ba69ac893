import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { Streams } from "../../src/engine/random.js";
import type { Letter, Lie } from "../../src/policies/contract.js";
import { PbftLetter } from "../../src/policies/replication/pbft/letter.js";
import { FAIL, OK, READ, type RunRecord, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { Watcher } from "../../src/simulation/watcher.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { dataClass } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { END, TRIPS, agreed, apart, liar, troubles } from "./pbft-plans.js";

const verdict = (name: string, record: RunRecord): string => {
  const { verdict: found, reason } = runChecker(CHECKERS.find((checker) => checker.name === name)!, record);
  return found === "true" ? found : `${found}: ${reason}`;
};
const written = ({ operations }: RunRecord, from: number, until: number, by?: number): number =>
  [...operations.kind.keys()].filter(
    (row) =>
      operations.kind[row] !== READ &&
      operations.outcome[row] === OK &&
      (by === undefined || operations.region[row] === by) &&
      operations.return[row]! >= from &&
      operations.return[row]! < until,
  ).length;

/** Letters of replication by their verb. */
class Letters extends Watcher {
  readonly sent: number[] = new Array(13).fill(0);

  begin(): void {}
  end(): void {}

  override letterSent(letter: Letter): void {
    if (letter instanceof PbftLetter) this.sent[letter.verb]! += 1;
  }
}

/** What a command does depends on what its place in the order finds: compared with, added to, or replaced. */
const DATA = [
  dataClass({ keys: 20, swaps: 0.5, deletes: 0.1 }),
  dataClass({ keys: 20, holds: "counter", decrements: 0.4, deletes: 0.1 }),
  dataClass({ keys: 20, holds: "set", deletes: 0.1 }),
  dataClass({ keys: 20, holds: "list", deletes: 0.1 }),
];

const PROMISES = ["linearizable", "convergence", "durability", "exactly-once"];
// More of them by hand: LAWS=200.
const SEEDS = Number(process.env["LAWS"] ?? 8);

test.each([...Array(SEEDS).keys()])(
  "with one liar among four no promise is broken, whatever else happens, seed %d",
  (seed) => {
    const luck = new Streams(`pbft ${seed}`).keyed("plan");
    const plan = agreed(4, { faults: troubles(luck) });
    // Whoever hears nothing tries again, and a command of an earlier try may come first.
    const client = { ...plan.client, attempts: 3 };
    const data = { ...plan.data, classes: [DATA[seed % DATA.length]!] };
    const { record, outcome } = recorded({ ...plan, client, data }, String(seed));
    expect(PROMISES.map((name) => `${name} ${verdict(name, record)}`)).toEqual(PROMISES.map((name) => `${name} true`));
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    // And it goes on once all is well again.
    expect(written(record, END - MINUTE, END)).toBeGreaterThan(500);
  },
);

describe("a primary that lies", () => {
  const during = (lie: Lie): { record: RunRecord; failed: number } => {
    const { record } = recorded(agreed(4, { faults: [liar(0, lie, MINUTE, 4 * MINUTE)] }));
    const { outcome, call } = record.operations;
    const bad = [...call.keys()].filter(
      (row) => outcome[row] !== OK && call[row]! > 1.5 * MINUTE && call[row]! < 4 * MINUTE,
    );
    return { record, failed: bad.filter((row) => record.operations.region[row] !== 0).length };
  };

  test.each(["mute", "equivocate"] as const)("is replaced soon, and the others go on: %s", (lie) => {
    const { record, failed } = during(lie);
    // Two time-outs at the most, since a beat may just have passed.
    expect(written(record, MINUTE + 6 * SECOND, MINUTE + 30 * SECOND, 1)).toBeGreaterThan(70);
    expect(failed).toBeLessThan(5);
    expect(PROMISES.map((name) => verdict(name, record))).toEqual(PROMISES.map(() => "true"));
  });

  test("and is no quicker than it must be stays, at the cost of nearly a time-out for each write", () => {
    const { record } = during("delay");
    const { operations } = record;
    const taken = [...operations.kind.keys()]
      .filter(
        (row) =>
          operations.kind[row] === WRITE &&
          operations.outcome[row] !== FAIL &&
          operations.region[row] === 1 &&
          operations.call[row]! > 1.5 * MINUTE &&
          operations.call[row]! < 3.5 * MINUTE,
      )
      .map((row) => operations.return[row]! - operations.call[row]!)
      .toSorted((a, b) => a - b);
    expect(taken[Math.floor(taken.length / 2)]!).toBeGreaterThan(0.9 * SECOND);
    expect(verdict("linearizable", record)).toBe("true");
  });
});

test("a silent backup costs nothing but its own users", () => {
  const { record } = recorded(agreed(4, { faults: [liar(2, "mute", MINUTE, 4 * MINUTE)] }));
  expect(written(record, MINUTE, 4 * MINUTE, 1)).toBeGreaterThan(0.9 * 3 * written(record, 0, MINUTE, 1));
  expect(written(record, 1.2 * MINUTE, 4 * MINUTE, 2)).toBe(0);
});

test("with two liars among four it is broken, as it must be: the honest do not carry out the same", () => {
  const both = [liar(0, "equivocate", MINUTE), liar(1, "equivocate", MINUTE)];
  const { record } = recorded(agreed(4, { faults: both }, 1));
  expect(verdict("linearizable", record)).toContain("false");
  expect(verdict("convergence", record)).toContain("false");
  // One of the two alone harms nobody.
  for (const one of both)
    expect(verdict("linearizable", recorded(agreed(4, { faults: [one] }, 1)).record)).toBe("true");
});

test("two silent ones among four do no harm to what there is, but nothing goes on", () => {
  const { record } = recorded(agreed(4, { faults: [liar(0, "mute", MINUTE), liar(1, "mute", MINUTE)] }));
  expect(written(record, MINUTE + 3 * SECOND, END)).toBe(0);
  for (const name of ["linearizable", "durability"]) expect(`${name} ${verdict(name, record)}`).toBe(`${name} true`);
});

test("seven bear two liars", () => {
  const faults = [liar(0, "equivocate", MINUTE, 4 * MINUTE), liar(1, "mute", MINUTE, 4 * MINUTE)];
  const { record } = recorded(agreed(7, { faults }));
  expect(PROMISES.map((name) => verdict(name, record))).toEqual(PROMISES.map(() => "true"));
  expect(written(record, 2 * MINUTE, 4 * MINUTE, 2)).toBeGreaterThan(300);
});

test("what a minority of one misses behind a cut it gets as entries, or as a whole copy", () => {
  for (const until of [1.2 * MINUTE, 4 * MINUTE]) {
    const { record } = recorded(agreed(4, { faults: [apart(4, 2, [0, 1, 3], MINUTE, until)] }));
    expect(verdict("convergence", record)).toBe("true");
    expect(written(record, MINUTE, until, 1)).toBeGreaterThan(30);
    const { time, region } = record.versions;
    const shown = [...time].filter((at, row) => region[row] === 2 && at > until + 40 * SECOND);
    expect(shown.length).toBeGreaterThan(500);
  }
});

test.each([4, 5, 7, 10])(
  "each write takes 2 n (n - 1) letters, and one round more where a backup is asked, n = %d",
  (size) => {
    const base = agreed(size);
    const letters = new Letters();
    const quiet: Plan = {
      ...base,
      duration: 2 * MINUTE,
      places: base.places.map((place, index) => ({ ...place, rate: index === 0 ? 10 : 0.0001, readShare: 0 })),
    };
    const { summary } = run(quiet, "1", [letters]);
    const writes = summary["operations"]!;
    const [requests, proposals, prepares, commits] = letters.sent as [number, number, number, number];
    expect(proposals).toBe(writes * (size - 1));
    expect(prepares).toBe(writes * (size - 1) ** 2);
    expect(commits).toBe(writes * size * (size - 1));
    expect(proposals + prepares + commits).toBe(writes * 2 * size * (size - 1));
    expect(requests).toBe(0);
  },
);

test("a write is answered after three one-way trips among the nearest quorum", () => {
  const plan = agreed(4);
  const { record } = recorded({ ...plan, duration: MINUTE });
  const { operations } = record;
  const taken = [...operations.kind.keys()]
    .filter((row) => operations.kind[row] === WRITE && operations.region[row] === 0)
    .map((row) => operations.return[row]! - operations.call[row]!)
    .toSorted((a, b) => a - b);
  // One-way trips in milliseconds, and the third to come of what comes to each.
  const trip = (from: number, to: number): number => (from === to ? 0 : TRIPS[(from + to) % TRIPS.length]! / 2);
  const third = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[2]!;
  const all = [0, 1, 2, 3];
  const prepared = all.map((at) => third(all.map((by) => (by === 0 ? trip(0, at) : trip(0, by) + trip(by, at)))));
  const committed = third(all.map((by) => prepared[by]! + trip(by, 0)));
  const median = taken[Math.floor(taken.length / 2)]! / MILLISECOND;
  // Beside the user's own trip and a millisecond of service.
  expect(median).toBeGreaterThan(committed + 2);
  expect(median).toBeLessThan(committed + 3);
});
