import { isOperators } from "../check/operators.js";
import { Registers, hasBit } from "../check/replicas/registers.js";
import { DELETE, NIL, OK, READ, type RunRecord, WAITING } from "../record/record.js";
import { rowsOf } from "../record/table.js";
import { Instances } from "./instances.js";
import { VersionRows } from "./version-rows.js";

/** What became of an acknowledged write; the fates of docs/architecture.md, and nothing where none is due. */
export type Fate = "surviving" | "superseded" | "overwritten" | "unavailable" | "lost";

/**
 * The fates of all writes of a record, told from what its replicas showed and not by whoever ran it. A write that was
 * accepted more than once is one write here, and is there while any of its versions is. A copy that was given up has lost
 * all that it held, also what nobody remembered by then.
 */
export class Ledger {
  /** So many times was each operation accepted. */
  readonly acceptances: Uint8Array;
  /** By operation: a user's write that was made on top of it knowing it, the latest of several; NIL for none. */
  readonly superseder: Int32Array;
  /** By operation: an operator's deletion of it, NIL for none. */
  readonly deleter: Int32Array;
  /** By operation: bit r for a region that holds a version of it at the end. */
  private readonly holding: Int32Array;
  private readonly shown: Uint8Array;
  /** By operation: bits of the regions that hold a later write that was made on top of it. */
  private readonly beneath: Int32Array;
  private readonly deleted: Uint8Array;
  private readonly regions: number;
  /** The same rows by their write, for whoever tells stories. */
  readonly rows: VersionRows;

  constructor(readonly record: RunRecord) {
    this.rows = new VersionRows(record);
    const { versions, copies = [] } = record;
    const operations = rowsOf(record.operations);
    const registers = new Registers(record);
    const instances = new Instances(record);
    this.regions = registers.regions;
    this.superseder = new Int32Array(operations).fill(NIL);
    this.deleter = new Int32Array(operations).fill(NIL);
    this.shown = new Uint8Array(operations);
    this.beneath = new Int32Array(operations);
    this.deleted = new Uint8Array(operations);
    const givenUp = copies.filter(({ what }) => what === "given-up");
    let next = 0;
    for (let row = 0; row <= versions.time.length; row++) {
      for (; next < givenUp.length && givenUp[next]!.row <= row; next++) instances.giveUp(givenUp[next]!.region);
      if (row === versions.time.length) break;
      registers.apply(row);
      instances.apply(row);
    }
    this.acceptances = Uint8Array.from({ length: operations }, (_, operation) => instances.acceptances(operation));
    this.holding = new Int32Array(operations);
    for (const [version, operation] of instances.operation.entries())
      this.holding[operation]! |= instances.holding[version]!;
    this.bury(instances);
    this.showAtTheEnd(registers);
  }

  /** Null for what was not acknowledged, or changes nothing; and for what operators do, which nobody waits for. */
  fateOf(operation: number): Fate | null {
    const { operations, alive } = this.record;
    if (operations.outcome[operation] !== OK || operations.kind[operation] === READ) return null;
    if (isOperators(this.record, operation)) return null;
    const [holding, beneath] = [this.holding[operation]!, this.beneath[operation]!];
    if (holding !== 0 && (holding & alive) === 0 && (beneath & alive) === 0) return "unavailable";
    if (holding !== 0 && this.shown[operation] === 1) return "surviving";
    if (beneath !== 0) return "superseded";
    return holding === 0 || this.deleted[operation] === 1 ? "lost" : "overwritten";
  }

  /** All acknowledged writes with this fate, in the order of their calls. */
  withFate(fate: Fate): number[] {
    return this.where((operation) => this.fateOf(operation) === fate);
  }

  duplicates(): number[] {
    return this.where((operation) => this.acceptances[operation]! > 1);
  }

  /** Regions that hold a version of it at the end. */
  holders(operation: number): number[] {
    return Array.from({ length: this.regions }, (_, region) => region).filter((region) =>
      hasBit(this.holding[operation]!, region),
    );
  }

  /** Whether any region holds it at the end, or what was made on top of it. */
  exists(operation: number): boolean {
    return this.holding[operation] !== 0 || this.beneath[operation] !== 0;
  }

  /** From the latest to the first: what was made on top of a version comes later than that one. */
  private bury({ replacing, holding, operation: of }: Instances): void {
    const beneath = new Int32Array(of.length);
    for (let at = replacing.length - 1; at >= 0; at--) {
      const [newer, older] = replacing[at]!;
      const [write, replaced] = [of[newer]!, of[older]!];
      const there = holding[newer]! | beneath[newer]!;
      if (isOperators(this.record, write) && this.record.operations.kind[write] === DELETE) {
        if (there !== 0) this.deleted[replaced] = 1;
        if (there !== 0 || this.deleter[replaced] === NIL) this.deleter[replaced] = write;
        continue;
      }
      beneath[older]! |= there;
      this.beneath[replaced]! |= there;
      if (this.superseder[replaced] === NIL) this.superseder[replaced] = write;
    }
  }

  /** What live copies show at the end, or will show once they have applied what they have received. */
  private showAtTheEnd(registers: Registers): void {
    const { versions, operations, replicas, alive } = this.record;
    const { ids } = registers.keys;
    const last = new Int32Array(ids.length * this.regions);
    for (let cell = 0; cell < last.length; cell++)
      last[cell] = registers.at(cell % this.regions, Math.floor(cell / this.regions));
    for (let row = versions.time.length - 1; row >= 0 && versions.what[row] === WAITING; row--) {
      const write = versions.write[row]!;
      const cell = registers.keys.index(operations.key[write]!) * this.regions + versions.region[row]!;
      // Of several the last one counts, and comes first here.
      if (last[cell] === versions.previous[row]) last[cell] = write;
    }
    for (let cell = 0; cell < last.length; cell++) {
      const [region, index] = [cell % this.regions, Math.floor(cell / this.regions)];
      if (last[cell] === NIL || !hasBit(replicas & alive, region)) continue;
      this.shown[last[cell]!] = 1;
      if (last[cell] === registers.at(region, index))
        for (const write of registers.all(region, index)) this.shown[write] = 1;
    }
  }

  private where(holds: (operation: number) => boolean): number[] {
    const found: number[] = [];
    for (let operation = 0; operation < this.acceptances.length; operation++)
      if (holds(operation)) found.push(operation);
    return found;
  }
}
