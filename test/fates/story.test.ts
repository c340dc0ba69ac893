import { describe, expect, test } from "vitest";
import { causeOf } from "../../src/fates/cause.js";
import { type Fate, Ledger } from "../../src/fates/ledger.js";
import { type Trouble, remedyFor } from "../../src/fates/remedies.js";
import { staleReads } from "../../src/fates/stale-reads.js";
import { storyOf } from "../../src/fates/story.js";
import { VersionRows } from "../../src/fates/version-rows.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { ACCEPTED, OUTDONE, type RunRecord, UNDONE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

const small = (plan: Plan, overrides: Partial<Plan> = {}): Plan => ({
  ...plan,
  duration: 6 * MINUTE,
  places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
  data: { ...plan.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
  ...overrides,
});
const cut = { ...fault(), label: "the cut", at: MINUTE, until: 160 * SECOND, links: between([0], [1, 2]) };
const dark = { ...outage(0, MINUTE, 2), label: "the outage" };
const unfenced = { ...singlePrimary().failover, fencing: "none" as const };
/** Ships what it has every two seconds, so that something is always on its way. */
const slowShipping = (plan: Plan): Plan => {
  const { replication } = plan.policies;
  return {
    ...plan,
    policies: {
      ...plan.policies,
      replication: { ...replication, options: { ...replication.options, batch: 2 * SECOND } },
    },
  };
};
const alone = (plan: Plan): Plan => ({
  ...plan,
  regions: plan.regions.map((region, id) => ({ ...region, replica: id === 0 })),
  policies: { ...plan.policies, failover: { name: "none", options: {} }, standbys: [] },
});

interface Case {
  readonly trouble: Trouble["kind"];
  readonly fate: Fate;
  readonly plan: Plan;
  /** What the page has to name. */
  readonly decided: RegExp;
  readonly remedy: RegExp;
}

const CASES: readonly Case[] = [
  {
    trouble: "asynchronous",
    fate: "lost",
    plan: slowShipping(small(singlePrimary(), { faults: [dark] })),
    decided:
      /^The failover at 01 m .* because of the outage at 01 m 00\.000000 s: it promoted eu-west-1, which did not/,
    remedy: /waits for a second region .* instead of async: .* or failover: none: the users wait/,
  },
  {
    trouble: "split-brain",
    fate: "lost",
    plan: small(singlePrimary(), { faults: [cut], failover: unfenced }),
    decided: /because of the cut at .* us-east-1 went on accepting after it was cut off/,
    remedy: /^failover: \{use: automatic, fencing: lease\} instead of none/,
  },
  {
    trouble: "power-cut",
    fate: "lost",
    plan: alone(
      small(singlePrimary(), {
        faults: [{ ...dark, until: 70 * SECOND, hardships: onRegions({ dark: true, disks: "synced" }) }],
        storage: { ...NO_STORAGE, sync: "interval", every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
      }),
    ),
    decided: /^the outage at 01 m 00\.000000 s cut the power of us-east-1 before the write was on its disk/,
    remedy: /^storage: \{sync: each-commit\} instead of interval/,
  },
  {
    trouble: "disk-lost",
    fate: "lost",
    plan: alone(small(singlePrimary(), { faults: [{ ...outage(0, MINUTE, 1, false), label: "the outage" }] })),
    decided: /^the outage at 01 m 00\.000000 s took the disk of us-east-1/,
    remedy: /^an acknowledgement that waits for a second region .*: no setting of one disk outlives the disk/,
  },
  {
    trouble: "conflict",
    fate: "overwritten",
    plan: small(activeActive()),
    decided:
      /^The conflict policy of \S+, at .*: write \d+ won, which \S+ had accepted at .* without having seen this one/,
    remedy: /^one primary .*\(replication: async\) instead of multi-primary; or .* keeps both .* last-write-wins/,
  },
  {
    trouble: "clock",
    fate: "overwritten",
    plan: small(activeActive(), {
      faults: [{ ...fault(), label: "the skew", regions: [0], hardships: onRegions({ skew: -2 * SECOND }) }],
    }),
    decided: /, and that was earlier: timestamps were wrong because of the skew\.$/,
    remedy: /does not trust wall clocks: one primary \(replication: async\)/,
  },
  {
    trouble: "outage",
    fate: "unavailable",
    plan: slowShipping(small(singlePrimary(), { faults: [{ ...dark, until: Number.POSITIVE_INFINITY }] })),
    decided: /^the outage: whoever has it is down at the end/,
    remedy: /if the region comes back/,
  },
];

const troubled = (record: RunRecord, trouble: Trouble["kind"], fate: Fate): number[] => {
  const rows = new VersionRows(record);
  const ledger = new Ledger(record);
  return ledger.withFate(fate).filter((write) => causeOf(ledger, rows, write, fate)?.kind === trouble);
};

describe.each(CASES)("$trouble", ({ trouble, fate, plan, decided, remedy }) => {
  const { record } = recorded(plan);
  const writes = troubled(record, trouble, fate);
  const story = storyOf(new Ledger(record), writes[0] ?? 0);

  test("is told of the right writes, with who decided and what would have helped", () => {
    expect(writes.length).toBeGreaterThan(0);
    expect(story.title).toMatch(
      new RegExp(`^Write ${writes[0]} of key \\d+ by beside \\S+ \\(session \\d+\\): ${fate}`),
    );
    expect(story.decided).toMatch(decided);
    expect(story.remedy).toMatch(remedy);
  });

  test("the life is in order and tells every row of the record", () => {
    const { versions, operations } = record;
    const times = story.life.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThanOrEqual(operations.call[writes[0]!]!);
    const rowsOf = (...what: number[]): number =>
      versions.what.filter((each, row) => what.includes(each) && versions.write[row] === writes[0]).length;
    const told = (text: RegExp): number => story.life.filter((each) => text.test(each.text)).length;
    expect(told(/ accepts it/)).toBe(rowsOf(ACCEPTED, OUTDONE));
    expect(told(/ loses it,/)).toBe(rowsOf(UNDONE));
    expect(told(/ has the answer that it is written, /)).toBe(1);
  });
});

test("without the fault, or with the remedy, there is nothing to tell", () => {
  for (const plan of [CASES[0]!.plan, CASES[1]!.plan, CASES[5]!.plan]) {
    const { record } = recorded({ ...plan, faults: [] });
    expect(new Ledger(record).withFate("lost")).toEqual([]);
    expect(troubled(record, "clock", "overwritten")).toEqual([]);
  }
  const lease = { ...CASES[1]!.plan, failover: { ...unfenced, fencing: "lease" as const } };
  expect(troubled(recorded(lease).record, "split-brain", "lost").length).toBeLessThan(
    troubled(recorded(CASES[1]!.plan).record, "split-brain", "lost").length / 5,
  );
});

test("a duplicate is told with both acceptances", () => {
  const { record } = recorded(small(singlePrimary()));
  const ledger = new Ledger(record);
  const [write] = ledger.duplicates();
  const { title, life, remedy } = storyOf(ledger, write!);
  expect(title).toMatch(/, accepted more than once\.$/);
  expect(life.filter(({ text }) => / accepts it/.test(text))).toHaveLength(2);
  expect(remedy).toBe(remedyFor({ kind: "duplicate" }, null));
});

test("a stale read is told with the write that it missed", () => {
  const { record } = recorded(small(activeActive(), { faults: [cut] }));
  const [first] = staleReads(record);
  const { title, life, findings, remedy } = storyOf(new Ledger(record), first!.read);
  expect(title).toMatch(new RegExp(`^Read ${first!.read} of key \\d+ .*: stale\\.$`));
  expect(life.some(({ text }) => text.startsWith(`write ${first!.missed}: `))).toBe(true);
  expect(findings[0]).toMatch(new RegExp(`^Write ${first!.missed} was acknowledged .* before the read began\\.$`));
  expect(remedy).toMatch(/^one primary \(replication: async, routing: primary\) instead of multi-primary/);
});

describe("the remedy of a stale read is by who answered it, and whose write it missed", () => {
  const stale = (
    answeredBy: "leader" | "former leader" | "follower" | "nobody leads",
    routing: string,
    isOwnWrite = false,
  ): string => {
    const { scenario } = recorded(small(singlePrimary(), { duration: SECOND })).record;
    return remedyFor({ kind: "stale", answeredBy, from: "copy", isOwnWrite }, { ...scenario!, routing });
  };

  test.each([
    ["follower", "latency", /^routing: primary instead of latency/],
    ["follower", "primary", /^reads that the current leader confirms .*led to a region that does not lead/],
    ["leader", "primary", /^an acknowledgement that waits for a second region .*the leader itself lacked the write/],
    ["former leader", "primary", /^reads that the current leader confirms .* had led/],
    ["nobody leads", "latency", /^one primary /],
  ] as const)("%s, routing %s", (answeredBy, routing, says) => {
    expect(stale(answeredBy, routing)).toMatch(says);
    expect(stale(answeredBy, routing)).not.toMatch(/own write/);
  });

  test("one that missed its session's own write says so", () => {
    expect(stale("nobody leads", "latency", true)).toMatch(/ As it was the session's own write, /);
    const { record } = recorded(small(activeActive(), { faults: [cut] }));
    const { session } = record.operations;
    for (const { read, missed } of staleReads(record).slice(0, 20)) {
      const own = session[read] === session[missed];
      const { findings } = storyOf(new Ledger(record), read);
      expect(findings.at(-1)).toBe(own ? "It is the session's own write." : "It is a write of another session.");
    }
  });

  test("and when the write came is told from the rows of the record", () => {
    const { record } = recorded(small(activeActive(), { faults: [cut] }));
    const { versions, operations } = record;
    const counts = { never: 0, onItsWay: 0, after: 0 };
    const ledger = new Ledger(record);
    for (const { read, missed } of staleReads(record).slice(-60)) {
      const { findings } = storyOf(ledger, read);
      const isThere = (row: number): boolean =>
        versions.write[row] === missed && versions.region[row] === operations.region[read];
      const came = [...versions.write.keys()].filter(isThere).map((row) => versions.time[row]!);
      const last = Math.max(...came);
      if (findings[1]!.endsWith(" never had it afterwards.")) counts.never++;
      else if (findings[1]!.endsWith(" on its way already.")) counts.onItsWay++;
      else counts.after++;
      // What came at all came after the read was served.
      expect(findings[1]!.endsWith(" never had it afterwards.")).toBe(came.length === 0);
      if (last > operations.return[read]!) expect(findings[1]).toMatch(/ after the read had its answer\.$/);
    }
    expect(counts.after).toBeGreaterThan(0);
    expect(counts.onItsWay).toBeGreaterThan(0);
  });

  test("a standby that lags is told as a follower, an isolated primary as a former leader", () => {
    const isolated = recorded(small(singlePrimary(), { faults: [cut], failover: unfenced })).record;
    const ledger = new Ledger(isolated);
    const answerers = new Set(
      staleReads(isolated)
        .slice(0, 30)
        .map(({ read }) => storyOf(ledger, read).decided),
    );
    expect([...answerers].some((decided) => decided.startsWith("us-east-1 led no more, and answered"))).toBe(true);
  });
});

test("what went well has no remedy", () => {
  const { record } = recorded(small(singlePrimary()));
  const ledger = new Ledger(record);
  const [write] = ledger.withFate("surviving").filter((each) => ledger.acceptances[each] === 1);
  expect(storyOf(ledger, write!)).toMatchObject({ decided: "Nothing took it away.", remedy: "" });
});

test("a name that would do something to a terminal is told without it", () => {
  const plan = small(singlePrimary(), { duration: MINUTE });
  const regions = plan.regions.map((region) => ({ ...region, name: `${region.name}\u001b[31m\n` }));
  const { record } = recorded({ ...plan, regions });
  const story = storyOf(new Ledger(record), new Ledger(record).withFate("surviving")[0]!);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(JSON.stringify(story)).not.toMatch(/\\n|\\u001b|[\u0000-\u001f]/);
});
