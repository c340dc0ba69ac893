import { lengthened, lengthenedDoubles } from "../engine/columns.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** A node is four doubles side by side, since it is met long after it was made, and then all of it. */
const NODE = 4;
const EPOCH = 0;
const COUNT = 1;
const OLDEST = 2;
const NEXT = 3;

/**
 * Acknowledged writes that nothing refers to any more, counted with the write on which their fate rests: by the number of
 * incidents that had begun when they were accepted, with the moment at which the oldest of them was acknowledged.
 */
export class Inheritance {
  /** By write: where the first node of its list begins. */
  private heads = new Int32Array(1024).fill(NONE);
  private nodes = new Float64Array(256 * NODE);
  private free = NONE;
  private used = 0;

  constructor(private readonly writes: Writes) {}

  begin(write: number): void {
    if (this.writes.capacity > this.heads.length) this.heads = lengthened(this.heads, this.writes.capacity);
    this.heads[write] = NONE;
  }

  /** One write, accepted after so many incidents had begun, rests on `heir`. */
  add(heir: number, epoch: number, acknowledgedAt: number): void {
    this.put(heir, epoch, 1, acknowledgedAt);
  }

  /** All that rested on `write` rests on `heir`. */
  pass(write: number, heir: number): void {
    const first = this.heads[write]!;
    if (first === NONE) return;
    this.heads[write] = NONE;
    if (this.heads[heir] === NONE) {
      this.heads[heir] = first;
      return;
    }
    for (let node = first; node !== NONE; ) {
      const { nodes } = this;
      node = this.give(node);
      const given = this.free;
      this.put(heir, nodes[given + EPOCH]!, nodes[given + COUNT]!, nodes[given + OLDEST]!);
    }
  }

  /** Hands over what rests on `write`, and forgets it. */
  take(write: number, each: (epoch: number, count: number, oldest: number) => void): void {
    const { nodes } = this;
    let node = this.heads[write]!;
    this.heads[write] = NONE;
    while (node !== NONE) {
      const given = node;
      node = this.give(node);
      each(nodes[given + EPOCH]!, nodes[given + COUNT]!, nodes[given + OLDEST]!);
    }
  }

  private put(heir: number, epoch: number, count: number, oldest: number): void {
    const { nodes } = this;
    const first = this.heads[heir]!;
    for (let node = first; node !== NONE; node = nodes[node + NEXT]! | 0) {
      if (nodes[node + EPOCH] !== epoch) continue;
      nodes[node + COUNT]! += count;
      if (oldest < nodes[node + OLDEST]!) nodes[node + OLDEST] = oldest;
      return;
    }
    this.heads[heir] = this.made(epoch, count, oldest, first);
  }

  private made(epoch: number, count: number, oldest: number, next: number): number {
    let node = this.free;
    if (node !== NONE) this.free = this.nodes[node + NEXT]! | 0;
    else {
      node = this.used;
      this.used += NODE;
      if (node === this.nodes.length) this.nodes = lengthenedDoubles(this.nodes, 2 * node);
    }
    const { nodes } = this;
    nodes[node + EPOCH] = epoch;
    nodes[node + COUNT] = count;
    nodes[node + OLDEST] = oldest;
    nodes[node + NEXT] = next;
    return node;
  }

  /** Gives a node back, whose figures stay until another is made; the one after it. */
  private give(node: number): number {
    const after = this.nodes[node + NEXT]! | 0;
    this.nodes[node + NEXT] = this.free;
    this.free = node;
    return after;
  }
}
