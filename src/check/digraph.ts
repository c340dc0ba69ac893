import { NIL } from "../record/record.js";

/** Why one operation comes before another: a number that means something to whoever added the edge. */
export type Label = number;

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly label: Label;
}

const FIRST_CAPACITY = 1024;

/** A directed graph of operations, as lists of edges in columns. */
export class Digraph {
  /** The last edge into each node; `previous` leads to the others. */
  private readonly last: Int32Array;
  private from = new Int32Array(FIRST_CAPACITY);
  private previous = new Int32Array(FIRST_CAPACITY);
  private labels = new Int32Array(FIRST_CAPACITY);
  private into = new Int32Array(FIRST_CAPACITY);
  edges = 0;

  constructor(readonly nodes: number) {
    this.last = new Int32Array(nodes).fill(NIL);
  }

  add(from: number, to: number, label: Label): void {
    if (this.edges === this.from.length) this.grow();
    const edge = this.edges++;
    this.from[edge] = from;
    this.into[edge] = to;
    this.labels[edge] = label;
    this.previous[edge] = this.last[to]!;
    this.last[to] = edge;
  }

  /** Calls back with every node that precedes this one directly. */
  forEachBefore(node: number, visit: (from: number, label: Label) => void): void {
    for (let edge = this.last[node]!; edge !== NIL; edge = this.previous[edge]!) {
      visit(this.from[edge]!, this.labels[edge]!);
    }
  }

  /**
   * All nodes, each behind those that precede it, and as near to the order of their numbers as that allows; null when
   * there is a cycle.
   */
  order(): Int32Array | null {
    const walk = this.walk();
    return walk.cycle === null ? walk.order : null;
  }

  /** The edges of a cycle, each beginning where the one before it ends; null if there is none. */
  cycle(): Edge[] | null {
    const { cycle } = this.walk();
    return cycle === null ? null : this.shortened(cycle);
  }

  /** The fewest edges that lead from one node to another, of those that `mayPass`; null if none do. */
  path(from: number, to: number, mayPass: (label: Label) => boolean = () => true): Edge[] | null {
    const towards = new Map<number, number>();
    let edge = this.searchBack(from, to, towards, mayPass);
    if (edge === NIL) return null;
    const path: Edge[] = [];
    for (;;) {
      path.push({ from: this.from[edge]!, to: this.into[edge]!, label: this.labels[edge]! });
      if (this.into[edge] === to) return path;
      edge = towards.get(this.into[edge]!)!;
    }
  }

  /** Breadth first from `to` against the edges; the edge that leaves `from`, NIL if it is not reached. */
  private searchBack(
    from: number,
    to: number,
    towards: Map<number, number>,
    mayPass: (label: Label) => boolean,
  ): number {
    const queue = [to];
    for (let head = 0; head < queue.length; head++) {
      for (let edge = this.last[queue[head]!]!; edge !== NIL; edge = this.previous[edge]!) {
        const before = this.from[edge]!;
        if (!mayPass(this.labels[edge]!)) continue;
        if (before === from) return edge;
        if (before === to || towards.has(before)) continue;
        towards.set(before, edge);
        queue.push(before);
      }
    }
    return NIL;
  }

  /** Depth first against the edges, without recursion: a history may be longer than any stack. */
  private walk(): { readonly order: Int32Array; readonly cycle: readonly number[] | null } {
    const order = new Int32Array(this.nodes);
    const state = new Uint8Array(this.nodes);
    const next = this.last.slice();
    const stack: number[] = [];
    let count = 0;
    for (let root = 0; root < this.nodes; root++) {
      if (state[root] === DONE) continue;
      stack.push(root);
      state[root] = OPEN;
      while (stack.length > 0) {
        const node = stack[stack.length - 1]!;
        const edge = next[node]!;
        if (edge === NIL) {
          state[node] = DONE;
          order[count++] = node;
          stack.pop();
          continue;
        }
        next[node] = this.previous[edge]!;
        const before = this.from[edge]!;
        if (state[before] === OPEN) return { order, cycle: stack.slice(stack.lastIndexOf(before)) };
        if (state[before] === DONE) continue;
        state[before] = OPEN;
        stack.push(before);
      }
    }
    return { order, cycle: null };
  }

  /** A shortest cycle through one of the first nodes of this one. */
  private shortened(cycle: readonly number[]): Edge[] {
    const tries = cycle
      .slice(0, 16)
      .map((node) => this.path(node, node)!)
      .toSorted((a, b) => a.length - b.length);
    return tries[0]!;
  }

  private grow(): void {
    const longer = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.from = longer(this.from);
    this.into = longer(this.into);
    this.previous = longer(this.previous);
    this.labels = longer(this.labels);
  }
}

const OPEN = 1;
const DONE = 2;
