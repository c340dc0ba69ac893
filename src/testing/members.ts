import { type PolicyKind, catalogue } from "../policies/catalogue.js";
import type { Letter } from "../policies/contract.js";
import { checkCaching } from "./caching.js";
import { checkConflict } from "./conflict.js";
import { checkConsistency } from "./consistency.js";
import { checkFailover } from "./failover.js";
import { checkPlacement } from "./placement.js";
import { checkReplication } from "./replication.js";
import type { Range, Report } from "./report.js";
import { checkRouting } from "./routing.js";
import { checkScaling } from "./scaling.js";

/** The suite of one policy that comes along, with settings for the world of the suites. */
export interface Member {
  readonly kind: PolicyKind;
  readonly name: string;
  readonly check: (range: Range) => Report;
}

type Given = Readonly<Record<string, object>>;
const HOUR = 3_600_000_000;

/** A policy that no suite tries, and why. */
export const SKIPPED: Readonly<Record<string, string>> = {
  "conflict none": "it is for replications that have one order of writes, and never asked",
};

const REPLICATION: Given = {
  // Hints go with the disk of who kept them: only the comparison of copies brings all to agree, so it has to come in time.
  quorum: { settings: "anti_entropy: 20s" },
  sync: { settings: "acknowledge: durable", claims: { durable: true } },
  raft: { claims: { durable: true } },
  pbft: { copies: 4, claims: { liar: true } },
};
const CONSISTENCY: Given = {
  "bounded-staleness": { settings: "within: 5s", bounds: { mostAge: 5_000_000 } },
  "follower-reads": { settings: "interval: 4s", bounds: { mostAge: 4_000_000 } },
};
const ROUTING: Given = {
  weighted: {
    settings: "weights: {us-east-1: 1, eu-west-1: 2, ap-southeast-1: 3}",
    values: { weights: [1, 2, 3] },
  },
  "failover-order": {
    settings: "regions: [eu-west-1, us-east-1, ap-southeast-1]",
    values: { regions: [1, 0, 2] },
  },
};
const FAILOVER: Given = {
  "lock-service": {
    settings: "sites: [us-east-1, eu-west-1, ap-southeast-1]",
    values: { sites: [0, 1, 2] },
  },
  manual: { settings: "delay: 20s", values: { delay: 20_000_000 } },
  // The run begins at midnight, and hands over while faults are about.
  "follow-the-sun": {
    settings: 'leaders: {"00:00Z": us-east-1, "00:01Z": eu-west-1, "00:02Z": ap-southeast-1}',
    values: { leaders: [0, 1, 2].map((region) => ({ region, at: (region * HOUR) / 60 })) },
  },
};
const PLACEMENT: Given = {
  listed: { replicas: ["us-east-1", "eu-west-1", "ap-southeast-1"] },
  "leader-only": { standbys: false },
  "geo-partitioned": { further: "backups: {interval: 1m, point_in_time: 10s, respond: 10s, restore: 200 MB/s}" },
  "leader-and-recovery": { further: "backups: {interval: 1m, respond: 10s, region: eu-west-1}" },
};
/** Where versions carry what had been seen, sessions say it: that is more than what copies can say. */
const CONFLICT: Given = {
  "version-vectors": { settings: "carried_by: sessions" },
  "dotted-version-vectors": { settings: "carried_by: sessions" },
};
/** Policies that are also tried where stand-ins make versions of keys that they do not own. */
const SLOPPY = ["last-write-wins", "dotted-version-vectors", "pn-counter"];
const SLOPPY_QUORUM = "{use: quorum, copies: 2, write: one, read: one, sloppy: true, anti_entropy: 20s}";
const SCALING: Given = {
  "idle-shutdown": { settings: "after: 20s", values: { after: 20_000_000 } },
};

/** Every policy of the catalogue with the suite of its kind. */
export const members: readonly Member[] = [
  ...suites("replication", checkReplication<Letter>, REPLICATION),
  ...suites("consistency", checkConsistency, CONSISTENCY),
  ...suites("conflict", checkConflict, CONFLICT),
  ...SLOPPY.map((name) => ({
    kind: "conflict" as const,
    name: `${name} in a sloppy quorum`,
    check: (range: Range): Report =>
      checkConflict(catalogue.conflict[name]!, { ...CONFLICT[name], replication: SLOPPY_QUORUM, ...range }),
  })),
  ...suites("routing", checkRouting, ROUTING),
  ...suites("failover", checkFailover, FAILOVER),
  ...suites("placement", checkPlacement, PLACEMENT),
  ...suites("scaling", checkScaling, SCALING),
  ...suites("caching", checkCaching),
].filter(({ kind, name }) => !Object.hasOwn(SKIPPED, `${kind} ${name}`));

function suites<P>(kind: PolicyKind, check: (policy: P, options: Range) => Report, given: Given = {}): Member[] {
  return Object.entries(catalogue[kind]).map(([name, policy]) => ({
    kind,
    name,
    check: (range) => check(policy as P, { ...given[name], ...range }),
  }));
}
