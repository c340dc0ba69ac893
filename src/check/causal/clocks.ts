import type { Digraph } from "../digraph.js";
import { INITIAL } from "../sources.js";
import { type CausalOrder, isCausal } from "./causal-order.js";

/** What the clocks may use up before they give up; the same on every machine. */
export interface ClockLimits {
  readonly mostSteps: number;
  /** Numbers held at one time, 4 bytes each. */
  readonly mostCells: number;
  readonly mostEdges: number;
}

export const CLOCK_LIMITS: ClockLimits = { mostSteps: 2_000_000_000, mostCells: 1 << 26, mostEdges: 1 << 24 };

export type Clocked =
  | { readonly kind: "done" }
  | { readonly kind: "limit"; readonly reason: string }
  /** A read of the initial value, and a write of its key that it knew of. */
  | { readonly kind: "reset"; readonly read: number; readonly write: number };

/** The writes of one key in one chain, in order. */
interface Writer {
  readonly component: number;
  readonly rows: number[];
  readonly places: number[];
  /** The edge that was added last: most reads ask for the same one again. */
  from: number;
  to: number;
}

/**
 * Adds to the graph that of each read's key all writes in its past are older than the one that it was shown. The past is
 * a vector clock (Fidge 1988, Mattern 1989): how many writes of each chain. Of a chain only the last write matters.
 */
export function addConflictEdges(
  order: CausalOrder,
  sequence: Int32Array,
  graph: Digraph,
  limits: ClockLimits = CLOCK_LIMITS,
): Clocked {
  return new Clocks(order, graph, limits).run(sequence);
}

class Clocks {
  private readonly component: Int32Array;
  private readonly place: Int32Array;
  private readonly writers: ReadonlyMap<number, readonly Writer[]>;
  private readonly clocks = new Map<number, Int32Array>();
  private readonly free: Int32Array[] = [];
  private width = 0;
  private steps = 0;
  private cells = 0;
  private readonly waiting: Int32Array;

  constructor(
    private readonly order: CausalOrder,
    private readonly graph: Digraph,
    private readonly limits: ClockLimits,
  ) {
    this.component = new Int32Array(order.chains).fill(-1);
    this.place = new Int32Array(order.chain.length);
    this.waiting = new Int32Array(order.chain.length);
    this.writers = this.numberWrites();
  }

  run(sequence: Int32Array): Clocked {
    const { chain } = this.order;
    for (const row of sequence) {
      if (chain[row] === -1) continue;
      this.graph.forEachBefore(row, (from, label) => {
        if (isCausal(label)) this.waiting[from]!++;
      });
    }
    for (const row of sequence) {
      if (chain[row] === -1) continue;
      const clock = this.past(row);
      const reset = this.compare(row, clock);
      if (reset !== -1) return { kind: "reset", read: row, write: reset };
      if (this.order.sources.happened[row] === 1) clock[this.component[chain[row]!]!] = this.place[row]!;
      if (this.waiting[row] === 0) this.free.push(clock);
      else this.clocks.set(row, clock);
      const limit = this.limit();
      if (limit !== null) return { kind: "limit", reason: limit };
    }
    return { kind: "done" };
  }

  private limit(): string | null {
    const { mostSteps, mostCells, mostEdges } = this.limits;
    if (this.cells > mostCells)
      return `the clocks of ${this.width} chains of writes need more than ${mostCells} numbers`;
    if (this.steps > mostSteps) return `the clocks of ${this.width} chains of writes take more than ${mostSteps} steps`;
    return this.graph.edges > mostEdges ? `more than ${mostEdges} pairs of versions would have to be ordered` : null;
  }

  private numberWrites(): ReadonlyMap<number, readonly Writer[]> {
    const { chain, record, sources } = this.order;
    const { key } = record.operations;
    const counts = new Int32Array(this.order.chains);
    const byKey = new Map<number, Map<number, Writer>>();
    for (let row = 0; row < chain.length; row++) {
      if (chain[row] === -1 || sources.happened[row] === 0) continue;
      const of = chain[row]!;
      if (this.component[of] === -1) this.component[of] = this.width++;
      this.place[row] = ++counts[of]!;
      let writers = byKey.get(key[row]!);
      if (writers === undefined) byKey.set(key[row]!, (writers = new Map()));
      let writer = writers.get(of);
      if (writer === undefined) {
        writers.set(of, (writer = { component: this.component[of]!, rows: [], places: [], from: -1, to: -1 }));
      }
      writer.rows.push(row);
      writer.places.push(this.place[row]!);
    }
    return new Map([...byKey].map(([each, writers]) => [each, [...writers.values()]]));
  }

  /** The clock of what precedes the operation: that of one of them, when nobody else waits for it, and the others in it. */
  private past(row: number): Int32Array {
    const { clocks, waiting, width } = this;
    let clock: Int32Array | null = null;
    this.graph.forEachBefore(row, (from, label) => {
      if (!isCausal(label)) return;
      const other = clocks.get(from)!;
      const isLast = --waiting[from]! === 0;
      if (isLast) clocks.delete(from);
      if (clock === null && isLast) {
        clock = other;
        return;
      }
      clock ??= this.fresh();
      this.steps += width;
      for (let at = 0; at < width; at++) if (other[at]! > clock[at]!) clock[at] = other[at]!;
      if (isLast) this.free.push(other);
    });
    return clock ?? this.fresh();
  }

  private fresh(): Int32Array {
    this.steps += this.width;
    const used = this.free.pop();
    if (used !== undefined) return used.fill(0);
    this.cells += this.width;
    return new Int32Array(this.width);
  }

  /** The write that a read of the initial value knew of; -1 if there is none. */
  private compare(row: number, clock: Int32Array): number {
    const source = this.order.sources.of[row]!;
    if (source < INITIAL) return -1;
    for (const writer of this.writers.get(this.order.record.operations.key[row]!) ?? []) {
      this.steps++;
      const known = clock[writer.component]!;
      if (known < writer.places[0]!) continue;
      const write = writer.rows[lastUpTo(writer.places, known)]!;
      if (source === INITIAL) return write;
      if (write === source || (writer.from === write && writer.to === source)) continue;
      writer.from = write;
      writer.to = source;
      this.graph.add(write, source, row);
    }
    return -1;
  }
}

/** The place in the list of the last number that is at most `value`; the first is. */
function lastUpTo(sorted: readonly number[], value: number): number {
  let low = 0;
  for (let high = sorted.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
