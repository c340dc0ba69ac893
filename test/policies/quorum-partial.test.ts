import { describe, expect, test } from "vitest";
import { checkConvergence } from "../../src/check/replicas/convergence.js";
import { checkDurability } from "../../src/check/replicas/durability.js";
import { type Keyed, Streams } from "../../src/engine/random.js";
import { operatorError } from "../../src/faults/data-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, isAcceptance } from "../../src/record/record.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { DELETES } from "../../src/simulation/writes.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { recorded } from "../simulation/recorded.js";

/** Two copies of each key: key k is in the regions k and k + 1 of three, in a ring. */
const owners = (key: number): readonly number[] => [key % 3, (key + 1) % 3];
const KEYS = 24;

function plan(options: Parameters<typeof leaderless>[0], conflict: string, more: Partial<Plan> = {}): Plan {
  const base = activeActive();
  const quick = { timeout: 500 * MILLISECOND, hand_off: 2 * SECOND, anti_entropy: 15 * SECOND };
  return {
    ...base,
    duration: 3 * MINUTE,
    client: { ...base.client, attempts: 1, pinned: 1 },
    places: base.places.map((place) => ({ ...place, rate: 8, readShare: 0.5, sessions: 4 })),
    data: { ...base.data, classes: [dataClass({ keys: KEYS, zipf: 0 })], size: 50_000_000 },
    policies: {
      ...leaderless({ copies: 2, ...quick, ...options }),
      conflict: {
        name: conflict,
        options: conflict === "dotted-version-vectors" ? { carried_by: "sessions" } : {},
      },
    },
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
    ...more,
  };
}

const cut = (region: number, at: number, until: number): FaultPlan => ({
  ...fault(),
  at,
  until,
  links: between(
    [region],
    [0, 1, 2].filter((other) => other !== region),
  ),
});

/** Outages and partitions by lot, until two minutes have gone. */
function hardships(luck: Keyed, disks: readonly ("kept" | "synced" | "lost")[]): FaultPlan[] {
  return Array.from({ length: 6 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (10 + draw(0, 80)) * SECOND;
    const until = at + (3 + draw(1, 25)) * SECOND;
    const struck = draw(2, 3);
    if (index % 2 === 0) return cut(struck, at, until);
    const hardships = onRegions({ dark: true, disks: disks[draw(3, disks.length)]! });
    return { ...fault(), at, until, regions: [struck], hardships };
  });
}

/** Every version by its dot, and where it was made. */
class Dots extends Observer {
  world!: World;
  readonly twice: string[] = [];
  /** Made by a region that does not own the key. */
  byStandIns = 0;
  made = 0;
  /** By an operator, and whether he had seen something of the key. */
  readonly deletions: { readonly key: number; readonly region: number; readonly knew: boolean }[] = [];
  private readonly known = new Set<string>();

  override writeAccepted(write: number, region: number, before: number): void {
    const { writes, merging } = this.world;
    const { siblings } = merging;
    const key = writes.key[write]!;
    const dot = `${key}: ${siblings!.actorBehind(write)}, ${siblings!.countOf(write)}`;
    if (this.known.has(dot)) this.twice.push(dot);
    this.known.add(dot);
    if (writes.meaning[write] === DELETES) this.deletions.push({ key, region, knew: before >= 0 });
    this.made++;
    if (!owners(key).includes(region)) this.byStandIns++;
  }
}

function watched(of: Plan, seed: string): Dots {
  const dots = new Dots();
  dots.world = new World(of, seed, [dots]);
  dots.world.run();
  return dots;
}

const failures = ({ world }: Dots): number => world.availability.failedBy.reduce((sum, count) => sum + count, 0);

/** What a region shows of a key, as serial numbers of writes. */
const shown = ({ replicas, writes }: World, region: number, key: number): number[] => {
  const version = replicas.hosts[region]!.shown[key]!;
  return version < 0 ? [] : (writes.members[version] ?? [version]).map((each) => writes.serial[each]!).toSorted();
};

const keys = [...Array(KEYS).keys()];
const agree = (world: World): boolean =>
  keys.every((key) => {
    const [one, other] = owners(key).map((region) => shown(world, region, key).join());
    return one === other;
  });

