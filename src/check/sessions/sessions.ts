import { FAIL, NEVER, NIL, type RunRecord } from "../../record/record.js";

/**
 * The operations of every session, in the order of their calls; sessions in the order of their first ones. An operation
 * without a session belongs to that of its process. What did not happen belongs to none.
 */
export function sessionsOf({ operations }: RunRecord): readonly (readonly number[])[] {
  const { session, process: processes, outcome } = operations;
  const byProcess = new Map<number, number[]>();
  const bySession = new Map<number, number[]>();
  const all: number[][] = [];
  for (let row = 0; row < session.length; row++) {
    if (outcome[row] === FAIL) continue;
    const [lists, id] = session[row] === NIL ? [byProcess, processes[row]!] : [bySession, session[row]!];
    const rows = lists.get(id);
    if (rows !== undefined) {
      rows.push(row);
      continue;
    }
    const first = [row];
    lists.set(id, first);
    all.push(first);
  }
  return all;
}

export interface SessionVisitor {
  called(row: number): void;
  /** Before all calls of the session that are no earlier. */
  returned?(row: number): void;
}

/**
 * Walks through a session in its order: an operation precedes those that were called when it had returned. A session may
 * have several under way at once, which precede each other in neither way; one that is never answered precedes nothing.
 */
export function walkSession({ operations }: RunRecord, rows: readonly number[], visitor: SessionVisitor): void {
  const { call, return: returned } = operations;
  let open: number[] = [];
  for (const row of rows) {
    const done = open.filter((other) => returned[other]! <= call[row]!);
    if (done.length > 0) {
      open = open.filter((other) => returned[other]! > call[row]!);
      for (const other of done.sort((a, b) => returned[a]! - returned[b]! || a - b)) visitor.returned?.(other);
    }
    visitor.called(row);
    if (returned[row] !== NEVER) open.push(row);
  }
}

/** The last operations of a session that have returned: whatever else has returned precedes one of them. */
export class Frontier {
  private rows: readonly number[] = [];

  constructor(private readonly record: RunRecord) {}

  get latest(): readonly number[] {
    return this.rows;
  }

  returned(row: number): void {
    const { call, return: returned } = this.record.operations;
    // Rows are in the order of calls, which tells what was first at equal times.
    const beside = this.rows.filter((other) => returned[other]! > call[row]! || other > row);
    this.rows = [...beside, row];
  }
}
