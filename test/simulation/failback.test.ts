import { describe, expect, test } from "vitest";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "./plans.js";

const BACK = 8 * MINUTE;
const crash = outage(0, 5 * MINUTE, 3);

interface Story {
  readonly handovers: readonly { readonly at: number; readonly to: number; readonly behind: number }[];
  /** When the controller ordered a primary to stop for a switchover. */
  readonly drains: readonly number[];
  /** Moments at which region 1 accepted a write. */
  readonly accepted: readonly number[];
  readonly lost: number;
  readonly world: World;
}

function story(faults: readonly FaultPlan[], failback: number, more: Partial<Plan> = {}): Story {
  const base = singlePrimary({ faults: [crash, ...faults], duration: 25 * MINUTE, ...more });
  const plan: Plan = {
    ...base,
    client: { ...base.client, pinned: 0 },
    failover: { ...base.failover, failback },
  };
  const handovers: { at: number; to: number; behind: number }[] = [];
  const drains: number[] = [];
  const accepted: number[] = [];
  let draining = 0;
  class Watch extends Observer {
    override writeAccepted(_write: number, region: number): void {
      if (region === 1) accepted.push(world.engine.now);
    }
    override leaderChanged(to: number): void {
      handovers.push({ at: world.engine.now, to, behind: draining });
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  const post = world["control"].posts[0]!;
  const drain = post.drain.bind(post);
  post.drain = (to) => {
    const [home, other] = world.replicas.hosts;
    draining = other!.log.end - home!.log.end;
    drains.push(world.engine.now);
    drain(to);
  };
  world.run();
  return { handovers, drains, accepted, lost: world.oracle.lost, world };
}

describe("a switchover back to the first primary", () => {
  test.each([1, 4])("comes when it has been well and level for %d minutes, not before, nor much later", (minutes) => {
    const { handovers, lost } = story([], minutes * MINUTE);
    expect(handovers.map(({ to }) => to)).toEqual([1, 0]);
    // Three probes in a row pass first; promotion takes 15 s.
    const waited = handovers[1]!.at - BACK;
    expect(waited).toBeGreaterThan(minutes * MINUTE + 15 * SECOND + 20 * SECOND);
    expect(waited).toBeLessThan(minutes * MINUTE + 15 * SECOND + 45 * SECOND);
    expect(lost).toBe(0);
  });

  test("waits until it is level, however well it is", () => {
    // What it has missed comes over a path that carries three times what is written: 27 writes a second of 2 kB.
    const narrow: FaultPlan = {
      ...fault(),
      at: 5 * MINUTE,
      links: [1 * 6 + 0],
      hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: 150_000 } },
    };
    const { handovers } = story([narrow], SECOND);
    expect(handovers.map(({ to }) => to)).toEqual([1, 0]);
    expect(handovers[1]!.at).toBeGreaterThan(BACK + 2 * MINUTE);
    expect(handovers[1]!.behind).toBeLessThan(1100);
  });

  test("that cannot be completed is given up after half a minute: the present primary goes on, until it can", () => {
    const [drainedAt] = story([], MINUTE).drains;
    const cut: FaultPlan = {
      ...fault(),
      at: drainedAt! + MILLISECOND,
      until: drainedAt! + 3 * MINUTE,
      links: between([0], [1]),
    };
    const { handovers, drains, accepted, lost } = story([cut], MINUTE);
    expect(drains[0]).toBe(drainedAt);
    const meanwhile = accepted.filter((at) => at > drainedAt! + SECOND && at < cut.until);
    expect(meanwhile[0]! - drainedAt!).toBeGreaterThan(30 * SECOND);
    expect(meanwhile[0]! - drainedAt!).toBeLessThan(31 * SECOND);
    expect(meanwhile.length).toBeGreaterThan(1000);
    expect(handovers.map(({ to }) => to)).toEqual([1, 0]);
    expect(handovers[1]!.at).toBeGreaterThan(cut.until);
    expect(lost).toBe(0);
  });

  test("leaves the standby as small as it was, what still boots included; and so it comes back from a death", () => {
    const late = (boot: number): Partial<Plan> => ({
      regions: singlePrimary().regions.map((each) => ({
        ...each,
        fullInstances: 4,
        bootMedian: boot,
        bootP99: 1.1 * boot,
      })),
    });
    const WORKERS = 8;
    // Booted before the switchover and dead after it; and booted only after the switchover.
    const dies = story([outage(1, 18 * MINUTE, 1)], MINUTE, late(MINUTE));
    const boots = story([], MINUTE, late(10 * MINUTE));
    for (const { handovers, world } of [dies, boots]) {
      expect(handovers.map(({ to }) => to)).toEqual([1, 0]);
      expect(world.servers[1]!["workers"]).toBe(WORKERS);
      expect(world.servers[0]!["workers"]).toBe(4 * WORKERS);
    }
  });
});

test("a way back is a switchover that is counted, and not where there is none", () => {
  const base = singlePrimary({ faults: [crash], duration: 15 * MINUTE });
  const of = (failback: number) => run({ ...base, failover: { ...base.failover, failback } }, "1").summary;
  expect(of(MINUTE)).toMatchObject({ failovers: 1, switchovers: 1 });
  // As long as it is well and level for this long, the run is over.
  expect(of(20 * MINUTE)).toMatchObject({ failovers: 1, switchovers: 0 });
  expect(of(Number.POSITIVE_INFINITY)).not.toHaveProperty("switchovers");
});
