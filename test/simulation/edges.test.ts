import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/simulation/outcome.js";
import type { Plan, PolicyChoice } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, dataClass, outage, requestType, singlePrimary } from "./plans.js";

const caching = (name: string, lifetime: number, invalidation: boolean, answers = "everything"): PolicyChoice => ({
  name,
  options: { lifetime, entries: 5000, invalidation, answers },
});
const TTL = caching("ttl", MINUTE, false);
const TOLD = caching("lru", Number.POSITIVE_INFINITY, true);

/** Asia holds no copy, and hands on to the United States what it cannot answer: 215 ms there and back. */
function edge(policy: PolicyChoice, overrides: Partial<Plan> = {}): Plan {
  const plan = activeActive({ duration: 10 * MINUTE, ...overrides });
  return {
    ...plan,
    regions: plan.regions.map((region, id) =>
      id < 2 ? region : { ...region, replica: false, tier: "edge", parents: [0] },
    ),
    client: { ...plan.client, pinned: 0 },
    policies: { ...plan.policies, caching: policy },
  };
}
const NONE: PolicyChoice = { name: "none", options: {} };
const servedIn = (plan: Plan, place: string, seed = "1") =>
  run(plan, seed).metrics.filter(
    ({ name, labels }) => name === "user_request_latency" && labels["user_region"] === place,
  );

describe("a site without a copy", () => {
  test("serves its users by its parent, for the way there and back", () => {
    const [asia, ...more] = servedIn(edge(NONE), "beside ap-southeast-1");
    expect(more).toEqual([]);
    expect(asia!.labels["serving_region"]).toBe("us-east-1");
    const [beside] = servedIn(activeActive({ duration: 10 * MINUTE }), "beside ap-southeast-1");
    expect(asia!.values["p50"]! - beside!.values["p50"]!).toBeGreaterThan(205);
    expect(asia!.values["p50"]! - beside!.values["p50"]!).toBeLessThan(235);
  });

  test("asks its next parent while the first one is silent, and the first one again when it is back", () => {
    // The United States are gone from minute 3 to 6; whoever is not served at once tries again.
    const plan = edge(NONE, { faults: [outage(0, 3 * MINUTE, 3)] });
    const withParents = (...parents: number[]) =>
      run({ ...plan, regions: plan.regions.map((region, id) => (id < 2 ? region : { ...region, parents })) }, "1");
    const asked = (outcome: Outcome): Map<string, number> =>
      new Map(
        outcome.metrics.flatMap(({ name, labels, values }) =>
          name === "user_request_latency" && labels["user_region"] === "beside ap-southeast-1"
            ? [[labels["serving_region"]!, values["count"]!] as const]
            : [],
        ),
      );
    const [one, two] = [withParents(0), withParents(0, 1)];
    const unserved = ({ served }: Outcome): number => served.issued[2]! - served.answered[2]!;
    expect(unserved(one)).toBeGreaterThan(1000);
    expect(unserved(two)).toBeLessThan(0.02 * unserved(one));
    // Seven minutes of ten by the first, three by the second, but for the seconds that it takes to notice.
    const [first, second] = [asked(two).get("us-east-1")!, asked(two).get("eu-west-1")!];
    expect(Math.abs(second / (first + second) - 0.3)).toBeLessThan(0.03);
    expect(asked(one).has("eu-west-1")).toBe(false);
  });

  test("is told of a failover, and hands writes on to whoever leads by then", () => {
    const plan = singlePrimary({ duration: 10 * MINUTE, faults: [outage(0, 3 * MINUTE, 20)] });
    const { summary, served } = run(
      {
        ...plan,
        regions: plan.regions.map((region, id) =>
          id < 2 ? region : { ...region, replica: false, tier: "edge", parents: [1] },
        ),
        policies: { ...plan.policies, routing: activeActive().policies.routing },
        health: { ...plan.health, controller: 1 },
      },
      "1",
    );
    expect(summary["failovers"]).toBe(1);
    // Writes of the edge's users go nowhere for some two minutes of ten, and on after that.
    expect(served.answered[2]! / served.issued[2]!).toBeGreaterThan(0.85);
  });

  test("answers what its cache holds by itself, without a worker", () => {
    const [, own] = servedIn(edge(TTL), "beside ap-southeast-1");
    expect(own!.labels["serving_region"]).toBe("ap-southeast-1");
    // A last mile and the path beside it, and no time of service.
    expect(own!.values["p50"]).toBeLessThan(20);
  });

  test("loses no write that it hands on", () => {
    const { summary } = run(edge(TOLD), "1");
    expect(summary["failed_operations"]).toBeLessThan(10);
    expect(summary["lost_acknowledged_writes"]).toBe(0);
    expect(summary["acknowledged_writes"]).toBeGreaterThan(10_000);
  });
});

