import { expect, test } from "vitest";
import { audit } from "../../src/advise/audit/audit.js";
import type { Finding } from "../../src/advise/audit/finding.js";
import { RULES } from "../../src/advise/audit/rules.js";
import { parseScenario } from "../../src/scenario/scenario.js";

/** A scenario about which no rule has anything to say, with places to break it at. */
const SOUND = {
  top: "",
  regions: `
    us-east-1: {instances: 4, workers: 8, service_time: 50ms}
    us-west-2: {instances: 4, workers: 8, service_time: 50ms}
    eu-west-1: {instances: 4, workers: 8, service_time: 50ms}`,
  requests: "40/s",
  beyond: "",
  client: "client: {timeout: 1s, deadline: 3s, retries: {attempts: 3, budget: 10%}}",
  data: "data: {keys: 1000, value: 2 KB}",
  faults: "faults: [{region_outage: us-east-1, at: 2m, for: 3m}]",
  pattern: "pattern: active-passive, primary: us-east-1, standby: us-west-2",
  health:
    "health: {controller: eu-west-1, vantages: [London, Paris, New York], interval: 5s, timeout: 2s, threshold: 3}",
  failover: "failover: {use: automatic, fencing: lease, max_lag_time: 10s}",
  replication: "replication: async",
  conflict: "",
  dns: "dns: {ttl: 30s}",
  backups: "backups: {interval: 1d, point_in_time: 5m, region: us-west-2}",
  alerts: "alerts: {replication_lag: 5s, monthly_transfer: 5 TB}",
  more: "",
  expect: 'expect: {it: {rto_seconds: "<= 2m", rpo_seconds: "<= 10s"}}',
};
type Parts = Partial<typeof SOUND>;

function found(parts: Parts): readonly Finding[] {
  const own = { ...SOUND, ...parts };
  const text = `question: Is it sound?
duration: 10m
topology:
  regions:${own.regions}
users:
  - {place: London, requests: ${own.requests}}
  - {place: New York, requests: ${own.requests}}
  - {place: Paris, requests: 10/s}${own.beyond}
${own.top}
${own.client}
${own.data}
${own.faults}
architectures:
  it:
${[
  own.pattern.replaceAll(", ", "\n    "),
  own.health,
  own.failover,
  own.replication,
  own.conflict,
  own.dns,
  own.backups,
  own.alerts,
  own.more,
]
  .filter((line) => line !== "")
  .map((line) => `    ${line}`)
  .join("\n")}
${own.expect}
`;
  const parsed = parseScenario(text, { file: "it.yaml" });
  if (!parsed.ok)
    throw new Error(`${parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n")}\n${text}`);
  return audit(parsed.scenario).findings;
}

const ACTIVE: Parts = {
  pattern: "pattern: active-active",
  failover: "",
  replication: "replication: multi-primary",
  conflict: "conflict: hybrid-logical-clocks",
  expect: 'expect: {it: {rto_seconds: "<= 2m"}}',
};
const COUNTERS = "data: {keys: 1000, holds: counter}";
const NO_LOSS = 'expect: {it: {lost_acknowledged_writes: "== 0"}}';
const PEOPLE = "data: {classes: {profiles: {share: 100%, keys: 1000, personal: true, local: 97%}}}";
const PARTITIONED: Parts = {
  ...{
    pattern: "pattern: geo-partitioned",
    data: PEOPLE,
    backups: "",
    failover: "failover: {use: automatic, max_lag_time: 10s}",
  },
};
const semiSync = (fallBack: string, acknowledgements = 1): string =>
  `replication: {use: semi-sync, fall_back: ${fallBack}, acknowledgements: ${acknowledgements}}`;
const everywhere = "pattern: read-replicas, primary: us-east-1";
const raft = (options: string): Parts => ({
  pattern: "primary: us-east-1, routing: latency, misdirected: forward, conflict: none",
  replication: `replication: {use: raft${options}}`,
  failover: "failover: consensus",
});
const quorum = (write: string, read: string): Parts => ({
  ...ACTIVE,
  replication: `replication: {use: quorum, write: ${write}, read: ${read}}`,
});

