import { lengthened } from "../engine/columns.js";
import type { Writes } from "./writes.js";

interface Version {
  readonly write: number;
  /** Which write that id meant. */
  readonly serial: number;
}

/** What operators' deletions have deleted: it is gone while a deletion of it exists somewhere. */
export class DeletedVersions {
  /** By deletion. */
  private readonly deleted = new Map<number, readonly Version[]>();
  /** By write: deletions of it that exist. */
  private deleters = new Int32Array(1024);

  constructor(private readonly writes: Writes) {}

  begin(write: number): void {
    if (this.writes.capacity > this.deleters.length) this.deleters = lengthened(this.deleters, this.writes.capacity);
    this.deleters[write] = 0;
    if (this.deleted.size > 0) this.deleted.delete(write);
  }

  /** `deletion` has been accepted where these were shown. */
  add(deletion: number, versions: readonly number[]): void {
    this.deleted.set(
      deletion,
      versions.map((write) => ({ write, serial: this.writes.serial[write]! })),
    );
  }

  /** Some region has the write, or none has it any more: so is what it deleted, or is there again. */
  isThere(write: number, held: boolean): void {
    if (this.deleted.size === 0) return;
    for (const version of this.deleted.get(write) ?? [])
      if (this.writes.serial[version.write] === version.serial) this.deleters[version.write]! += held ? 1 : -1;
  }

  isDeleted(write: number): boolean {
    return this.deleters[write]! > 0;
  }
}
