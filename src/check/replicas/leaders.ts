import { BEGAN, type RunRecord } from "../../record/record.js";
import type { Micros } from "../../units/time.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";

/** Groups of keys that one record tells apart. */
const GROUPS = 256;

/** Did at most one region lead in each term (Ongaro and Ousterhout 2014: election safety)? */
export function checkLeaderPerTerm(record: RunRecord): Verdict {
  const { time, term, region, what, group } = record.roles;
  const first = new Map<number, number>();
  const shared = new Map<number, readonly [number, number]>();
  for (let row = 0; row < time.length; row++) {
    if (what[row] !== BEGAN) continue;
    const led = term[row]! * GROUPS + group[row]!;
    const leader = first.get(led);
    if (leader === undefined) first.set(led, row);
    else if (region[leader] !== region[row] && !shared.has(led)) shared.set(led, [leader, row]);
  }
  const measured = { terms: first.size, shared_terms: shared.size };
  if (shared.size === 0)
    return holds(first.size === 1 ? "1 term had one leader" : `${first.size} terms had one leader each`, measured);
  const words = new Words(record);
  const [one, other] = [...shared.values()][0]!;
  return violated(
    `${shared.size} ${shared.size === 1 ? "term had" : "terms had"} more than one leader`,
    `Term ${term[one]} was led by ${words.region(region[one]!)} from ${words.time(time[one]!)} and by ${words.region(region[other]!)} from ${words.time(time[other]!)}.`,
    [],
    measured,
  );
}

interface Overlap {
  readonly from: Micros;
  readonly to: Micros;
  /** The rows with which the leaderships began. */
  readonly rows: readonly number[];
}

/** Was at most one region at a time primary and not fenced off (no split brain)? */
export function checkOnePrimary(record: RunRecord): Verdict {
  const groups = new Set(record.roles.group);
  const overlaps = [...groups].flatMap((group) => overlapsOf(record, group));
  const longest = overlaps.toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)[0];
  if (longest === undefined) {
    return holds("no two regions were primary at the same time", { overlaps: 0, longest_overlap_us: 0 });
  }
  const { time, term, region } = record.roles;
  const words = new Words(record);
  const who = longest.rows.map(
    (row) => `${words.region(region[row]!)} (term ${term[row]}, since ${words.time(time[row]!)})`,
  );
  return violated(
    "regions were primary at the same time, not fenced off from each other",
    `From ${words.time(longest.from)} to ${words.time(longest.to)} ${who.join(" and ")} were primary.`,
    [],
    { overlaps: overlaps.length, longest_overlap_us: longest.to - longest.from },
  );
}

function overlapsOf(record: RunRecord, of: number): Overlap[] {
  const { time, term, region, what, group } = record.roles;
  /** By region that is primary: the row with which that began, and the term it has come to. */
  const primaries = new Map<number, { readonly row: number; term: number }>();
  const overlaps: Overlap[] = [];
  let begun: { readonly from: Micros; readonly rows: readonly number[] } | null = null;
  const close = (to: Micros): void => {
    if (begun !== null && to > begun.from) overlaps.push({ ...begun, to });
    begun = null;
  };
  for (let row = 0; row < time.length; row++) {
    if (group[row] !== of) continue;
    const led = primaries.get(region[row]!);
    if (what[row] === BEGAN) {
      if (led === undefined) primaries.set(region[row]!, { row, term: term[row]! });
      else led.term = Math.max(led.term, term[row]!);
    } else if (led !== undefined && term[row]! >= led.term) primaries.delete(region[row]!);
    if (primaries.size < 2) close(time[row]!);
    else begun ??= { from: time[row]!, rows: [...primaries.values()].map((primary) => primary.row) };
  }
  close(record.end);
  return overlaps;
}
