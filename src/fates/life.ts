import { groupOf } from "../check/replicas/registers.js";
import {
  ACCEPTED,
  INSTALLED,
  JOINED,
  NEVER,
  NIL,
  OK,
  OUTDONE,
  PROPOSED,
  READ,
  RECEIVED,
  REPLACED,
  type RunRecord,
  SHOWN,
  UNDONE,
  WAITING,
  isShownOver,
} from "../record/record.js";
import { type Micros, formatRounded } from "../units/time.js";
import { type Happening, encounters } from "./encounters.js";
import type { VersionRows } from "./version-rows.js";
import type { FateWords } from "./words.js";

/**
 * All that a record tells of one write, in order of time, and of what it met on its way: until its fate was decided, and
 * where that is not said, until the last that it did.
 */
export function lifeOf(
  record: RunRecord,
  rows: VersionRows,
  words: FateWords,
  write: number,
  decidedAt: Micros | null = null,
): Happening[] {
  const { operations, versions } = record;
  const own = rows.of(write);
  const call = operations.call[write]!;
  const regions = new Set(own.map((row) => versions.region[row]!));
  const life: Happening[] = [
    { time: call, text: `${words.user(write)} asks to write` },
    ...own.flatMap((row) => versionRow(record, words, row)),
    ...replacements(record, words, write),
  ];
  const returned = operations.return[write]!;
  const answered = returned === NEVER ? call : returned;
  const end = Math.max(decidedAt ?? Math.max(...life.map(({ time }) => time)), answered);
  life.push(
    answer(record, words, write),
    ...encounters(record, words, regions, groupOf(record, operations.key[write]!), call, end),
  );
  // What it met comes before what that did to it.
  return life.toSorted((a, b) => a.time - b.time || Number(b.met ?? false) - Number(a.met ?? false));
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
      return [
        { time, text: `${region} accepts it${previous === NIL ? ", by what its session says it has seen" : but}` },
      ];
    case PROPOSED:
      return [{ time, text: `${region} accepts it, and will show it once it is committed` }];
    case SHOWN:
      return [{ time, text: `${region} has received it and shows it${over}` }];
    case RECEIVED:
      return [{ time, text: `${region} has received it${but}` }];
    case INSTALLED:
      return [{ time, text: `${region} shows it: it came with a whole copy` }];
    case JOINED:
      return [{ time, text: `${region} has received it and shows it beside ${words.version(previous)}` }];
    case REPLACED:
      return [{ time, text: `${region} shows write ${previous} instead, which had seen it` }];
    case UNDONE:
      return [{ time, text: `${region} loses it, and shows ${words.version(previous)}` }];
    case WAITING:
      return [{ time, text: `${region} has received it, and has not shown it yet` }];
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
    if (versions.previous[row] !== write || newer === write || !replaces(what)) continue;
    const region = words.region(versions.region[row]!);
    const how = what === ACCEPTED ? `accepts write ${newer} on top of it` : `shows write ${newer} instead`;
    life.push({ time, text: `${region} ${how}` });
  }
  return life;
}

const replaces = (what: number): boolean => isShownOver(what) || what === INSTALLED;

function answer({ operations, end }: RunRecord, words: FateWords, write: number): Happening {
  const returned = operations.return[write]!;
  if (returned === NEVER) return { time: end, text: "nobody has been told what became of it" };
  const took = formatRounded(returned - operations.call[write]!);
  const said = operations.outcome[write] === OK ? "has the answer that it is written" : "has given up";
  return { time: returned, text: `${words.user(write)} ${said}, ${took} after asking` };
}

export const isWriting = ({ operations }: RunRecord, operation: number): boolean => operations.kind[operation] !== READ;
