import { describe, expect, test } from "vitest";
import type { Order, Refused } from "../../src/simulation/order-plan.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { endOf } from "../../src/simulation/plan.js";
import { begun, concluded, run } from "../../src/simulation/run.js";
import { Watcher } from "../../src/simulation/watcher.js";
import type { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, consensus, fault, outage, region, singlePrimary } from "./plans.js";

/** Who accepted and who applied writes when, and who led from when on. */
class Watch extends Watcher {
  world!: World;
  readonly accepted: { readonly at: number; readonly region: number }[] = [];
  readonly led: { readonly at: number; readonly region: number }[] = [];
  /** Microseconds from the acceptance of a write until region 1 had it, the longest; and how many it got late. */
  longest = 0;
  late = 0;
  installed = 0;
  private readonly born = new Map<number, number>();

  override begin(world: World): void {
    this.world = world;
  }

  override end(): void {}

  override writeAccepted(write: number, region: number): void {
    this.born.set(write, this.world.engine.now);
    this.accepted.push({ at: this.world.engine.now, region });
  }

  override writeReceived(write: number, region: number): void {
    this.reached(write, region);
  }

  override writeApplied(write: number, region: number): void {
    this.reached(write, region);
  }

  override leaderChanged(region: number): void {
    this.led.push({ at: this.world.engine.now, region });
  }

  override copyInstalled(): void {
    this.installed++;
  }

  private reached(write: number, region: number): void {
    const age = this.world.engine.now - this.born.get(write)!;
    if (region !== 1) return;
    if (age > 5 * SECOND) this.late++;
    this.longest = Math.max(this.longest, age);
  }
}

const ordered = (plan: Plan, ...orders: readonly (readonly [at: number, order: Order])[]): Plan => ({
  ...plan,
  actions: orders.map(([at, order], entry) => ({ at, entry, label: order.kind, order })),
});

function told(plan: Plan): { watch: Watch; outcome: ReturnType<typeof run>; refused: (Refused | null)[] } {
  const watch = new Watch();
  const outcome = run(plan, "1", [watch]);
  return { watch, outcome, refused: (outcome.orders ?? []).map(({ reply }) => reply.refused) };
}

const small = (overrides: Partial<Plan> = {}): Plan => singlePrimary({ duration: 15 * MINUTE, ...overrides });
/** Nobody acts but the operator. */
const untouched = (overrides: Partial<Plan>): Plan => {
  const plan = small(overrides);
  return { ...plan, policies: { ...plan.policies, failover: { name: "none", options: {} } } };
};
const promote = (to: number, force = false): Order => ({ kind: "promote", to, force });

describe("orders as such", () => {
  test("no order changes nothing, and stopping on the way changes nothing either", () => {
    const plan = small({ duration: 4 * MINUTE });
    const whole = run(plan, "1");
    expect(run({ ...plan, actions: [] }, "1").digests).toEqual(whole.digests);
    const world = begun(plan, "1");
    for (let step = 1; step <= 1000; step++) world.advance(Math.floor((endOf(plan) * step) / 1000));
    expect(concluded(world, "1").digests).toEqual(whole.digests);
  });

  test("orders typed between two steps of a run are those that stand in its plan", () => {
    const orders: [number, Order][] = [
      [2 * MINUTE, { kind: "pause", region: 1 }],
      [3 * MINUTE, { kind: "resume", region: 1 }],
      [3 * MINUTE, { kind: "reset", region: 1 }],
      [6 * MINUTE + 1, promote(1)],
    ];
    const planned = ordered(small(), ...orders);
    const world = begun(small(), "1");
    for (const action of planned.actions!) {
      world.advance(action.at);
      world.operator.actions.push(action);
      world.advance(action.at);
    }
    world.advance(endOf(planned));
    expect(concluded(world, "1").digests).toEqual(run(planned, "1").digests);
    expect(concluded(world, "1").digests).not.toEqual(run(small(), "1").digests);
  });
});

