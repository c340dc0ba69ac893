import { READ, type RunRecord } from "../../record/record.js";
import type { Model } from "../linearizable/model.js";
import { type Part, operationsByKey, partOf } from "../linearizable/part.js";
import { Frontier, sessionsOf, walkSession } from "../sessions/sessions.js";

/** Operations of all keys with the order of their sessions: what a sequential order has to respect. */
export interface Program {
  readonly parts: readonly Part[];
  /** By part: what its key's operations should have done. */
  readonly models: readonly Model[];
  readonly count: number;
  /** By operation of the program: its key's part, and its row there. */
  readonly part: Int32Array;
  readonly row: Int32Array;
  /** By operation: those of its session that come right before it. */
  readonly before: readonly (readonly number[])[];
  /** By operation: the row of the record. */
  readonly operation: Int32Array;
}

/**
 * The program of the rows that are kept. A change that is left out may happen at any time, or never: so what is
 * impossible for the rest is impossible for all.
 */
export function programOf(
  record: RunRecord,
  modelOf: ReadonlyMap<number, Model>,
  kept: ReadonlySet<number> | null = null,
): Program {
  const isKept = (row: number): boolean => kept === null || kept.has(row);
  const parts: Part[] = [];
  const models: Model[] = [];
  const places: { readonly part: number; readonly row: number; readonly operation: number }[] = [];
  for (const [key, rows] of operationsByKey(record)) {
    const model = modelOf.get(key)!;
    models.push(model);
    const made = partOf(
      record,
      model,
      rows.filter((row) => isKept(row) || record.operations.kind[row] !== READ),
    );
    const index = parts.push(made) - 1;
    made.operation.forEach((operation, row) => {
      if (!isKept(operation)) made.optional[row] = 1;
      places.push({ part: index, row, operation });
    });
  }
  places.sort((a, b) => a.operation - b.operation);
  const idOf = new Map(places.map(({ operation }, id) => [operation, id]));
  const before = places.map((): readonly number[] => []);
  for (const rows of sessionsOf(record)) {
    const frontier = new Frontier(record);
    const own = rows.filter((row) => isKept(row) && idOf.has(row));
    walkSession(record, own, {
      called: (row) => {
        before[idOf.get(row)!] = frontier.latest.map((other) => idOf.get(other)!);
      },
      returned: (row) => frontier.returned(row),
    });
  }
  return {
    parts,
    models,
    count: places.length,
    part: Int32Array.from(places, ({ part }) => part),
    row: Int32Array.from(places, ({ row }) => row),
    before,
    operation: Int32Array.from(places, ({ operation }) => operation),
  };
}

/** Whether a session called an operation at the very moment at which another of its own returned. */
export function hasTies(record: RunRecord): boolean {
  const { call, return: returned } = record.operations;
  let found = false;
  for (const rows of sessionsOf(record)) {
    const frontier = new Frontier(record);
    walkSession(record, rows, {
      called: (row) => {
        if (frontier.latest.some((other) => returned[other] === call[row])) found = true;
      },
      returned: (row) => frontier.returned(row),
    });
  }
  return found;
}
