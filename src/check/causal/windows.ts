import type { Digraph } from "../digraph.js";
import { INITIAL } from "../sources.js";
import { type CausalOrder, isCausal } from "./causal-order.js";

export interface WindowLimits {
  readonly mostSteps: number;
  readonly mostRounds: number;
  readonly mostEdges: number;
}

export const WINDOW_LIMITS: WindowLimits = { mostSteps: 1_000_000_000, mostRounds: 100, mostEdges: 1 << 24 };

export type Windowed =
  /** The last order of all writes that was tried explains everything. */
  | { readonly kind: "explained" }
  /** The graph has a cycle now. */
  | { readonly kind: "cycle" }
  | { readonly kind: "reset"; readonly read: number; readonly write: number }
  | { readonly kind: "limit"; readonly reason: string };

/**
 * For histories of very many sessions. Takes any order of everything that the graph allows, and asks of every read
 * whether what it was shown is, in that order, the last write of its key that it knew of. Newer ones between that write and
 * the read are most often none; where there are some, the read's past is looked through, back to the first of them: as
 * far as the read was stale. What it did know of must be older than what it was shown, so that is added to the graph, and
 * the next order respects it. What is added is implied, so a cycle is a violation; and an order that passes is a proof.
 */
export function addDemands(order: CausalOrder, graph: Digraph, limits: WindowLimits = WINDOW_LIMITS): Windowed {
  const windows = new Windows(order, graph, limits);
  for (let round = 0; round < limits.mostRounds; round++) {
    const sequence = graph.order();
    if (sequence === null) return { kind: "cycle" };
    const found = windows.round(sequence);
    if (found !== null) return found;
  }
  return {
    kind: "limit",
    reason: `${limits.mostRounds} orders of the writes were tried and none explained everything`,
  };
}

class Windows {
  private readonly place: Int32Array;
  private readonly writes = new Map<number, number[]>();
  /** By operation: the read for which it was last looked at. */
  private readonly lookedAtFor: Int32Array;
  private steps = 0;

  constructor(
    private readonly order: CausalOrder,
    private readonly graph: Digraph,
    private readonly limits: WindowLimits,
  ) {
    const { chain, record, sources } = order;
    this.place = new Int32Array(graph.nodes);
    this.lookedAtFor = new Int32Array(graph.nodes);
    for (let row = 0; row < chain.length; row++) {
      if (chain[row] === -1 || sources.happened[row] === 0) continue;
      const rows = this.writes.get(record.operations.key[row]!);
      if (rows === undefined) this.writes.set(record.operations.key[row]!, [row]);
      else rows.push(row);
    }
  }

  /** Null when something was added and another order has to be tried. */
  round(sequence: Int32Array): Windowed | null {
    const { chain, record, sources } = this.order;
    const { place, graph } = this;
    sequence.forEach((row, at) => {
      place[row] = at;
    });
    for (const rows of this.writes.values()) rows.sort((a, b) => place[a]! - place[b]!);
    this.lookedAtFor.fill(-1);
    const before = graph.edges;
    for (const row of sequence) {
      const source = sources.of[row]!;
      if (chain[row] === -1 || source < INITIAL) continue;
      const writes = this.writes.get(record.operations.key[row]!) ?? [];
      const newer = writes[source === INITIAL ? 0 : this.firstFrom(writes, place[source]! + 1)];
      if (newer === undefined || place[newer]! >= place[row]!) continue;
      const known = this.known(row, place[newer]!);
      const limit = this.limit();
      if (limit !== null) return { kind: "limit", reason: limit };
      if (known.length === 0) continue;
      if (source === INITIAL) return { kind: "reset", read: row, write: known[0]! };
      for (const write of known) graph.add(write, source, row);
    }
    return graph.edges === before ? { kind: "explained" } : null;
  }

  private limit(): string | null {
    const { mostSteps, mostEdges } = this.limits;
    if (this.steps > mostSteps) return `the reads that were behind have more than ${mostSteps} causes`;
    return this.graph.edges > mostEdges ? `more than ${mostEdges} pairs of versions would have to be ordered` : null;
  }

  /** The writes of its key in the causal past of the read, as far back as to this place of the sequence. */
  private known(read: number, earliest: number): number[] {
    const { place, graph, lookedAtFor } = this;
    const { record, sources } = this.order;
    const { key } = record.operations;
    const known: number[] = [];
    const work = [read];
    lookedAtFor[read] = read;
    while (work.length > 0) {
      const row = work.pop()!;
      graph.forEachBefore(row, (cause, label) => {
        this.steps++;
        if (!isCausal(label) || place[cause]! < earliest || lookedAtFor[cause] === read) return;
        lookedAtFor[cause] = read;
        work.push(cause);
        if (sources.happened[cause] === 1 && key[cause] === key[read]) known.push(cause);
      });
    }
    return known;
  }

  /** The index of the first write at this place of the sequence or behind it. */
  private firstFrom(writes: readonly number[], at: number): number {
    let low = 0;
    for (let high = writes.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.place[writes[middle]!]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
