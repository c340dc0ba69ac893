import {
  ACCEPTED,
  NIL,
  OUTDONE,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  UNKNOWN,
  WRITE,
} from "../../src/record/record.js";

/**
 * Consistency conditions by their definitions, over histories of a few reads and writes: every order of all writes is
 * tried. Nothing here is shared with the checkers.
 */
export interface Op {
  readonly session: number;
  readonly key: number;
  readonly kind: number;
  /** What a read returned. */
  readonly result: number;
  readonly isUnknown: boolean;
  readonly call: number;
  readonly returned: number;
}

/** The rows of a record as plain objects; a write's value is its row. */
export function opsOf({ operations }: RunRecord): Op[] {
  return Array.from(operations.call, (call, row) => ({
    session: operations.session[row]!,
    key: operations.key[row]!,
    kind: operations.kind[row]!,
    result: operations.value[row]!,
    isUnknown: operations.outcome[row] === UNKNOWN,
    call,
    returned: operations.return[row]!,
  }));
}

const isWrite = ({ kind }: Op): boolean => kind === WRITE;

/** a before b in their session. */
const precedes = (ops: readonly Op[], a: number, b: number): boolean =>
  ops[a]!.session === ops[b]!.session && a < b && ops[a]!.returned <= ops[b]!.call;

export function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length === 0) yield [];
  for (const first of items) {
    for (const rest of permutations(items.filter((item) => item !== first))) yield [first, ...rest];
  }
}

/** Every choice of the unknown writes that happened. */
function* happenings(ops: readonly Op[]): Generator<ReadonlySet<number>> {
  const unknown = ops.flatMap((op, at) => (isWrite(op) && op.isUnknown ? [at] : []));
  const sure = ops.flatMap((op, at) => (op.isUnknown ? [] : [at]));
  for (let bits = 0; bits < 1 << unknown.length; bits++) {
    yield new Set([...sure, ...unknown.filter((_, at) => ((bits >> at) & 1) === 1)]);
  }
}

/** The order of versions agrees with every row: what was replaced is older, what was received and not shown is too. */
function agrees({ versions }: RunRecord, place: (write: number) => number): boolean {
  return Array.from(versions.what, (what, row) => {
    const [write, previous] = [versions.write[row]!, versions.previous[row]!];
    if (previous === NIL) return true;
    if (what === SHOWN || what === ACCEPTED) return previous === write || place(previous) < place(write);
    return (what !== RECEIVED && what !== OUTDONE) || previous === write || place(write) < place(previous);
  }).every(Boolean);
}

/**
 * Causal convergence: one order of all writes, of which the replicas say no other, and every read shows the last in it of
 * its causal past.
 */
export function isCausal(record: RunRecord): boolean {
  const ops = opsOf(record);
  for (const there of happenings(ops)) if (isCausalWith(record, ops, there)) return true;
  return false;
}

function isCausalWith(record: RunRecord, ops: readonly Op[], there: ReadonlySet<number>): boolean {
  const reads = [...there].filter((at) => ops[at]!.kind === READ);
  if (reads.some((at) => ops[at]!.result !== NIL && !there.has(ops[at]!.result))) return false;
  const before = ops.map((_, a) =>
    ops.map(
      (op, b) =>
        there.has(a) && there.has(b) && (precedes(ops, a, b) || (op.kind === READ && !op.isUnknown && op.result === a)),
    ),
  );
  for (let k = 0; k < ops.length; k++)
    for (let i = 0; i < ops.length; i++)
      for (let j = 0; j < ops.length; j++) if (before[i]![k] && before[k]![j]) before[i]![j] = true;
  if (ops.some((_, at) => before[at]![at])) return false;
  const writes = [...there].filter((at) => isWrite(ops[at]!));
  for (const order of permutations(writes)) {
    if (order.some((b, at) => order.slice(0, at).some((a) => before[b]![a]))) continue;
    if (!agrees(record, (write) => order.indexOf(write))) continue;
    const explains = reads.every((read) => {
      const past = order.filter((write) => before[write]![read] && ops[write]!.key === ops[read]!.key);
      return (past[past.length - 1] ?? NIL) === ops[read]!.result;
    });
    if (explains) return true;
  }
  return false;
}

/** One order of everything that every session agrees with, and every read shows the last write. */
export function isSequential(ops: readonly Op[]): boolean {
  const needed = ops.flatMap((op, at) => (op.isUnknown ? [] : [at]));
  const optional = ops.flatMap((op, at) => (op.isUnknown && isWrite(op) ? [at] : []));
  const done = new Set<number>();
  const from = (state: ReadonlyMap<number, number>): boolean => {
    if (needed.every((at) => done.has(at))) return true;
    return [...needed, ...optional].some((at) => {
      const op = ops[at]!;
      if (done.has(at) || needed.some((other) => precedes(ops, other, at) && !done.has(other))) return false;
      if (!isWrite(op) && (state.get(op.key) ?? NIL) !== op.result) return false;
      done.add(at);
      const found = from(isWrite(op) ? new Map(state).set(op.key, at) : state);
      done.delete(at);
      return found;
    });
  };
  return from(new Map());
}

/** Read your writes or monotonic reads: some order of versions agrees with the replicas and with what sessions saw. */
export function keepsReads(record: RunRecord, after: "writes" | "reads"): boolean {
  const ops = opsOf(record);
  const hasRows = record.versions.time.length > 0;
  const writes = ops.flatMap((op, at) => (isWrite(op) ? [at] : []));
  const reads = ops.flatMap((op, at) => (op.kind === READ && !op.isUnknown ? [at] : []));
  if (reads.some((at) => ops[at]!.result !== NIL && !writes.includes(ops[at]!.result))) return false;
  for (const order of permutations(writes)) {
    const place = (write: number): number => (write === NIL ? -1 : order.indexOf(write));
    const rowsAgree = agrees(record, place);
    const readsAgree = reads.every((read) =>
      (after === "writes" ? writes : reads)
        .filter((other) => precedes(ops, other, read) && ops[other]!.key === ops[read]!.key && !ops[other]!.isUnknown)
        .every((other) => place(after === "writes" ? other : ops[other]!.result) <= place(ops[read]!.result)),
    );
    const ownAgree =
      hasRows ||
      after === "reads" ||
      writes.every((b) =>
        writes.every(
          (a) => !precedes(ops, a, b) || ops[a]!.isUnknown || ops[a]!.key !== ops[b]!.key || place(a) < place(b),
        ),
      );
    if (rowsAgree && readsAgree && ownAgree) return true;
  }
  return false;
}

/** By every order of the writes that real time allows: the least and the most that a read missed. */
export function stalenessOf(ops: readonly Op[], read: number): { versions: number[]; age: number[] } {
  const writes = ops.flatMap((op, at) =>
    isWrite(op) && ops[at]!.key === ops[read]!.key && (!op.isUnknown || ops[read]!.result === at) ? [at] : [],
  );
  const versions: number[] = [];
  const age: number[] = [];
  for (const order of permutations(writes)) {
    if (order.some((b, at) => order.slice(0, at).some((a) => ops[b]!.returned < ops[a]!.call))) continue;
    const shown = ops[read]!.result === NIL ? -1 : order.indexOf(ops[read]!.result);
    const missed = order.slice(shown + 1).filter((at) => !ops[at]!.isUnknown && ops[at]!.returned < ops[read]!.call);
    versions.push(missed.length);
    age.push(missed.length === 0 ? 0 : ops[read]!.call - Math.min(...missed.map((at) => ops[at]!.returned)));
  }
  return { versions, age };
}
