import { expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, RECEIVED, WRITE, isShowing } from "../../src/record/record.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, dataClass, fault } from "./plans.js";
import { recorded } from "./recorded.js";

test("what a region accepts after it has lost its disk comes to all others, though its log was longer before", () => {
  // Its disk syncs every three seconds, so the log that is left when the power goes is shorter than what peers have of it.
  const base = activeActive();
  const { record } = recorded({
    ...base,
    duration: 4 * MINUTE,
    places: base.places.map((place) => ({ ...place, rate: 20, readShare: 0 })),
    data: { ...base.data, classes: [dataClass({ keys: 2000, zipf: 0 })], size: 20_000_000 },
    storage: { ...NO_STORAGE, sync: "interval", every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    faults: [
      {
        ...fault(),
        at: MINUTE,
        until: MINUTE + 5 * SECOND,
        regions: [2],
        hardships: onRegions({ hostDead: true, disks: "lost" }),
      },
    ],
  });
  const { operations, versions } = record;
  const came = new Set<string>();
  versions.what.forEach((what, row) => {
    if (isShowing(what) || what === RECEIVED) came.add(`${versions.region[row]} ${versions.write[row]}`);
  });
  const later = [...operations.call.keys()].filter(
    (row) =>
      operations.kind[row] === WRITE &&
      operations.outcome[row] === OK &&
      operations.region[row] === 2 &&
      operations.call[row]! > MINUTE + 5 * SECOND &&
      operations.call[row]! < 3.5 * MINUTE,
  );
  expect(later.length).toBeGreaterThan(500);
  for (const region of [0, 1]) expect(later.filter((row) => !came.has(`${region} ${row}`))).toEqual([]);
});