describe("hits that are stale", () => {
  const rate = (policy: PolicyChoice): number => run(edge(policy), "1").summary["stale_read_rate"]!;

  test("are more, the longer entries live, and are nearly gone where every write is told", () => {
    const [none, short, long, told] = [rate(NONE), rate(caching("ttl", 2 * SECOND, false)), rate(TTL), rate(TOLD)];
    expect(none).toBeLessThan(0.002);
    expect(short).toBeGreaterThan(5 * none);
    expect(long).toBeGreaterThan(2 * short);
    expect(told).toBeLessThan(short / 3);
    expect(told).toBeGreaterThan(none);
  });

  test("are none where nobody writes", () => {
    const plan = edge(TTL);
    const { summary } = run({ ...plan, places: plan.places.map((place) => ({ ...place, readShare: 1 })) }, "1");
    expect(summary["stale_hits"]).toBe(0);
    expect(summary["cache_hit_rate"]).toBeGreaterThan(0.3);
  });

  test("follow the closed form at one site: of a key that is written w times a second and kept for T", () => {
    // One key, asked for and written beside its only copy: an entry is stored on a miss, and is stale from the first
    // acknowledged write on. Reads come at r/s: of a cycle of T + 1/r, stale are r (T - (1 - e^-wT) / w) reads of 1 + rT.
    const [reads, writes, seconds] = [20, 0.1, 10];
    const plan = activeActive({ duration: 60 * MINUTE });
    const { summary } = run(
      {
        ...plan,
        regions: plan.regions.map((region, id) => ({ ...region, replica: id === 0, serviceTime: 100 })),
        places: plan.places.map((place, id) => ({
          ...place,
          rate: id === 0 ? reads + writes : 1 / 86_400,
          readShare: reads / (reads + writes),
        })),
        client: { ...plan.client, pinned: 0 },
        data: { ...plan.data, classes: [dataClass({ keys: 1 })] },
        policies: { ...plan.policies, caching: caching("ttl", seconds * SECOND, false) },
      },
      "1",
    );
    // The one who writes drops what he has at his own site: so nothing is stale there at all.
    expect(summary["stale_hits"]).toBe(0);
    const hit = summary["cache_hit_rate"]!;
    // A cycle ends by its time or by a write.
    const length = (1 - Math.exp(-writes * seconds)) / writes;
    const expected = (reads * length) / (1 + reads * length);
    expect(Math.abs(hit - expected)).toBeLessThan(0.003);
  });
});

test("content alone is answered where the cache is one for content", () => {
  const plan = edge(caching("ttl", MINUTE, false, "static"));
  const requests = [
    requestType({ share: 0.5 }),
    requestType({ name: "static", share: 0.5, reads: 1, answerBytes: 50_000 }),
  ];
  const { summary } = run({ ...plan, requests }, "1");
  const all = run({ ...edge(TTL), requests }, "1").summary;
  expect(summary["cache_hits"]).toBeGreaterThan(1000);
  expect(summary["cache_hits"]).toBeLessThan(0.75 * all["cache_hits"]!);
});

