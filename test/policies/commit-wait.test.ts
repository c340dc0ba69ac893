import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { checkExternalOrder } from "../../src/check/replicas/external-order.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, type RunRecord, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, fault } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { chosen, everywhere } from "./consistency-plans.js";

const BOUND = 100 * MILLISECOND;

/** Three regions that all accept writes, 20 ms apart, whose clocks are off by these; the last write wins. */
function plan(offsets: readonly number[], wait: number, seed = 1, overrides: Partial<Plan> = {}): Plan {
  const base = everywhere(seed, chosen("local"), "harmless", "as-it-comes");
  const replication = {
    name: "multi-primary",
    options: { heartbeat: SECOND, retention: 1e6, delivery: "as-it-comes", hold: 20 * SECOND, commit_wait: wait },
  };
  return {
    ...base,
    duration: 120 * SECOND,
    network: {
      ...base.network,
      slowShare: 0,
      // Users live beside their region.
      laws: base.network.laws.map((law, link) =>
        law === null ? null : constantLaw(link < 18 ? 20 : Math.floor(link / 6) - 3 === link % 6 ? 1 : 90),
      ),
    },
    regions: base.regions.map((region) => ({ ...region, serviceLaw: "constant", serviceTime: MILLISECOND })),
    places: base.places.map((place) => ({ ...place, rate: 30 })),
    storage: NO_STORAGE,
    faults: offsets.map((skew, region) => ({ ...fault(), regions: [region], hardships: onRegions({ skew }) })),
    ...overrides,
    policies: { ...base.policies, conflict: { name: "last-write-wins", options: {} }, replication },
  };
}

const within = [BOUND, -BOUND, 0];
const verdict = (given: Plan): string => checkExternalOrder(recorded(given).record).verdict;

describe("the last write wins, and a write that began after another had completed is the last", () => {
  test.each([1, 2, 3, 4])("where it waits until its timestamp is past on every clock, seed %d", (seed) => {
    expect(verdict(plan(within, BOUND, seed))).toBe("true");
  });

  test("also under drift, and when a disk takes its time", () => {
    const drift = { ...fault(), regions: [1], until: 60 * SECOND, hardships: onRegions({ drift: -BOUND / 60 }) };
    const disk = { ...NO_STORAGE, fsync: 5 * MILLISECOND, bandwidth: 50e6 };
    const given = plan([BOUND], BOUND, 1, { storage: disk });
    expect(verdict({ ...given, faults: [...given.faults, drift] })).toBe("true");
  });

  test("not where it does not wait, nor for half of the time, nor when a clock is off by more than is believed", () => {
    expect(verdict(plan(within, 0))).toBe("false");
    expect(verdict(plan(within, BOUND / 2))).toBe("false");
    expect(verdict(plan([3 * BOUND, -BOUND, 0], BOUND))).toBe("false");
  });
});

test("the wait costs each write twice the bound, to the microsecond, and reads nothing", () => {
  const latencies = ({ operations }: RunRecord, writes: boolean): number[] =>
    [...operations.kind.keys()]
      .filter((row) => (operations.kind[row] === WRITE) === writes && operations.outcome[row] === OK)
      .map((row) => operations.return[row]! - operations.call[row]!);
  const [without, waiting] = [plan([], 0), plan([], BOUND)].map((given) => recorded(given).record);
  const [fast, slow] = [latencies(without!, true), latencies(waiting!, true)];
  expect(fast.length).toBeGreaterThan(2000);
  expect(slow.map((each, at) => each - fast[at]!)).toEqual(fast.map(() => 2 * BOUND));
  expect(latencies(waiting!, false)).toEqual(latencies(without!, false));
});

test("the checker finds a reversal wherever it is put into a record that has none", () => {
  const { record } = recorded(plan([], BOUND));
  const { versions, operations } = record;
  const check = CHECKERS.find(({ name }) => name === "external-order")!;
  expect(runChecker(check, record).verdict).toBe("true");
  const before = new Map<string, number>();
  let tried = 0;
  for (let row = 0; row < versions.write.length && tried < 40; row++) {
    const at = `${versions.region[row]} ${operations.key[versions.write[row]!]}`;
    const earlier = before.get(at);
    const later = versions.write[row]!;
    before.set(at, later);
    if (earlier === undefined || row % 23 !== 0 || operations.return[earlier]! >= operations.call[later]!) continue;
    tried++;
    // As if the later one had been there, and the earlier one had come and been shown over it.
    const swapped = versions.write.slice();
    const first = swapped.findLastIndex(
      (write, index) => index < row && write === earlier && versions.region[index] === versions.region[row],
    );
    swapped[row] = earlier;
    swapped[first] = later;
    const broken = checkExternalOrder({ ...record, versions: { ...versions, write: swapped } });
    expect({ row, verdict: broken.verdict }).toEqual({ row, verdict: "false" });
  }
  expect(tried).toBeGreaterThan(20);
});
