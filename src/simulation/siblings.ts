import { LimitError } from "../engine/limit.js";
import { DELETE } from "../record/record.js";
import { formatRounded } from "../units/time.js";
import { type Writes, adds, lengthened } from "./writes.js";

const NONE = -1;
const NOTHING: readonly number[] = [];
/** Beyond every number of a region: at most 32 of them have a bit of a mask. */
const REGIONS = 32;
/** Versions of one key side by side: each of them travels with every further one. */
const MOST = 1000;

const tooManyBeside = (now: number): LimitError =>
  new LimitError(
    `more than ${MOST} versions of one key stood side by side at ${formatRounded(now)} of simulated time: they are written by users who have not read them. Let fewer users or more keys share the writes, let users read more, or choose a conflict policy that keeps one version.`,
  );

/**
 * What versions had seen of their key, and which of them stand side by side in a register. Exists only where a conflict
 * policy asks for it.
 *
 * A region is an *actor* and numbers its versions of a key; one that has lost some of its own goes on as another, so that
 * no number ever stands for two versions. What a version had seen is then a number an actor. Versions that stand side by
 * side are held as a bundle, a row among the writes that no letter carries: it looks like the first of them, and its value
 * is that of all of them together where readers are shown all.
 */
export class Siblings {
  private readonly actors = new Map<number, number>();
  private actor = new Int32Array(1024);
  private count = new Int32Array(1024);
  /** By write, by actor: what it had seen; the same with itself; and how far additions have been deleted since. */
  private readonly seen: (readonly number[])[] = [];
  private readonly known: (readonly number[])[] = [];
  private readonly deleted: (readonly number[])[] = [];
  /** By region and key: what was known there of a key that it has let go of since. It is remembered as deleted. */
  private readonly letGo = new Map<string, readonly number[]>();

  constructor(private readonly writes: Writes) {
    writes.onBundleReleased = (bundle) => this.released(bundle);
  }

  /**
   * A write is made where `shown` is shown, -1 for nothing, and has seen that, or what `context` says. `together`: what
   * stands side by side is one value.
   */
  know(write: number, shown: number, together: boolean, context: readonly number[] | null = null): void {
    if (this.writes.capacity > this.actor.length) this.grow(this.writes.capacity);
    const { origin, run, kind, value } = this.writes;
    const gone = this.letGoOf(origin[write]!, this.writes.key[write]!);
    const here = joined(this.contextOf(shown), gone);
    const seen = context ?? here;
    const actor = this.actorOf(origin[write]!, run[write]!);
    const known = seen.slice();
    while (known.length <= actor) known.push(0);
    known[actor] = Math.max(known[actor]!, here[actor] ?? 0) + 1;
    this.actor[write] = actor;
    this.count[write] = known[actor]!;
    this.seen[write] = seen;
    this.known[write] = known;
    // Whatever does not add begins anew.
    this.deleted[write] = adds(kind[write]!) ? joined(shown === NONE ? NOTHING : this.deleted[shown]!, gone) : known;
    if (together && value[write]! > 0) value[write] = total(known, this.deleted[write]!);
  }

  /** What a version tells to whoever reads it, -1 for none: all that it has seen, itself included. */
  contextOf(version: number): readonly number[] {
    return version === NONE ? NOTHING : this.known[version]!;
  }

  /** Whether a context has all that a version has seen, itself included. */
  isWhole(context: readonly number[], version: number): boolean {
    return this.contextOf(version).every((count, actor) => count <= (context[actor] ?? 0));
  }

  /** Whether a write had seen an earlier one of its key, in truth: by its dot, whatever the policy compares. */
  hadSeen(write: number, earlier: number): boolean {
    return (this.seen[write]![this.actor[earlier]!] ?? 0) >= this.count[earlier]!;
  }

  /** A region lets go of a deletion: what it makes of the key later must not get the numbers of what it made before. */
  letsGo(version: number, region: number): void {
    const key = this.writes.key[version]!;
    this.letGo.set(`${region} ${key}`, joined(this.contextOf(version), this.letGoOf(region, key)));
  }