/** By rule: a scenario that trips it, and its mended twin. */
const TWINS: readonly (readonly [rule: string, title: string, tripped: Parts, mended: Parts])[] = [
  [
    "rpo-zero",
    "a standby that is told later",
    { expect: NO_LOSS },
    { expect: NO_LOSS, replication: semiSync("never") },
  ],
  ["rpo-zero", "many primaries", { ...ACTIVE, expect: NO_LOSS }, { ...quorum("quorum", "quorum"), expect: NO_LOSS }],
  ["semi-sync-fallback", "ten seconds", { replication: semiSync("10s") }, { replication: semiSync("never") }],
  ["lag-bound", "none", { failover: "failover: automatic" }, {}],
  [
    "lag-bound",
    "one on the answers",
    { failover: "failover: automatic" },
    { failover: "failover: automatic", replication: "replication: {use: async, max_lag: 5s}" },
  ],
  [
    "lww-on-counters",
    "counters",
    { ...ACTIVE, data: COUNTERS },
    { ...ACTIVE, data: COUNTERS, conflict: "conflict: pn-counter" },
  ],
  ["wall-clocks", "last write wins", { ...ACTIVE, conflict: "conflict: last-write-wins" }, ACTIVE],
  [
    "quorum-halts",
    "sync",
    { replication: "replication: sync" },
    { replication: semiSync("never"), pattern: everywhere },
  ],
  [
    "quorum-halts",
    "semi-sync with one standby",
    { replication: semiSync("never") },
    { replication: semiSync("never"), pattern: everywhere },
  ],
  ["quorum-halts", "two voters", raft(", non_voting: [eu-west-1]"), raft("")],
  ["quorum-halts", "all must write", quorum("all", "one"), quorum("quorum", "quorum")],
  ["quorum-halts", "all must answer", quorum("one", "all"), quorum("quorum", "quorum")],
  ["rto-budget", "slow probes", { health: SOUND.health.replace("interval: 5s", "interval: 40s") }, {}],
  ["rto-budget", "a long TTL without a primary", { ...ACTIVE, dns: "dns: {ttl: 2m}" }, ACTIVE],
  ["no-failover", "nobody decides", { failover: "failover: none" }, {}],
  ["boot-time", "a pilot light", { pattern: SOUND.pattern.replace("active-passive", "pilot-light") }, {}],
  ["static-stability", "a warm standby", { pattern: SOUND.pattern.replace("active-passive", "warm-standby") }, {}],
  ["long-ttl", "an hour", { dns: "dns: {ttl: 1h}" }, {}],
  [
    "long-ttl",
    "an hour that anycast never asks for",
    { dns: "dns: {ttl: 1h}" },
    { dns: "dns: {ttl: 1h, mode: anycast}" },
  ],
  ["long-ttl", "pinned clients", { client: SOUND.client.replace("{timeout", "{pinned: 20%, timeout") }, {}],
  ["vantage-points", "one", { health: SOUND.health.replace(", Paris, New York", "") }, {}],
  ["vantage-points", "two", { health: SOUND.health.replace(", Paris", "") }, {}],
  ["hair-trigger", "one miss", { health: SOUND.health.replace("threshold: 3", "threshold: 1") }, {}],
  [
    "controller-fate",
    "in the primary",
    { health: SOUND.health.replace("controller: eu-west-1", "controller: us-east-1") },
    {},
  ],
  [
    "controller-fate",
    "in what a fault takes away",
    { faults: "faults: [{region_outage: eu-west-1, at: 2m, for: 1m}, {region_outage: us-east-1, at: 5m, for: 1m}]" },
    {},
  ],
  ["fencing", "none", { failover: "failover: {use: automatic, fencing: none, max_lag_time: 10s}" }, {}],
  [
    "fencing",
    "an order that is not answered",
    { failover: "failover: {use: automatic, fencing: stonith, max_lag_time: 10s}" },
    { failover: "failover: {use: automatic, fencing: stonith, on_unknown: wait, max_lag_time: 10s}" },
  ],
  [
    "residency-gaps",
    "people and no law",
    { ...PARTITIONED },
    { ...PARTITIONED, top: "governance: {gdpr_regions: [eu-west-1]}" },
  ],
  [
    "residency-gaps",
    "a law that is watched",
    {
      ...ACTIVE,
      data: PEOPLE,
      backups: "",
      top: "governance: {gdpr_regions: [eu-west-1]}",
      more: "governance: {mode: observe}",
    },
    { ...ACTIVE, data: PEOPLE, backups: "", top: "governance: {gdpr_regions: [eu-west-1]}" },
  ],
  [
    "residency-survival",
    "one region",
    { ...PARTITIONED, top: "governance: {gdpr_regions: [eu-west-1]}" },
    { ...PARTITIONED, top: "governance: {gdpr_regions: [eu-west-1, us-east-1]}" },
  ],
  ["n-minus-one", "two thirds are too few", { ...ACTIVE, requests: "700/s" }, { ...ACTIVE, requests: "300/s" }],
  ["n-minus-one", "a small standby", { requests: "400/s" }, { requests: "100/s" }],
  ["n-minus-one", "one region", { pattern: "pattern: single-region, primary: us-east-1", failover: "" }, {}],
  [
    "far-users",
    "on the other side",
    { beyond: "\n  - {place: Sydney, requests: 10/s}" },
    { beyond: "\n  - {place: Los Angeles, requests: 10/s}" },
  ],
  [
    "far-users",
    "who has a primary far away, and a region near",
    { beyond: "\n  - {place: Auckland, requests: 1/s}" },
    {
      ...ACTIVE,
      regions: `${SOUND.regions}\n    ap-southeast-2: {instances: 4}`,
      beyond: "\n  - {place: Auckland, requests: 1/s}",
    },
  ],
  ["zones", "the copy in one", { regions: SOUND.regions.replace("50ms}", "50ms, copy_zone: a}") }, {}],
  ["zones", "there is one only", { regions: SOUND.regions.replace("50ms}", "50ms, zones: 1}") }, {}],
  ["retry-budget", "none", { client: SOUND.client.replace("budget: 10%", "budget: none") }, {}],
  ["backups", "none", { backups: "" }, {}],
  ["backups", "beside the primary", { backups: SOUND.backups.replace("us-west-2", "us-east-1") }, {}],
  ["backups", "once a day", { backups: SOUND.backups.replace("5m", "never") }, {}],
  ["lag-alert", "none", { alerts: "alerts: {monthly_transfer: 5 TB}" }, {}],
  [
    "transfer-budget",
    "a terabyte a month",
    { alerts: "alerts: {replication_lag: 5s}", data: "data: {value: 100 KB}" },
    { data: "data: {value: 100 KB}" },
  ],
  [
    "untested",
    "only a partition",
    { faults: "faults: [{partition: {pair: [us-east-1, us-west-2]}, at: 2m, for: 1m}]" },
    {},
  ],
];

