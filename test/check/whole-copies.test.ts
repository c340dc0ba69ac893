import { expect, test } from "vitest";
import { checkMonotonicWrites } from "../../src/check/sessions/session-writes.js";
import { onRegions } from "../../src/faults/region-faults.js";
import type { CopyFact } from "../../src/record/circumstances.js";
import { ACCEPTED, NIL, OK, RECEIVED, type RunRecord, SHOWN, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

/**
 * A session writes keys 0 and 1 at region a; another writes both at region b, later by the clock. Region c has all four, so it
 * shows what b wrote. From there b takes the session's second write, which loses to its own, and never sees the first one.
 */
function merged(copies: readonly CopyFact[]): RunRecord {
  const recorder = new Recorder();
  const write = (time: number, process: number, key: number): number => {
    const row = recorder.call({ time, process, key, kind: WRITE, argument: 10 * process + key });
    recorder.complete(row, time + 1, OK);
    return row;
  };
  const [first, second] = [write(0, 0, 0), write(10, 0, 1)] as const;
  const [later, last] = [write(20, 1, 0), write(30, 1, 1)] as const;
  for (const [time, region, version, what, previous] of [
    [0, 0, first, ACCEPTED, NIL],
    [10, 0, second, ACCEPTED, NIL],
    [20, 1, later, ACCEPTED, NIL],
    [30, 1, last, ACCEPTED, NIL],
    [40, 2, first, SHOWN, NIL],
    [41, 2, second, SHOWN, NIL],
    [50, 2, later, SHOWN, first],
    [51, 2, last, SHOWN, second],
    [60, 1, second, RECEIVED, last],
  ] as const)
    recorder.version(time, region, version, what, previous);
  const names = { values: [], keys: [], regions: ["a", "b", "c"] };
  return { ...recorder.finish({ end: 100, replicas: 0b111, names }), copies };
}

test("a whole copy brings what its versions have won over, though every one of them loses where it comes", () => {
  const row = 9;
  expect(checkMonotonicWrites(merged([])).verdict).toBe("false");
  expect(checkMonotonicWrites(merged([{ time: 60, region: 0, what: "installed", row }])).verdict).toBe("false");
  expect(checkMonotonicWrites(merged([{ time: 60, region: 1, what: "installed", row }])).verdict).toBe("true");
});

test("a record tells when a whole copy was merged", () => {
  const wiped = { ...fault(), at: MINUTE, until: MINUTE + 2 * SECOND, regions: [0] };
  const lost = { ...wiped, hardships: onRegions({ hostDead: true, disks: "lost" }) };
  const plan = { ...activeActive({ faults: [lost] }), duration: 3 * MINUTE };
  const { record } = recorded(plan, "1");
  const [installed] = record.copies!.filter(({ what }) => what === "installed");
  expect(installed).toMatchObject({ region: 0 });
  // 2 GB over a window of 4 MB a round trip of 68 ms.
  expect(installed!.time).toBeGreaterThan(MINUTE + 30 * SECOND);
});
