import {
  ACCEPTED,
  NIL,
  PROPOSED,
  REPLACED,
  type RunRecord,
  SHOWN,
  UNDONE,
  WAITING,
  isAcceptance,
} from "../record/record.js";
import { rowsOf } from "../record/table.js";

/**
 * Versions of writes: one each time that an operation was accepted, since what a retry was made on top of is not what the
 * first try was. The first has the number of its operation, later ones follow all operations. Rows do not say which version
 * of their operation they are of: what comes to a region is taken to be the latest that it does not have, what goes from it
 * the latest that it has.
 */
export class Instances {
  /** By version: its operation. */
  readonly operation: number[] = [];
  /** By version: bit r for a region that holds it, as far as rows have been taken in. */
  readonly holding: number[] = [];
  /** Of each version that was made on top of another, both; in the order in which they were shown. */
  readonly replacing: (readonly [newer: number, older: number])[] = [];
  private readonly more = new Map<number, number[]>();
  /** By version: where its acceptance waits to be committed. */
  private readonly proposedIn = new Map<number, number>();
  private readonly accepted: Uint8Array;

  constructor(private readonly record: RunRecord) {
    const operations = rowsOf(record.operations);
    this.accepted = new Uint8Array(operations);
    for (let operation = 0; operation < operations; operation++) {
      this.operation.push(operation);
      this.holding.push(0);
    }
  }

  /** So many versions an operation has, 0 for one that was never accepted. */
  acceptances(operation: number): number {
    return this.accepted[operation]!;
  }

  /** Takes in one row of the versions. */
  apply(row: number): void {
    const { versions } = this.record;
    const [what, write] = [versions.what[row]!, versions.write[row]!];
    const [region, previous] = [versions.region[row]!, versions.previous[row]!];
    const bit = 1 << region;
    // Whoever had seen it was made on top of it.
    if (what === REPLACED) {
      this.replacing.push([
        this.latest(previous, (each) => (this.holding[each]! & bit) !== 0),
        this.latest(write, (each) => (this.holding[each]! & bit) !== 0),
      ]);
      return;
    }
    if (what === UNDONE) {
      const gone = this.latest(write, (version) => (this.holding[version]! & bit) !== 0);
      if (gone !== NIL) this.holding[gone]! &= ~bit;
      return;
    }
    const committed = what === SHOWN ? this.latest(write, (version) => this.proposedIn.get(version) === region) : NIL;
    const version = committed !== NIL ? committed : isAcceptance(what) ? this.accept(write) : this.coming(write, bit);
    if (what === PROPOSED) this.proposedIn.set(version, region);
    else if (committed !== NIL) this.proposedIn.delete(version);
    // It was made on top of what was shown there: that one is superseded while this one exists.
    if ((what === ACCEPTED || committed !== NIL) && previous !== NIL) {
      const older = this.latest(previous, (each) => each !== version && (this.holding[each]! & bit) !== 0);
      if (older !== NIL) this.replacing.push([version, older]);
    }
    if (what !== WAITING || this.latest(write, (each) => (this.holding[each]! & bit) !== 0) === NIL)
      this.holding[version]! |= bit;
  }

  /** A region has given up all that it held. */
  giveUp(region: number): void {
    for (let version = 0; version < this.holding.length; version++) this.holding[version]! &= ~(1 << region);
  }

  private accept(write: number): number {
    this.accepted[write]! += 1;
    if (this.accepted[write] === 1) return write;
    const version = this.operation.length;
    this.operation.push(write);
    this.holding.push(0);
    const known = this.more.get(write);
    if (known === undefined) this.more.set(write, [version]);
    else known.push(version);
    return version;
  }

  private coming(write: number, bit: number): number {
    const missing = this.latest(write, (version) => (this.holding[version]! & bit) === 0);
    return missing === NIL ? write : missing;
  }

  private latest(write: number, fits: (version: number) => boolean): number {
    const more = this.more.get(write) ?? [];
    for (let at = more.length - 1; at >= 0; at--) if (fits(more[at]!)) return more[at]!;
    return fits(write) ? write : NIL;
  }
}
