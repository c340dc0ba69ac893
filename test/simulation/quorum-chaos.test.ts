import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import type { Plan, StoragePlan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { faultsOf, survives } from "./chaos.js";
import { NO_STORAGE, activeActive, dataClass } from "./plans.js";
import { leaderless } from "./quorums.js";

function chaotic(seed: number): Plan {
  const luck = new Streams(`leaderless chaos ${seed}`).keyed("plan");
  const pick = <T>(purpose: number, of: readonly T[]): T => of[Math.floor(luck.uniform(0, purpose) * of.length)]!;
  const storage: StoragePlan = {
    ...NO_STORAGE,
    ...pick(100, [
      { sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
      { sync: "each-commit" as const, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
      {},
    ]),
  };
  const base = activeActive();
  const apart = luck.uniform(0, 101) < 0.3;
  const regions = base.regions.map((region, id) => ({ ...region, replica: !apart || id > 0, coordinates: true }));
  const copies = apart ? 2 : pick(102, [2, 3]);
  return {
    ...base,
    duration: 6 * MINUTE,
    storage,
    regions,
    faults: faultsOf(luck, 3),
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.5 })),
    data: { ...base.data, classes: [dataClass({ keys: 40, deletes: 0.1 })], size: 50_000_000 },
    network: { ...base.network, loss: pick(103, [0, 0.01]) },
    policies: leaderless({
      copies,
      write: pick(104, ["quorum", "one", "all"]),
      read: pick(105, ["quorum", "one", "all"]),
      send_to: pick(106, ["all", "quorum-only"]),
      read_repair: pick(107, [true, false]),
      sloppy: !apart && copies < 3 && pick(108, [true, false]),
      hints: pick(109, [0, 20 * SECOND, 10 * MINUTE]),
      hand_off: 3 * SECOND,
      anti_entropy: pick(110, [0, 15 * SECOND]),
      tombstones: pick(111, [30 * SECOND, 60 * MINUTE]),
      channel: pick(112, ["stream", "datagram"]),
    }),
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
  };
}

// More of them by hand: CHAOS=200 CHAOS_FIRST=12.
const SEEDS = Number(process.env["CHAOS"] ?? 12);
const FIRST = Number(process.env["CHAOS_FIRST"] ?? 0);

test.each([...Array(SEEDS).keys()].map((seed) => seed + FIRST))(
  "whatever happens to a leaderless quorum, all laws hold and the oracle agrees with the replay, seed %d",
  (seed) => {
    const world = survives(chaotic(seed), String(seed));
    expect(world.oracle.acknowledged).toBeGreaterThan(100);
  },
);