test("a region that dies has nothing in its cache when it comes back", () => {
  const kept = run(edge(caching("ttl", 60 * MINUTE, false)), "1").summary;
  const faults = [outage(2, 6 * MINUTE, 0.1)];
  const lost = run(edge(caching("ttl", 60 * MINUTE, false), { faults }), "1").summary;
  expect(lost["cache_hits"]).toBeLessThan(kept["cache_hits"]! - 100);
});

test("where answers go by what is asked each kind has a name, and its users are led by it", () => {
  const plan = activeActive({ duration: 5 * MINUTE });
  const tiers = ["core", "regional", "edge"] as const;
  const { metrics } = run(
    {
      ...plan,
      regions: plan.regions.map((region, id) => ({ ...region, tier: tiers[id]! })),
      requests: [
        requestType({ share: 0.5 }),
        requestType({ name: "batch", share: 0.3 }),
        requestType({ name: "static", share: 0.2, reads: 1, answerBytes: 50_000 }),
      ],
      client: { ...plan.client, pinned: 0 },
      data: { ...plan.data, classes: [dataClass({ valueBytes: 500 })] },
      dns: { ...plan.dns, names: 3 },
      policies: {
        ...plan.policies,
        routing: { name: "compute-location", options: { content: "regional", when_none_healthy: "open" } },
      },
    },
    "1",
  );
  const count = (region: string): number =>
    metrics
      .filter(({ name, labels }) => name === "user_request_latency" && labels["serving_region"] === region)
      .reduce((sum, { values }) => sum + values["count"]!, 0);
  const all = count("us-east-1") + count("eu-west-1") + count("ap-southeast-1");
  expect(count("us-east-1") / all).toBeCloseTo(0.3, 1);
  expect(count("eu-west-1") / all).toBeCloseTo(0.2, 1);
  expect(count("ap-southeast-1") / all).toBeCloseTo(0.5, 1);
});

describe("classes of data with rules of their own", () => {
  /** Of prices some change, of pictures none. */
  const classes = [
    dataClass({ name: "prices", share: 0.5, keys: 1000 }),
    dataClass({ name: "pictures", share: 0.5, keys: 1000, reads: 1 }),
  ];
  const kept = (common: PolicyChoice, ...cachings: (PolicyChoice | null)[]): Outcome["summary"] => {
    const plan = edge(common);
    return run({ ...plan, data: { ...plan.data, classes }, policies: { ...plan.policies, cachings } }, "1").summary;
  };

  test("have caches of their own: what one keeps is neither the other's hit nor its stale answer", () => {
    const [prices, pictures, both, shared] = [
      kept(NONE, TTL, null),
      kept(NONE, null, TTL),
      kept(NONE, TTL, TTL),
      kept(TTL, null, null),
    ] as const;
    expect(prices["stale_hits"]).toBeGreaterThan(100);
    expect(pictures["cache_hits"]).toBeGreaterThan(1000);
    expect(pictures["stale_hits"]).toBe(0);
    const sum = prices["cache_hits"]! + pictures["cache_hits"]!;
    expect(Math.abs(both["cache_hits"]! / sum - 1)).toBeLessThan(0.02);
    // With room enough one cache for both is no other than two.
    expect(Math.abs(both["cache_hits"]! / shared["cache_hits"]! - 1)).toBeLessThan(0.02);
  });

  test("are told of writes each by its own rule", () => {
    const told = kept(TTL, TOLD, null);
    const untold = kept(TTL, null, TOLD);
    expect(told["stale_hits"]).toBeLessThan(0.1 * untold["stale_hits"]!);
    // Nobody writes pictures.
    expect(untold["cache_invalidations"]).toBe(0);
    expect(told["cache_invalidations"]).toBeGreaterThan(1000);
  });
});