test("no rule has anything to say about the sound one, with one primary and with many", () => {
  expect(found({})).toEqual([]);
  expect(found(ACTIVE)).toEqual([]);
});

test("every rule has twins", () => {
  expect(new Set(TWINS.map(([rule]) => rule))).toEqual(new Set(RULES.map(({ name }) => name)));
});

test.each(TWINS)("%s: %s is found, and its mended twin is not", (rule, _, tripped, mended) => {
  const of = (parts: Parts): readonly Finding[] => found(parts).filter((finding) => finding.rule === rule);
  const [first] = of(tripped);
  expect(first).toBeDefined();
  expect(of(mended)).toEqual([]);
  // Where it stands, with figures, and what to do.
  expect(first!.line).toBeGreaterThan(1);
  expect(first!.change).not.toBe("");
  expect(`${first!.what} ${first!.why}`).not.toMatch(/NaN|undefined|Infinity|never s/);
});

test("a finding stands at its key, or at the nearest one around it", () => {
  const [budget] = found({ client: SOUND.client.replace("budget: 10%", "budget: none") });
  expect(budget).toMatchObject({ rule: "retry-budget", path: "client.retries.budget", line: 13, column: 68 });
  const [none] = found({ backups: "" });
  // The architecture itself: nothing of backups is in the file.
  expect(none).toMatchObject({ rule: "backups", line: 17, column: 3 });
});

test("the figures are those of the plan: 3 · 5 s + 2 s, 5 s, 10 s + 1 s, 15 s, 5 s, 30 s, 1 s", () => {
  const [late] = found({ expect: 'expect: {it: {rto_seconds: "<= 80s", rpo_seconds: "<= 10s"}}' });
  expect(late).toMatchObject({ rule: "rto-budget", severity: "warning" });
  expect(late!.why).toContain("= 1.4 m");
  expect(late!.why).toContain("with luck 1.13 m in all");
  const [never] = found({ expect: 'expect: {it: {rto_seconds: "<= 60s", rpo_seconds: "<= 10s"}}' });
  expect(never).toMatchObject({ rule: "rto-budget", severity: "critical" });
});
