import { formatBytes, formatRate, formatShare } from "../../units/format.js";
import { formatDuration } from "../../units/time.js";
import type { Candidate } from "./candidates.js";
import { controlFor } from "./control.js";
import { SWING, fleetOf } from "./fleet.js";
import type { Ground } from "./ground.js";
import type { ClassNeed } from "./requirements.js";
import { placesOf, servedAt } from "./serving.js";

/**
 * Requests per second of all users in a simulation: fleets are then large enough that queues and shares of a fleet are those
 * of the whole. Each place needs some for its windows of ten seconds.
 */
const RATE = 120;
const OF_EACH_PLACE = 4;

/** Microseconds: when the region is lost in the run of the outage, and for how long it is looked on. */
const LOST_AT = "1m";
const BEFORE_SECONDS = 60;
const WATCHED_SECONDS = { least: 6 * 60, most: 3 * 3600 } as const;
const CALM = "3m";
/** Users who ask every few seconds, on connections that they keep: handshakes are for those who begin. */
const SESSIONS_A_REQUEST = 3;

/** A model to scale: so many times the users and the machines. Both runs of a candidate are about the same world. */
export interface ModelText {
  /** An ordinary time at the day's peak, and the loss of the region that most depends on. */
  readonly calm: string;
  readonly outage: string;
  /** The region that is lost. */
  readonly victim: number;
}

/** By what users and fleets are multiplied in a simulation, in which it is the peak everywhere and all the time. */
export function factorOf({ requirements: { users } }: Ground): number {
  const total = users.reduce((sum, { rate }) => sum + rate, 0);
  return Math.max(RATE, OF_EACH_PLACE * users.length) / (total * SWING);
}

/** Of all classes, each as many as it has a share, so that it has as much of the data. */
const KEYS = 10_000;

export const CANDIDATE = "candidate";

/** A scenario about one candidate. Names of the user's own are quoted; everything else is looked up. */
export function modelText(candidate: Candidate, ground: Ground): ModelText {
  const victim = victimOf(candidate, ground);
  const { rto } = ground.requirements;
  // As long as the RTO and half of it again, within what is worth waiting for.
  const watched = Math.min(WATCHED_SECONDS.most, Math.max(WATCHED_SECONDS.least, ((rto ?? 0) / 1e6) * 1.5));
  const text = (duration: string, faults: string[]): string =>
    [
      "question: Does this candidate keep what is required?",
      `duration: ${duration}`,
      ...worldLines(candidate, ground),
      ...faults,
      ...architectureLines(candidate, ground, victim),
      "",
    ].join("\n");
  const name = JSON.stringify(ground.requirements.candidates[victim]!.name);
  return {
    victim,
    calm: text(CALM, []),
    outage: text(`${BEFORE_SECONDS + Math.round(watched)}s`, [
      "faults:",
      `  - {region_outage: ${name}, at: ${LOST_AT}}`,
    ]),
  };
}

/** Who leads; where nobody does, whoever is nearest to the most requests. */
function victimOf({ primary, regions }: Candidate, ground: Ground): number {
  if (primary >= 0) return primary;
  const loads = regions.map((region) =>
    ground.requirements.users.reduce(
      (sum, { rate }, place) => sum + (ground.nearest(place, regions) === region ? rate : 0),
      0,
    ),
  );
  return regions[loads.indexOf(Math.max(...loads))]!;
}

function worldLines(candidate: Candidate, ground: Ground): string[] {
  const { users, candidates, classes, size, value, table, serviceTime } = ground.requirements;
  const factor = factorOf(ground);
  // Of single workers, so that shares of a fleet survive the scale.
  const fleet = fleetOf(candidate, ground, factor);
  return [
    "topology:",
    `  latency: ${table.name}`,
    "  regions:",
    ...candidate.regions.map(
      (region, at) =>
        `    ${JSON.stringify(candidates[region]!.name)}: {instances: ${Math.max(1, fleet.full[at]!)}, workers: 1, service_time: ${formatDuration(serviceTime).replace(" ", "")}, queue: 500}`,
    ),
    "users:",
    ...users.map(
      ({ place, rate, reads }) =>
        `  - {place: ${JSON.stringify(place.name)}, requests: ${formatRate(rate * factor * SWING)}, shape: flat, reads: ${formatShare(reads)}, sessions: ${Math.max(5, Math.round(rate * factor * SWING * SESSIONS_A_REQUEST))}}`,
    ),
    "client: {deadline: 5s, timeout: 2s, retries: {attempts: 3, backoff: 100ms..2s, budget: 10%}}",
    "data:",
    `  size: ${formatBytes(size)}`,
    `  value: ${formatBytes(value)}`,
    "  popularity: {zipf: 0.9}",
    "  classes:",
    ...classes.map(
      ({ name, share, owned }) =>
        `    ${JSON.stringify(name)}: {share: ${formatShare(share)}, keys: ${Math.max(100, Math.round(KEYS * share))}${candidate.form.name === "geo-partitioned" && owned ? ", local: 98%" : ""}}`,
    ),
    ...lawLines(candidate, ground, classes),
  ];
}

