import { lengthened } from "../engine/columns.js";
import { LimitError } from "../engine/limit.js";
import { DELETE } from "../record/record.js";
import { formatRounded } from "../units/time.js";
import { Decrements } from "./decrements.js";
import { NOTHING, type Vector, allJoined, joined, total, withNumber } from "./vectors.js";
import { type Writes, adds } from "./writes.js";

const NONE = -1;
/** Beyond every number of a region: at most 32 of them have a bit of a mask. */
const REGIONS = 32;
/** Versions of one key side by side: each of them travels with every further one. */
const MOST = 1000;

const tooManyBeside = (now: number): LimitError =>
  new LimitError(
    `more than ${MOST} versions of one key stood side by side at ${formatRounded(now)} of simulated time: they are written by users who have not read them. Let fewer users or more keys share the writes, let users read more, or choose a conflict policy that keeps one version.`,
  );

const cellOf = (region: number, key: number): number => key * REGIONS + region;

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
  private number = new Int32Array(1024);
  /** By write, by actor: what it had seen; the same with itself; and how far additions have been deleted since. */
  private readonly seen: Vector[] = [];
  private readonly known: Vector[] = [];
  private readonly deleted: Vector[] = [];
  private readonly decrements = new Decrements();
  /** By region and key: what was known there of a key that it has let go of since. It is remembered as deleted. */
  private readonly letGo = new Map<number, Vector>();

  constructor(private readonly writes: Writes) {
    writes.onBundleReleased = (bundle) => this.released(bundle);
  }

  /**
   * A write is made where `shown` is shown, -1 for nothing, and has seen that, or what `context` says. `together`: what
   * stands side by side is one value. One that `lowers` takes away from a counter.
   */
  know(write: number, shown: number, together: boolean, lowers = false, context: Vector | null = null): void {
    if (this.writes.capacity > this.actor.length) this.grow(this.writes.capacity);
    const { origin, run, kind, value } = this.writes;
    const gone = this.letGoOf(origin[write]!, this.writes.key[write]!);
    const here = joined(this.contextOf(shown), gone);
    const seen = context ?? here;
    const actor = this.actorOf(origin[write]!, run[write]!);
    const number = Math.max(seen[actor] ?? 0, here[actor] ?? 0) + 1;
    const known = withNumber(seen, actor, number);
    this.actor[write] = actor;
    this.number[write] = number;
    this.seen[write] = seen;
    this.known[write] = known;
    // Whatever does not add begins anew.
    this.deleted[write] = adds(kind[write]!) ? joined(shown === NONE ? NOTHING : this.deleted[shown]!, gone) : known;
    this.decrements.know(
      write,
      shown,
      actor,
      lowers,
      !adds(kind[write]!),
      cellOf(origin[write]!, this.writes.key[write]!),
    );
    if (together && value[write]! > 0) this.count(write);
  }

  /** What a counter, a set or a list comes to, by all that the version knows. */
  private count(version: number): void {
    this.writes.value[version] = total(this.known[version]!, this.deleted[version]!);
    this.writes.lowered[version] = this.decrements.countOf(version);
  }

  /** What a version tells to whoever reads it, -1 for none: all that it has seen, itself included. */
  contextOf(version: number): Vector {
    return version === NONE ? NOTHING : this.known[version]!;
  }

  /** Whether a context has all that a version has seen, itself included. */
  isWhole(context: Vector, version: number): boolean {
    return this.contextOf(version).every((count, actor) => count <= (context[actor] ?? 0));
  }

  /** Whether a write had seen an earlier one of its key, in truth: by its dot, whatever the policy compares. */
  hadSeen(write: number, earlier: number): boolean {
    return (this.seen[write]![this.actor[earlier]!] ?? 0) >= this.number[earlier]!;
  }

  /** A region lets go of a deletion: what it makes of the key later must not get the numbers of what it made before. */
  letsGo(version: number, region: number): void {
    const key = this.writes.key[version]!;
    this.letGo.set(cellOf(region, key), joined(this.contextOf(version), this.letGoOf(region, key)));
    this.decrements.letsGo(version, cellOf(region, key));
  }

  private letGoOf(region: number, key: number): Vector {
    return this.letGo.size === 0 ? NOTHING : (this.letGo.get(cellOf(region, key)) ?? NOTHING);
  }

  /** A write of a key whose policy does not ask. */
  forgetAll(write: number): void {
    if (this.writes.capacity > this.actor.length) this.grow(this.writes.capacity);
    this.actor[write] = 0;
    this.number[write] = 0;
    this.decrements.forget(write);
    this.seen[write] = this.known[write] = this.deleted[write] = NOTHING;
  }

  actorBehind(write: number): number {
    return this.actor[write]!;
  }

  countOf(write: number): number {
    return this.number[write]!;
  }

  seenBy(write: number): Vector {
    return this.seen[write]!;
  }

  /** With how many numbers a write tells what it had seen, and which one it is; 0 of a key whose policy does not ask. */
  numbersOf(write: number): number {
    return this.number[write] === 0 ? 0 : this.seen[write]!.length + 1;
  }

  /** Takes over `members`. `pick` says which of them readers are shown; null for all. The bundle is the caller's. */
  bundle(members: number[], pick: ((members: readonly number[]) => number) | null): number {
    const { writes } = this;
    if (members.length > MOST) throw tooManyBeside(this.writes.acceptedAt[members.at(-1)!]!);
    this.sort(members);
    const first = pick === null ? this.firstOf(members) : pick(members);
    for (const member of members) writes.retain(member);
    const bundle = writes.bundle(first, members, pick === null);
    this.addUp(bundle, members, pick === null);
    return bundle;
  }

  private addUp(bundle: number, members: readonly number[], together: boolean): void {
    const { acceptedAt, value } = this.writes;
    for (const member of members)
      if (together && acceptedAt[member]! > acceptedAt[bundle]!) acceptedAt[bundle] = acceptedAt[member]!;
    this.known[bundle] = allJoined(members, this.known);
    this.deleted[bundle] = allJoined(members, this.deleted);
    this.decrements.join(bundle, members);
    if (together && value[bundle]! > 0) this.count(bundle);
  }

  /** The latest that is no deletion, by a clock that agrees with causality. */
  private firstOf(members: readonly number[]): number {
    const { kind } = this.writes;
    for (let at = members.length - 1; at >= 0; at--) if (kind[members[at]!] !== DELETE) return members[at]!;
    return members.at(-1)!;
  }

  /** In place, and nearly sorted already: a write has come to those that stood there. */
  private sort(members: number[]): void {
    for (let at = 1; at < members.length; at++) {
      const member = members[at]!;
      let to = at;
      for (; to > 0 && this.isBefore(member, members[to - 1]!); to--) members[to] = members[to - 1]!;
      members[to] = member;
    }
  }

  /** The same order in every region. */
  private isBefore(one: number, other: number): boolean {
    const { hybrid, origin, sequence } = this.writes;
    if (hybrid[one] !== hybrid[other]) return hybrid[one]! < hybrid[other]!;
    if (origin[one] !== origin[other]) return origin[one]! < origin[other]!;
    return sequence[one]! < sequence[other]!;
  }

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
    this.number = lengthened(this.number, length);
  }
}
