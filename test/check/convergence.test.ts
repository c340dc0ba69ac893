import { expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { checkConvergence } from "../../src/check/replicas/convergence.js";
import type { FaultFact } from "../../src/record/circumstances.js";
import { ACCEPTED, NIL, OK, type RunRecord, SHOWN, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";

const SECOND = 1_000_000;

/** Region 0 accepts writes of keys 0, 1, … a second apart; region 1 shows those of `arrivals`, at these seconds. */
function lagging(writes: number, arrivals: readonly (readonly [write: number, at: number])[], end: number): RunRecord {
  const recorder = new Recorder();
  const rows: { readonly time: number; readonly region: number; readonly write: number }[] = [];
  for (let write = 0; write < writes; write++) {
    const row = recorder.call({ time: write * SECOND, process: 0, key: write, kind: WRITE, argument: write });
    recorder.complete(row, write * SECOND + 1, OK);
    rows.push({ time: write * SECOND, region: 0, write });
  }
  for (const [write, at] of arrivals) rows.push({ time: at * SECOND, region: 1, write });
  rows.sort((a, b) => a.time - b.time || a.region - b.region);
  for (const { time, region, write } of rows)
    recorder.version(time, region, write, region === 0 ? ACCEPTED : SHOWN, NIL);
  return recorder.finish({ end: end * SECOND, replicas: 0b11, names: { values: [], keys: [], regions: ["a", "b"] } });
}

const fault = (facts: Partial<FaultFact>): FaultFact => ({
  ...{ label: "cut a b", start: 0, end: null, regions: [], paths: [], disks: "kept", clock: false },
  ...facts,
});
const arrived = (from: number, to: number, late: number): [number, number][] =>
  Array.from({ length: to - from }, (_, at) => [from + at, from + at + late]);

test("copies that differ for long, with a stream that has gone past them, have not converged", () => {
  // Write 3 never comes, and what was accepted after it does, long before the end and up to the end.
  const holes = arrived(0, 60, 1).filter(([write]) => write !== 3);
  expect(checkConvergence(lagging(60, holes, 61))).toMatchObject({ verdict: "false", measured: { diverged_keys: 1 } });
  // Nothing has come for long: no backlog.
  expect(checkConvergence(lagging(30, arrived(0, 20, 1), 60)).verdict).toBe("false");
});

test("a replica that still works through a backlog may yet agree, however old what it lacks", () => {
  const behind = lagging(60, arrived(0, 30, 40), 70);
  const { verdict, reason, measured } = checkConvergence(behind);
  expect([verdict, measured!["restless_keys"]]).toEqual(["unknown", 30]);
  expect(reason).toContain("the copies of 30 keys differ, but b was catching up");
});

test.each([
  [
    "struck and only just returned",
    fault({ label: "outage b", regions: [1], end: 95 * SECOND }),
    "outage b struck b and had only just ended",
  ],
  ["cut off by a path that is still cut", fault({ paths: [[0, 1]], end: null }), "cut a b struck a and had not ended"],
  ["struck until after the end", fault({ regions: [1], end: 200 * SECOND }), "had not ended"],
])("copies of a replica that was %s are undecided", (_name, struck, why) => {
  const record = lagging(30, arrived(0, 20, 1), 100);
  const { verdict, reason } = checkConvergence({ ...record, faults: [struck] });
  expect(verdict).toBe("unknown");
  expect(reason).toContain(why);
  // Long over, or elsewhere: no excuse.
  for (const other of [
    { ...struck, end: 80 * SECOND },
    { ...struck, regions: [2], paths: [] },
    { ...struck, paths: [], effect: "misleads" as const },
  ]) {
    expect(checkConvergence({ ...record, faults: [other] }).verdict).toBe("false");
  }
});

test("a replica that waits for a whole copy is undecided, and facts that are none contradict the record", () => {
  const record = lagging(30, [], 100);
  expect(checkConvergence(record).verdict).toBe("false");
  const waiting = checkConvergence({ ...record, refilling: 0b10 });
  expect(waiting).toMatchObject({
    verdict: "unknown",
    reason: expect.stringContaining("b was waiting for a whole copy"),
  });
  const checker = CHECKERS.find(({ name }) => name === "convergence")!;
  const broken = { ...record, faults: [fault({ regions: ["b"] as never })] };
  expect(runChecker(checker, broken).reason).toContain("does not say whom it struck");
});