describe("where a key has two copies in three regions", () => {
  const storage = { ...NO_STORAGE, sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND };
  const faults = (seed: number): FaultPlan[] =>
    hardships(new Streams(`partial ${seed}`).keyed("faults"), ["kept", "synced", "lost"]);

  test.each([
    ["sloppy", "dotted-version-vectors", 0],
    ["sloppy", "dotted-version-vectors", 1],
    ["strict", "dotted-version-vectors", 2],
    ["sloppy", "mv-register", 3],
  ] as const)(
    "no dot stands for two versions, and owners agree after the heal: %s, %s, seed %d",
    (how, policy, seed) => {
      const options = { write: "one", sloppy: how === "sloppy" };
      const dots = watched(plan(options, policy, { storage, faults: faults(seed) }), String(seed));
      expect(dots.twice).toEqual([]);
      expect(dots.made).toBeGreaterThan(500);
      expect(dots.byStandIns).toBeGreaterThan(5);
      expect(agree(dots.world)).toBe(true);
    },
  );
});

test("on a calm day an owner makes every write, and nobody stands in", () => {
  const dots = watched(plan({ sloppy: true }, "dotted-version-vectors"), "1");
  const { world, made, byStandIns } = dots;
  expect([byStandIns, world.oracle.overwritten, world.oracle.lost]).toEqual([0, 0, 0]);
  expect(made).toBeGreaterThan(2000);
  expect(failures(dots)).toBe(0);
});

test("a region cut off from both owners goes on alone where one acknowledgement is enough, and nothing of it is lost", () => {
  const apart = (sloppy: boolean): Dots =>
    watched(
      plan({ write: "one", read: "one", sloppy }, "dotted-version-vectors", { faults: [cut(0, MINUTE, 2 * MINUTE)] }),
      "1",
    );
  const [strict, sloppy] = [apart(false), apart(true)];
  expect(sloppy.byStandIns).toBeGreaterThan(50);
  expect(failures(sloppy)).toBeLessThan(0.2 * failures(strict));
  const { overwritten, lost } = sloppy.world.oracle;
  expect([overwritten, lost]).toEqual([0, 0]);
  expect(agree(sloppy.world)).toBe(true);
});

describe("a region that is asked stands in for an owner itself", () => {
  const apart = (conflict: string, options: Parameters<typeof leaderless>[0], more: Partial<Plan> = {}) => {
    const faults = [cut(0, MINUTE, 2 * MINUTE)];
    return recorded(plan({ copies: 1, write: "one", read: "one", ...options }, conflict, { faults, ...more }));
  };
  const refused = ({ outcome }: ReturnType<typeof apart>): number => outcome.summary["failed_no_quorum"]!;

  test.each(["last-write-wins", "dotted-version-vectors"])("%s", (conflict) => {
    const [strict, sloppy] = [apart(conflict, {}), apart(conflict, { sloppy: true })];
    expect(refused(strict)).toBeGreaterThan(200);
    // What was under way when the partition began is asked of owners that nobody knows to be away.
    expect(refused(sloppy)).toBeLessThan(0.05 * refused(strict));
  });

  test("and hands what it was told to store over after the heal, if it keeps that for so long", () => {
    const many = { data: { ...plan({}, "").data, classes: [dataClass({ keys: 3000, zipf: 0 })] } };
    /** Of what region 0 has acknowledged and does not own: how much there was, and how much its owner never got. */
    const stoodIn = (options: Parameters<typeof leaderless>[0]) => {
      const repairs = { read_repair: false, anti_entropy: 0, ...options };
      const { record } = apart("last-write-wins", { sloppy: true, ...repairs }, many);
      const { versions, operations } = record;
      const rows = [...versions.write.keys()];
      const had = new Set(rows.map((row) => `${versions.write[row]} ${versions.region[row]}`));
      const made = rows
        .filter((row) => isAcceptance(versions.what[row]!) && versions.region[row] === 0)
        .map((row) => versions.write[row]!)
        .filter((write) => operations.key[write]! % 3 !== 0 && operations.outcome[write] === OK);
      expect(checkDurability(record).verdict).toBe("true");
      return [made.length, made.filter((write) => !had.has(`${write} ${operations.key[write]! % 3}`)).length] as const;
    };
    const [made, missing] = stoodIn({});
    expect(made).toBeGreaterThan(100);
    expect(missing).toBe(0);
    expect(stoodIn({ hints: 0 })[1]).toBe(made);
    const [, expired] = stoodIn({ hints: 20 * SECOND });
    expect(expired).toBeGreaterThan(0.5 * made);
    expect(expired).toBeLessThan(0.9 * made);
  });

  test("but only where it may hold a copy", () => {
    const base = plan({}, "last-write-wins");
    const regions = base.regions.map((each, id) => ({ ...each, replica: id > 0, coordinates: true }));
    const { record } = apart("last-write-wins", { sloppy: true }, { regions });
    expect([...record.versions.region].includes(0)).toBe(false);
    expect([...record.operations.outcome].filter((outcome) => outcome !== OK).length).toBeGreaterThan(200);
  });
});

