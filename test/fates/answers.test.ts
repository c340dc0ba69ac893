import { expect, test } from "vitest";
import { Ledger } from "../../src/fates/ledger.js";
import { staleReads } from "../../src/fates/stale-reads.js";
import { storyOf } from "../../src/fates/story.js";
import { DELETE, NIL, OK, READ, type RunRecord } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { recorded } from "../simulation/recorded.js";

const small = (plan: Plan, deletes = 0): Plan => ({
  ...plan,
  duration: 4 * MINUTE,
  places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.6 })),
  data: { ...plan.data, classes: [dataClass({ keys: 40, deletes })], size: 50_000_000 },
});

/** Asia keeps answers and no copy; the others keep answers beside their copies. */
function cached(invalidation: boolean): Plan {
  const plan = small(activeActive());
  const options = { lifetime: 20 * SECOND, entries: 5000, invalidation, answers: "everything" };
  return {
    ...plan,
    regions: plan.regions.map((region, id) => (id < 2 ? region : { ...region, replica: false, parents: [0] })),
    client: { ...plan.client, pinned: 0 },
    policies: { ...plan.policies, caching: { name: "ttl", options } },
  };
}

/** As many reads are stale as the oracle counts, or but for that share of them; and the stories of some. */
function stories(
  plan: Plan,
  untold = 0.02,
): { readonly record: RunRecord; readonly told: string[]; readonly remedies: string[] } {
  const { outcome, record } = recorded(plan);
  const counted = outcome.summary["stale_reads"]!;
  const stale = staleReads(record);
  expect(counted).toBeGreaterThan(50);
  expect(stale.length).toBeLessThanOrEqual(counted * (1 + untold));
  expect(stale.length).toBeGreaterThanOrEqual(counted * (1 - untold));
  const ledger = new Ledger(record);
  const every = Math.ceil(stale.length / 200);
  const all = stale.filter((_, at) => at % every === 0).map(({ read }) => storyOf(ledger, read));
  return {
    record,
    told: all.map(({ decided, findings }) => `${decided} ${findings[1]}`),
    remedies: [...new Set(all.map(({ remedy }) => remedy))],
  };
}

test("a stale hit is told as one, at a site without a copy and beside a copy that had the write", () => {
  const { told, remedies } = stories(cached(false));
  const hits = told.filter((text) => text.includes(" answered from its cache, which still kept "));
  expect(hits.filter((text) => text.startsWith("ap-southeast-1 ")).length).toBeGreaterThan(5);
  expect(hits.some((text) => /^us-east-1 .* The copy of us-east-1 had it .* before the read had its/.test(text))).toBe(
    true,
  );
  expect(hits.every((text) => !text.startsWith("ap") || text.endsWith(" keeps no copy of the key."))).toBe(true);
  expect(remedies.some((text) => text.startsWith("word of each write to the sites that keep answers "))).toBe(true);
  expect(remedies.some((text) => text.includes(" (caching: {use: ttl, lifetime: 5s}) than 20 s"))).toBe(true);
});

test("where sites are told of writes, the word that is late is what decides", () => {
  const { told, remedies } = stories(cached(true));
  expect(told.some((text) => / word of write \d+ had not come yet, or had come before /.test(text))).toBe(true);
  expect(remedies.every((text) => !text.includes("invalidation: true"))).toBe(true);
});

test("a read model that is behind its own copy is told as one", () => {
  const plan = small(singlePrimary());
  const slow = { ...NO_STORAGE, apply: { rate: 16, workers: 1 }, projects: true };
  const { told, remedies } = stories({ ...plan, storage: slow });
  expect(told.some((text) => /^us-east-1 answered from its read model, which still showed /.test(text))).toBe(true);
  expect(remedies.some((text) => text.startsWith("a projection that keeps up with the writes (storage: "))).toBe(true);
});

test("a leaderless answer is held against what was gathered, whatever the region that asked has itself", () => {
  const cut = { ...fault(), at: MINUTE, until: 3 * MINUTE, links: between([0], [1, 2]) };
  const policies = leaderless({ read_quorum: 2, write_quorum: 1, send_to: "quorum-only", read_repair: false });
  const { record, told } = stories({ ...small(activeActive({ faults: [cut] }), 0.1), policies }, 0.01);
  expect(told.every((text) => text.includes(" answered with the newest that it was told by other copies, "))).toBe(
    true,
  );
  // Nothing is the right answer of who was shown the deletion.
  const { operations } = record;
  const deletions = new Set([...operations.kind.keys()].filter((row) => operations.kind[row] === DELETE));
  for (const { read, missed } of staleReads(record))
    if (deletions.has(missed)) expect(operations.value[read]).not.toBe(NIL);
});

test("nothing is the right answer after a deletion, also when its tombstone is gone and a dark copy has not heard of it", () => {
  const dark = outage(2, MINUTE, 20);
  const policies = leaderless({ tombstones: 20 * SECOND, anti_entropy: 5 * SECOND });
  const { outcome, record } = recorded({ ...small(activeActive({ faults: [dark] }), 0.3), policies });
  const { operations } = record;
  const nothing = [...operations.kind.keys()].filter(
    (row) => operations.kind[row] === READ && operations.outcome[row] === OK && operations.value[row] === NIL,
  );
  expect(nothing.length).toBeGreaterThan(100);
  // Two of three have stored each write, and two of three are asked: no answer can be old.
  expect(outcome.summary["stale_reads"]).toBe(0);
  expect(staleReads(record)).toEqual([]);
});
