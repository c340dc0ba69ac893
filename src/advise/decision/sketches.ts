import { formatDuration } from "../../units/time.js";
import type { Choice, Path } from "./matrix.js";

/** The parts of a scenario's text that differ from leaf to leaf. */
export interface Sketch {
  readonly question: string;
  readonly regions: readonly string[];
  /** Users of the whole world, or of the surroundings of the first region. */
  readonly world: boolean;
  /** Share of operations that read. */
  readonly reads: string;
  readonly data: string;
  readonly faults: string;
  readonly architectures: string;
  readonly expect: string;
}

const OUTAGE = "  - {region_outage: us-east-1, at: 10m, for: 20m}";

const REGISTERS = "data: {keys: 50_000, popularity: {zipf: 0.99}, value: 2 KB, size: 200 GB}";

/** A controller that dies with the region that fails cannot replace it, and one vantage point takes its own line for the world. */
const BESIDE = "health: {controller: eu-west-1, vantages: [New York, London, Singapore]}";

export const SKETCHES: Readonly<Record<Choice, (path: Path) => Sketch>> = {
  "single-region": ({ steps }) => {
    const world = steps.length > 1;
    const vantages = world ? "[New York, London, Singapore]" : "[New York, Boston, Atlanta]";
    return {
      question: "What does an outage of our only region cost us, beside the standby that we have decided against?",
      regions: ["us-east-1", "us-west-2"],
      world,
      reads: "80%",
      data: REGISTERS,
      faults: OUTAGE,
      architectures: `  chosen:
    pattern: single-region
    primary: us-east-1
    # A second region would not have helped against a bad deploy or a deletion; backups elsewhere do.
    backups: {interval: 1d, point_in_time: 5m, region: us-west-2}
  # What a second region would buy: keep it here for the day on which somebody asks.
  with-a-standby:
    pattern: active-passive
    primary: us-east-1
    standby: us-west-2
    health: {controller: us-west-2, vantages: ${vantages}}`,
      expect: `  chosen:
    failovers: "== 0"
    rto_seconds: ">= 20m" # back when the region is: that is what was chosen
    lost_acknowledged_writes: "== 0"
  with-a-standby: {rto_seconds: "< chosen"}`,
    };
  },
  "active-passive": ({ rto }) => ({
    question: `Are our users back within ${formatDuration(rto!)} when the primary's region fails?`,
    regions: ["us-east-1", "us-west-2", "eu-west-1"],
    world: true,
    reads: "80%",
    data: REGISTERS,
    faults: OUTAGE,
    architectures: `  chosen:
    pattern: active-passive
    primary: us-east-1
    standby: us-west-2
    # Who decides stands in neither region, and looks from three places: one that has lost its line is outvoted.
${control(rto!)}
    # A standby copies a deletion as faithfully as anything else.
    backups: {interval: 1d, point_in_time: 5m, region: eu-west-1}
    alerts: {replication_lag: 5s}
  without-disaster-recovery: {pattern: single-region, primary: us-east-1}`,
    expect: `  chosen:
    rto_seconds: "<= ${formatDuration(rto!)}"
    rpo_seconds: "<= 10s" # the standby is behind by what is on its way
    failovers: "== 1"
    availability: "> without-disaster-recovery"
    checks: {one-primary: true}`,
  }),
  "geo-partitioned": () => ({
    question: "Do data about people in Europe stay there, and does each continent go on when Frankfurt fails?",
    regions: ["us-east-1", "eu-central-1", "eu-west-1", "ap-southeast-1"],
    world: true,
    reads: "70%",
    data: `# What belongs to people lives where they do; the catalogue is nobody's and lives everywhere.
data:
  size: 200 GB
  classes:
    profiles: {share: 70%, keys: 30_000, value: 2 KB, personal: true, local: 97%}
    catalogue: {share: 30%, keys: 5_000, value: 20 KB, reads: 99%}

# Two regions, because a class that the law allows in one region cannot survive that region's loss.
governance: {gdpr_regions: [eu-central-1, eu-west-1]}`,
    faults: "  - {region_outage: eu-central-1, at: 10m, for: 20m}",
    architectures: `  chosen:
    pattern: geo-partitioned
    # Backups are missing here: each place's data would need their own, kept where its law allows.
    ${BESIDE}
    alerts: {replication_lag: 5s}
  # Every copy everywhere: near to everybody as well, and against the law with every European write.
  everywhere:
    pattern: active-active
    governance: {mode: observe}
    ${BESIDE}`,
    expect: `  chosen:
    misplaced_writes: "== 0"
    availability: ">= 95%"
    checks: {residency: true, one-primary: true}
    sometimes: [failover]
  everywhere: {misplaced_writes: ">= 1000"}`,
  }),
  "read-replicas": () => ({
    question: "How near are reads from copies in every region, and what happens to writes when the primary fails?",
    regions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
    world: true,
    reads: "92%",
    data: REGISTERS,
    faults: OUTAGE,
    architectures: `  chosen:
    pattern: read-replicas
    primary: us-east-1
    # A user finds what he has written himself, whatever copy he asks.
    consistency: {use: session, wait: 200ms, otherwise: ask-leader}
    ${BESIDE}
    backups: {interval: 1d, point_in_time: 5m, region: eu-west-1}
    alerts: {replication_lag: 5s}
  # The same regions, all questions to the primary.
  all-to-the-primary:
    pattern: active-passive
    primary: us-east-1
    standbys: [eu-west-1, ap-southeast-1]
    ${BESIDE}`,
    expect: `  chosen:
    user_request_latency_ms_p50: "< all-to-the-primary"
    failovers: "== 1"
    checks: {one-primary: true, read-your-writes: true}`,
  }),
  "single-master": () => ({
    question:
      "What does one master for all writes cost the users far from it, and what does it keep when its region fails?",
    regions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
    world: true,
    reads: "50%",
    data: REGISTERS,
    faults: OUTAGE,
    architectures: `  chosen:
    pattern: read-replicas
    primary: us-east-1
    # A write is answered once a second region has it: the master can be lost and no answered write with it.
    replication: {use: semi-sync, acknowledgements: 1, fall_back: never}
    ${BESIDE}
    backups: {interval: 1d, point_in_time: 5m, region: eu-west-1}
    alerts: {replication_lag: 5s}
  # Faster for everybody, and two regions may write the same thing: what was decided against.
  every-region-writes:
    pattern: active-active
    ${BESIDE}`,
    expect: `  chosen:
    overwritten_writes: "== 0"
    lost_acknowledged_writes: "== 0"
    failovers: "== 1"
    checks: {one-primary: true}
  every-region-writes:
    user_request_latency_ms_p50: "< chosen"
    sometimes: [overwrite]`,
  }),
  "multi-master": () => ({
    question: "Does every region go on writing through a partition and an outage, and is nothing lost in the merge?",
    regions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
    world: true,
    reads: "50%",
    data: `# What the data are decides how they can be merged: counters add up, sets unite, a register keeps both versions.
data:
  size: 200 GB
  popularity: {zipf: 0.9}
  classes:
    profiles: {share: 50%, keys: 20_000, value: 2 KB}
    likes: {share: 30%, holds: counter, keys: 5_000, value: 100 B}
    carts: {share: 20%, holds: set, keys: 10_000, deletes: 5%}`,
    faults: `  - {partition: {groups: [[eu-west-1], [us-east-1, ap-southeast-1]]}, at: 6m, for: 5m}
  - {region_outage: us-east-1, at: 16m, for: 10m}`,
    architectures: `  chosen:
    pattern: active-active
    conflict: {use: mv-register, for: {likes: pn-counter, carts: or-set}}
    ${BESIDE}
    backups: {interval: 1d, point_in_time: 5m, region: eu-west-1}
    alerts: {replication_lag: 5s}
  # The same, but of two versions the later one is kept: what of counters and sets that loses.
  last-write-wins:
    pattern: active-active
    conflict: last-write-wins
    ${BESIDE}`,
    expect: `  chosen:
    overwritten_writes: "== 0"
    lost_updates: "== 0"
    checks: {convergence: true}
    sometimes: [conflict]
  last-write-wins: {lost_updates: ">= 100"}`,
  }),
};

/** Probes and cached answers that let a failover come within the RTO: as shipped where it is long, quick ones where not. */
function control(rto: number): string {
  const slow = rto >= 300_000_000;
  const probes = slow ? "interval: 10s, timeout: 4s, threshold: 3" : "interval: 3s, timeout: 2s, threshold: 3";
  const failover = slow
    ? "failover: {use: automatic, fencing: lease, lease: 10s, promotion: 15s, failback: never, max_lag_time: 10s}"
    : "failover: {use: automatic, fencing: lease, verify: 2s, lease: 5s, promotion: 10s, failback: never, max_lag_time: 10s}";
  return `    health: {controller: eu-west-1, vantages: [New York, London, Singapore], ${probes}}
    ${failover}
    dns: {ttl: ${slow ? "60s" : "10s"}, update: 5s}`;
}
