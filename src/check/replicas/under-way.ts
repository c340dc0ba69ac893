import { NIL, type RunRecord, isAcceptance, isBeside, isShowing } from "../../record/record.js";
import type { Micros } from "../../units/time.js";
import { hasBit } from "./registers.js";

/**
 * What at the end of a record may still be under way to a replica. Three things say that copies which differ may yet agree,
 * though nobody has touched the key for long: the replica was struck by a fault, or by the end of one, within `quiet`
 * microseconds of the end (or the fault lasts); it has lost its copy and no other has come yet; or what another region accepted before
 * the version in question was still arriving. The first two are facts of the simulator's own records.
 */
export class UnderWay {
  private readonly byRegion: (string | null)[];
  /** By write: the region that first accepted it, and when. */
  private readonly origin = new Map<number, { readonly region: number; readonly time: Micros }>();
  /** By receiving region and origin: the time of the last arrival, and the latest acceptance among what has arrived. */
  private readonly streams = new Map<number, { last: Micros; upTo: Micros }>();

  constructor(
    private readonly record: RunRecord,
    regions: readonly number[],
    private readonly quiet: Micros,
  ) {
    this.byRegion = Array.from({ length: 32 }, (_, region) =>
      regions.includes(region) ? this.hardship(region) : null,
    );
    const { time, write, region, what } = record.versions;
    for (let row = 0; row < time.length; row++) {
      if (isAcceptance(what[row]!) && !this.origin.has(write[row]!))
        this.origin.set(write[row]!, { region: region[row]!, time: time[row]! });
      if (!isShowing(what[row]!) && !isBeside(what[row]!)) continue;
      const from = this.origin.get(write[row]!);
      if (from === undefined || from.region === region[row]) continue;
      const stream = this.streams.get(region[row]! * 32 + from.region) ?? { last: 0, upTo: 0 };
      stream.last = time[row]!;
      stream.upTo = Math.max(stream.upTo, from.time);
      this.streams.set(region[row]! * 32 + from.region, stream);
    }
  }

  /** Why these regions, which show these writes of a key, may still come to agree; null when nothing says so. */
  reason(shown: readonly { readonly region: number; readonly write: number }[]): string | null {
    for (const { region } of shown) if (this.byRegion[region] !== null) return this.byRegion[region]!;
    for (const { region } of shown)
      for (const { write } of shown) if (this.mayCome(write, region)) return `${this.name(region)} was catching up`;
    return null;
  }

  private mayCome(write: number, region: number): boolean {
    const from = write === NIL ? undefined : this.origin.get(write);
    if (from === undefined || from.region === region) return false;
    const stream = this.streams.get(region * 32 + from.region);
    return stream !== undefined && stream.last + this.quiet > this.record.end && stream.upTo < from.time;
  }

  private hardship(region: number): string | null {
    const { record } = this;
    if (hasBit(record.refilling ?? 0, region)) return `${this.name(region)} was waiting for a whole copy`;
    const fault = (record.faults ?? []).find(
      ({ regions, paths, end, effect = "stops" }) =>
        (end === null || end + this.quiet > record.end) &&
        // What only misleads those who watch, or does none of the harm that shows, keeps no copy back.
        ((regions.includes(region) && (effect === "stops" || effect === "hampers")) ||
          paths.some(([from, to]) => from === region || to === region)),
    );
    if (fault === undefined) return null;
    const still = fault.end === null || fault.end > record.end;
    return `${fault.label} struck ${this.name(region)} and ${still ? "had not ended" : "had only just ended"}`;
  }

  private name(region: number): string {
    return this.record.names.regions[region] ?? `region ${region}`;
  }
}
