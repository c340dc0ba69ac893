import { expect, test } from "vitest";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { between, dataClass, fault, singlePrimary } from "./plans.js";

const cut = { ...fault(), at: 2 * MINUTE, until: 8 * MINUTE, links: between([0], [1, 2]) };

/** A primary that is cut off and goes on: its users follow the DNS only when their connections end. */
function lostWith(retention: number): number {
  const base = singlePrimary();
  const { replication } = base.policies;
  const { summary } = run(
    {
      ...base,
      duration: 12 * MINUTE,
      faults: [cut],
      data: { ...base.data, classes: [dataClass({ keys: 2000 })], size: 50_000_000 },
      failover: { ...base.failover, fencing: "none" },
      policies: { ...base.policies, replication: { ...replication, options: { ...replication.options, retention } } },
    },
    "1",
  );
  return summary["lost_acknowledged_writes"]!;
}

test("how long a log is kept decides how a split brain is mended, and not how much it has lost", () => {
  const kept = lostWith(1_000_000);
  expect(kept).toBeGreaterThan(1000);
  expect(lostWith(200)).toBe(kept);
});
