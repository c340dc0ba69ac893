import { BECOMES, COMBINES, IS, IS_NOT, type Model, SWAPS } from "./model.js";
import type { Part } from "./part.js";

/**
 * Registers whose values were each written once, after Gibbons and Korach (Testing Shared Memories, SIAM J. Comput. 26,
 * 1997), in n log n whatever the concurrency. A read then tells its writer, so the operations on one value form a cluster
 * that must stand together, and a cas chains the cluster that it expects to its own: a *block*. Of a block only two
 * moments matter: `first`, its earliest return, and `last`, its latest call. Block A must precede B when A.first <
 * B.last; there is an order unless two blocks must each precede the other (a longer cycle always contains such a pair:
 * the block with the least `first` precedes all that its predecessor does).
 */
export type Zones =
  /** Another method is needed. */
  | { readonly kind: "not-unique" }
  /** Rows that contradict each other, and how. */
  | { readonly kind: "violation"; readonly rows: readonly number[]; readonly how: string }
  /** The only order of the changes worth trying; comparisons that failed (IS_NOT) were not looked at. */
  | { readonly kind: "order"; readonly order: readonly number[] };

interface Block {
  /** Rows of the changes, in order. */
  readonly changes: number[];
  /** -1 for the initial value, which was there before everything. */
  first: number;
  last: number;
}

export function zonesOf(part: Part, model: Model): Zones {
  const writer = new Map<number, number>();
  const readers = new Map<number, number[]>();
  const swapsFrom = new Map<number, number[]>();
  for (let row = 0; row < part.count; row++) {
    const action = part.action[row]!;
    const value = part.argument[row]!;
    if (action === COMBINES) return { kind: "not-unique" };
    if (action === IS) add(readers, value, row);
    if (action !== BECOMES && action !== SWAPS) continue;
    if (value === model.initial || writer.has(value)) return { kind: "not-unique" };
    writer.set(value, row);
  }

  // What must have taken effect: all that returned, and what never did but was read.
  const needed = new Uint8Array(part.count);
  const work: number[] = [];
  for (let row = 0; row < part.count; row++) {
    if (part.optional[row] === 0 && part.action[row] !== IS_NOT) work.push(row);
  }
  while (work.length > 0) {
    const row = work.pop()!;
    if (needed[row] === 1) continue;
    needed[row] = 1;
    if (part.action[row] === SWAPS) add(swapsFrom, part.expected[row]!, row);
    const wanted = part.action[row] === IS ? part.argument[row]! : part.expected[row]!;
    if (part.action[row] === BECOMES || wanted === model.initial) continue;
    const source = writer.get(wanted);
    if (source === undefined) return { kind: "violation", rows: [row], how: "nothing wrote that value" };
    work.push(source);
  }
  for (const swaps of swapsFrom.values()) {
    if (swaps.length > 1) {
      const rows = swaps.slice(0, 2);
      return { kind: "violation", rows, how: "both took the place of the same value, which was there once" };
    }
  }

  const blocks: Block[] = [];
  const chain = new Chain(part, needed, readers, swapsFrom);
  const initial = chain.follow(-1, model.initial, blocks);
  if (initial !== null) return initial;
  for (let row = 0; row < part.count; row++) {
    if (needed[row] === 0 || part.action[row] !== BECOMES) continue;
    const broken = chain.follow(row, part.argument[row]!, blocks);
    if (broken !== null) return broken;
  }
  const lost = chain.unreached();
  if (lost !== -1) return { kind: "violation", rows: [lost], how: "its value goes back to itself" };
  return orderOf(part, blocks);
}

/** Follows the cas operations from one value to the next. */
class Chain {
  private readonly reached: Uint8Array;

  constructor(
    private readonly part: Part,
    private readonly needed: Uint8Array,
    private readonly readers: ReadonlyMap<number, readonly number[]>,
    private readonly swapsFrom: ReadonlyMap<number, readonly number[]>,
  ) {
    this.reached = new Uint8Array(part.count);
  }

  /** Adds the block that begins with this change; null, or the rows that cannot stand in its order. */
  follow(row: number, value: number, blocks: Block[]): Zones | null {
    const { part } = this;
    const block: Block = { changes: [], first: -1, last: -1 };
    blocks.push(block);
    let change = row;
    let held = value;
    for (;;) {
      if (change !== -1) {
        this.reached[change] = 1;
        block.changes.push(change);
        const late = this.include(block, change, block.last);
        if (late !== null) return late;
      }
      // Reads of the same value may stand in any order, but behind all that came before them.
      const before = block.last;
      for (const reader of this.readers.get(held) ?? []) {
        const late = this.include(block, reader, before);
        if (late !== null) return late;
      }
      change = this.swapsFrom.get(held)?.[0] ?? -1;
      if (change === -1) break;
      held = part.argument[change]!;
    }
    // Nothing precedes the initial value.
    if (row === -1) block.first = -1;
    return null;
  }

  /** A swap that no chain reached stands in a circle of swaps; -1 if there is none. */
  unreached(): number {
    return this.needed.findIndex(
      (needed, row) => needed === 1 && this.reached[row] === 0 && this.part.action[row] === SWAPS,
    );
  }

  private include(block: Block, row: number, before: number): Zones | null {
    const { call, returned } = this.part;
    if (before !== -1 && returned[row]! < call[before]!) {
      return { kind: "violation", rows: [row, before], how: "the value came before the operation that made it" };
    }
    if (block.first === -1 || returned[row]! < returned[block.first]!) block.first = row;
    if (block.last === -1 || call[row]! > call[block.last]!) block.last = row;
    return null;
  }
}

function orderOf(part: Part, blocks: readonly Block[]): Zones {
  const first = ({ first: row }: Block): number => (row === -1 ? Number.NEGATIVE_INFINITY : part.returned[row]!);
  const last = ({ last: row }: Block): number => (row === -1 ? Number.NEGATIVE_INFINITY : part.call[row]!);
  const [initial, ...others] = blocks;
  // By the earlier of the two moments; of equals, one without a forward zone (all of it concurrent) goes first.
  const rank = (block: Block): number => Math.min(first(block), last(block));
  const isForward = (block: Block): number => (first(block) < last(block) ? 1 : 0);
  const sorted = [initial!, ...others.toSorted((a, b) => rank(a) - rank(b) || isForward(a) - isForward(b))];
  let latest = sorted[0]!;
  for (const block of sorted.slice(1)) {
    if (first(block) < last(latest)) {
      const rows = [latest.first, latest.last, block.first, block.last].filter((row) => row !== -1);
      return { kind: "violation", rows, how: "each of two values must have been there before the other" };
    }
    if (last(block) > last(latest)) latest = block;
  }
  return { kind: "order", order: sorted.flatMap(({ changes }) => changes) };
}

function add(map: Map<number, number[]>, value: number, row: number): void {
  const rows = map.get(value);
  if (rows === undefined) map.set(value, [row]);
  else rows.push(row);
}
