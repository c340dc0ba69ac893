import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ROOT, faultline } from "../cli/cli.js";
import { folder, scenario } from "./own.js";

/** Sources of ours as a user would have written them: the contract comes from the package. */
const KINDS = ["placement", "routing", "replication", "consistency", "conflict", "failover", "scaling", "caching"];
const POLICIES = join(ROOT, "src/policies");
const files = [
  ...KINDS.flatMap((kind) =>
    readdirSync(join(POLICIES, kind), { recursive: true, encoding: "utf8" }).map((name) => `${kind}/${name}`),
  ),
  "quorum.ts",
].filter((name) => name.endsWith(".ts"));
const sources = Object.fromEntries(
  files.map((file) => [
    `theirs/${file}`,
    readFileSync(join(POLICIES, file), "utf8").replaceAll(
      /"(?:\.\.\/)+(?:contract|options|contract\/consistency|contract\/scaling|contract\/caching)\.js"/g,
      '"faultline/policy"',
    ),
  ]),
);

/** A file of one's own for each policy: its kind, the file of ours, the name that the file gives it. */
const OWN: Readonly<Record<string, readonly [file: string, policy: string]>> = {
  "many.ts": ["replication/multi-primary", "multiPrimary"],
  "one.ts": ["replication/async", "asynchronous"],
  "half.ts": ["replication/semi-sync", "semiSync"],
  "leaderless.ts": ["replication/quorum", "quorum"],
  "elected.ts": ["replication/raft", "raft"],
  "last.ts": ["conflict/last-write-wins", "lastWriteWins"],
  "primary.ts": ["routing/primary", "primary"],
  "weighted.ts": ["routing/weighted", "weighted"],
  "automatic.ts": ["failover/automatic", "automatic"],
  "sun.ts": ["failover/follow-the-sun", "followTheSun"],
  "session.ts": ["consistency/session", "session"],
  "young.ts": ["consistency/bounded-staleness", "boundedStaleness"],
  "latest.ts": ["consistency/confirmed", "linearizable"],
  "listed.ts": ["placement/listed", "listed"],
  "load.ts": ["scaling/target-utilisation", "targetUtilisation"],
  "recovery.ts": ["placement/leader-and-recovery", "leaderAndRecovery"],
};
const own = Object.fromEntries(
  Object.entries(OWN).map(([name, [file, policy]]) => [
    name,
    `import { ${policy} } from "./theirs/${file}.js";\nexport default { ...${policy}, name: "own-${policy.toLowerCase()}" };\n`,
  ]),
);

const REST = `
requests:
  real_time: {share: 60%}
  batch: {share: 40%}
faults:
  - {region_outage: us-east-1, at: 30s, for: 40s, disks: kept}
  - {partition: {pair: [eu-west-1, ap-southeast-1]}, at: 20s, for: 30s}
`;
const LEADER = "primary: us-east-1, standby: eu-west-1, conflict: none, standby_instances: full";
const WEIGHTS = "weights: {us-east-1: 60, eu-west-1: 40}";

/** An architecture of ours, and the same of files. */
const PAIRS: Readonly<Record<string, readonly [ours: string, theirs: string]>> = {
  "many primaries": ["replication: multi-primary", "replication: ./many.ts, conflict: ./last.ts"],
  "many primaries, causes before effects": [
    "replication: {use: multi-primary, delivery: causal}, consistency: session, client: {timeout: 3s}",
    "replication: {use: ./many.ts, delivery: causal}, consistency: ./session.ts, conflict: ./last.ts, client: {timeout: 3s}",
  ],
  "many primaries whose fleets follow their load": [
    "scaling: {use: target-utilisation, interval: 5s, cool_down: 10s, target: 10%}, boot: {median: 5s, p99: 20s}",
    "scaling: {use: ./load.ts, interval: 5s, cool_down: 10s, target: 10%}, boot: {median: 5s, p99: 20s}, conflict: ./last.ts",
  ],
  "one primary": [
    `${LEADER}, replication: async, routing: primary, failover: automatic`,
    `${LEADER}, replication: ./one.ts, routing: ./primary.ts, failover: ./automatic.ts`,
  ],
  "one primary, reads that know their age": [
    `${LEADER}, replication: async, routing: {use: weighted, ${WEIGHTS}}, misdirected: forward, failover: {use: automatic, fencing: lease}, consistency: {use: local, for: {real_time: {use: bounded-staleness, within: 1s}}}`,
    `${LEADER}, replication: ./one.ts, routing: {use: ./weighted.ts, ${WEIGHTS}}, misdirected: forward, failover: {use: ./automatic.ts, fencing: lease}, consistency: {use: local, for: {real_time: {use: ./young.ts, within: 1s}}}`,
  ],
  "no primary": [
    "replication: {use: quorum, copies: 2, sloppy: true, hints: 1h, anti_entropy: 10s}, consistency: quorum, conflict: last-write-wins, failover: none, placement: everywhere",
    "replication: {use: ./leaderless.ts, copies: 2, sloppy: true, hints: 1h, anti_entropy: 10s}, consistency: quorum, conflict: ./last.ts, failover: none, placement: everywhere",
  ],
  "an elected primary": [
    "primary: us-east-1, conflict: none, standby_instances: full, placement: everywhere, replication: raft, failover: consensus, consistency: linearizable, routing: primary",
    "primary: us-east-1, conflict: none, standby_instances: full, placement: everywhere, replication: ./elected.ts, failover: consensus, consistency: ./latest.ts, routing: ./primary.ts",
  ],
  "a primary that goes with the day, copies where they are listed": [
    `${LEADER}, replicas: [us-east-1, eu-west-1], placement: listed, replication: semi-sync, routing: primary, failover: {use: follow-the-sun, leaders: {"00:01Z": eu-west-1, "08:00Z": us-east-1}}`,
    `${LEADER}, replicas: [us-east-1, eu-west-1], placement: ./listed.ts, replication: ./half.ts, routing: ./primary.ts, failover: {use: ./sun.ts, leaders: {"00:01Z": eu-west-1, "08:00Z": us-east-1}}`,
  ],
  "one copy, and a backup of it": [
    `${LEADER}, placement: leader-and-recovery, replication: async, routing: primary, failover: automatic, backups: {interval: 1h}`,
    `${LEADER}, placement: ./recovery.ts, replication: ./one.ts, routing: ./primary.ts, failover: ./automatic.ts, backups: {interval: 1h}`,
  ],
};

/** Of each pair the digests of the events, all from one command: to start it and to translate the files takes longest. */
let digests: string[];
beforeAll(() => {
  const architectures = Object.values(PAIRS).flat();
  const lines = architectures.map((each, index) => `  a${index}: {${each}}\n`).join("");
  const at = folder({ "s.yaml": scenario("pattern: active-active") + lines + REST, ...sources, ...own });
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { runs } = JSON.parse(readFileSync(join(at, "out/s/manifest.json"), "utf8"));
  digests = architectures.map((_, index) => {
    const found = runs.find((run: { architecture: string }) => run.architecture === `a${index}`);
    return found.digests.events;
  });
}, 300_000);

test.each(Object.keys(PAIRS).map((name, index) => [name, index] as const))(
  "%s: our own policies, given as files of a user's own, cause the same events under faults: guards change nothing",
  (_, index) => {
    const [ours, theirs] = digests.slice(2 * index);
    expect(theirs).toBe(ours);
  },
);

test("each pair does something of its own", () => {
  expect(new Set(digests).size).toBe(Object.keys(PAIRS).length);
});
