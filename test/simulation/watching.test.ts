import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { DAY, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, fault } from "./plans.js";

const CUT = 10 * MINUTE;
const partition = { ...fault(), at: 5 * MINUTE, until: 5 * MINUTE + CUT, links: between([0], [1, 2]) };
const base: Plan = { ...activeActive(), duration: 30 * MINUTE, faults: [partition] };

describe("what an architecture watches", () => {
  const watched = run({ ...base, alerts: { lag: 30 * SECOND, transfer: 50e9 } }, "1");

  test("the alert is on from the threshold after a cut until its backlog has drained", () => {
    const seconds = watched.summary["lag_alert_seconds"]!;
    // The first write that is held comes within a second or two; the heal is seen at the next retransmission.
    expect(seconds).toBeGreaterThan((CUT - 32 * SECOND) / SECOND);
    expect(seconds).toBeLessThan((CUT - 30 * SECOND + 130 * SECOND) / SECOND);
  });

  test("a cut that never heals keeps it on until the end", () => {
    const faults = [{ ...partition, until: Number.POSITIVE_INFINITY }];
    const { summary } = run({ ...base, faults, alerts: { lag: 30 * SECOND, transfer: 50e9 } }, "1");
    const rest = (base.duration - partition.at - 30 * SECOND) / SECOND;
    expect(summary["lag_alert_seconds"]).toBeGreaterThan(rest - 2);
    expect(summary["lag_alert_seconds"]).toBeLessThan(rest + 1);
  });

  test("the budget is that of a month like this run", () => {
    const month = (watched.summary["cross_region_transfer_bytes"]! * 30 * DAY) / base.duration;
    expect(watched.summary["transfer_budget_used"]).toBeCloseTo(month / 50e9, 12);
  });

  test("watching changes no event, and nothing is told where nothing is watched", () => {
    const plain = run(base, "1");
    expect(watched.digests.events).toBe(plain.digests.events);
    expect(plain.summary).not.toHaveProperty("lag_alert_seconds");
    expect(plain.summary).not.toHaveProperty("transfer_budget_used");
  });

  test("what is not monitored is left out, and the run is the same", () => {
    const blind = run({ ...base, unmonitored: ["replication_lag", "cross_region_latency"] }, "1");
    const plain = run(base, "1");
    expect(blind.digests.events).toBe(plain.digests.events);
    const gone = Object.keys(plain.summary).filter((name) => !(name in blind.summary));
    expect(gone.toSorted()).toEqual([
      ...["cross_region_latency_ms_p50", "cross_region_latency_ms_p99"],
      ...["replication_lag_ms_max", "replication_lag_ms_p50", "replication_lag_ms_p99"],
    ]);
    expect(blind.metrics.some(({ name }) => name === "replication_lag")).toBe(false);
    expect(plain.metrics.some(({ name }) => name === "replication_lag")).toBe(true);
  });
});

test("no user is led to a region that is drained, and it goes on taking what others write", () => {
  const regions = base.regions.map((region, id) => (id === 2 ? { ...region, drained: true } : region));
  const { metrics } = run({ ...base, regions, faults: [] }, "1");
  const serving = metrics.filter(({ name }) => name === "user_request_latency").map((each) => each.labels);
  expect(new Set(serving.map((labels) => labels["serving_region"]))).toEqual(new Set(["us-east-1", "eu-west-1"]));
  const lags = metrics.filter(
    ({ name, labels }) => name === "replication_lag" && labels["dest_region"] === "ap-southeast-1",
  );
  expect(lags.length).toBe(2);
});
