import { describe, expect, test } from "vitest";
import type { FleetView, Scaler } from "../../src/policies/contract/scaling.js";
import { idleShutdown } from "../../src/policies/scaling/idle-shutdown.js";
import { onDemand } from "../../src/policies/scaling/on-demand.js";
import { targetUtilisation } from "../../src/policies/scaling/target-utilisation.js";
import { MINUTE, SECOND } from "../../src/units/time.js";

const TARGET = {
  target: 0.6,
  tolerance: 0.1,
  interval: MINUTE,
  cool_down: 5 * MINUTE,
  least: 1,
  most: Number.POSITIVE_INFINITY,
  shut_down_after: Number.POSITIVE_INFINITY,
};
const DEMAND = { concurrency: 1, keep_alive: 10 * MINUTE, provisioned: 0, most: 1000, queues: false };

const fleet = (overrides: Partial<FleetView> = {}): FleetView => ({
  now: 60 * MINUTE,
  running: 10,
  booting: 0,
  full: 10,
  workers: 4,
  busy: 20,
  waiting: 0,
  utilisation: 0.5,
  idleSince: () => 60 * MINUTE,
  ...overrides,
});
const scaler = (options: Partial<typeof TARGET> = {}): Scaler => targetUtilisation.on!({ ...TARGET, ...options });

describe("target-utilisation", () => {
  test.each([
    [10, 0.9, 15],
    [10, 1, 17],
    [4, 0.61, 4],
    [4, 0.65, 4],
    [4, 0.67, 5],
    [10, 0.3, 5],
    [10, 0.01, 1],
    [1, 0, 1],
  ])("%i instances that are busy to %f want to be %i", (running, utilisation, wanted) => {
    expect(scaler().wanted(fleet({ running, utilisation }))).toBe(wanted);
  });

  test("it grows to no more than the most, and keeps the least", () => {
    expect(scaler({ most: 12 }).wanted(fleet({ utilisation: 1 }))).toBe(12);
    expect(scaler({ least: 3 }).wanted(fleet({ utilisation: 0.01 }))).toBe(3);
  });

  test("it shrinks to the largest of what it has wanted within the cool-down, as any order of looks shows", () => {
    const looks = [0.2, 0.9, 0.5, 0.1, 0.05, 0.4, 0.3, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.6, 0.02];
    const each = scaler();
    const wants = looks.map((utilisation) => Math.max(1, Math.ceil((10 * utilisation) / 0.6)));
    wants[looks.indexOf(0.6)] = 10;
    looks.forEach((utilisation, look) => {
      const answer = each.wanted(fleet({ now: (100 + look) * MINUTE, utilisation }));
      expect(answer).toBe(Math.max(...wants.slice(Math.max(0, look - 4), look + 1)));
    });
  });

  test("it does not shrink before it has looked for a whole cool-down", () => {
    const each = scaler();
    expect(each.wanted(fleet({ now: 2 * MINUTE, utilisation: 0.1 }))).toBe(10);
    expect(each.wanted(fleet({ now: 6 * MINUTE, utilisation: 0.1 }))).toBe(2);
  });

  test("a fleet that was shut down is woken by the first request, and by nothing else", () => {
    const each = scaler({ shut_down_after: 15 * MINUTE });
    const idle = fleet({ busy: 0, utilisation: 0, idleSince: () => 44 * MINUTE });
    expect(each.wanted(idle)).toBe(0);
    expect(each.wanted({ ...idle, running: 0 })).toBe(0);
    expect(each.demanded!({ ...idle, running: 0, waiting: 1 })).toBe(1);
    expect(each.demanded!({ ...idle, running: 0, booting: 1, waiting: 9 })).toBe(1);
  });
});

test("idle-shutdown takes the whole fleet or none of it", () => {
  const each = idleShutdown.on!({ after: 15 * MINUTE });
  expect(each.wanted(fleet({ busy: 0, idleSince: () => 46 * MINUTE }))).toBe(10);
  expect(each.wanted(fleet({ busy: 0, idleSince: () => 45 * MINUTE }))).toBe(0);
  expect(each.wanted(fleet({ busy: 1, idleSince: () => 45 * MINUTE }))).toBe(10);
  expect(each.demanded!(fleet({ running: 0, busy: 0, waiting: 1 }))).toBe(10);
});

describe("on-demand", () => {
  test("every request has an instance, and an idle one goes after its time, the last one first", () => {
    const each = onDemand.on!(DEMAND);
    const since = [0, 60, 58, 51, 50, 49].map((minute) => minute * MINUTE);
    const idling = fleet({ running: 5, busy: 1, workers: 1, idleSince: (instance) => since[instance]! });
    expect(each.wanted(idling)).toBe(3);
    expect(each.demanded!(fleet({ running: 5, busy: 5, waiting: 2, workers: 1 }))).toBe(7);
    expect(each.demanded!(fleet({ running: 5, booting: 4, busy: 5, waiting: 2, workers: 1 }))).toBe(9);
    expect(each.demanded!(fleet({ running: 5, busy: 40, waiting: 1, workers: 8 }))).toBe(6);
  });

  test("it keeps what is provisioned, and launches no more than its limit", () => {
    const long = fleet({ running: 5, busy: 0, workers: 1, idleSince: () => 0 });
    expect(onDemand.on!({ ...DEMAND, provisioned: 2 }).wanted(long)).toBe(2);
    expect(onDemand.on!({ ...DEMAND, most: 3 }).demanded!(fleet({ running: 3, busy: 3, waiting: 1, workers: 1 }))).toBe(
      3,
    );
  });

  test("it begins with what is provisioned, whatever fleet was planned", () => {
    const planned = { instances: 16, workers: 4 };
    expect(onDemand.fleet!({ ...DEMAND, provisioned: 2, concurrency: 80 }, planned)).toEqual({
      instances: 2,
      workers: 80,
    });
    expect(onDemand.on!(DEMAND).every).toBe(10 * SECOND);
  });
});
