import { DELETE, NIL, type RunRecord, UNDONE, UNKNOWN_REGION, isShowing } from "../record/record.js";
import { argumentOf } from "../record/values.js";

/** Several versions, or none that is known, may have been what was shown. */
export const UNCLEAR = -2;

/** What one region showed of one key: each version from its time on. */
interface Timeline {
  readonly times: number[];
  readonly shown: number[];
}

/**
 * What the answering region showed while an operation was under way. It tells which write is behind an answer that does
 * not tell by its value, if one version only fits. An answer that a region put together from others is taken for
 * its own.
 */
export class ShownThen {
  /** By key, then by region; made when the first question comes. */
  private timelines: ReadonlyMap<number, ReadonlyMap<number, Timeline>> | null = null;

  constructor(private readonly record: RunRecord) {}

  /** The one version that was there while the operation was under way and leaves what fits; NIL for none, or UNCLEAR. */
  during(operation: number, fits: (value: number) => boolean): number {
    const { operations } = this.record;
    const region = operations.region[operation]!;
    this.timelines ??= this.made();
    if (this.timelines.size === 0 || region === UNKNOWN_REGION) return UNCLEAR;
    const { times, shown } = this.timelines.get(operations.key[operation]!)?.get(region) ?? NEVER_SHOWN;
    let at = firstAtLeast(times, operations.call[operation]!) - 1;
    let found = UNCLEAR;
    // What it showed before its first row counts too: nothing.
    for (; at < times.length && (at < 0 || times[at]! <= operations.return[operation]!); at++) {
      const version = shown[at] ?? NIL;
      if (version === found || !fits(this.valueOf(version))) continue;
      if (found !== UNCLEAR) return UNCLEAR;
      found = version;
    }
    return found;
  }

  private made(): ReadonlyMap<number, ReadonlyMap<number, Timeline>> {
    const timelines = new Map<number, Map<number, Timeline>>();
    const { time, write, previous, region, what } = this.record.versions;
    const { key: keys } = this.record.operations;
    for (let row = 0; row < time.length; row++) {
      if (!isShowing(what[row]!) && what[row] !== UNDONE) continue;
      const key = keys[write[row]!]!;
      let regions = timelines.get(key);
      if (regions === undefined) timelines.set(key, (regions = new Map()));
      let timeline = regions.get(region[row]!);
      if (timeline === undefined) regions.set(region[row]!, (timeline = { times: [], shown: [] }));
      timeline.times.push(time[row]!);
      timeline.shown.push(what[row] === UNDONE ? previous[row]! : write[row]!);
    }
    return timelines;
  }

  private valueOf(version: number): number {
    return version === NIL ? NIL : argumentOf(this.record, version);
  }
}

const NEVER_SHOWN: Timeline = { times: [], shown: [] };

/** Where in an ascending list the first is that is at least so much. */
export function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
