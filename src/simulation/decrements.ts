import { NOTHING, type Vector, joined, total, withNumber } from "./vectors.js";

const NONE = -1;

/** Of a counter's changes those that take one away: the second of the two counters of a PN-Counter, by region as the first. */
export class Decrements {
  /** By version: how many of each actor it knows, and how many of those are deleted. */
  private readonly known: (Vector | undefined)[] = [];
  private readonly deleted: (Vector | undefined)[] = [];
  /** By region and key, of what was let go of there. */
  private readonly letGo = new Map<number, Vector>();
  private any = false;

  /** A change is made where `shown` is shown, -1 for nothing. One that `begins` anew has deleted all that it knows. */
  know(write: number, shown: number, actor: number, lowers: boolean, begins: boolean, cell: number): void {
    if (!this.any && !lowers) return;
    this.any = true;
    const gone = this.letGo.get(cell) ?? NOTHING;
    const before = joined(this.knownOf(shown), gone);
    const known = lowers ? withNumber(before, actor, (before[actor] ?? 0) + 1) : before;
    this.known[write] = known;
    this.deleted[write] = begins ? known : joined(this.deletedOf(shown), gone);
  }

  forget(write: number): void {
    if (this.any) this.known[write] = this.deleted[write] = NOTHING;
  }

  join(bundle: number, members: readonly number[]): void {
    if (!this.any) return;
    this.known[bundle] = members.reduce((all: Vector, member) => joined(all, this.knownOf(member)), NOTHING);
    this.deleted[bundle] = members.reduce((all: Vector, member) => joined(all, this.deletedOf(member)), NOTHING);
  }

  letsGo(version: number, cell: number): void {
    if (this.any) this.letGo.set(cell, joined(this.knownOf(version), this.letGo.get(cell) ?? NOTHING));
  }

  countOf(version: number): number {
    return total(this.knownOf(version), this.deletedOf(version));
  }

  private knownOf(version: number): Vector {
    return version === NONE ? NOTHING : (this.known[version] ?? NOTHING);
  }

  private deletedOf(version: number): Vector {
    return version === NONE ? NOTHING : (this.deleted[version] ?? NOTHING);
  }
}