  private letGoOf(region: number, key: number): readonly number[] {
    return this.letGo.size === 0 ? NOTHING : (this.letGo.get(`${region} ${key}`) ?? NOTHING);
  }

  /** A write of a key whose policy does not ask. */
  forgetAll(write: number): void {
    if (this.writes.capacity > this.actor.length) this.grow(this.writes.capacity);
    this.actor[write] = 0;
    this.count[write] = 0;
    this.seen[write] = this.known[write] = this.deleted[write] = NOTHING;
  }

  actorBehind(write: number): number {
    return this.actor[write]!;
  }

  countOf(write: number): number {
    return this.count[write]!;
  }

  seenBy(write: number): readonly number[] {
    return this.seen[write]!;
  }

  /** With how many numbers a write tells what it had seen, and which one it is; 0 of a key whose policy does not ask. */
  numbersOf(write: number): number {
    return this.count[write] === 0 ? 0 : this.seen[write]!.length + 1;
  }

  /** Takes over `members`. `pick` says which of them readers are shown; null for all. The bundle is the caller's. */
  bundle(members: number[], pick: ((members: readonly number[]) => number) | null): number {
    const { writes } = this;
    if (members.length > MOST) throw tooManyBeside(this.writes.acceptedAt[members.at(-1)!]!);
    members.sort(this.before);
    const first = pick === null ? this.firstOf(members) : pick(members);
    for (const member of members) writes.retain(member);
    const bundle = writes.bundle(first, members, pick === null);
    this.addUp(bundle, members, pick === null);
    return bundle;
  }

  private addUp(bundle: number, members: readonly number[], together: boolean): void {
    const { acceptedAt, value } = this.writes;
    let known = NOTHING;
    let deleted = NOTHING;
    for (const member of members) {
      known = joined(known, this.known[member]!);
      deleted = joined(deleted, this.deleted[member]!);
      if (together && acceptedAt[member]! > acceptedAt[bundle]!) acceptedAt[bundle] = acceptedAt[member]!;
    }
    this.known[bundle] = known;
    this.deleted[bundle] = deleted;
    if (together && value[bundle]! > 0) value[bundle] = total(known, deleted);
  }

  /** The latest that is no deletion, by a clock that agrees with causality. */
  private firstOf(members: readonly number[]): number {
    const { kind } = this.writes;
    for (let at = members.length - 1; at >= 0; at--) if (kind[members[at]!] !== DELETE) return members[at]!;
    return members.at(-1)!;
  }

  /** The same order in every region. */
  private readonly before = (one: number, other: number): number => {
    const { hybrid, origin, sequence } = this.writes;
    return hybrid[one]! - hybrid[other]! || origin[one]! - origin[other]! || sequence[one]! - sequence[other]!;
  };

  private released(bundle: number): void {
    for (const member of this.writes.members[bundle]!) this.writes.release(member);
  }

  private actorOf(region: number, run: number): number {
    const name = run * REGIONS + region;
    let actor = this.actors.get(name);
    if (actor === undefined) this.actors.set(name, (actor = this.actors.size));
    return actor;
  }

  private grow(length: number): void {
    this.actor = lengthened(this.actor, length);
    this.count = lengthened(this.count, length);
  }
}

function joined(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one === other || other.length === 0) return one;
  const both = one.slice();
  for (let actor = 0; actor < other.length; actor++)
    if (actor >= both.length) both.push(other[actor]!);
    else if (other[actor]! > both[actor]!) both[actor] = other[actor]!;
  return both;
}

/** How many additions are known of that no deletion has seen. */
function total(known: readonly number[], deleted: readonly number[]): number {
  let sum = 0;
  for (let actor = 0; actor < known.length; actor++) sum += known[actor]! - (deleted[actor] ?? 0);
  return sum;
}
