import type { RunRecord } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import type { Micros } from "../../units/time.js";
import { operationsByKey } from "../linearizable/part.js";
import { sourcesOf } from "../sources.js";
import { thinAir, untoldVerdict } from "../thin-air.js";
import { type Verdict, holds, undecided, violated } from "../verdict.js";
import { CONTRADICTING, versionRanks } from "../version-order.js";
import { Words } from "../words.js";
import { type Bounds, type Missed, missedReads } from "./missed.js";

/** What may be asked; without either the staleness is measured and nothing is broken. */
export interface StalenessBounds {
  readonly mostVersions?: number;
  /** In the record's clock. */
  readonly mostAge?: Micros;
}

/**
 * Is every read at most K versions and T microseconds behind (Terry 2013; Bailis and others 2012)? A read is behind by the
 * acknowledged writes that are newer than the version that it shows and had returned before it began, and by the time
 * since the first of those had returned. A read that shows the newest of them is not behind.
 */
export function checkBoundedStaleness(record: RunRecord, bounds: StalenessBounds = {}): Verdict {
  const sources = sourcesOf(record);
  const nowhere = thinAir(record, sources);
  if (nowhere !== null) return nowhere;
  const ranks = rowsOf(record.versions) > 0 ? versionRanks(record) : null;
  if (ranks === null && rowsOf(record.versions) > 0) {
    return undecided(CONTRADICTING);
  }
  let furthest: Missed | null = null;
  let oldest: Missed | null = null;
  let [mostVersions, mostAge, stale, reads] = [0, 0, 0, 0];
  for (const rows of operationsByKey(record).values()) {
    for (const missed of missedReads(record, sources, rows, ranks)) {
      reads++;
      if (missed.versions.least > 0) stale++;
      if (missed.versions.least > (furthest?.versions.least ?? 0)) furthest = missed;
      if (missed.age.least > (oldest?.age.least ?? 0)) oldest = missed;
      mostVersions = Math.max(mostVersions, missed.versions.most);
      mostAge = Math.max(mostAge, missed.age.most);
    }
  }
  const versions = { least: furthest?.versions.least ?? 0, most: mostVersions };
  const age = { least: oldest?.age.least ?? 0, most: mostAge };
  const measured = {
    reads,
    stale_reads: stale,
    most_versions_behind: versions.least,
    most_age_us: age.least,
    possible_versions_behind: versions.most,
    possible_age_us: age.most,
  };
  const words = new Words(record);
  const said = `the most that a read was behind is ${versionsWords(versions)} and ${timesWords(words, age)}`;
  const broken = isOver(versions.least, bounds.mostVersions)
    ? furthest
    : isOver(age.least, bounds.mostAge)
      ? oldest
      : null;
  if (broken !== null) {
    const source = sources.of[broken.read]!;
    const explanation =
      `${words.capital(words.told(broken.read))}, although ${words.told(broken.write)} before it began; ` +
      `it was behind by ${versionsWords(broken.versions)} and ${timesWords(words, broken.age)}.`;
    const evidence = [broken.write, broken.read, ...(source >= 0 ? [source] : [])];
    return violated(said, explanation, evidence, measured);
  }
  if (sources.untold.length > 0) return untoldVerdict(record, sources.untold, measured);
  if (isOver(versions.most, bounds.mostVersions) || isOver(age.most, bounds.mostAge)) {
    return undecided(`${said}; which it is, only the replicas' order of versions could tell`, measured);
  }
  return holds(said, measured);
}

const isOver = (measured: number, bound: number | undefined): boolean => bound !== undefined && measured > bound;

const versionsWords = ({ least, most }: Bounds): string => {
  const noun = most === 1 ? "version" : "versions";
  return least === most ? `${least} ${noun}` : `${least} to ${most} ${noun}`;
};

const timesWords = (words: Words, { least, most }: Bounds): string =>
  least === most ? words.span(least) : `${words.span(least)} to ${words.span(most)}`;
