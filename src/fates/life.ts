import {
  ACCEPTED,
  ENDED,
  FENCED,
  INSTALLED,
  NEVER,
  NIL,
  OK,
  OUTDONE,
  PROPOSED,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  UNDONE,
  isShowing,
} from "../record/record.js";
import { type Micros, formatRounded } from "../units/time.js";
import { touches } from "./cause.js";
import type { VersionRows } from "./version-rows.js";
import type { FateWords } from "./words.js";

export interface Happening {
  readonly time: Micros;
  readonly text: string;
  /** It met the write, and is none of the write's own doing: a fault, a failover, a change of roles. */
  readonly met?: true;
}

/** All that a record tells of one write, and of the faults and failovers that it met, in order of time. */
export function lifeOf(record: RunRecord, rows: VersionRows, words: FateWords, write: number): Happening[] {
  const { operations, versions, faults = [], failovers = [], roles } = record;
  const own = rows.of(write);
  const call = operations.call[write]!;
  const regions = new Set(own.map((row) => versions.region[row]!));
  const life: Happening[] = [
    { time: call, text: `${words.user(write)} asks to write` },
    ...own.flatMap((row) => versionRow(record, words, row)),
    ...replacements(record, words, write),
    ...answer(record, words, write),
  ];
  const end = Math.max(...life.map(({ time }) => time));
  for (const fault of faults) {
    const until = fault.end ?? NEVER;
    if (fault.start > end || until < call || ![...regions].some((region) => touches(fault, region))) continue;
    life.push({ time: fault.start, text: `fault: ${words.label(fault.label)} begins`, met: true });
    if (until <= end) life.push({ time: until, text: `fault: ${words.label(fault.label)} ends`, met: true });
  }
  for (const { from, to, start, end: done, planned } of failovers) {
    if (start > end || done < call) continue;
    const names = `${planned ? "switchover" : "failover"} from ${words.region(from)} to ${words.region(to)}`;
    life.push({ time: start, text: `${names} begins`, met: true });
    life.push({ time: done, text: `${names}: ${words.region(to)} leads`, met: true });
  }
  for (let row = 0; row < roles.time.length; row++) {
    const [time, region, what] = [roles.time[row]!, roles.region[row]!, roles.what[row]!];
    if (time < call || time > end || !regions.has(region)) continue;
    if (what === FENCED) life.push({ time, text: `${words.region(region)} is fenced off`, met: true });
    if (what === ENDED) life.push({ time, text: `${words.region(region)} hears that it leads no more`, met: true });
  }
  return life.toSorted((a, b) => a.time - b.time);
}

function versionRow(record: RunRecord, words: FateWords, row: number): Happening[] {
  const { versions } = record;
  const [time, what] = [versions.time[row]!, versions.what[row]!];
  const region = words.region(versions.region[row]!);
  const previous = versions.previous[row]!;
  const over = previous === NIL ? "" : `, over write ${previous}`;
  const but = `, but goes on showing ${words.version(previous)}`;
  switch (what) {
    case ACCEPTED:
      return [{ time, text: `${region} accepts it${over}` }];
    case OUTDONE:
      return [{ time, text: `${region} accepts it${but}` }];
    case PROPOSED:
      return [{ time, text: `${region} accepts it, and will show it once it is committed` }];
    case SHOWN:
      return [{ time, text: `${region} has received it and shows it${over}` }];
    case RECEIVED:
      return [{ time, text: `${region} has received it${but}` }];
    case INSTALLED:
      return [{ time, text: `${region} shows it: it came with a whole copy` }];
    case UNDONE:
      return [{ time, text: `${region} loses it, and shows ${words.version(previous)}` }];
    default:
      return [];
  }
}

/** Where a later version took its place. */
function replacements(record: RunRecord, words: FateWords, write: number): Happening[] {
  const { versions } = record;
  const life: Happening[] = [];
  for (let row = 0; row < versions.time.length; row++) {
    const [what, newer, time] = [versions.what[row]!, versions.write[row]!, versions.time[row]!];
    if (versions.previous[row] !== write || newer === write || !isShowing(what)) continue;
    const region = words.region(versions.region[row]!);
    const how = what === ACCEPTED ? `accepts write ${newer} on top of it` : `shows write ${newer} instead`;
    life.push({ time, text: `${region} ${how}` });
  }
  return life;
}

function answer({ operations, end }: RunRecord, words: FateWords, write: number): Happening[] {
  const returned = operations.return[write]!;
  if (returned === NEVER) return [{ time: end, text: "nobody has been told what became of it" }];
  const took = formatRounded(returned - operations.call[write]!);
  const said = operations.outcome[write] === OK ? "has the answer that it is written" : "has given up";
  return [{ time: returned, text: `${words.user(write)} ${said}, ${took} after asking` }];
}

export const isWriting = ({ operations }: RunRecord, operation: number): boolean => operations.kind[operation] !== READ;
