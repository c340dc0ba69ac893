import { SECOND } from "../../units/time.js";
import type { Candidate } from "./candidates.js";
import { ARCHIVE, BOOT_MEDIAN, type Control, RESPOND, RESTORE_BYTES_PER_SECOND } from "./control.js";
import type { Costing } from "./costing.js";
import { fleetOf } from "./fleet.js";
import type { Level } from "./format.js";
import type { Ground, Luck } from "./ground.js";
import type { ClassNeed } from "./requirements.js";
import { placesOf, servedAt } from "./serving.js";

/** What a candidate comes to without any noise; microseconds, dollars a month. */
export interface Estimate {
  readonly p95: number;
  /** By place. */
  readonly p95s: readonly number[];
  readonly rto: number;
  readonly rpo: number;
  /** Null where a price is missing. */
  readonly cost: number | null;
}

/** A provider's month is taken as 730 hours. */
const MONTH_SECONDS = 730 * 3600;
/** Until users on open connections find out: a try that times out. */
const TRY = SECOND;

/**
 * The noise-free model of a candidate. With "typical" luck each delay is its median and everything is paid for; with
 * "least" each delay is what physics and the tables allow at best, nothing waits, and only storage, machines and the
 * cheapest way of every written byte are paid for. Term by term the second is at most the first, so a requirement that
 * the second breaks the first breaks too.
 */
export function estimate(
  candidate: Candidate,
  ground: Ground,
  control: Control,
  costing: Costing,
  luck: Luck,
): Estimate {
  const { users } = ground.requirements;
  const all: Sample[] = [];
  const p95s = users.map((_, place) => {
    const own = samplesOf(candidate, place, ground, luck);
    for (const sample of own) all.push(sample);
    return weightedP95(own);
  });
  return {
    ...{
      p95: weightedP95(all),
      p95s,
      rto: recovery(candidate, ground, control, luck),
      rpo: loss(candidate, ground, luck),
    },
    cost: bill(candidate, ground, costing, luck),
  };
}

interface Sample {
  readonly weight: number;
  readonly latency: number;
}

/** The kinds of requests of one place, each with its rate and how long it takes. */
function samplesOf(candidate: Candidate, place: number, ground: Ground, luck: Luck): Sample[] {
  const { users, classes, serviceTime } = ground.requirements;
  const { rate, reads } = users[place]!;
  const { form, regions, primary } = candidate;
  const entry = form.routing === "primary" ? primary : ground.nearest(place, regions);
  const base = ground.toUser(place, entry, luck) + (luck === "least" ? 0 : serviceTime);
  return classes.flatMap((each) => {
    const level = servedAt(candidate, each);
    return [
      {
        weight: rate * each.share * reads,
        latency: base + readTrip(candidate, entry, place, each, level, ground, luck),
      },
      {
        weight: rate * each.share * (1 - reads),
        latency: base + writeTrip(candidate, entry, place, each, ground, luck),
      },
    ];
  });
}

function readTrip(
  candidate: Candidate,
  entry: number,
  place: number,
  need: ClassNeed,
  level: Level,
  ground: Ground,
  luck: Luck,
): number {
  const { form, regions, primary } = candidate;
  switch (form.replication) {
    case "quorum":
      return level === "strong" ? ground.toNth(entry, regions, majorityOthers(regions), luck) : 0;
    case "raft":
      // Whoever leads asks a majority whether it still does.
      return level === "strong"
        ? ground.between(entry, primary, luck) + ground.toNth(primary, regions, majorityOthers(regions), luck)
        : 0;
    case "multi-primary":
      return 0;
    default:
      if (form.name === "geo-partitioned")
        return homeTrip(candidate, entry, place, need, level === "strong", ground, luck);
      return level === "strong" ? ground.between(entry, primary, luck) : 0;
  }
}

function writeTrip(
  candidate: Candidate,
  entry: number,
  place: number,
  need: ClassNeed,
  ground: Ground,
  luck: Luck,
): number {
  const { form, regions, primary } = candidate;
  switch (form.replication) {
    case "quorum":
      return ground.toNth(entry, regions, majorityOthers(regions), luck);
    case "raft":
      return ground.between(entry, primary, luck) + ground.toNth(primary, regions, majorityOthers(regions), luck);
    case "semi-sync":
      return ground.between(entry, primary, luck) + ground.toNth(primary, regions, 1, luck);
    case "multi-primary":
      return 0;
    default:
      if (form.name === "geo-partitioned") return homeTrip(candidate, entry, place, need, true, ground, luck);
      return ground.between(entry, primary, luck);
  }
}

/**
 * Where keys are divided by whose they are: to the home of the user's own, which is the nearest region that the law allows;
 * what is nobody's is led near the busiest place, and any copy answers a read that may be old.
 */
