import { describe, expect, test } from "vitest";
import { causeOf } from "../../src/fates/cause.js";
import { Ledger } from "../../src/fates/ledger.js";
import { staleReads } from "../../src/fates/stale-reads.js";
import { storyOf } from "../../src/fates/story.js";
import { VersionRows } from "../../src/fates/version-rows.js";
import { operatorError, poisonWrite } from "../../src/faults/data-faults.js";
import type { CopyFact } from "../../src/record/circumstances.js";
import { ACCEPTED, DELETE, NIL, OK, type RunRecord, SHOWN, UNDONE, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import type { BackupsPlan, Plan } from "../../src/simulation/plan.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

/** Writes of key 0, one after the other at region 0, each over the one before. Operator: no session. */
class Chain {
  private readonly recorder = new Recorder();
  private readonly copies: CopyFact[] = [];
  private time = 0;
  private last = NIL;

  write(by: "user" | "operator", kind = WRITE, over = this.last): number {
    const row = { time: ++this.time, process: 0, session: by === "user" ? 0 : NIL, key: 0, kind, argument: 0 };
    const write = this.recorder.call(row);
    this.recorder.version(++this.time, 0, write, ACCEPTED, over);
    this.recorder.complete(write, ++this.time, OK, NIL, 0);
    this.last = write;
    return write;
  }

  /** Everything goes but what was forgotten long ago; then the backup shows one write. */
  restore(undone: readonly number[], backup: number): void {
    this.time++;
    const fact = { time: this.time, region: 0, asOf: 0 };
    this.copies.push({ ...fact, what: "restored", row: this.recorder.versionRows });
    for (const write of undone) this.recorder.version(this.time, 0, write, UNDONE, NIL);
    this.copies.push({ ...fact, what: "given-up", row: this.recorder.versionRows });
    if (backup !== NIL) this.recorder.version(this.time, 0, backup, SHOWN, NIL);
  }

  finish(): RunRecord {
    const end = ++this.time;
    return this.recorder.finish({ end, replicas: 1, copies: this.copies, places: [{ name: "here", sessions: 1 }] });
  }
}

describe("by definition: lost is what no copy holds, nor anything made on top of it by one who knew it", () => {
  test("a restore loses what came after its moment, and not what its versions had superseded", () => {
    const chain = new Chain();
    const [first, second, third] = [chain.write("user"), chain.write("user"), chain.write("user")];
    chain.restore([third], second);
    const ledger = new Ledger(chain.finish());
    expect([first, second, third].map((write) => ledger.fateOf(write))).toEqual(["superseded", "surviving", "lost"]);
  });

  test("what is superseded by what is lost is lost with it, whoever remembers it", () => {
    const chain = new Chain();
    const writes = [chain.write("user"), chain.write("user"), chain.write("user")];
    chain.restore([writes[2]!], NIL);
    const record = chain.finish();
    const ledger = new Ledger(record);
    expect(writes.map((write) => ledger.fateOf(write))).toEqual(["lost", "lost", "lost"]);
    const cause = causeOf(ledger, new VersionRows(record), writes[0]!, "lost");
    expect(cause).toMatchObject({ kind: "restore", carrier: writes[2] });
  });

  test("an operator's deletion loses what it replaced, is no write of anybody, and a write after it brings nothing back", () => {
    const chain = new Chain();
    const first = chain.write("user");
    const deletion = chain.write("operator", DELETE);
    const later = chain.write("user");
    const ledger = new Ledger(chain.finish());
    expect([first, deletion, later].map((write) => ledger.fateOf(write))).toEqual(["lost", null, "surviving"]);
    expect(storyOf(ledger, deletion).title).toMatch(/by an operator: never acknowledged/);
  });

  test("a deletion by a user replaces as any write does", () => {
    const chain = new Chain();
    const first = chain.write("user");
    chain.write("user", DELETE);
    expect(new Ledger(chain.finish()).fateOf(first)).toBe("superseded");
  });

  test("a write that was accepted again on top of what was made on top of it ends no search", () => {
    const recorder = new Recorder();
    const call = { process: 0, session: 0, key: 0, kind: WRITE, argument: 0 };
    const [one, two] = [recorder.call({ ...call, time: 1 }), recorder.call({ ...call, time: 2 })];
    for (const [write, over] of [
      [one, NIL],
      [two, one],
      [one, two],
    ] as const)
      recorder.version(3, 0, write, ACCEPTED, over);
    for (const write of [one, two]) recorder.complete(write, 4, OK);
    for (const write of [one, two, one]) recorder.version(5, 0, write, UNDONE, NIL);
    const record = recorder.finish({ end: 6, replicas: 1 });
    const ledger = new Ledger(record);
    expect([ledger.fateOf(one), ledger.fateOf(two)]).toEqual(["lost", "lost"]);
    expect(storyOf(ledger, two).decided).toMatch(/gave it up/);
  });
});

const small = (plan: Plan, overrides: Partial<Plan> = {}): Plan => ({
  ...plan,
  duration: 20 * MINUTE,
  places: plan.places.map((place) => ({ ...place, rate: 8, readShare: 0.5 })),
  data: { ...plan.data, classes: [dataClass({ keys: 400 })], size: 1e9 },
  ...overrides,
});
const backups: BackupsPlan = {
  interval: 24 * HOUR,
  pointInTime: Number.POSITIVE_INFINITY,
  retention: 24 * HOUR,
  respond: MINUTE,
  bandwidth: 100e6,
  replay: Number.POSITIVE_INFINITY,
  regions: [0],
};
const deletion = {
  ...fault(),
  label: "the deletion",
  at: 5 * MINUTE,
  hardships: operatorError.hardships({ share: 0.3, detect_after: 2 * MINUTE }),
};
const told = (plan: Plan) => {
  const { outcome, record } = recorded(plan);
  const ledger = new Ledger(record);
  const lost = ledger.withFate("lost");
  return { outcome, record, ledger, lost, story: (write: number) => storyOf(ledger, write) };
};
const text = (life: readonly { readonly text: string }[]): string => life.map((each) => each.text).join("\n");

describe("deletion and restore", () => {
  test("what was only deleted is lost by the deletion, as the metrics count it", () => {
    const { outcome, ledger, lost, story } = told(small(activeActive(), { faults: [deletion] }));
    expect(lost.length).toBe(outcome.summary["lost_acknowledged_writes"]);
    expect(lost.length).toBeGreaterThan(10);
    const { decided, remedy, life } = story(lost[0]!);
    expect(decided).toMatch(/^the deletion: an operator deleted the key at 05 m 00.*Nothing brought write \d+ back\.$/);
    expect(remedy).toMatch(/^backups: \{interval: 24h, point_in_time: 1m\}/);
    expect(text(life)).toMatch(/an operator deletes data at /);
    expect(ledger.withFate("overwritten").length).toBe(outcome.summary["overwritten_writes"]);
  });

  test("a restore of an empty backup loses all before it, superseded or not, and says so step by step", () => {
    const { record, ledger, lost, story } = told(small(singlePrimary(), { faults: [deletion], backups }));
    const cutOver = record.copies!.find(({ what }) => what === "restored")!.time;
    const { operations } = record;
    const rows = new VersionRows(record);
    const earlier = [...operations.call.keys()].filter(
      (write) =>
        operations.outcome[write] === OK && operations.session[write] !== NIL && rows.acceptedAt(write) < cutOver,
    );
    expect(lost).toEqual(earlier);
    expect(ledger.withFate("overwritten")).toEqual([]);
    const { decided, life, remedy } = story(earlier[0]!);
    expect(decided).toMatch(/^The restore at |The backup restored at /);
    for (const step of [
      /an operator deletes data/,
      /a backup is called for/,
      /is read for us-east-1/,
      /every copy is given up/,
    ])
      expect(text(life)).toMatch(step);
    expect(remedy).toMatch(/^backups: \{interval: 24h, point_in_time: 1m\}/);
  });

  test("with the log archived, only what was written between the moment restored and the cut-over is lost", () => {
    const pointInTime = { ...backups, pointInTime: MINUTE };
    const { record, lost, story } = told(small(singlePrimary(), { faults: [deletion], backups: pointInTime }));
    const restored = record.copies!.find(({ what }) => what === "restored")!;
    const rows = new VersionRows(record);
    for (const write of lost) {
      expect(rows.acceptedAt(write)).toBeLessThanOrEqual(restored.time);
      expect(rows.acceptedAt(write)).toBeGreaterThan(restored.asOf!);
    }
    expect(lost.length).toBeGreaterThan(100);
    expect(story(lost[0]!).remedy).toMatch(/^a restore that is called for and done sooner/);
  });
});

describe("the fault that took it is the one that could", () => {
  const crash = { ...outage(0, 3 * MINUTE, 0.1), label: "the crash" };
  const synced = {
    faults: [
      {
        ...crash,
        hardships: {
          ...crash.hardships,
          region: { ...crash.hardships.region!, dark: false, hostDead: true, disks: "synced" as const },
        },
      },
    ],
    storage: { ...NO_STORAGE, sync: "interval" as const, every: 2 * SECOND, fsync: 2000, bandwidth: 50e6 },
  };

  test("a power cut at the leader, though a follower had the write and gave it up to follow", () => {
    const { lost, story, ledger, record } = told(small(singlePrimary(), synced));
    const rows = new VersionRows(record);
    const followed = lost.find((write) => {
      const cause = causeOf(ledger, rows, write, "lost");
      return cause?.kind === "power-cut" && cause.others.length > 0;
    });
    expect(lost.length).toBeGreaterThan(0);
    const { decided, remedy } = story(followed!);
    expect(decided).toMatch(/^the crash .* cut the power of us-east-1 .* eu-west-1, which had it, gave it up at /);
    expect(remedy).toMatch(/^storage: \{sync: each-commit\} instead of interval/);
    const each = { ...synced.storage, sync: "each-commit" as const };
    expect(told(small(singlePrimary(), { ...synced, storage: each })).lost).toEqual([]);
  });

  test("all disks of one moment, and not that nobody else had it", () => {
    const all = outage(0, 3 * MINUTE, 1, false);
    const both = { ...all, label: "the fire", regions: [0, 1, 2] };
    const { lost, story } = told(small(singlePrimary(), { faults: [both] }));
    const { decided, remedy } = story(lost[0]!);
    expect(decided).toMatch(
      /^the fire at 03 m 00\.000000 s took the disks of us-east-1 and eu-west-1, which had it\.$/,
    );
    expect(remedy).toMatch(/no number of copies outlives/);
  });

  test("not a fault of the same moment that takes nothing, nor one that came later and has healed", () => {
    const skew = { ...fault(), regions: [0], label: "the skew" };
    const { hardships } = outage(0, 0, 0);
    const noLaunches = {
      ...skew,
      label: "no launches",
      at: 3 * MINUTE,
      hardships: { ...hardships, region: { ...hardships.region!, dark: false, noLaunches: true } },
    };
    const clock = {
      ...skew,
      at: 181 * SECOND,
      until: 182 * SECOND,
      hardships: { ...hardships, region: { ...hardships.region!, dark: false, skew: 1000 } },
    };
    const dark = { ...outage(0, 3 * MINUTE, 2), label: "the outage" };
    const { replication } = singlePrimary().policies;
    const slow = {
      ...singlePrimary().policies,
      replication: { ...replication, options: { ...replication.options, batch: 2 * SECOND } },
    };
    const { lost, story } = told(small(singlePrimary(), { faults: [dark, noLaunches, clock], policies: slow }));
    expect(lost.length).toBeGreaterThan(0);
    for (const write of lost) expect(story(write).decided).toMatch(/because of the outage at 03 m/);
  });
});

test("a standby that applies late misses what it has received, also when nobody else has it any more", () => {
  const late = { ...NO_STORAGE, apply: { rate: 8, workers: 1 } };
  const lost = outage(0, 3 * MINUTE, 17, false);
  const { outcome, record, lost: gone } = told(small(singlePrimary(), { faults: [lost], storage: late }));
  expect(gone.length).toBe(outcome.summary["lost_acknowledged_writes"]);
  const counted = outcome.summary["stale_reads"]!;
  expect(counted).toBeGreaterThan(100);
  expect(staleReads(record).length).toBeLessThanOrEqual(counted);
  expect(staleReads(record).length).toBeGreaterThanOrEqual(0.95 * counted);
});

test("what happens again and again on the way is told once, and a life ends where it is decided", () => {
  const crashes = poisonWrite.hardships({ fuse: 2 * SECOND, restart: 5 * SECOND });
  const poison = { ...fault(), label: "the poison", at: 2 * MINUTE, until: 15 * MINUTE, hardships: crashes };
  const { record, ledger, story } = told(small(singlePrimary(), { faults: [poison] }));
  const deaths = record.copies!.filter(({ what }) => what === "host-died").length;
  expect(deaths).toBeGreaterThan(30);
  const twice = ledger.duplicates();
  expect(twice.length).toBeGreaterThan(0);
  for (const write of twice) {
    const { life } = story(write);
    const texts = life.filter(({ met }) => met).map((each) => each.text);
    for (const line of texts) expect(texts.filter((other) => other === line).length).toBeLessThanOrEqual(2);
    expect(life.length).toBeLessThan(40);
  }
});

test("what is lost does not depend on how much of its log a primary keeps", () => {
  const cut = { ...fault(), at: 2 * MINUTE, until: 8 * MINUTE, links: between([0], [1, 2]) };
  const base = singlePrimary();
  const keeping = (retention: number): Plan => ({
    ...small(base, { duration: 12 * MINUTE, faults: [cut], failover: { ...base.failover, fencing: "none" } }),
    policies: {
      ...base.policies,
      replication: { ...base.policies.replication, options: { ...base.policies.replication.options, retention } },
    },
  });
  const [long, short] = [told(keeping(1_000_000)), told(keeping(200))];
  expect(long.lost.length).toBeGreaterThan(100);
  expect(short.lost).toEqual(long.lost);
  expect(short.ledger.withFate("overwritten")).toEqual([]);
  expect(short.record.copies!.some(({ what }) => what === "given-up")).toBe(true);
});
