import { APPEND, CAS, DELETE, INCREMENT, READ, SET_ADD, WRITE } from "../record/record.js";
import { Popularity } from "./popularity.js";

/** What the keys of a class hold. It decides what a write does to them: replaces, adds to a number, a set or a list. */
export const HOLDS = ["register", "counter", "set", "list"] as const;

/** A class of data: keys of one type, and how they are asked for. Shares of a class are of its own writes. */
export interface DataClass {
  readonly name: string;
  readonly holds: (typeof HOLDS)[number];
  readonly keys: number;
  /** Of all operations. */
  readonly share: number;
  /** Exponent of the popularity; 0 is uniform. */
  readonly zipf: number;
  /** Popular is what was inserted last, and not always the same keys. */
  readonly latest: boolean;
  readonly valueBytes: number;
  /** Share of reads, where it is not that of the users. */
  readonly reads: number | null;
  readonly deletes: number;
  /** Of a counter: they take one away. */
  readonly decrements: number;
  /** Compare-and-set on what a read has just returned. */
  readonly swaps: number;
  /** New records, each under the next key; beyond the last one the oldest is written anew. */
  readonly inserts: number;
  /** A read returns 1 to so many records, uniformly. */
  readonly scan: number;
  /** Share of the requests that are for keys of the asker's own place; null where keys belong to nobody. */
  readonly local: number | null;
  /** They are about people. */
  readonly personal: boolean;
}

/** Places of an operation's uniform draws in its column; what lies between is decided elsewhere. */
export const KEY = 1;
export const KIND = 2;
/** Used where there are several classes. */
export const CLASS = 6;
/** Used for the writes of a class that has several kinds of them. */
export const CHANGE = 7;
/** Used for the reads of a class with scans. */
export const SCAN = 8;
const FEW_DRAWS = 4;
const ALL_DRAWS = 9;

const CHANGES: Readonly<Record<DataClass["holds"], number>> = {
  register: WRITE,
  counter: INCREMENT,
  set: SET_ADD,
  list: APPEND,
};

/** What users ask for: of which class, which key, and what is to be done with it. Keys are numbered class after class. */
export class Demand {
  /** The answer of the last `choose`. */
  key = 0;
  kind = READ;
  /** What an increment adds: 1 or -1. */
  amount = 1;
  /** Records that the read returns. */
  records = 1;
  readonly keys: number;
  /** How many draws `choose` needs, from the first. */
  readonly draws: number;
  /** The only class, where all that it knows are gets and one kind of writes. */
  private readonly plain: DataClass | null;
  private readonly firsts: number[] = [];
  /** Share of the operations up to each class, its own included. */
  private readonly shares: number[] = [];
  private readonly popularities: readonly Popularity[];
  /** Of each class, how many records were inserted beyond the keys that were there at the start. */
  private readonly inserted: Float64Array;

  constructor(private readonly classes: readonly DataClass[]) {
    let keys = 0;
    let share = 0;
    const total = classes.reduce((sum, each) => sum + each.share, 0);
    for (const each of classes) {
      this.firsts.push(keys);
      keys += each.keys;
      share += each.share / total;
      this.shares.push(share);
    }
    this.keys = keys;
    this.popularities = tablesOf(classes);
    this.inserted = new Float64Array(classes.length);
    this.plain = classes.length === 1 && isPlain(classes[0]!) ? classes[0]! : null;
    this.draws = this.plain === null ? ALL_DRAWS : FEW_DRAWS;
  }

  /** Decides what the operation is; `reads` is the share of reads of whoever asks, `ofType` that of its type if it has one. */
  choose(draws: Float64Array, reads: number, ofType: number | null = null): void {
    if (this.plain !== null) {
      this.kind = draws[KIND]! < (ofType ?? this.plain.reads ?? reads) ? READ : CHANGES[this.plain.holds];
      this.key = this.popularities[0]!.pick(draws[KEY]!);
      return;
    }
    const at = this.classes.length === 1 ? 0 : this.chosen(draws[CLASS]!);
    const facts = this.classes[at]!;
    const isRead = draws[KIND]! < (ofType ?? facts.reads ?? reads);
    this.amount = 1;
    this.kind = isRead ? READ : this.change(facts, draws);
    this.records = isRead && facts.scan > 1 ? 1 + Math.floor(draws[SCAN]! * facts.scan) : 1;
    this.key = this.firsts[at]! + this.keyIn(at, facts, draws);
  }

  get isOfOneClass(): boolean {
    return this.classes.length === 1;
  }

  /** Brings near what `choose` will look up for these draws of a key and of its class. */
  foresee(key: number, ofClass: number): void {
    this.popularities[this.isOfOneClass ? 0 : this.chosen(ofClass)]!.fetch(key);
  }

  classOf(key: number): number {
    let at = this.firsts.length - 1;
    while (this.firsts[at]! > key) at--;
    return at;
  }

  private chosen(uniform: number): number {
    let at = 0;
    while (at < this.shares.length - 1 && this.shares[at]! <= uniform) at++;
    return at;
  }

  private change({ holds, deletes, decrements, swaps }: DataClass, draws: Float64Array): number {
    const uniform = deletes + decrements + swaps === 0 ? 1 : draws[CHANGE]!;
    if (uniform < deletes) return DELETE;
    // Nothing is both decremented and swapped.
    if (uniform < deletes + decrements) this.amount = -1;
    return uniform < deletes + swaps ? CAS : CHANGES[holds];
  }

  private keyIn(at: number, { keys, latest, inserts, deletes, swaps }: DataClass, draws: Float64Array): number {
    const inserting = this.kind === WRITE && inserts > 0 && draws[CHANGE]! >= deletes + swaps;
    if (inserting && draws[CHANGE]! < deletes + swaps + inserts) {
      const next = this.inserted[at]! % keys;
      this.inserted[at]! += 1;
      return next;
    }
    const rank = this.popularities[at]!.pick(draws[KEY]!);
    if (!latest) return rank;
    const newest = (this.inserted[at]! + keys - 1) % keys;
    return (newest - rank + keys) % keys;
  }
}

/** Those of the last demand: seed after seed asks for the same, and they are as long as there are keys. */
let tables = new Map<string, Popularity>();

/** Classes of one shape share a table, since a table only says what its shape is. */
function tablesOf(classes: readonly DataClass[]): readonly Popularity[] {
  const kept = tables;
  tables = new Map();
  return classes.map(({ keys, zipf }) => {
    const shape = `${keys}/${zipf}`;
    const table = tables.get(shape) ?? kept.get(shape) ?? new Popularity(keys, zipf);
    tables.set(shape, table);
    return table;
  });
}

const isPlain = ({ deletes, decrements, swaps, inserts, scan, latest }: DataClass): boolean =>
  deletes + decrements + swaps + inserts === 0 && scan <= 1 && !latest;