test("copies have converged when the owners of each key agree, whatever a stand-in still has", () => {
  const apart = (repairs: Parameters<typeof leaderless>[0]): string => {
    const options = { write: "one", read: "one", sloppy: true, ...repairs };
    const base = plan(options, "dotted-version-vectors", { faults: [cut(0, MINUTE, 2 * MINUTE)] });
    // So many keys that most are not written again after the heal.
    const data = { ...base.data, classes: [dataClass({ keys: 3000, zipf: 0 })] };
    return checkConvergence(recorded({ ...base, data }).record, { quiet: 0 }).verdict;
  };
  expect(apart({})).toBe("true");
  expect(apart({ hints: 0, anti_entropy: 0, read_repair: false })).toBe("false");
});

test("counters add up to all that was acknowledged, whoever counted", () => {
  const classes = [dataClass({ keys: KEYS, zipf: 0, holds: "counter" })];
  const base = plan({ write: "one", sloppy: true }, "pn-counter", { faults: [cut(0, MINUTE, 2 * MINUTE)] });
  const dots = watched({ ...base, data: { ...base.data, classes } }, "1");
  const { replicas, writes, oracle } = dots.world;
  const counted = keys.reduce((sum, key) => sum + writes.numberAt(replicas.hosts[owners(key)[1]!]!.shown[key]!), 0);
  expect(counted).toBe(dots.made);
  expect(dots.made).toBeGreaterThanOrEqual(oracle.acknowledged);
  expect(dots.byStandIns).toBeGreaterThan(20);
});

describe("a region without a copy of anything", () => {
  /** Two copies of each key in the regions 0 and 1. */
  const asked = (faults: readonly FaultPlan[]): Dots => {
    const base = plan({}, "dotted-version-vectors", { faults });
    const regions = base.regions.map((each, id) => ({ ...each, replica: id < 2, coordinates: true }));
    return watched({ ...base, regions }, "1");
  };
  test("has an owner make what it is asked to write", () => {
    const dots = asked([]);
    // A path is slow now and then, beyond the coordinator's patience.
    expect(failures(dots)).toBeLessThan(10);
    expect([dots.world.oracle.overwritten, dots.world.oracle.lost]).toEqual([0, 0]);
  });

  test("refuses it where it hears of none, and loses nothing by that", () => {
    const dots = asked([cut(2, MINUTE, 2 * MINUTE)]);
    expect(failures(dots)).toBeGreaterThan(100);
    expect([dots.world.oracle.overwritten, dots.world.oracle.lost]).toEqual([0, 0]);
  });
});

test("who deletes data by mistake deletes them where they are kept", () => {
  const deletion = operatorError.hardships({ share: 1, detect_after: SECOND });
  const faults = [{ ...fault(), at: 2 * MINUTE, until: 2 * MINUTE + SECOND, hardships: deletion }];
  const { deletions } = watched(plan({ sloppy: true }, "dotted-version-vectors", { faults }), "1");
  expect(deletions.length).toBe(KEYS);
  for (const { key, region, knew } of deletions)
    expect([key, owners(key).includes(region), knew]).toEqual([key, true, true]);
});

test("a backup has every key, though no copy has, and is restored whole", () => {
  const lost = (copies: number): number => {
    const deletion = operatorError.hardships({ share: 0.3, detect_after: 5 * SECOND });
    const faults = [{ ...fault(), at: 100 * SECOND, until: 101 * SECOND, hardships: deletion }];
    const times = { interval: 20 * SECOND, pointInTime: Number.POSITIVE_INFINITY, retention: HOUR, respond: SECOND };
    const backups = { ...times, bandwidth: 100e6, replay: 1000, regions: [1] };
    const base = plan({ copies }, "dotted-version-vectors", { faults, backups });
    const data = { ...base.data, classes: [dataClass({ keys: 600, zipf: 0 })] };
    const world = new World({ ...base, data }, "1");
    world.run();
    return world.oracle.lost;
  };
  const [two, three] = [lost(2), lost(3)];
  // What was written after the backup, whoever keeps it.
  expect(three).toBeGreaterThan(50);
  expect(Math.abs(two - three)).toBeLessThan(0.2 * three);
});