function homeTrip(
  candidate: Candidate,
  entry: number,
  place: number,
  need: ClassNeed,
  toLeader: boolean,
  ground: Ground,
  luck: Luck,
): number {
  const allowed = placesOf(candidate, need);
  if (allowed.length === 0) return 0;
  if (!need.owned && !toLeader) return allowed.includes(entry) ? 0 : ground.toNth(entry, [entry, ...allowed], 1, luck);
  return ground.between(entry, ground.nearest(need.owned ? place : ground.busiest, allowed), luck);
}

/** Copies beside one's own that make a majority. */
const majorityOthers = (regions: readonly number[]): number => Math.floor(regions.length / 2);

const SHARE = 0.95;

/** The latency below which 95 of 100 requests stay. */
function weightedP95(samples: readonly Sample[]): number {
  const sorted = samples.filter(({ weight }) => weight > 0).toSorted((a, b) => a.latency - b.latency);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let seen = 0;
  for (const { weight, latency } of sorted) {
    seen += weight;
    if (seen >= SHARE * total * (1 - 1e-12)) return latency;
  }
  return sorted.at(-1)?.latency ?? 0;
}

function recovery({ form, regions }: Candidate, ground: Ground, control: Control, luck: Luck): number {
  if (regions.length < 2) return Number.POSITIVE_INFINITY;
  const least = luck === "least";
  const detect = (control.threshold - (least ? 1 : 0)) * control.interval + control.timeout;
  const reroute = control.update + control.ttl + (least ? 0 : TRY);
  if (!form.led && form.name !== "geo-partitioned") return detect + reroute;
  if (form.replication === "raft") return detect + reroute;
  const fence = least ? 0 : control.lease + control.clockMargin;
  const failover = detect + control.verify + fence + control.promotion + reroute;
  if (form.name === "backup-and-restore")
    return (
      failover + RESPOND + (ground.requirements.size / RESTORE_BYTES_PER_SECOND) * SECOND + (least ? 0 : BOOT_MEDIAN)
    );
  return failover + (form.standing < 1 && !least ? BOOT_MEDIAN : 0);
}

/** A microsecond: more than nothing. */
const SOME = 1;

/**
 * For how long acknowledged writes are in one region only. With the best of luck none is on its way when the region is
 * lost; but nobody can promise that, so of what is told later it is more than 0.
 */
export function loss({ form, regions, primary }: Candidate, ground: Ground, luck: Luck): number {
  if (regions.length < 2) return Number.POSITIVE_INFINITY;
  if (form.name === "backup-and-restore") return ARCHIVE;
  if (form.replication !== "async" && form.replication !== "multi-primary") return 0;
  if (luck === "least") return SOME;
  const from = primary >= 0 ? [primary] : regions;
  return Math.max(SOME, ...from.map((region) => ground.toNth(region, regions, 1, luck) / 2));
}

function bill(candidate: Candidate, ground: Ground, costing: Costing, luck: Luck): number | null {
  const { regions, primary, form } = candidate;
  const { users, classes, size, value } = ground.requirements;
  const { standing } = fleetOf(candidate, ground);
  let [sum, isWhole] = [0, true];
  const pay = (price: number | null, amount: number): void => {
    if (price === null) isWhole = false;
    else sum += price * amount;
  };
  const [asked, written] = users.reduce(
    ([all, writes], { rate, reads }) => [all + rate, writes + rate * (1 - reads)] as const,
    [0, 0] as readonly [number, number],
  );
  regions.forEach((region, at) => pay(costing.worker(region), standing[at]!));
  for (const need of classes) {
    const holders = form.name === "backup-and-restore" ? [primary] : placesOf(candidate, need);
    for (const region of holders) pay(costing.storage(region), size * need.share);
    const bytes = written * need.share * value * MONTH_SECONDS * (holders.length - 1);
    if (bytes > 0) pay(transferPrice(candidate, holders, costing, luck), bytes);
    if (form.name !== "backup-and-restore") continue;
    // The first backup has the size of the data, and every write goes where the backups are.
    const [vault] = regions.filter((region) => region !== primary);
    pay(costing.backup(vault!), size * need.share);
    pay(costing.transfer(primary, vault!), written * need.share * value * MONTH_SECONDS);
  }
  if (luck === "typical") pay(costing.egress(primary >= 0 ? primary : regions[0]!), asked * value * MONTH_SECONDS);
  return isWhole ? sum : null;
}

/** Of a byte from whoever accepts it to another copy: of the cheapest way, or of all on average. */
function transferPrice(
  { primary }: Candidate,
  holders: readonly number[],
  costing: Costing,
  luck: Luck,
): number | null {
  const from = holders.includes(primary) ? [primary] : holders;
  const prices = from.flatMap((one) => holders.filter((to) => to !== one).map((to) => costing.transfer(one, to)));
  if (prices.some((price) => price === null)) return null;
  const known = prices as number[];
  return luck === "least" ? Math.min(...known) : known.reduce((sum, price) => sum + price, 0) / known.length;
}