function lawLines(candidate: Candidate, ground: Ground, classes: readonly ClassNeed[]): string[] {
  const ruled = classes.filter(({ allowed }) => allowed !== null);
  if (ruled.length === 0) return [];
  const { candidates } = ground.requirements;
  return [
    "governance:",
    "  data_residency:",
    ...ruled.map((need) => {
      const regions = placesOf(candidate, need).map((region) => JSON.stringify(candidates[region]!.name));
      return `    - {type: ${JSON.stringify(need.name)}, allowed_regions: [${regions.join(", ")}]}`;
    }),
  ];
}

function architectureLines(candidate: Candidate, ground: Ground, victim: number): string[] {
  const { form, regions, primary } = candidate;
  const { candidates, classes, users, rto } = ground.requirements;
  const name = (region: number): string => JSON.stringify(candidates[region]!.name);
  const fleet = fleetOf(candidate, ground, factorOf(ground));
  const control = controlFor(rto);
  const time = (micros: number): string => formatDuration(micros).replace(" ", "");
  const others = regions.filter((region) => region !== primary);
  const controller = regions.find((region) => region !== victim) ?? victim;
  const busiest = users.toSorted((a, b) => b.rate - a.rate).slice(0, 3);
  const led = form.led || form.name === "geo-partitioned";
  const automatic = led && form.replication !== "raft" && regions.length > 1;
  return [
    "architectures:",
    `  ${CANDIDATE}:`,
    ...(form.pattern === undefined ? [] : [`    pattern: ${form.pattern}`]),
    ...(primary < 0 ? [] : [`    primary: ${name(primary)}`]),
    ...(form.routing === "primary" && others.length > 0 ? [`    standbys: [${others.map(name).join(", ")}]`] : []),
    ...replicationLines(candidate),
    ...consistencyLines(candidate, classes),
    ...(automatic
      ? [
          `    failover: {use: automatic, fencing: lease, verify: ${time(control.verify)}, lease: ${time(control.lease)}, clock_margin: ${time(control.clockMargin)}, promotion: ${time(control.promotion)}}`,
        ]
      : []),
    `    health: {controller: ${name(controller)}, vantages: [${busiest.map(({ place }) => JSON.stringify(place.name)).join(", ")}], interval: ${time(control.interval)}, timeout: ${time(control.timeout)}, threshold: ${control.threshold}}`,
    `    dns: {ttl: ${time(control.ttl)}, update: ${time(control.update)}}`,
    "    capacity:",
    ...regions.map(
      (region, at) => `      ${name(region)}: {instances: ${fleet.standing[at]}, full_instances: ${fleet.full[at]}}`,
    ),
  ];
}

function replicationLines({ form }: Candidate): string[] {
  switch (form.replication) {
    case "semi-sync":
      return ["    replication: {use: semi-sync, acknowledgements: 1, fall_back: never}"];
    case "raft":
      return [
        "    replication: raft",
        "    failover: consensus",
        "    routing: latency",
        "    misdirected: forward",
        "    conflict: none",
      ];
    case "quorum":
      return [
        "    replication: {use: quorum, write: quorum, read: quorum}",
        "    routing: latency",
        "    conflict: last-write-wins",
      ];
    case "multi-primary":
      // What a session has written must not come anywhere before what it had seen.
      return ["    replication: {use: multi-primary, delivery: causal}", "    conflict: hybrid-logical-clocks"];
    default:
      return [];
  }
}

/** By class, since a read that may be old need not pay for one that may not. */
function consistencyLines(candidate: Candidate, classes: readonly ClassNeed[]): string[] {
  const { form } = candidate;
  if (form.routing === "primary") return [];
  const of = (need: ClassNeed): string => {
    const level = servedAt(candidate, need);
    if (level === "session")
      return form.led
        ? "{use: session, wait: 100ms, otherwise: ask-leader}"
        : "{use: session, wait: 500ms, otherwise: refuse}";
    if (level === "eventual") return "local";
    return form.replication === "raft" ? "linearizable" : form.replication === "quorum" ? "quorum" : "leader";
  };
  const [first, ...rest] = classes.map(of);
  if (rest.every((each) => each === first)) return [`    consistency: ${first}`];
  return [
    "    consistency:",
    "      use: local",
    `      for: {${classes.map((need) => `${JSON.stringify(need.name)}: ${of(need)}`).join(", ")}}`,
  ];
}
