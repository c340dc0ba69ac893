import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { Streams } from "../../src/engine/random.js";
import { OK, type RunRecord, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, RAFT, consensus, dataClass, outage } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { faultsOf } from "./raft-faults.js";

type Part = "witnesses" | "non_voting";

/** The third region, Singapore, has a part of its own; Virginia and Ireland are copies that vote. */
function withPart(part: Part, overrides: Partial<Plan> = {}): Plan {
  const plan = consensus();
  const isWitness = part === "witnesses";
  return {
    ...plan,
    duration: 6 * MINUTE,
    regions: plan.regions.map((each, id) =>
      id === 2 && isWitness ? { ...each, replica: false, takesPart: true } : each,
    ),
    places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
    data: { ...plan.data, classes: [dataClass({ keys: 30 })], size: 50_000_000 },
    ...overrides,
    policies: { ...plan.policies, replication: { name: "raft", options: { ...RAFT, [part]: [2] } } },
  };
}

const written = ({ operations }: RunRecord, from: number, to: number): number =>
  [...operations.kind.keys()].filter(
    (row) =>
      operations.kind[row] === WRITE &&
      operations.outcome[row] === OK &&
      operations.return[row]! >= from &&
      operations.return[row]! < to,
  ).length;

const PROMISES = ["linearizable", "consistent-prefix", "convergence", "durability", "leader-per-term", "exactly-once"];
const SEEDS = Number(process.env["LAWS"] ?? 6);

test.each([...Array(SEEDS).keys()].flatMap((seed) => [["witnesses", seed] as const, ["non_voting", seed] as const]))(
  "with %s no promise is broken, whatever happens, seed %d",
  (part, seed) => {
    const luck = new Streams(`parts ${seed}`).keyed("plan");
    const disk = { ...NO_STORAGE, sync: "each-commit" as const, fsync: 5 * MILLISECOND, bandwidth: 50e6 };
    const { record, outcome } = recorded(
      withPart(part, { faults: faultsOf(luck), storage: seed % 2 === 0 ? disk : NO_STORAGE }),
    );
    for (const name of PROMISES) {
      const { verdict, reason } = runChecker(CHECKERS.find((checker) => checker.name === name)!, record);
      expect(`${name} ${verdict} ${verdict === "true" ? "" : reason}`.trim()).toBe(`${name} true`);
    }
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    expect(written(record, 0, 6 * MINUTE)).toBeGreaterThan(1000);
  },
);

describe("a witness", () => {
  test("has the other copy take over when one is lost, and takes no data: letters to it are empty", () => {
    const { record, outcome } = recorded(withPart("witnesses", { faults: [outage(0, 2 * MINUTE, 2)] }));
    expect(outcome.summary["failovers"]).toBe(1);
    expect(written(record, 2.5 * MINUTE, 4 * MINUTE)).toBeGreaterThan(500);
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    const bytes = (part: Part): number =>
      recorded(withPart(part, { duration: 2 * MINUTE })).outcome.metrics.find(
        ({ name, labels }) =>
          name === "cross_region_transfer_bytes" &&
          labels["source_region"] === "us-east-1" &&
          labels["dest_region"] === "ap-southeast-1",
      )!.values["value"]!;
    expect(bytes("witnesses")).toBeLessThan(0.2 * bytes("non_voting"));
  });

  test("commits with the leader while the other copy is away, and then elects nobody who lacks what was committed", () => {
    // Ireland misses two minutes. When Virginia fails as Ireland comes back, only Virginia has them.
    const faults = [outage(1, MINUTE, 2), outage(0, 3 * MINUTE - SECOND, 1.5)];
    const { record, outcome } = recorded(withPart("witnesses", { faults }));
    expect(written(record, 1.5 * MINUTE, 2.9 * MINUTE)).toBeGreaterThan(400);
    expect(written(record, 3.1 * MINUTE, 4.4 * MINUTE)).toBe(0);
    expect(written(record, 5 * MINUTE, 6 * MINUTE)).toBeGreaterThan(300);
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
  });

  test("is no majority: with neither the other copy nor the witness the leader halts", () => {
    const faults = [outage(1, 2 * MINUTE, 2), outage(2, 2 * MINUTE, 2)];
    const { record } = recorded(withPart("witnesses", { faults }));
    expect(written(record, 2 * MINUTE + 10 * SECOND, 4 * MINUTE)).toBe(0);
    expect(written(record, 5 * MINUTE, 6 * MINUTE)).toBeGreaterThan(300);
  });
});

describe("a copy that does not vote", () => {
  test("is no help to a majority: two voters halt when one of them is lost", () => {
    const { record, outcome } = recorded(withPart("non_voting", { faults: [outage(0, 2 * MINUTE, 2)] }));
    expect(written(record, 2 * MINUTE + 10 * SECOND, 4 * MINUTE)).toBe(0);
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
  });

  test("stops nobody when it is lost, and has everything once it is back", () => {
    const { record, outcome } = recorded(withPart("non_voting", { faults: [outage(2, 2 * MINUTE, 2)] }));
    expect(written(record, 2.5 * MINUTE, 4 * MINUTE)).toBeGreaterThan(500);
    expect(outcome.summary["failovers"]).toBe(0);
    expect(runChecker(CHECKERS.find(({ name }) => name === "convergence")!, record).verdict).toBe("true");
  });
});
