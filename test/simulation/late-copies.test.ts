import { expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE } from "../../src/units/time.js";
import { between, fault, singlePrimary } from "./plans.js";

test("a whole copy that has come is not asked for again, and no log goes back because of it", () => {
  const cut = (at: number, until: number): FaultPlan => ({ ...fault(), at, until, links: between([0], [1]) });
  const plan = singlePrimary({ faults: [cut(4 * MINUTE, 8 * MINUTE), cut(9 * MINUTE, 11 * MINUTE)] });
  const { replication } = plan.policies;
  const policies = {
    ...plan.policies,
    failover: { name: "none", options: {} },
    replication: { ...replication, options: { ...replication.options, retention: 4000 } },
  };
  const installed: number[] = [];
  const ends: number[] = [];
  class Watch extends Observer {
    override copyInstalled(): void {
      installed.push(world.engine.now);
    }
    override sampled(): void {
      ends.push(world.replicas.hosts[1]!.log.end);
    }
  }
  const world: World = new World(
    { ...plan, policies, failover: { ...plan.failover, fencing: "epoch" }, data: { ...plan.data, size: 6e9 } },
    "1",
    [new Watch()],
  );
  world.run();
  expect.soft(installed).toHaveLength(1);
  expect.soft(ends).toEqual(ends.toSorted((a, b) => a - b));
});
