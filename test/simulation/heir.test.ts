import { describe, expect, test } from "vitest";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, region, singlePrimary } from "./plans.js";

const CRASH = 5 * MINUTE;
const SITES = 6;
/** The path from the primary carries a fifth of what is written, for the last half minute before the crash. */
const narrow = (to: number): FaultPlan => ({
  ...fault(),
  at: CRASH - 30 * SECOND,
  until: CRASH + SECOND,
  links: [0 * SITES + to],
  hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: 11_000 } },
});

interface Story {
  readonly leaders: readonly number[];
  /** How long each copy's log was when the first one was promoted. */
  readonly logs: readonly number[];
  readonly lost: number;
}

/** A primary in region 0 with standbys in regions 1 and 2, of which the first in line is preferred. */
function story(standbys: readonly number[], faults: readonly FaultPlan[]): Story {
  const base = singlePrimary({ faults, duration: 9 * MINUTE });
  const plan: Plan = {
    ...base,
    regions: base.regions.map(({ name }) => region(name)),
    policies: { ...base.policies, standbys },
  };
  const leaders: number[] = [];
  let logs: readonly number[] = [];
  class Watch extends Observer {
    override leaderChanged(leader: number): void {
      if (leaders.length === 0) logs = world.replicas.hosts.map(({ log }) => log.end);
      leaders.push(leader);
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  return { leaders, logs, lost: world.oracle.lost };
}

describe("of two standbys", () => {
  const crash = outage(0, CRASH, 2);

  test.each([
    [1, 2],
    [2, 1],
  ])(
    "the one with the longer log leads after the crash: region %d, though region %d is the first in line",
    (heir, other) => {
      const { leaders, logs, lost } = story([other, heir], [narrow(other), crash]);
      expect(leaders).toEqual([heir]);
      // 27 writes a second, of which four fifths waited for half a minute.
      expect(logs[heir]! - logs[other]!).toBeGreaterThan(400);
      // Only what was acknowledged but not yet on its way to the heir; the other would have lost all that it lacked.
      expect(lost).toBeLessThan(10);
    },
  );

  test.each([
    [1, 2],
    [2, 1],
  ])("with equal logs the first in line leads: region %d before region %d", (first, second) => {
    const { leaders, logs } = story([first, second], [crash]);
    expect(logs[first]).toBe(logs[second]);
    expect(leaders).toEqual([first]);
  });
});

test("a longer log of an older term does not lead: its tail is what the newer term never had", () => {
  // Isolated and not fenced, region 0 goes on; region 1 is promoted, region 2 follows it. Region 1 dies as region 0 is back.
  const heal = 9 * MINUTE;
  const isolated: FaultPlan = { ...fault(), at: CRASH, until: heal, links: between([0], [1, 2]) };
  const base = singlePrimary({ faults: [isolated, outage(1, heal - 100 * MILLISECOND, 60)], duration: 12 * MINUTE });
  const leaders: number[] = [];
  let logs: readonly number[] = [];
  class Watch extends Observer {
    override leaderChanged(leader: number): void {
      leaders.push(leader);
      logs = world.replicas.hosts.map(({ log }) => log.end);
    }
  }
  const world: World = new World(
    {
      ...base,
      regions: base.regions.map(({ name }) => region(name)),
      client: { ...base.client, pinned: 0.8 },
      health: { ...base.health, controller: 2 },
      failover: { ...base.failover, fencing: "none" },
      policies: { ...base.policies, standbys: [1, 2] },
    },
    "1",
    [new Watch()],
  );
  world.run();
  expect(leaders).toEqual([1, 2]);
  expect(logs[0]! - logs[2]!).toBeGreaterThan(1000);
});
