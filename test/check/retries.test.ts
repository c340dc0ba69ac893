import { expect, test } from "vitest";
import { checkConsistentPrefix } from "../../src/check/replicas/consistent-prefix.js";
import { checkExactlyOnce } from "../../src/check/replicas/exactly-once.js";
import { type RunRecord, SHOWN } from "../../src/record/record.js";
import { MILLISECOND, MINUTE } from "../../src/units/time.js";
import { singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

/** Far users lose patience before their answers come, and try again: many writes are accepted twice, and both stand. */
function impatient(seed: string): RunRecord {
  const base = singlePrimary();
  const plan = {
    ...base,
    duration: 2 * MINUTE,
    faults: [],
    data: { ...base.data, classes: base.data.classes.map((each) => ({ ...each, keys: 20 })) },
    client: { ...base.client, timeout: 200 * MILLISECOND, attempts: 4, retryBudget: Number.POSITIVE_INFINITY },
  };
  return recorded(plan, seed).record;
}

test.each(["1", "2", "3"])(
  "a log that is shown in its order keeps the prefix though tries stand twice: seed %s",
  (seed) => {
    const record = impatient(seed);
    expect(checkExactlyOnce(record).verdict).toBe("false");
    expect(checkConsistentPrefix(record)).toMatchObject({ verdict: "true" });
  },
);

test("what takes effect twice hides no write that a standby shows before its turn", () => {
  const record = impatient("1");
  const { what, region, write } = record.versions;
  // What was there before may be gone back to; what is new to the standby may not.
  const isNew = (row: number): boolean => shown.find((each) => write[each] === write[row]) === row;
  const key = (row: number): number => record.operations.key[write[row]!]!;
  let tried = 0;
  let caught = 0;
  // Two neighbours of different keys in the standby's log change places.
  const shown = [...what.keys()].filter((row) => what[row] === SHOWN && region[row] === 1);
  for (let at = 20; at < shown.length - 1; at += 7) {
    const [one, other] = [shown[at]!, shown[at + 1]!];
    if (key(one) === key(other) || !isNew(one) || !isNew(other)) continue;
    if (record.versions.time[one] === record.versions.time[other]) continue;
    const previous = Int32Array.from(record.versions.previous);
    const writes = Int32Array.from(write);
    [writes[one], writes[other]] = [write[other]!, write[one]!];
    [previous[one], previous[other]] = [previous[other]!, previous[one]!];
    const verdict = checkConsistentPrefix({
      ...record,
      versions: { ...record.versions, write: writes, previous },
    }).verdict;
    tried++;
    if (verdict === "false") caught++;
  }
  // Now and then what had been there is accepted again at once: then some later prefix leaves just this.
  expect(caught).toBeGreaterThan(0.9 * tried);
  expect(tried).toBeGreaterThan(50);
});
