import { lengthened } from "../engine/columns.js";
import { NIL, type ResidencyClass } from "../record/record.js";
import type { Demand } from "../workload/demand.js";
import { type Groups, rowsOfKeys } from "./groups.js";
import { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * The truth of where data rested, whatever the placement believed: in a copy or its log, in a coordinator's hints, or in
 * a backup. What is on a wire, or in the hands of a region that hands it on, does not rest.
 */
export class Residence extends Observer {
  /** Writes that rested where the law forbids it, once for each such region. */
  misplaced = 0;
  /** Bit r: the write rested in region r, where it may not be; and which write that id meant. */
  private told = new Int32Array(1024);
  private serials = new Int32Array(1024).fill(NONE);

  constructor(
    readonly law: KeyLaws,
    private readonly writes: Writes,
  ) {
    super();
  }

  override writeAccepted(write: number, region: number): void {
    // Made elsewhere, it has been looked at before.
    const isNew = this.writes.origin[write] === region;
    this.begin(write, isNew);
    this.rests(write, region);
  }

  override writeReceived(write: number, region: number): void {
    this.rests(write, region);
  }

  override writeKept(write: number, region: number): void {
    if (write >= this.told.length || this.serials[write] !== this.writes.serial[write]) this.begin(write, true);
    this.rests(write, region);
  }

  override backupTaken(region: number, registers: Int32Array): void {
    for (let key = 0; key < registers.length; key++) if (registers[key] !== NONE) this.rests(registers[key]!, region);
  }

  private begin(write: number, isNew: boolean): void {
    if (this.writes.capacity > this.told.length) {
      this.told = lengthened(this.told, this.writes.capacity);
      this.serials = lengthened(this.serials, this.writes.capacity);
    }
    if (isNew) this.told[write] = 0;
    this.serials[write] = this.writes.serial[write]!;
  }

  private rests(write: number, region: number): void {
    if (!this.law.forbids(this.writes.key[write]!, region)) return;
    const bit = 1 << region;
    if ((this.told[write]! & bit) !== 0) return;
    this.told[write]! |= bit;
    this.misplaced++;
  }
}

/** Of each key, the class under whose law it is, as a record has it: with the regions that may hold it and those that do. */
export class KeyLaws {
  readonly classes: readonly ResidencyClass[];
  readonly classOfKey: Int16Array<ArrayBuffer>;

  constructor(plan: Plan, demand: Demand, groups: Groups) {
    const everywhere = plan.regions.reduce((bits, _, region) => bits | (1 << region), 0);
    const width = plan.places.length;
    this.classes = plan.data.classes.flatMap(({ name, local }, of) =>
      plan.places.map((place, at): ResidencyClass => {
        const rule = plan.governance?.rules[of * width + at] ?? null;
        const group = plan.placement?.table[of * width + at] ?? 0;
        return {
          name: rule?.name ?? (local === null ? name : `${name} of ${place.name}`),
          allowed: rule?.allowed ?? everywhere,
          kept: groups.holders[group]!,
          group,
        };
      }),
    );
    this.classOfKey = rowsOfKeys(plan, demand);
  }

  forbids(key: number, region: number): boolean {
    const of = this.classOfKey[key]!;
    return of !== NIL && ((this.classes[of]!.allowed >> region) & 1) === 0;
  }
}

/** Null where all data may be anywhere, and are everywhere. */
export const residenceOf = (plan: Plan, demand: Demand, groups: Groups, writes: Writes): Residence | null =>
  plan.placement === null && plan.governance === null ? null : new Residence(new KeyLaws(plan, demand, groups), writes);
