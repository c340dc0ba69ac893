import type { Letter } from "../policies/contract.js";
import { DELETE } from "../record/record.js";
import type { DataClass } from "../workload/demand.js";
import type { TransferPlan } from "./plan.js";
import type { Siblings } from "./siblings.js";
import type { Writes } from "./writes.js";

/** Bytes of a letter around its writes, and around each write: headers, keys, positions, checksums (an assumption). */
const LETTER_BYTES = 120;
const WRITE_BYTES = 64;
/** An actor and a number of his: what a version had seen is so many of them, and its dot is one (an assumption). */
const NUMBER_BYTES = 12;
/** Of a full TLS 1.3 handshake with its certificates (an assumption). */
const HANDSHAKE_BYTES = 5000;

/** How many bytes things have, by the class of data of their key. */
export class Sizes {
  /** Where the classes begin, and the bytes of a value in each. */
  private readonly firsts: number[] = [];
  private readonly values: readonly number[];
  /** Null where versions do not carry what they had seen. */
  siblings: Siblings | null = null;

  constructor(
    classes: readonly DataClass[],
    private readonly writes: Writes,
    private readonly transfer: TransferPlan | null = null,
  ) {
    let keys = 0;
    for (const facts of classes) {
      this.firsts.push(keys);
      keys += facts.keys;
    }
    this.values = classes.map((facts) => facts.valueBytes);
  }

  value(key: number): number {
    if (this.values.length === 1) return this.values[0]!;
    let at = this.firsts.length - 1;
    while (this.firsts[at]! > key) at--;
    return this.values[at]!;
  }

  /** A write as it travels and as it is stored; a tombstone has no value. */
  write(write: number): number {
    const { key, kind } = this.writes;
    const context = this.siblings === null ? 0 : this.siblings.numbersOf(write) * NUMBER_BYTES;
    return WRITE_BYTES + context + (kind[write] === DELETE ? 0 : this.value(key[write]!));
  }

  /** As it travels. */
  letter({ writes, extra }: Letter): number {
    let bytes = 0;
    for (let index = 0; index < writes.length; index++) bytes += this.write(writes.at(index));
    if (this.transfer === null) return LETTER_BYTES + extra + bytes;
    const opening = this.transfer.handshakes === 0 ? 0 : HANDSHAKE_BYTES;
    return LETTER_BYTES + extra + opening + this.packed(bytes);
  }

  /** Bytes of copies, made smaller. */
  packed(bytes: number): number {
    return this.transfer === null ? bytes : Math.ceil(bytes / this.transfer.ratio);
  }
}
