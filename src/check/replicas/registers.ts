import { JOINED, NIL, REPLACED, type RunRecord, UNDONE, isShowing } from "../../record/record.js";

/** Keys of a record as small numbers, in the order in which their first versions came. */
export class Keys {
  readonly ids: number[] = [];
  private readonly indices = new Map<number, number>();

  constructor({ versions, operations }: RunRecord) {
    for (const write of versions.write) {
      const key = operations.key[write]!;
      if (this.indices.has(key)) continue;
      this.indices.set(key, this.ids.length);
      this.ids.push(key);
    }
  }

  index(key: number): number {
    return this.indices.get(key) ?? -1;
  }
}

/** What every region shows of every key, while the rows of versions are read one after the other. */
export class Registers {
  readonly keys: Keys;
  readonly regions: number;
  private readonly shown: Int32Array;
  /** All that a region shows of a key, where that has ever been more than one write. */
  private readonly several = new Map<number, readonly number[]>();

  constructor(private readonly record: RunRecord) {
    this.keys = new Keys(record);
    const { region } = record.versions;
    let regions = 32 - Math.clz32(record.replicas | record.alive);
    for (let row = 0; row < region.length; row++) regions = Math.max(regions, region[row]! + 1);
    this.regions = regions;
    this.shown = new Int32Array(regions * this.keys.ids.length).fill(NIL);
  }

  /** The write that the region shows of a key, by its index; NIL for none. */
  at(region: number, keyIndex: number): number {
    return this.shown[keyIndex * this.regions + region]!;
  }

  /** What the region of a row of the versions shows of its key. */
  shownBy(row: number): number {
    const { region, write } = this.record.versions;
    return this.at(region[row]!, this.keys.index(this.record.operations.key[write[row]!]!));
  }

  /** All that the region shows of a key, in the order of their numbers. */
  all(region: number, keyIndex: number): readonly number[] {
    const shown = this.at(region, keyIndex);
    return this.beside(region, keyIndex) ?? (shown === NIL ? [] : [shown]);
  }

  /** The same where that has been more than one write since something was last shown alone. */
  beside(region: number, keyIndex: number): readonly number[] | undefined {
    return this.several.get(keyIndex * this.regions + region);
  }

  /** Takes in one row of the versions. */
  apply(row: number): void {
    const { what, write, previous, region } = this.record.versions;
    const cell = this.keys.index(this.record.operations.key[write[row]!]!) * this.regions + region[row]!;
    if (what[row] === JOINED || what[row] === REPLACED || this.several.has(cell)) this.applyBeside(row, cell);
    if (isShowing(what[row]!)) this.shown[cell] = write[row]!;
    else if (what[row] === UNDONE) this.shown[cell] = previous[row]!;
  }

  private applyBeside(row: number, cell: number): void {
    const { what, write, previous } = this.record.versions;
    const [of, shown] = [write[row]!, this.shown[cell]!];
    const before = this.several.get(cell) ?? (shown === NIL ? [] : [shown]);
    const others = before.filter((each) => each !== of);
    if (what[row] === JOINED)
      this.several.set(
        cell,
        [...others, of].toSorted((a, b) => a - b),
      );
    else if (what[row] === REPLACED || (what[row] === UNDONE && others.includes(previous[row]!)))
      this.several.set(cell, others);
    else if (isShowing(what[row]!) || what[row] === UNDONE) this.several.delete(cell);
  }

  applyAll(): this {
    for (let row = 0; row < this.record.versions.time.length; row++) this.apply(row);
    return this;
  }
}

export const hasBit = (mask: number, bit: number): boolean => ((mask >>> bit) & 1) === 1;

/** Whether a region is there to keep the key: it has copies, and of the key's class too, or may at least. */
export function mayKeep({ replicas, residency }: RunRecord, region: number, key: number): boolean {
  const of = key < 0 || key >= residency.classOfKey.length ? NIL : residency.classOfKey[key]!;
  if (of === NIL) return hasBit(replicas, region);
  const { allowed, kept = allowed } = residency.classes[of]!;
  return hasBit(replicas & kept, region);
}

/** The group that the key is kept with. */
export function groupOf({ residency }: RunRecord, key: number): number {
  const of = key < 0 || key >= residency.classOfKey.length ? NIL : residency.classOfKey[key]!;
  return of === NIL ? 0 : (residency.classes[of]!.group ?? 0);
}
