import { lengthened } from "../engine/columns.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** Of a write that knew nothing of what it found, and so dominates nothing. */
const BLIND = 0;
/** Places in the row of a write. */
const ACCEPTED_AS = 0;
const ACCEPTED_IN = 1;
const LISTED_AT = 2;
const SPANS = 3;
const SINCE = 4;

/**
 * Who dominates whom among the writes of a key: a write dominates those that were visible where it was accepted, then. As
 * visibility is closed under what a write had seen, dominance is transitive, and a write is visible wherever one that
 * dominates it is.
 *
 * Nothing is written down for a pair of writes, since they are many where one key takes thousands that cannot spread. Each
 * acceptance has a number, and each listed write the numbers from which, and between which, it was visible in a region:
 * those accepted there meanwhile dominate it.
 */
export class Dominance {
  /** How many were accepted. */
  private count = 0;
  /**
   * By write a row: its number as it was accepted, and the region; the count when it was put on its list (what was accepted
   * before means nothing); the first of the spans of time in which it was visible in a region and is not any more; and by
   * region, while it is visible there, the count when it came to be. Whoever asks one of these asks most of them.
   */
  private rows: Int32Array;
  private readonly width: number;
  private readonly span = new Nodes();
  /** By key: what was accepted, newest first, while anything was listed. */
  private readonly accepted: Int32Array;
  private readonly acceptance = new Nodes();

  constructor(
    private readonly writes: Writes,
    private visible: Int32Array<ArrayBuffer>,
    keys: number,
    regions: number,
  ) {
    this.width = SINCE + regions;
    this.rows = new Int32Array(1024 * this.width);
    this.accepted = new Int32Array(keys).fill(NONE);
  }

  /** A write that a region is the first to show, and that is put on its list. */
  add(write: number, region: number, blind: boolean): void {
    const row = write * this.width;
    this.rows[row + ACCEPTED_AS] = blind ? BLIND : ++this.count;
    this.rows[row + ACCEPTED_IN] = region;
    this.rows[row + SPANS] = NONE;
    if (!blind) {
      const key = this.writes.key[write]!;
      this.accepted[key] = this.acceptance.take(this.accepted[key]!, write, this.writes.serial[write]!, this.count);
    }
    this.rows[row + LISTED_AT] = this.count;
    this.appears(write, this.visible[write]!);
  }

  /** It has left its list for good, as far as is known. */
  unlist(write: number): void {
    const at = write * this.width + SPANS;
    while (this.rows[at] !== NONE) this.rows[at] = this.span.give(this.rows[at]!);
  }

  /** Regions whose bits are given show it from now on. */
  appears(write: number, bits: number): void {
    let at = write * this.width + SINCE;
    for (let left = bits; left !== 0; at++, left >>>= 1) if ((left & 1) === 1) this.rows[at] = this.count;
  }

  /** A region shows it no more, which it did. */
  vanishes(write: number, region: number): void {
    const row = write * this.width;
    const since = this.rows[row + SINCE + region]!;
    if (since < this.count) this.rows[row + SPANS] = this.span.take(this.rows[row + SPANS]!, region, since, this.count);
  }

  isDominatedBy(earlier: number, later: number): boolean {
    const { rows, width } = this;
    const accepted = rows[later * width + ACCEPTED_AS]!;
    if (accepted === BLIND) return false;
    const region = rows[later * width + ACCEPTED_IN]!;
    const row = earlier * width;
    if (((this.visible[earlier]! >> region) & 1) === 1 && rows[row + SINCE + region]! < accepted) return true;
    const { span } = this;
    for (let at = rows[row + SPANS]!; at !== NONE; at = span.next[at]!)
      if (span.a[at] === region && span.b[at]! < accepted && accepted <= span.c[at]!) return true;
    return false;
  }

  /** Whether any that dominates it, and is not forgotten, is as asked for. */
  some(write: number, is: (write: number, dominator: number) => boolean): boolean {
    const { acceptance } = this;
    const from = this.rows[write * this.width + LISTED_AT]!;
    for (let at = this.accepted[this.writes.key[write]!]!; at !== NONE; at = acceptance.next[at]!) {
      if (acceptance.c[at]! <= from) return false;
      const dominator = acceptance.a[at]!;
      if (this.isKnown(at) && this.isDominatedBy(write, dominator) && is(write, dominator)) return true;
    }
    return false;
  }

  /** Those that may dominate, are not forgotten, and that a region shows. */
  shownBy(key: number, region: number): readonly number[] {
    const { acceptance } = this;
    const shown: number[] = [];
    for (let at = this.accepted[key]!; at !== NONE; at = acceptance.next[at]!)
      if (this.isKnown(at) && this.writes.isShownBy(acceptance.a[at]!, region)) shown.push(acceptance.a[at]!);
    return shown;
  }

  /** The key has these writes on its list, and these that may come back to it: what is forgotten, or came before all of them, dominates none. */
  trim(key: number, head: number, next: Int32Array, ghosts: ReadonlySet<number>): void {
    let from = this.count;
    if (ghosts.size > 0) for (const ghost of ghosts) from = Math.min(from, this.rows[ghost * this.width + LISTED_AT]!);
    for (let write = head; write !== NONE; write = next[write]!)
      from = Math.min(from, this.rows[write * this.width + LISTED_AT]!);
    const { acceptance } = this;
    let before = NONE;
    let at = this.accepted[key]!;
    while (at !== NONE) {
      if (acceptance.c[at]! > from && this.isKnown(at)) {
        before = at;
        at = acceptance.next[at]!;
        continue;
      }
      at = acceptance.give(at);
      if (before === NONE) this.accepted[key] = at;
      else acceptance.next[before] = at;
    }
  }

  grow(length: number, visible: Int32Array<ArrayBuffer>): void {
    this.visible = visible;
    this.rows = lengthened(this.rows, length * this.width);
  }

  /** Once the write is forgotten, its number may mean another one. */
  private isKnown(at: number): boolean {
    return this.writes.serial[this.acceptance.a[at]!] === this.acceptance.b[at];
  }
}

/** Lists whose nodes, of three numbers each, are used again. */
class Nodes {
  next = new Int32Array(1024);
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  c = new Int32Array(1024);
  private free = NONE;
  private used = 0;

  /** A node before that one. */
  take(next: number, a: number, b: number, c: number): number {
    let node = this.free;
    if (node !== NONE) this.free = this.next[node]!;
    else {
      node = this.used++;
      if (node === this.next.length) this.grow(2 * node);
    }
    this.next[node] = next;
    this.a[node] = a;
    this.b[node] = b;
    this.c[node] = c;
    return node;
  }

  /** Gives it back; what came behind it. */
  give(node: number): number {
    const next = this.next[node]!;
    this.next[node] = this.free;
    this.free = node;
    return next;
  }

  private grow(length: number): void {
    this.next = lengthened(this.next, length);
    this.a = lengthened(this.a, length);
    this.b = lengthened(this.b, length);
    this.c = lengthened(this.c, length);
  }
}
