import {
  APPEND,
  CAS,
  DELETE,
  INCREMENT,
  OK,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
  WRITE,
} from "../../record/record.js";
import { argumentOf, expectedOf } from "../../record/values.js";
import { BECOMES, COMBINES, ILLEGAL, IS, IS_NOT, type Model, SWAPS } from "./model.js";
import { isAddition } from "./versions.js";

/**
 * The operations of one key, as the model sees them, in the order of their calls. What did not happen is left out, and
 * so is a read that was never answered: neither constrains anything. Rows below are indices into these columns.
 */
export interface Part {
  readonly count: number;
  readonly call: Float64Array;
  readonly returned: Float64Array;
  readonly action: Uint8Array;
  readonly argument: Int32Array;
  readonly expected: Int32Array;
  /** 1: may take effect at any time after its call, or never. */
  readonly optional: Uint8Array;
  /** The row of the record. */
  readonly operation: Int32Array;
}

export const isReadOnly = (action: number): boolean => action === IS || action === IS_NOT;

/** The operations by key, keys in order of their ids, each in the order of calls. */
export function operationsByKey(record: RunRecord): ReadonlyMap<number, readonly number[]> {
  const { key, call } = record.operations;
  const byKey = new Map<number, number[]>();
  for (let at = 0; at < key.length; at++) {
    const rows = byKey.get(key[at]!);
    if (rows === undefined) byKey.set(key[at]!, [at]);
    else rows.push(at);
  }
  for (const rows of byKey.values()) rows.sort((a, b) => call[a]! - call[b]! || a - b);
  return new Map([...byKey].toSorted(([a], [b]) => a - b));
}

export function partOf(record: RunRecord, model: Model, rows: readonly number[]): Part {
  const { call, return: returned, kind, value, outcome } = record.operations;
  const swapsFrom = (row: number): number =>
    kind[row] === CAS ? model.stateOf(expectedOf(record, row)) : isAddition(kind[row]!) ? (model.putOn?.(row) ?? 0) : 0;
  const kept = rows.filter((row) => outcome[row] === OK || (outcome[row] === UNKNOWN && kind[row] !== READ));
  const part = emptyPart(kept.length);
  kept.forEach((row, at) => {
    const unknown = outcome[row] === UNKNOWN;
    const refused = kind[row] === CAS && !unknown && value[row] === 0;
    part.call[at] = call[row]!;
    part.returned[at] = unknown ? Number.POSITIVE_INFINITY : returned[row]!;
    const from = swapsFrom(row);
    part.action[at] = refused
      ? IS_NOT
      : model.putOn === undefined
        ? ACTIONS[kind[row]!]!
        : versionAction(kind[row]!, from);
    part.argument[at] = stateArgument(record, model, row);
    part.expected[at] = from;
    part.optional[at] = unknown ? 1 : 0;
    part.operation[at] = row;
  });
  return part;
}

const ACTIONS: Readonly<Record<number, number>> = {
  [READ]: IS,
  [WRITE]: BECOMES,
  [DELETE]: BECOMES,
  [CAS]: SWAPS,
  [INCREMENT]: COMBINES,
  [APPEND]: COMBINES,
  [SET_ADD]: COMBINES,
};

const versionAction = (kind: number, from: number): number =>
  !isAddition(kind) ? ACTIONS[kind]! : from === ILLEGAL ? BECOMES : SWAPS;

function stateArgument(record: RunRecord, model: Model, row: number): number {
  const { kind, value } = record.operations;
  if (kind[row] === READ) return model.stateOf(value[row]!);
  return kind[row] === DELETE ? model.initial : model.argumentOf(argumentOf(record, row));
}

/**
 * The part without the operations that `kept` leaves out. A change that is left out may still take effect whenever after
 * its call, or never: so what is impossible for the rest is impossible for all of it.
 */
export function weakened(part: Part, kept: ReadonlySet<number>): Part {
  const rows: number[] = [];
  for (let at = 0; at < part.count; at++) if (kept.has(at) || !isReadOnly(part.action[at]!)) rows.push(at);
  const fewer = emptyPart(rows.length);
  rows.forEach((row, at) => {
    const free = !kept.has(row);
    fewer.call[at] = part.call[row]!;
    fewer.returned[at] = free ? Number.POSITIVE_INFINITY : part.returned[row]!;
    fewer.action[at] = part.action[row]!;
    fewer.argument[at] = part.argument[row]!;
    fewer.expected[at] = part.expected[row]!;
    fewer.optional[at] = free ? 1 : part.optional[row]!;
    fewer.operation[at] = part.operation[row]!;
  });
  return fewer;
}

export function emptyPart(count: number): Part {
  return {
    count,
    call: new Float64Array(count),
    returned: new Float64Array(count),
    action: new Uint8Array(count),
    argument: new Int32Array(count),
    expected: new Int32Array(count),
    optional: new Uint8Array(count),
    operation: new Int32Array(count),
  };
}

/**
 * Calls and returns in order of time: row * 2 for a call, row * 2 + 1 for a return. Intervals are closed, so at equal
 * times calls come first. What never returns has no return.
 */
export function eventsOf(part: Part): Int32Array {
  const { count, call, returned } = part;
  const returns = Array.from({ length: count }, (_, at) => at).filter(
    (at) => returned[at] !== Number.POSITIVE_INFINITY,
  );
  returns.sort((a, b) => returned[a]! - returned[b]! || a - b);
  const events = new Int32Array(count + returns.length);
  let next = 0;
  let at = 0;
  for (const row of returns) {
    while (at < count && call[at]! <= returned[row]!) events[next++] = 2 * at++;
    events[next++] = 2 * row + 1;
  }
  while (at < count) events[next++] = 2 * at++;
  return events;
}
