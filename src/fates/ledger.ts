import { Registers, hasBit } from "../check/replicas/registers.js";
import { ACCEPTED, NIL, OK, PROPOSED, READ, type RunRecord, SHOWN, UNDONE, isAcceptance } from "../record/record.js";
import { rowsOf } from "../record/table.js";

/** What became of an acknowledged write; the fates of docs/architecture.md, and nothing where none is due. */
export type Fate = "surviving" | "superseded" | "overwritten" | "unavailable" | "lost";

/**
 * The fates of all writes of a record, told from what its replicas showed and not by whoever ran it. A write that was
 * accepted more than once is one write here, and is there while any of its versions is.
 */
export class Ledger {
  /** So many times was each operation accepted. */
  readonly acceptances: Uint8Array;
  /** By operation and region: versions of it that the region holds at the end. */
  private readonly held: Uint8Array;
  private readonly shown: Uint8Array;
  private readonly superseded: Uint8Array;
  private readonly regions: number;

  constructor(readonly record: RunRecord) {
    const { versions, replicas, alive } = record;
    const operations = rowsOf(record.operations);
    const registers = new Registers(record);
    this.regions = registers.regions;
    this.acceptances = new Uint8Array(operations);
    this.held = new Uint8Array(operations * this.regions);
    this.shown = new Uint8Array(operations);
    this.superseded = new Uint8Array(operations);
    /** By operation: where its latest acceptance waits to be committed. */
    const proposedIn = new Int16Array(operations).fill(NIL);
    const replacing: (readonly [newer: number, older: number])[] = [];
    for (let row = 0; row < versions.time.length; row++) {
      registers.apply(row);
      const write = versions.write[row]!;
      const cell = write * this.regions + versions.region[row]!;
      const previous = versions.previous[row]!;
      const what = versions.what[row]!;
      if (isAcceptance(what)) this.acceptances[write]! += 1;
      if (what === PROPOSED) proposedIn[write] = versions.region[row]!;
      const commits = what === SHOWN && proposedIn[write] === versions.region[row];
      // It was made on top of what was shown there: that one is superseded while this one exists.
      if ((what === ACCEPTED || commits) && previous !== NIL) replacing.push([write, previous]);
      if (!commits) this.held[cell]! += what === UNDONE ? -1 : 1;
    }
    for (const [newer, older] of replacing) if (this.isHeld(newer, () => true)) this.superseded[older] = 1;
    for (let region = 0; region < this.regions; region++) {
      if (!hasBit(replicas & alive, region)) continue;
      for (const index of registers.keys.ids.keys()) {
        const write = registers.at(region, index);
        if (write !== NIL) this.shown[write] = 1;
      }
    }
  }

  /** Null for what was not acknowledged, or changes nothing. */
  fateOf(operation: number): Fate | null {
    const { operations, alive } = this.record;
    if (operations.outcome[operation] !== OK || operations.kind[operation] === READ) return null;
    if (!this.isHeld(operation, () => true)) return "lost";
    if (!this.isHeld(operation, (region) => hasBit(alive, region))) return "unavailable";
    if (this.shown[operation] === 1) return "surviving";
    return this.superseded[operation] === 1 ? "superseded" : "overwritten";
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
    return Array.from({ length: this.regions }, (_, region) => region).filter(
      (region) => this.held[operation * this.regions + region]! > 0,
    );
  }

  private isHeld(operation: number, by: (region: number) => boolean): boolean {
    for (let region = 0; region < this.regions; region++)
      if (this.held[operation * this.regions + region]! > 0 && by(region)) return true;
    return false;
  }

  private where(holds: (operation: number) => boolean): number[] {
    const found: number[] = [];
    for (let operation = 0; operation < this.acceptances.length; operation++)
      if (holds(operation)) found.push(operation);
    return found;
  }
}
