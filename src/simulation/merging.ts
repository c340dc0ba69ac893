import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Conflict, Witness } from "../policies/contract.js";
import { DELETE, WRITE } from "../record/record.js";
import type { Plan } from "./plan.js";
import { Siblings } from "./siblings.js";
import type { Sizes } from "./sizes.js";
import { Version } from "./version.js";
import { DELETES, type Writes } from "./writes.js";

const NONE = -1;
const NOTHING: readonly number[] = [];

/** By the conflict policy of all keys; or, where some class of data has its own, by that of each class. */
export function mergingOf(
  plan: Plan,
  catalogue: Catalogue,
  writes: Writes,
  sizes: Sizes,
  classOf: (key: number) => number,
): Merging {
  const { policies } = plan;
  const chosen = policies.conflicts ?? [policies.conflict];
  const all = chosen.map(({ name }) => choose("conflict", name, catalogue));
  const siblings = all.some(({ causal }) => causal === true) ? new Siblings(writes) : null;
  sizes.siblings = siblings;
  return new Merging(writes, all, classOf, siblings, witnessesOf(plan, catalogue));
}

/** By class of data: who says what a write had seen. What adds to what is there has seen that, whoever writes. */
export function witnessesOf({ policies, data }: Plan, catalogue: Catalogue): Witness[] {
  return data.classes.map(({ holds }, at) => {
    const { name, options } = policies.conflicts?.[at] ?? policies.conflict;
    const { causal, seenBy } = choose("conflict", name, catalogue);
    return causal === true && holds === "register" ? (seenBy?.(options) ?? "copy") : "copy";
  });
}

/** Lets the conflict policies decide between versions of a key: one for all keys, or one for those of each class. */
export class Merging {
  private readonly mine: Version;
  private readonly theirs: Version;
  private readonly only: Conflict | null;
  /** Of the members of a bundle, those that a write leaves standing: used again for each that comes. */
  private readonly stays: boolean[] = [];

  constructor(
    private readonly writes: Writes,
    private readonly conflicts: readonly Conflict[],
    private readonly classOf: (key: number) => number,
    /** Null where no version can stand beside another. */
    readonly siblings: Siblings | null,
    /** By class of data. */
    private readonly witnesses: readonly Witness[] = ["copy"],
  ) {
    this.mine = new Version(writes, siblings);
    this.theirs = new Version(writes, siblings);
    this.only = conflicts.length === 1 ? conflicts[0]! : null;
  }

  get keepsSiblings(): boolean {
    return this.siblings !== null;
  }

  /** What is left when two versions meet, with a reference that is the caller's; not both may be -1. */
  joined(one: number, other: number): number {
    const { writes } = this;
    const from = one === NONE ? other : one;
    let left = from;
    writes.retain(left);
    for (const write of other === from || other === NONE ? [] : (writes.members[other] ?? [other])) {
      const next = this.join(left, write);
      if (next === left) continue;
      // A bundle has just been made, and is the caller's already.
      if (!writes.isBundle(next)) writes.retain(next);
      writes.release(left);
      left = next;
    }
    return left;
  }

  /** What a register holds after `write` has come to `before`: either, or a new bundle of both, which is the caller's. */
  join(before: number, write: number): number {
    if (before === NONE) return write;
    if (before === write) return before;
    if (this.siblings === null) return this.pair(before, write) === "took" ? write : before;
    return this.joinBeside(before, write, this.siblings);
  }

  /** A new write knows what is shown where it is made, or what its session says: `context`, null where that says nothing. One that `lowers` takes away from a counter. */
  made(write: number, shown: number, lowers = false, context: readonly number[] | null = null): void {
    const { siblings } = this;
    if (siblings === null) return;
    const { causal, pick } = this.policyOf(write);
    if (causal !== true) siblings.forgetAll(write);
    else
      siblings.know(
        write,
        shown,
        pick === undefined,
        lowers,
        context === null ? null : this.said(write, shown, context),
      );
  }

  /** What the write has seen by what its session says, null where the copy is asked. */
  private said(write: number, shown: number, context: readonly number[]): readonly number[] | null {
    const kind = this.writes.kind[write]!;
    const witness = this.witnesses[this.classOf(this.writes.key[write]!)];
    if (witness === "copy" || (kind !== WRITE && kind !== DELETE)) return null;
    return witness === "session" || this.siblings!.isWhole(context, shown) ? context : NOTHING;
  }

  /**
   * Whether a write may have seen what no copy had where it was made, as sessions read elsewhere: so has one of an operator
   * who wrote on top of theirs. What he deletes is told apart.
   */
  asksSessions(write: number): boolean {
    const { key, meaning } = this.writes;
    if (this.siblings === null || meaning[write] === DELETES) return false;
    return this.witnesses[this.classOf(key[write]!)] !== "copy";
  }

  /** Whether a write that replaces an earlier one had seen it, in truth. */
  hadSeen(write: number, earlier: number): boolean {
    return !this.asksSessions(write) || this.siblings!.hadSeen(write, earlier);
  }

  /** What a register ceased to show when the write came to it, of what that had seen. */
  replacedBy(write: number, before: number, after: number): readonly number[] {
    if (before === after) return NOTHING;
    const now = this.writes.standing(after);
    return this.writes.standing(before).filter((each) => !now.includes(each) && this.hadSeen(write, each));
  }

  /** Whether `one` stays as it is when the other comes to it; either may be -1. */
  readonly covers = (one: number, other: number): boolean => {
    if (other === NONE || one === other) return true;
    if (one === NONE) return false;
    if (this.siblings === null) return this.pair(one, other) !== "took";
    const { writes } = this;
    const mine = writes.members[one] ?? [one];
    return (writes.members[other] ?? [other]).every(
      (write) => mine.includes(write) || mine.some((member) => this.pair(member, write) === "kept"),
    );
  };

  private joinBeside(before: number, write: number, siblings: Siblings): number {
    if (!this.writes.isBundle(before)) {
      const verdict = this.pair(before, write);
      if (verdict !== "both") return verdict === "took" ? write : before;
      return siblings.bundle([before, write], this.pickOf(write));
    }
    const members = this.writes.members[before]!;
    if (members.includes(write)) return before;
    const { stays } = this;
    let kept = false;
    let left = 0;
    let last = write;
    for (let at = 0; at < members.length; at++) {
      const verdict = this.pair(members[at]!, write);
      if (verdict === "kept") kept = true;
      stays[at] = verdict !== "took";
      if (!stays[at]) continue;
      left++;
      last = members[at]!;
    }
    if (kept && left === members.length) return before;
    if (kept ? left === 1 : left === 0) return last;
    const rest = members.filter((_, at) => stays[at]!);
    if (!kept) rest.push(write);
    return siblings.bundle(rest, this.pickOf(write));
  }

  /** Null where readers are shown all. */
  private pickOf(write: number): ((members: readonly number[]) => number) | null {
    return this.policyOf(write).pick === undefined ? null : this.picked;
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
