import { expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { outage, singlePrimary } from "./plans.js";

test("a first primary that dies while it is handed back to does not keep the present one from writing for ever", () => {
  const story = (faults: readonly FaultPlan[]) => {
    const base = singlePrimary({ faults: [outage(0, 5 * MINUTE, 3), ...faults], duration: 30 * MINUTE });
    const plan = {
      ...base,
      client: { ...base.client, pinned: 0 },
      failover: { ...base.failover, failback: MINUTE },
    };
    const accepted: number[] = [];
    const orders: { to: number; at: number }[] = [];
    class Watch extends Observer {
      override writeAccepted(_write: number, region: number): void {
        if (region === 1) accepted.push(world.engine.now);
      }
    }
    const world: World = new World(plan, "1", [new Watch()]);
    const post = world["control"].posts[0]!;
    const promote = post.promote.bind(post);
    post.promote = (to, term) => {
      orders.push({ to, at: world.engine.now });
      promote(to, term);
    };
    world.run();
    return { accepted, orders };
  };
  const ordered = story([]).orders.find(({ to }) => to === 0)!.at;
  // It gets the order, and dies before it has carried it out (that takes 15 s).
  const { accepted, orders } = story([outage(0, ordered + 5 * SECOND, 60)]);
  expect(accepted.filter((at) => at > ordered + 5 * MINUTE).length).toBeGreaterThan(1000);
});
