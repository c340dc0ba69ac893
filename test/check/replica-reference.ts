import {
  ACCEPTED,
  INSTALLED,
  NIL,
  OK,
  OUTDONE,
  PROPOSED,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  UNDONE,
} from "../../src/record/record.js";

/** What replicas promise, by definition: everything is made anew for every question, from the rows alone. */
export interface Row {
  readonly time: number;
  readonly region: number;
  readonly key: number;
  readonly write: number;
  readonly previous: number;
  readonly what: number;
}

export const rowsOfVersions = ({ versions, operations }: RunRecord): Row[] =>
  Array.from(versions.time, (time, at) => ({
    time,
    region: versions.region[at]!,
    key: operations.key[versions.write[at]!]!,
    write: versions.write[at]!,
    previous: versions.previous[at]!,
    what: versions.what[at]!,
  }));

const SHOWING: readonly number[] = [ACCEPTED, SHOWN, INSTALLED];

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];
const bits = (mask: number): number[] => [0, 1, 2, 3].filter((bit) => ((mask >> bit) & 1) === 1);

/** What a region shows of a key after these rows. */
export function shownAfter(rows: readonly Row[], region: number, key: number): number {
  const last = rows.findLast(
    (row) => row.region === region && row.key === key && row.what !== OUTDONE && row.what !== RECEIVED,
  );
  return last === undefined ? NIL : last.what === UNDONE ? last.previous : last.write;
}

export function hasConverged(record: RunRecord): boolean {
  const rows = rowsOfVersions(record);
  return distinct(rows.map(({ key }) => key)).every(
    (key) => distinct(bits(record.alive & record.replicas).map((region) => shownAfter(rows, region, key))).length === 1,
  );
}

/** Acknowledged writes that neither are shown by a live replica nor lie beneath a version that is, replaced by it or outdone. */
export function lostWrites(record: RunRecord): number[] {
  const rows = rowsOfVersions(record);
  const shown = bits(record.alive & record.replicas).flatMap((region) =>
    distinct(rows.map(({ key }) => key)).map((key) => shownAfter(rows, region, key)),
  );
  const isCovered = (write: number, by: number, seen: readonly number[] = []): boolean =>
    by === write ||
    rows.some((row) => {
      const beneath =
        SHOWING.includes(row.what) && row.write === by
          ? row.previous
          : (row.what === RECEIVED || row.what === OUTDONE) && row.previous === by
            ? row.write
            : NIL;
      return beneath !== NIL && !seen.includes(beneath) && isCovered(write, beneath, [...seen, beneath]);
    });
  const { kind, outcome } = record.operations;
  return Array.from(kind, (_, row) => row).filter(
    (row) => kind[row] !== READ && outcome[row] === OK && !shown.some((by) => isCovered(row, by)),
  );
}

/** How often the region of the last of these rows has come to show its write, which clients may have sent more than once. */
function timesShown(past: readonly Row[]): number {
  const { region, write, key } = past.at(-1)!;
  // Not decided, outdone, shown: by how it came.
  const having = { open: 0, beside: 0, shown: 0 };
  for (const [at, row] of past.entries()) {
    if (row.region !== region || row.write !== write) continue;
    const undone = having.open > 0 ? "open" : having.beside > 0 ? "beside" : "shown";
    const isDecided = row.what !== PROPOSED && row.what !== UNDONE && row.what !== INSTALLED;
    const isNew = shownAfter(past.slice(0, at), region, key) !== write;
    if (row.what === UNDONE) having[undone] = Math.max(0, having[undone] - 1);
    else if (row.what === PROPOSED) having.open++;
    else if (row.what === RECEIVED || row.what === OUTDONE) having.beside++;
    else if (row.what === INSTALLED) having.shown ||= 1;
    else if (isNew) having.shown++;
    if (isDecided && (isNew || row.what === RECEIVED || row.what === OUTDONE))
      having.open = Math.max(0, having.open - 1);
  }
  return having.shown;
}

/** At every moment, what every region shows is what some first part of the writes leaves, in the order of their effects. */
export function keepsPrefix(record: RunRecord): boolean {
  const rows = rowsOfVersions(record);
  const times = rows.map((_, at) => timesShown(rows.slice(0, at + 1)));
  const effects = rows.filter(
    ({ write }, at) =>
      times[at]! > Math.max(0, ...times.filter((_, earlier) => earlier < at && rows[earlier]!.write === write)),
  );
  const keys = distinct(rows.map(({ key }) => key));
  return distinct(rows.map(({ time }) => time)).every((time) => {
    const past = rows.filter((row) => row.time <= time);
    const sequence = effects.filter((row) => row.time <= time);
    const stateAfter = (length: number, key: number): number =>
      sequence.slice(0, length).findLast((row) => row.key === key)?.write ?? NIL;
    return bits(record.replicas).every((region) =>
      [...sequence, NIL].some((_, length) =>
        keys.every((key) => stateAfter(length, key) === shownAfter(past, region, key)),
      ),
    );
  });
}

/** Every arrival of a write finds in its region what its session had written, or read, before it. */
export function keepsWrites(record: RunRecord, after: "writes" | "reads"): boolean {
  const rows = rowsOfVersions(record);
  const { call, return: returned, kind, session, value: result, outcome } = record.operations;
  const pastOf = (write: number): number[] =>
    Array.from(call, (_, row) => row)
      .filter((row) => row < write && session[row] === session[write] && returned[row]! <= call[write]!)
      .filter((row) => outcome[row] === OK && (kind[row] === READ) === (after === "reads"))
      .map((row) => (after === "reads" ? result[row]! : row))
      .filter((version) => version !== NIL);
  return rows.every((row) => {
    if (row.what === UNDONE) return true;
    const past = pastOf(row.write);
    const there = rows.filter(
      (other) => other.time <= row.time && other.region === row.region && other.what !== UNDONE,
    );
    const lost = row.what === RECEIVED || row.what === OUTDONE;
    if (lost && row.previous !== row.write && past.includes(row.previous)) return false;
    return past.every((version) => version === row.write || there.some(({ write }) => write === version));
  });
}

/** Operations with two acceptances that no later row undid in their region. */
export function repeatedOperations(record: RunRecord): number[] {
  const rows = rowsOfVersions(record);
  const standing = rows.filter(
    (row, at) =>
      (row.what === ACCEPTED || row.what === OUTDONE) &&
      !rows
        .slice(at)
        .some((later) => later.what === UNDONE && later.write === row.write && later.region === row.region),
  );
  return distinct(standing.map(({ write }) => write)).filter(
    (write) => standing.filter((row) => row.write === write).length > 1,
  );
}

/** With every version in its place: newer acknowledged writes that had returned before the read began. */
export function missedBy(record: RunRecord, ranks: Int32Array, read: number): { versions: number; age: number } {
  const { call, return: returned, kind, key, value: result, outcome } = record.operations;
  const rank = result[read] === NIL ? -1 : ranks[result[read]!]!;
  const missed = Array.from(call, (_, row) => row).filter(
    (row) =>
      kind[row] !== READ &&
      outcome[row] === OK &&
      key[row] === key[read] &&
      ranks[row]! > rank &&
      returned[row]! < call[read]!,
  );
  const first = Math.min(...missed.map((row) => returned[row]!));
  return { versions: missed.length, age: missed.length === 0 ? 0 : call[read]! - first };
}
