import { expect, test } from "vitest";
import { DELETE, INCREMENT } from "../../src/record/record.js";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE } from "../../src/units/time.js";
import type { DataClass } from "../../src/workload/demand.js";
import { activeActive, dataClass, outage, singlePrimary } from "./plans.js";

const holding = (plan: Plan, facts: Partial<DataClass>): Plan => ({
  ...plan,
  duration: 5 * MINUTE,
  data: { ...plan.data, classes: [dataClass({ keys: 40, reads: 0.5, ...facts })] },
});

const total = (world: World, region: number): number => {
  let sum = 0;
  for (const write of world.replicas.hosts[region]!.registers) if (write >= 0) sum += world.writes.value[write]!;
  return sum;
};

class Watch extends Observer {
  accepted = 0;
  override writeAccepted(): void {
    this.accepted++;
  }
}

test.each(["counter", "set", "list"] as const)(
  "with one primary a %s has every addition that was accepted",
  (holds) => {
    const watch = new Watch();
    const world = new World(holding(singlePrimary(), { holds }), "1", [watch]);
    world.run();
    expect(watch.accepted).toBeGreaterThan(5000);
    expect(total(world, 0)).toBe(watch.accepted);
  },
);

test("last-write-wins loses additions to one counter that meet, and the oracle counts each that was acknowledged", () => {
  const watch = new Watch();
  const world = new World(holding(activeActive(), { holds: "counter" }), "1", [watch]);
  world.run();
  const gone = watch.accepted - total(world, 0);
  expect(world.oracle.overwritten).toBeGreaterThan(500);
  // What was overwritten takes with it what only it had seen, so at least so many are missing.
  expect(gone).toBeGreaterThanOrEqual(world.oracle.overwritten);
});

test("a retry whose first try was accepted counts twice, and the total says so", () => {
  const watch = new Watch();
  const plan = holding(singlePrimary({ faults: [outage(1, MINUTE, 1)] }), { holds: "counter", reads: 0 });
  // One attempt times out while the answer is on its way.
  const world = new World({ ...plan, client: { ...plan.client, timeout: 130_000, retryBudget: 1 } }, "1", [watch]);
  world.run();
  expect(world.oracle.duplicateEffects).toBeGreaterThan(100);
  expect(total(world, 0)).toBe(watch.accepted);
  expect(watch.accepted).toBeGreaterThan(world.oracle.acknowledged);
});

test("a compare-and-set reads first, and swaps only what it has read", () => {
  class Chain extends Observer {
    missed = 0;
    swapped = 0;
    reads = 0;
    override writeAccepted(write: number, _region: number, before: number): void {
      this.swapped++;
      // The register went on from exactly what the read had shown.
      const { attempts, writes } = world.replicas.hosts[0]!["around"];
      const attempt = attempts.write.findIndex((each, at) => each === write && attempts.operation[at] !== -1);
      expect(attempts.expected[attempt]).toBe(before < 0 ? -1 : writes.serial[before]);
    }
    override swapMissed(): void {
      this.missed++;
    }
    override readServed(): void {
      this.reads++;
    }
  }
  const chain = new Chain();
  const world: World = new World(holding(singlePrimary(), { swaps: 1, reads: 0, keys: 5 }), "1", [chain]);
  world.run();
  const { acknowledged } = world.oracle;
  expect(acknowledged).toBeGreaterThan(3000);
  expect(chain.missed).toBeGreaterThan(1000);
  // Each operation is a read and a swap, but for those that the end cut short.
  expect(Math.abs(chain.reads - chain.swapped - chain.missed)).toBeLessThan(0.01 * chain.reads);
});

test("a tombstone is a version like any other, and shows nothing", () => {
  class Deletes extends Observer {
    deletes = 0;
    afterDelete = 0;
    override writeAccepted(write: number, _region: number, before: number): void {
      const { kind, value } = world.writes;
      if (kind[write] === DELETE) this.deletes++;
      // A counter that was deleted begins anew.
      if (kind[write] === INCREMENT && before >= 0 && kind[before] === DELETE) {
        this.afterDelete++;
        expect(value[write]).toBe(1);
      }
    }
  }
  const deletes = new Deletes();
  const world: World = new World(holding(singlePrimary(), { holds: "counter", deletes: 0.2 }), "1", [deletes]);
  world.run();
  expect(deletes.deletes).toBeGreaterThan(800);
  expect(deletes.afterDelete).toBeGreaterThan(500);
});
