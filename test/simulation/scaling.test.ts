import { expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import type { Plan, PolicyChoice } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage } from "./plans.js";

const ON_DEMAND: PolicyChoice = {
  name: "on-demand",
  options: { concurrency: 1, keep_alive: 10 * MINUTE, provisioned: 0, most: 1000, queues: false },
};
const keeping = (time: number): PolicyChoice => ({ ...ON_DEMAND, options: { ...ON_DEMAND.options, keep_alive: time } });
const TARGET: PolicyChoice = {
  name: "target-utilisation",
  options: {
    ...{ target: 0.6, tolerance: 0.1, interval: MINUTE, cool_down: 5 * MINUTE, least: 1 },
    ...{ most: Number.POSITIVE_INFINITY, shut_down_after: Number.POSITIVE_INFINITY },
  },
};

const metered = (overrides: Partial<Plan> = {}): Plan => activeActive({ meters: true, ...overrides });
const scaled = (scaling: PolicyChoice, plan: Plan = metered()): Plan => ({
  ...plan,
  policies: { ...plan.policies, scaling },
});
const ofRate = (plan: Plan, rate: number): Plan => ({
  ...plan,
  places: plan.places.map((place) => ({ ...place, rate })),
});
const serverless = (plan: Plan): Plan => ({
  ...scaled(ON_DEMAND, plan),
  regions: plan.regions.map((region) => ({
    ...region,
    instances: 0,
    workersPerInstance: 1,
    bootMedian: 400 * MILLISECOND,
    bootP99: 1500 * MILLISECOND,
  })),
});

test("nothing is counted where nobody asks what fleets take", () => {
  const { summary } = run(activeActive({ duration: MINUTE }), "1");
  expect(Object.keys(summary).filter((name) => /server|instance|head_room/.test(name))).toEqual([]);
});

test("a fixed fleet takes its instances for as long as its region is up", () => {
  const { summary } = run(metered({ faults: [outage(0, 5 * MINUTE, 10)] }), "1");
  expect(summary["server_hours"]).toBeCloseTo((3 * 4 * 20 - 4 * 10) / 60, 9);
  expect(summary["instance_launches"]).toBe(0);
});

test("what a fleet is busy with is what users ask for, times what each request takes", () => {
  const { summary } = run(metered(), "1");
  const busy = (3 * 30 * 0.04) / (3 * 4 * 8);
  expect(summary["server_utilisation"]! / busy).toBeGreaterThan(0.97);
  expect(summary["server_utilisation"]! / busy).toBeLessThan(1.03);
  // The whole load on two of three fleets, in the bin in which chance has made it the largest.
  expect(summary["n_minus_1_head_room"]).toBeGreaterThan(1 - 1.5 * 2.5 * busy);
  expect(summary["n_minus_1_head_room"]).toBeLessThan(1 - 1.5 * busy);
});

test("a request finds its instance gone when the gap before it was longer than the instance is kept: e^-rt", () => {
  const hours = 10;
  const plan = serverless(ofRate(metered({ duration: hours * HOUR }), 1 / 60));
  const { summary } = run({ ...plan, policies: { ...plan.policies, scaling: keeping(MINUTE) } }, "1");
  const rate = summary["operations"]! / (3 * hours * 3600);
  const cold = Math.exp(-rate * 60);
  expect(summary["instance_launches"]! / (summary["operations"]! * cold)).toBeGreaterThan(0.93);
  expect(summary["instance_launches"]! / (summary["operations"]! * cold)).toBeLessThan(1.07);
  // Each request keeps an instance until the next one comes, or for its time; one in a hundred meets another and has two.
  const kept = 3 * hours * (1 - cold);
  expect(summary["server_hours"]! / kept).toBeGreaterThan(0.95);
  expect(summary["server_hours"]! / kept).toBeLessThan(1.07);
  expect(summary["failed_operations"]).toBe(0);
});

test("a limit of concurrency loses what Erlang's formula says", () => {
  const servers = 4;
  const plan = serverless(ofRate(metered({ duration: 20 * MINUTE }), 50));
  const once = {
    ...plan,
    // Nobody tries again, and instances are there before anyone can come.
    client: { ...plan.client, attempts: 1 },
    regions: plan.regions.map((region) => ({ ...region, instances: servers, serviceTime: 60 * MILLISECOND })),
    policies: {
      ...plan.policies,
      scaling: { ...ON_DEMAND, options: { ...ON_DEMAND.options, most: servers, provisioned: servers } },
    },
  };
  const { summary } = run(once, "1");
  let blocked = 1;
  for (let server = 1; server <= servers; server++) blocked = (3 * blocked) / (server + 3 * blocked);
  const share = summary["failed_overload"]! / summary["operations"]!;
  expect(share / blocked).toBeGreaterThan(0.97);
  expect(share / blocked).toBeLessThan(1.03);
});

/** All users beside the first region, who wait for as long as it takes; each request keeps a worker for two seconds. */
function busy(rate: number, overrides: Partial<Plan> = {}): Plan {
  const plan = metered({ duration: 30 * MINUTE, ...overrides });
  return scaled(TARGET, {
    ...plan,
    client: { ...plan.client, deadline: MINUTE, timeout: MINUTE, attempts: 1 },
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? rate : 1 / 86_400 })),
    regions: plan.regions.map((region) => ({ ...region, serviceTime: 2 * SECOND })),
  });
}

test("an autoscaled fleet settles where its target says, and is larger for it when the users are", () => {
  const sized = (rate: number): number => run(busy(rate), "1").summary["server_hours"]! * 2 - 2;
  // 2/s keep 4 of 8 workers busy: one instance; 16/s keep 32 busy, 54 at the target: seven. The idle regions keep one each.
  expect(sized(2)).toBeLessThan(3);
  expect(sized(16)).toBeGreaterThan(5.5);
  expect(sized(16)).toBeLessThan(9);
});

test("a fleet grows no more while launches are refused", () => {
  const plan = busy(24);
  const refused = {
    ...fault(),
    label: "refused",
    until: 15 * MINUTE,
    regions: [0, 1, 2],
    hardships: onRegions({ noLaunches: true }),
  };
  const free = run(plan, "1").summary;
  const held = run({ ...plan, faults: [refused] }, "1").summary;
  expect(free["instance_launches"]).toBeGreaterThan(4);
  expect(held["instance_launches"]).toBeGreaterThan(4);
  expect(held["server_hours"]).toBeLessThan(0.8 * free["server_hours"]!);
  expect(held["failed_overload"]).toBeGreaterThan(1000);
  expect(free["failed_overload"]).toBeLessThan(0.8 * held["failed_overload"]!);
});

test("a region that nobody asks is shut down, and boots when the users of another come to it", () => {
  const plan = metered({ duration: 40 * MINUTE, faults: [outage(0, 20 * MINUTE, 20)] });
  const idle = {
    ...plan,
    places: plan.places.map((place, index) => (index === 1 ? { ...place, rate: 1 / 86_400 } : place)),
    policies: { ...plan.policies, scaling: { name: "idle-shutdown", options: { after: 5 * MINUTE } } },
  };
  const { summary } = run(idle, "1");
  expect(summary["instance_launches"]).toBe(4);
  expect(summary["failed_overload"]).toBeGreaterThan(500);
  expect(summary["server_hours"]).toBeLessThan((3 * 4 * 40 - 4 * 20 - 4 * 12) / 60);
});

test("whoever asks a meter changes no event", () => {
  const plan = activeActive({ duration: 2 * MINUTE });
  expect(run({ ...plan, meters: true }, "1").digests.events).toBe(run(plan, "1").digests.events);
});
