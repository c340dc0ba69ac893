import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Conflict } from "../policies/contract.js";
import type { Plan } from "./plan.js";
import { Siblings } from "./siblings.js";
import type { Sizes } from "./sizes.js";
import { Version } from "./version.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/** By the conflict policy of all keys; or, where some class of data has its own, by that of each class. */
export function mergingOf(
  { policies }: Plan,
  catalogue: Catalogue,
  writes: Writes,
  sizes: Sizes,
  classOf: (key: number) => number,
): Merging {
  const all = (policies.conflicts ?? [policies.conflict]).map(({ name }) => choose("conflict", name, catalogue));
  const siblings = all.some(({ causal }) => causal === true) ? new Siblings(writes) : null;
  sizes.siblings = siblings;
  return new Merging(writes, all, classOf, siblings);
}

/** Lets the conflict policies decide between versions of a key: one for all keys, or one for those of each class. */
export class Merging {
  private readonly mine: Version;
  private readonly theirs: Version;
  private readonly only: Conflict | null;

  constructor(
    private readonly writes: Writes,
    private readonly conflicts: readonly Conflict[],
    private readonly classOf: (key: number) => number,
    /** Null where no version can stand beside another. */
    private readonly siblings: Siblings | null,
  ) {
    this.mine = new Version(writes, siblings);
    this.theirs = new Version(writes, siblings);
    this.only = conflicts.length === 1 ? conflicts[0]! : null;
  }

  get keepsSiblings(): boolean {
    return this.siblings !== null;
  }

  /** What a register holds after `write` has come to `before`: either, or a new bundle of both, which is the caller's. */
  join(before: number, write: number): number {
    if (before === NONE) return write;
    if (before === write) return before;
    if (this.siblings === null) return this.pair(before, write) === "took" ? write : before;
    return this.joinBeside(before, write, this.siblings);
  }

  /** A new write knows what is shown where it is made. */
  made(write: number, shown: number): void {
    const { siblings } = this;
    if (siblings === null) return;
    const { causal, pick } = this.policyOf(write);
    if (causal === true) siblings.know(write, shown, pick === undefined);
    else siblings.forgetAll(write);
  }

  /** Which of the two stands; either may be -1. */
  readonly newer = (one: number, other: number): number =>
    other === NONE || this.join(one, other) === one ? one : other;

  private joinBeside(before: number, write: number, siblings: Siblings): number {
    const members = this.writes.isBundle(before) ? this.writes.members[before] : undefined;
    let kept = false;
    const rest: number[] = [];
    for (let at = 0; at < (members?.length ?? 1); at++) {
      const member = members === undefined ? before : members[at]!;
      if (member === write) return before;
      const verdict = this.pair(member, write);
      if (verdict === "kept") kept = true;
      if (verdict !== "took") rest.push(member);
    }
    if (kept && rest.length === (members?.length ?? 1)) return before;
    if (!kept) rest.push(write);
    if (rest.length === 1) return rest[0]!;
    const { pick } = this.policyOf(write);
    return siblings.bundle(rest, pick === undefined ? null : this.picked);
  }

  /** Of versions that stand side by side, the one that readers are shown. */
  private readonly picked = (members: readonly number[]): number => {
    const policy = this.policyOf(members[0]!);
    let best = members[0]!;
    for (let at = 1; at < members.length; at++) {
      this.mine.write = best;
      this.theirs.write = members[at]!;
      if (policy.pick!(this.mine, this.theirs) === "took") best = members[at]!;
    }
    return best;
  };

  private pair(before: number, write: number): "kept" | "took" | "both" {
    this.mine.write = before;
    this.theirs.write = write;
    return this.policyOf(write).merge(this.mine, this.theirs);
  }

  private policyOf(write: number): Conflict {
    return this.only ?? this.conflicts[this.classOf(this.writes.key[write]!)]!;
  }
}
