import type { Register } from "../policies/contract.js";
import type { Siblings } from "./siblings.js";
import type { Writes } from "./writes.js";

const NOTHING: readonly number[] = [];

/** A version as a conflict policy is lent it: what the policy does not ask for is not looked up. */
export class Version implements Register {
  write = -1;

  constructor(
    private readonly writes: Writes,
    private readonly siblings: Siblings | null,
  ) {}

  get timestamp(): number {
    return this.writes.timestamp[this.write]!;
  }

  get hybrid(): number {
    return this.writes.hybrid[this.write]!;
  }

  get origin(): number {
    return this.writes.origin[this.write]!;
  }

  get sequence(): number {
    return this.writes.sequence[this.write]!;
  }

  get actor(): number {
    return this.siblings === null ? 0 : this.siblings.actorBehind(this.write);
  }

  get count(): number {
    return this.siblings === null ? 0 : this.siblings.countOf(this.write);
  }

  get seen(): readonly number[] {
    return this.siblings === null ? NOTHING : this.siblings.seenBy(this.write);
  }
}
