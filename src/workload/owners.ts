import type { DataClass } from "./demand.js";

const NOBODY = -1;
/** Multiples of the golden ratio, modulo 1, are spread more evenly than any other such sequence. */
const GOLDEN = 0.6180339887498949;

/**
 * To the users of which place a key belongs. In a class whose users mostly ask for their own, each place has keys in
 * proportion to its requests, the popular ones spread like all others; the keys of other classes are nobody's.
 */
export class Owners {
  private readonly places: Int16Array;
  /** Keys by class and place, in the order of their numbers; and where in that list those of each begin. */
  private readonly keys: Int32Array;
  private readonly firsts: readonly (Int32Array | null)[];
  private readonly classFirsts: readonly number[];

  constructor(
    private readonly classes: readonly DataClass[],
    rates: readonly number[],
  ) {
    const total = classes.reduce((sum, { keys }) => sum + keys, 0);
    this.places = new Int16Array(total).fill(NOBODY);
    this.keys = new Int32Array(total);
    let first = 0;
    this.classFirsts = classes.map(({ keys }) => {
      first += keys;
      return first - keys;
    });
    this.firsts = classes.map(({ keys, local }, at) => (local === null ? null : this.share(at, keys, rates)));
  }

  /** -1 for nobody's. */
  of(key: number): number {
    return this.places[key]!;
  }

  /** The key of these users that is as popular among theirs as `key` is in its class. */
  own(key: number, of: number, place: number): number {
    const firsts = this.firsts[of]!;
    const [from, until] = [firsts![place]!, firsts![place + 1]!];
    if (until === from) return key;
    const rank = (key - this.classFirsts[of]!) / this.classes[of]!.keys;
    return this.keys[from + Math.floor(rank * (until - from))]!;
  }

  private share(at: number, keys: number, rates: readonly number[]): Int32Array {
    const first = this.classFirsts[at]!;
    const all = rates.reduce((sum, rate) => sum + rate, 0);
    const firsts = new Int32Array(rates.length + 1);
    for (let key = 0; key < keys; key++) {
      let rest = ((key * GOLDEN) % 1) * all;
      let place = 0;
      while (place < rates.length - 1 && rest >= rates[place]!) rest -= rates[place++]!;
      this.places[first + key] = place;
      firsts[place + 1]! += 1;
    }
    firsts[0] = first;
    for (let place = 0; place < rates.length; place++) firsts[place + 1]! += firsts[place]!;
    const next = firsts.slice();
    for (let key = first; key < first + keys; key++) this.keys[next[this.places[key]!]!++] = key;
    return firsts;
  }
}

/** Null where no key belongs to anybody. */
export const ownersOf = (classes: readonly DataClass[], rates: readonly number[]): Owners | null =>
  classes.some(({ local }) => local !== null) ? new Owners(classes, rates) : null;
