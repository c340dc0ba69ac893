import type { CopyFact } from "../record/circumstances.js";
import { ENDED, FENCED, NEVER, type RunRecord } from "../record/record.js";
import { type Micros, formatMoment } from "../units/time.js";
import { touches } from "./suspects.js";
import type { FateWords } from "./words.js";

export interface Happening {
  readonly time: Micros;
  readonly text: string;
  /** It met the write, and is none of the write's own doing: a fault, a failover, a change of roles, a restore. */
  readonly met?: true;
}

/** So often may the same be told. */
const MOST_REPEATED = 2;

/** What a write of a group of keys met in those regions between two moments: faults, failovers, changes of roles, deaths, restores. */
export function encounters(
  record: RunRecord,
  words: FateWords,
  regions: ReadonlySet<number>,
  group: number,
  start: Micros,
  end: Micros,
): Happening[] {
  const { faults = [], failovers = [], copies = [], roles } = record;
  const met: Happening[] = [];
  const tell = (time: Micros, text: string): void => {
    met.push({ time, text, met: true });
  };
  for (const fault of faults) {
    const until = fault.end ?? NEVER;
    if (fault.start > end || until < start || ![...regions].some((region) => touches(fault, region))) continue;
    tell(fault.start, `fault: ${words.label(fault.label)} begins`);
    if (until <= end) tell(until, `fault: ${words.label(fault.label)} ends`);
  }
  for (const { from, to, start: begun, end: done, planned } of failovers) {
    if (begun > end || done < start) continue;
    const names = `${planned ? "switchover" : "failover"} from ${words.region(from)} to ${words.region(to)}`;
    tell(begun, `${names} begins`);
    if (done <= end) tell(done, `${names}: ${words.region(to)} leads`);
  }
  for (let row = 0; row < roles.time.length; row++) {
    const [time, region, what] = [roles.time[row]!, roles.region[row]!, roles.what[row]!];
    if (time < start || time > end || !regions.has(region) || roles.group[row] !== group) continue;
    if (what === FENCED) tell(time, `${words.region(region)} is fenced off`);
    if (what === ENDED) tell(time, `${words.region(region)} hears that it leads no more`);
  }
  // What a whole copy brings its rows say.
  for (const copy of copies.filter(({ what }) => what !== "installed")) {
    const isForAll = copy.what !== "host-died" && copy.what !== "host-returned" && copy.what !== "given-up";
    if (copy.time >= start && copy.time <= end && (isForAll || regions.has(copy.region)))
      tell(copy.time, befell(copy, words));
  }
  return folded(met.toSorted((a, b) => a.time - b.time));
}

/** What befell a copy, in words. */
function befell({ what, region, asOf }: CopyFact, words: FateWords): string {
  const name = words.region(region);
  const backup = `the backup as of ${formatMoment(asOf ?? 0)}`;
  switch (what) {
    case "host-died":
      return `the host of ${name}'s copy dies`;
    case "host-returned":
      return `the host of ${name}'s copy is up again`;
    case "given-up":
      return `${name} gives up its copy and all that it held`;
    case "installed":
      return `${name} has merged a whole copy`;
    case "deleted":
      return `an operator deletes data at ${name}`;
    case "called-for":
      return "it is noticed that data are gone, and a backup is called for";
    case "restoring":
      return `${backup} is read for ${name}`;
    case "restored":
      return `every copy is given up for ${backup}`;
  }
}

/** What happened again and again is told the first time, with how often and until when. */
function folded(met: readonly Happening[]): Happening[] {
  const byText = new Map<string, Happening[]>();
  for (const happening of met) {
    const same = byText.get(happening.text);
    if (same === undefined) byText.set(happening.text, [happening]);
    else same.push(happening);
  }
  return [...byText.values()].flatMap((same) => {
    const [first, last] = [same[0]!, same.at(-1)!];
    if (same.length <= MOST_REPEATED) return same;
    return [{ ...first, text: `${first.text} (${same.length} times until ${formatMoment(last.time)})` }];
  });
}
