import { describe, expect, test } from "vitest";
import { checkDurability } from "../../src/check/replicas/durability.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, READ } from "../../src/record/record.js";
import type { Plan, StoragePlan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, dataClass, fault } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { recorded } from "../simulation/recorded.js";

function plan(
  storage: Partial<StoragePlan>,
  options: Parameters<typeof leaderless>[0],
  more: Partial<Plan> = {},
): Plan {
  const base = activeActive();
  return {
    ...base,
    duration: 3 * MINUTE,
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.3 })),
    data: { ...base.data, classes: [dataClass({ keys: 50 })], size: 50_000_000 },
    storage: { ...NO_STORAGE, ...storage },
    policies: leaderless(options),
    client: { ...base.client, attempts: 1 },
    ...more,
  };
}

describe("when the power goes everywhere at once", () => {
  const everywhere = [
    {
      ...fault(),
      at: 90 * SECOND,
      until: 95 * SECOND,
      regions: [0, 1, 2],
      hardships: onRegions({ dark: true, disks: "synced" }),
    },
  ];

  test("what was acknowledged is on the disks of its quorum, where commits wait for them", () => {
    const { record } = recorded(plan({ sync: "each-commit", fsync: 30 * MILLISECOND }, {}, { faults: everywhere }));
    expect(checkDurability(record).verdict).toBe("true");
  });

  test("what was acknowledged before the next sync is gone, where they do not", () => {
    const { record } = recorded(plan({ sync: "interval", every: 20 * SECOND }, {}, { faults: everywhere }));
    expect(checkDurability(record).verdict).toBe("false");
  });
});

test("a write waits for the own disk and that of the quorum's farthest copy, a read for none", () => {
  const base = activeActive();
  const trips = [
    [0, 40, 100],
    [40, 0, 100],
    [100, 100, 0],
  ];
  const laws = base.network.laws.map((law, link) => {
    const [from, to] = [Math.floor(link / 6), link % 6];
    return law === null ? null : constantLaw(from > 2 ? (from - 3 === to ? 0 : 1000) : trips[from]![to]!);
  });
  const fsync = 7 * MILLISECOND;
  const { record } = recorded(
    plan(
      { sync: "each-commit", fsync },
      { channel: "datagram" },
      {
        network: { ...base.network, laws, slowShare: 0 },
        regions: base.regions.map((each) => ({ ...each, serviceTime: 0, serviceLaw: "constant" })),
        client: { ...base.client, attempts: 1, handshakes: 0, pinned: 1 },
        // So seldom that no sync waits for another one.
        places: base.places.map((place, at) => ({ ...place, rate: at === 0 ? 0.5 : 1e-9, readShare: 0.5 })),
      },
    ),
  );
  const { call, return: returned, kind, outcome } = record.operations;
  const took = (reads: boolean): number[] =>
    [...call.keys()]
      .filter((at) => outcome[at] === OK && (kind[at] === READ) === reads)
      .map((at) => returned[at]! - call[at]!);
  expect(took(false).length).toBeGreaterThan(20);
  expect(new Set(took(true))).toEqual(new Set([40 * MILLISECOND]));
  expect(Math.min(...took(false))).toBe(40 * MILLISECOND + fsync);
});

test("to compare copies that are the same costs their digests and nothing else, byte for byte", () => {
  const [interval, duration] = [10 * SECOND, 10 * MINUTE];
  const silent = (antiEntropy: number): World => {
    const base = plan({}, { anti_entropy: antiEntropy, hand_off: MINUTE }, { duration });
    const places = base.places.map((place) => ({ ...place, rate: 1e-9 }));
    const world = new World({ ...base, places }, "1");
    world.run();
    return world;
  };
  const bytes = (world: World): number => world.streams.sent.reduce((sum, each) => sum + each, 0);
  const [none, some] = [silent(0), silent(interval)];
  // 256 digests of 16 bytes, and the letter around them.
  const each = 120 + 256 * 16;
  const exchanges = (bytes(some) - bytes(none)) / each;
  expect(exchanges).toBe(Math.round(exchanges));
  // Three copies, each at its own moments: the first within an interval, the run's last seconds included.
  const most = (3 * (duration + 3 * SECOND)) / interval;
  expect(exchanges).toBeGreaterThan(most - 4);
  expect(exchanges).toBeLessThanOrEqual(most + 3);
});
