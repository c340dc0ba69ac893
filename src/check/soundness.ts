import type { FaultFact } from "../record/circumstances.js";
import {
  CAS,
  ENDED,
  FAIL,
  FENCED,
  KINDS,
  NIL,
  OK,
  OUTCOMES,
  REPLACED,
  type RunRecord,
  isAcceptance,
} from "../record/record.js";
import { type Column, type Schema, type Table, rowsOf } from "../record/table.js";

/** Regions are bits of a mask of 32. */
const MOST_REGIONS = 32;

/** How a record contradicts itself, in words; null if every checker may rely on its columns. */
export function contradictionIn(record: RunRecord): string | null {
  return (
    inFacts(record) ??
    inOperations(record) ??
    inSwaps(record) ??
    inVersions(record) ??
    inRoles(record) ??
    inResidency(record)
  );
}

function inFacts(record: RunRecord): string | null {
  const { clock, end, names, replicas, alive, residency, refilling = 0, faults = [] } = record;
  if (clock !== "microseconds" && clock !== "events") return "its clock is neither microseconds nor events";
  if (!Number.isFinite(end)) return "it has no end";
  if (!Number.isInteger(replicas) || !Number.isInteger(alive) || !Number.isInteger(refilling))
    return "its sets of regions are no numbers";
  const texts = [...names.values, ...names.keys, ...names.regions, ...residency.classes.map(({ name }) => name)];
  if (texts.some((text) => typeof text !== "string")) return "a name in it is no text";
  const isFault = ({ label, end: over, regions, paths }: FaultFact): boolean =>
    typeof label === "string" &&
    (over === null || Number.isFinite(over)) &&
    regions.every(Number.isInteger) &&
    paths.every((path) => Array.isArray(path) && path.length === 2 && path.every(Number.isInteger));
  if (!faults.every(isFault)) return "a fault in it does not say whom it struck, or until when";
  return residency.classes.every(({ allowed }) => Number.isInteger(allowed)) ? null : "a class in it allows no regions";
}

function inOperations({ operations }: RunRecord): string | null {
  const { call, return: returned, kind, outcome } = operations;
  if (!isAligned(operations)) return "the columns of its operations are not of one length";
  for (let row = 0; row < call.length; row++) {
    if (!(call[row]! >= (row === 0 ? Number.NEGATIVE_INFINITY : call[row - 1]!))) {
      return `operation ${row} was called before operation ${row - 1}`;
    }
    if (kind[row]! >= KINDS.length) return `operation ${row} is of kind ${kind[row]}`;
    if (outcome[row]! >= OUTCOMES.length) return `operation ${row} has outcome ${outcome[row]}`;
    const isAnswered = outcome[row] === OK || outcome[row] === FAIL;
    if (isAnswered && !(returned[row]! >= call[row]!)) return `operation ${row} returned before it was called`;
    if (outcome[row] === OK && returned[row] === Number.POSITIVE_INFINITY) {
      return `operation ${row} is answered but never returned`;
    }
  }
  return null;
}

function inSwaps({ operations, swaps }: RunRecord): string | null {
  if (!isAligned(swaps)) return "the columns of its swaps are not of one length";
  let next = 0;
  for (let row = 0; row < operations.kind.length; row++) {
    if (operations.kind[row] === CAS && swaps.operation[next++] !== row)
      return `it does not say what cas ${row} compares`;
  }
  return next === swaps.operation.length ? null : "it says of more operations what they compare than there are cas";
}

function inVersions({ operations, versions }: RunRecord): string | null {
  const { time, write, previous, region, what } = versions;
  if (!isAligned(versions)) return "the columns of its versions are not of one length";
  const late = outOfOrder(time);
  if (late !== -1) return `version row ${late} is earlier than the one before it`;
  const count = rowsOf(operations);
  const isChange = (of: number): boolean => of >= 0 && of < count && operations.kind[of] !== 0;
  for (let row = 0; row < time.length; row++) {
    if (!isChange(write[row]!)) return `version row ${row} is of operation ${write[row]}, no change of any key`;
    const key = operations.key[write[row]!];
    if (previous[row] !== NIL && !(isChange(previous[row]!) && operations.key[previous[row]!] === key)) {
      return `version row ${row} replaces operation ${previous[row]}, no change of its key`;
    }
    if (region[row]! >= MOST_REGIONS) return `version row ${row} is of region ${region[row]}`;
    if (what[row]! > REPLACED) return `version row ${row} says ${what[row]}, which means nothing`;
    if (isAcceptance(what[row]!) && time[row]! < operations.call[write[row]!]!) {
      return `version row ${row} was accepted before operation ${write[row]} was called`;
    }
  }
  return null;
}

function inRoles({ roles }: RunRecord): string | null {
  const { time, term, region, what, group } = roles;
  if (!isAligned(roles)) return "the columns of its roles are not of one length";
  const late = outOfOrder(time);
  if (late !== -1) return `role row ${late} is earlier than the one before it`;
  const led = new Set<number>();
  for (let row = 0; row < time.length; row++) {
    if (what[row]! > FENCED) return `role row ${row} says ${what[row]}, which means nothing`;
    const leadership = (term[row]! * 256 + group[row]!) * 256 + region[row]!;
    if (what[row]! < ENDED) led.add(leadership);
    else if (!led.has(leadership)) return `role row ${row} ends a leadership that never began`;
  }
  return null;
}

function inResidency({ residency }: RunRecord): string | null {
  const stray = residency.classOfKey.findIndex((given) => given !== NIL && !(given in residency.classes));
  return stray === -1 ? null : `key ${stray} is of class ${residency.classOfKey[stray]}, which it does not describe`;
}

function outOfOrder(time: Float64Array): number {
  return time.findIndex((at, row) => !(at >= (row === 0 ? Number.NEGATIVE_INFINITY : time[row - 1]!)));
}

function isAligned(table: Table<Schema>): boolean {
  const rows = rowsOf(table);
  return Object.values<Column>(table as never).every(({ length }) => length === rows);
}