describe("replication that is paused", () => {
  test("lags by the length of the pause, and loses nothing once it is resumed", () => {
    for (const minutes of [1, 2, 4, 8]) {
      const begin = 2 * MINUTE;
      const end = begin + minutes * MINUTE;
      const { watch, outcome } = told(
        ordered(small(), [begin, { kind: "pause", region: 1 }], [end, { kind: "resume", region: 1 }]),
      );
      // Orders take one way from the control plane, the heartbeat brings the two together again within a second or two.
      expect(watch.longest).toBeGreaterThan(minutes * MINUTE - SECOND);
      expect(watch.longest).toBeLessThan(minutes * MINUTE + 4 * SECOND);
      const written = watch.accepted.filter(({ at }) => at > begin && at < end).length;
      expect(watch.late).toBeGreaterThan(0.85 * written);
      expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
      const [home, other] = watch.world.replicas.hosts;
      expect(other!.log.end).toBe(home!.log.end);
      expect([...other!.whole].join()).toBe([...home!.whole].join());
    }
  });

  test("of the leader stops all, and where every region writes both ways stand still", () => {
    for (const base of [small(), activeActive({ duration: 15 * MINUTE })]) {
      const { watch, outcome } = told(
        ordered(base, [2 * MINUTE, { kind: "pause", region: 0 }], [6 * MINUTE, { kind: "resume", region: 0 }]),
      );
      expect(watch.longest).toBeGreaterThan(4 * MINUTE - SECOND);
      expect(watch.longest).toBeLessThan(4 * MINUTE + 4 * SECOND);
      expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    }
  });

  test("survives a restart of the host, and an order to a region that is cut off comes with the heal, or is lost", () => {
    const crash: FaultPlan = outage(1, 4 * MINUTE, 1);
    const crashed = told(ordered(small({ faults: [crash] }), [2 * MINUTE, { kind: "pause", region: 1 }]));
    const [home, other] = crashed.watch.world.replicas.hosts;
    expect(home!.log.end - other!.log.end).toBeGreaterThan(crashed.watch.accepted.length / 2);

    // A stream breaks after 30 s without an answer, and what it carried is lost.
    for (const [seconds, paused] of [
      [20, 1],
      [90, 0],
    ] as const) {
      const until = 3 * MINUTE + seconds * SECOND;
      const cut: FaultPlan = { ...fault(), at: 3 * MINUTE - SECOND, until, links: between([0], [1, 2]) };
      const late = told(ordered(small({ faults: [cut] }), [3 * MINUTE, { kind: "pause", region: 0 }]));
      expect(late.refused).toEqual([null]);
      expect(late.watch.world.lives.paused[0]).toBe(paused);
    }
  });
});

test("a reset has a region give up its copy and take a whole one, and all is there in the end", () => {
  const { watch, outcome, refused } = told(
    ordered(small(), [3 * MINUTE, { kind: "reset", region: 1 }], [4 * MINUTE, { kind: "reset", region: 0 }]),
  );
  expect(refused).toEqual([null, "leads"]);
  expect(watch.installed).toBe(1);
  expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
  const [home, other] = watch.world.replicas.hosts;
  expect([...other!.whole].join()).toBe([...home!.whole].join());
});

