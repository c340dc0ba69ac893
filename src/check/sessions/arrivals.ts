import type { CopyFact } from "../../record/circumstances.js";
import { INSTALLED, type RunRecord, UNDONE } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Registers } from "../replicas/registers.js";
import { versionRanks } from "../version-order.js";

/**
 * Which versions have come to which region by now. What was there once has come, though it be undone. A whole copy brings
 * what its versions had replaced without a row for each: in a region that had one, what is older than the version shown
 * counts as having come.
 */
export class Arrivals {
  private readonly registers: Registers;
  /** By operation, a bit a region. */
  private readonly came: Int32Array;
  private copied = 0;
  /** Whole copies that were merged, of which every version may have lost to a newer one. */
  private readonly installs: readonly CopyFact[];
  private next = 0;
  private readonly ranks: Int32Array | null;

  constructor(private readonly record: RunRecord) {
    this.registers = new Registers(record);
    this.came = new Int32Array(rowsOf(record.operations));
    this.installs = (record.copies ?? []).filter(({ what }) => what === "installed");
    const isCopied = this.installs.length > 0 || record.versions.what.includes(INSTALLED);
    this.ranks = isCopied ? versionRanks(record) : null;
  }

  take(row: number): void {
    const { what, write, region } = this.record.versions;
    this.registers.apply(row);
    if (what[row] !== UNDONE) this.came[write[row]!]! |= 1 << region[row]!;
    if (what[row] === INSTALLED) this.copied |= 1 << region[row]!;
    for (; this.next < this.installs.length && this.installs[this.next]!.row <= row + 1; this.next++)
      this.copied |= 1 << this.installs[this.next]!.region;
  }

  has(region: number, write: number): boolean {
    const bit = 1 << region;
    if ((this.came[write]! & bit) !== 0) return true;
    if (this.ranks === null || (this.copied & bit) === 0) return false;
    const index = this.registers.keys.index(this.record.operations.key[write]!);
    const shown = index === -1 ? -1 : this.registers.at(region, index);
    return shown >= 0 && this.ranks[shown]! > this.ranks[write]!;
  }
}