describe("the lead", () => {
  const modes = ["none", "stonith", "lease", "epoch"] as const;

  test.each(modes)("is handed over without a loss under fencing %s", (fencing) => {
    const base = small();
    const plan = { ...base, failover: { ...base.failover, fencing } };
    const { watch, outcome, refused } = told(ordered(plan, [5 * MINUTE, promote(1)]));
    expect(refused).toEqual([null]);
    expect(watch.led.map(({ region }) => region)).toEqual([1]);
    expect(outcome.summary).toMatchObject({ switchovers: 1, failovers: 0, lost_acknowledged_writes: 0 });
    const { at } = watch.led[0]!;
    expect(watch.accepted.filter((each) => each.region === 0 && each.at > at)).toEqual([]);
    expect(watch.accepted.some((each) => each.region === 1 && each.at > at)).toBe(true);
  });

  test.each(modes)("is taken from a leader that goes on alone, as fencing %s allows", (fencing) => {
    const cut: FaultPlan = { ...fault(), at: 4 * MINUTE, until: 9 * MINUTE, links: between([0], [1, 2]) };
    const base = untouched({ faults: [cut] });
    const plan: Plan = { ...base, failover: { ...base.failover, fencing, onUnknown: "wait" } };
    const { watch } = told(ordered(plan, [5 * MINUTE, { kind: "failover", from: 0, to: 1 }]));
    const [first] = watch.led;
    const both = watch.accepted.filter((each) => each.region === 0 && each.at > (first?.at ?? 0));
    expect(first!.region).toBe(1);
    if (fencing === "stonith") {
      // The order to fence goes unanswered until the cut heals: two primaries would be worse than none.
      expect(first!.at).toBeGreaterThan(9 * MINUTE);
    } else expect(first!.at).toBeLessThan(6 * MINUTE);
    if (fencing === "lease" || fencing === "stonith") expect(both).toEqual([]);
    else expect(both.length).toBeGreaterThan(10);
  });

  test("is refused to whom it would do harm, and each refusal says why", () => {
    const cut: FaultPlan = { ...fault(), at: 0, until: 15 * MINUTE, links: between([0], [1, 2]) };
    const paused: FaultPlan = {
      ...fault(),
      at: 0,
      until: 9 * MINUTE,
      hardships: {
        ...fault().hardships,
        link: null,
        control: {
          ...{ probesLost: 0, probesWrong: 0, dnsDelay: 0, dnsRefused: false, dnsGone: false },
          ...{ promotionsRefused: false, automationPaused: true },
        },
      },
    };
    const down = outage(1, 0, 14);
    const behind: [number, Order][] = [
      [MINUTE, { kind: "pause", region: 1 }],
      [5 * MINUTE, promote(1)],
      [6 * MINUTE, { kind: "resume", region: 1 }],
    ];
    const cases: [Plan, [number, Order], Refused][] = [
      [small(), [5 * MINUTE, promote(0)], "leads"],
      [small(), [5 * MINUTE, promote(2)], "no-copy"],
      [small(), [5 * MINUTE, { kind: "failover", from: 1, to: 0 }], "leads-not"],
      [small(), [0, promote(1)], "unheard"],
      [untouched({ faults: [cut] }), [5 * MINUTE, promote(1)], "leader-down"],
      [small({ faults: [paused] }), [5 * MINUTE, promote(1)], "automation-paused"],
      [small({ faults: [down] }), [5 * MINUTE, promote(1)], "silent"],
      [
        small({ faults: [down], health: { ...small().health, controller: 0 } }),
        [5 * MINUTE, promote(1)],
        "believed-down",
      ],
      [activeActive({ duration: 6 * MINUTE }), [5 * MINUTE, promote(1)], "no-leader"],
      [consensus({ duration: 6 * MINUTE }), [5 * MINUTE, promote(1)], "follows"],
      [consensus({ duration: 6 * MINUTE }), [5 * MINUTE, { kind: "pause", region: 1 }], "asks-others"],
    ];
    for (const [plan, order, why] of cases) expect([why, told(ordered(plan, order)).refused]).toEqual([why, [why]]);
    expect(told(ordered(small(), ...behind)).refused).toEqual([null, "replication-paused", null]);
    const busy = ordered(small(), [5 * MINUTE, promote(1)], [5 * MINUTE + SECOND, promote(1)]);
    expect(told(busy).refused).toEqual([null, "busy"]);
  });

  test("is not handed to a copy that is far behind, but taken by force, and what it lacks is lost", () => {
    const busy = small({ places: small().places.map((place) => ({ ...place, rate: 60 })) });
    const cut: FaultPlan = { ...fault(), at: MINUTE, until: 4 * MINUTE, links: between([0], [1]) };
    const plan = { ...busy, health: { ...busy.health, controller: 2 }, faults: [cut] };
    const regions = plan.regions.map((each, id) => (id === 2 ? { ...region(each.name), replica: false } : each));
    const asked = told(ordered({ ...plan, regions }, [3 * MINUTE, promote(1)], [3 * MINUTE, promote(1, true)]));
    expect(asked.refused).toEqual(["behind", null]);
    expect(asked.outcome.orders![0]!.reply.behind).toBeGreaterThan(1000);
    expect(asked.outcome.summary["lost_acknowledged_writes"]).toBeGreaterThan(1000);
  });
});

test("a fault that an operator brings about is one of the run's incidents", () => {
  // At a moment at which nothing else happens: else it would come after that, and a fault of the scenario before it.
  const at = 5 * MINUTE + 1;
  const brought: FaultPlan = { ...outage(0, at, 4), entry: 7 };
  const planned = told(small({ faults: [brought] })).outcome;
  const typed = told(ordered(small(), [at, { kind: "fault", fault: brought }])).outcome;
  expect(typed.incidents).toEqual(planned.incidents);
  expect({ ...typed.summary, switchovers: 0 }).toEqual({ ...planned.summary, switchovers: 0 });
  expect(typed.summary["failovers"]).toBe(1);
});

test("a region without users that leads by an order is missed when it dies, as any other leader is", () => {
  const base = singlePrimary({ duration: 10 * MINUTE, faults: [outage(1, 4 * MINUTE, 20)] });
  const drained = base.regions.map((region, id) => (id === 1 ? { ...region, drained: true } : region));
  const plan = { ...base, regions: drained, health: { ...base.health, controller: 2 } };
  const { summary } = run(ordered(plan, [2 * MINUTE, { kind: "promote", to: 1, force: false }]), "1");
  expect(summary["failovers"]).toBe(1);
});

test("a region without users is as healthy as one with them: it is probed, and nothing strikes it", () => {
  const base = singlePrimary({ duration: 2 * MINUTE });
  const drained = base.regions.map((region, id) => (id === 1 ? { ...region, drained: true } : region));
  const { metrics } = run({ ...base, regions: drained }, "1");
  const health = metrics.filter(({ name }) => name === "region_health").map(({ values }) => values["value"]);
  expect(health).toEqual(health.map(() => 1));
  expect(health.length).toBeGreaterThan(1);
});
