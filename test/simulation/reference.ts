import { DELETE } from "../../src/record/record.js";
import { Observer } from "../../src/simulation/observer.js";
import type { World } from "../../src/simulation/world.js";
import { DELETES } from "../../src/simulation/writes.js";
import type { Fact } from "./fact.js";
import { Reading } from "./reading.js";

/** In place of a region that holds it: it has outlasted what it replaced, and was let go of, as an old deletion is. */
const FOR_GOOD = -1;

type Fates = Record<"lost" | "unavailable" | "surviving" | "superseded" | "overwritten", number>;

/**
 * The oracle's questions answered the slow way: every write is kept for ever with the whole set of writes that it had
 * seen, and every count walks all of them, or all of the key. Shares no data structure with the oracle.
 */
export class Reference extends Observer {
  readonly facts: Fact[] = [];
  private readonly byKey = new Map<number, Fact[]>();
  conflicts = 0;
  staleReads = 0;
  private readonly serialOf = new Map<number, number>();
  /** Holders of the writes that no region has shown so far. */
  private readonly proposed = new Map<number, Set<number>>();
  /** By region: serials visible there. */
  private readonly visible: Set<number>[];
  private readonly supersededBy = new Map<number, Set<number>>();
  private readonly reading = new Reading(() => this.world);
  world!: World;

  constructor(
    regions: number,
    private readonly keyOf: (write: number) => number,
  ) {
    super();
    this.visible = Array.from({ length: regions }, () => new Set());
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    after: number,
    _repeated: boolean,
    operation: number,
    shown: boolean,
  ): void {
    this.proposed.delete(write);
    if (shown) this.stands(write, region, before, after, [region], operation);
    else this.proposed.set(write, new Set([region]));
  }

  /** A write knows and replaces those of its own key only. */
  private ofKey(key: number): readonly Fact[] {
    return this.byKey.get(key) ?? [];
  }

  private stands(
    ...[write, region, before, after, holders, operation = -1]: readonly [
      ...[number, number, number, number],
      readonly number[],
      number?,
    ]
  ): void {
    const took = this.world.writes.standing(after).includes(write);
    const key = this.keyOf(write);
    const here = this.visible[region]!;
    const earlier = this.ofKey(key).filter((fact) => fact.holders.size > 0);
    // It was made elsewhere, and what it found here was newer: it cannot have known it.
    const blind = !took && this.world.writes.origin[write] !== region;
    if (blind || earlier.some((fact) => !here.has(fact.serial) && this.exists(fact))) this.conflicts++;
    const serial = this.facts.length;
    // Also what no region has now, and comes off a wire later: what had seen it may be here.
    const known = blind ? [] : this.ofKey(key).filter((fact) => here.has(fact.serial));
    const seen = new Set(known.map((fact) => fact.serial));
    const past = this.asksSessions ? this.pastOf(operation, before) : seen;
    const fact: Fact = {
      serial,
      key,
      kind: this.world.writes.kind[write]!,
      amount: operation < 0 ? 0 : this.world.operations.amount[operation]!,
      acceptedAt: this.world.writes.acceptedAt[write]!,
      stamp: [
        this.world.writes.timestamp[write]!,
        this.world.writes.origin[write]!,
        this.world.writes.sequence[write]!,
      ],
      acknowledgedAt: -1,
      seen,
      past,
      holders: new Set(holders),
      showers: new Set([region]),
      deletes: this.world.writes.meaning[write] === DELETES,
      forgotten: false,
      supersededAtLast: false,
      deletedAtLast: false,
    };
    this.facts.push(fact);
    const ofKey = this.byKey.get(key);
    if (ofKey === undefined) this.byKey.set(key, [fact]);
    else ofKey.push(fact);
    this.serialOf.set(write, serial);
    here.add(serial);
    if (took && before >= 0)
      for (const known of this.world.writes.standing(before).map((each) => this.serialOf.get(each)!))
        if (past === seen || past.has(known)) this.supersedersOf(known).add(serial);
  }

  /** What a session had read when it asked; an operator sees what is shown where he writes. */
  private pastOf(operation: number, before: number): ReadonlySet<number> {
    if (operation >= 0) return this.reading.sentWith(operation);
    const standing = before < 0 ? [] : this.world.writes.standing(before).map((write) => this.fact(write));
    return new Set(standing.flatMap(({ serial, past }) => [serial, ...past]));
  }

  private get asksSessions(): boolean {
    return this.world.plan.policies.conflict.options["carried_by"] === "sessions";
  }

  override operationIssued(_place: number, operation: number): void {
    this.reading.issued(operation);
  }

  override answerTaken(operation: number, attempt: number): void {
    this.reading.taken(operation, attempt);
  }

  override writeReceived(write: number, region: number): void {
    const proposed = this.proposed.get(write);
    if (proposed !== undefined) {
      proposed.add(region);
      return;
    }
    this.fact(write).holders.add(region);
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    const proposed = this.proposed.get(write);
    if (proposed !== undefined) {
      this.proposed.delete(write);
      this.stands(write, region, before, after, [...proposed]);
      return;
    }
    const fact = this.fact(write);
    fact.showers.add(region);
    const now = this.world.writes.standing(after);
    for (const known of before < 0 || !this.asksSessions || fact.deletes ? [] : this.world.writes.standing(before))
      if (!now.includes(known) && fact.past.has(this.serialOf.get(known)!))
        this.supersedersOf(this.serialOf.get(known)!).add(fact.serial);
    this.visible[region]!.add(fact.serial);
    for (const serial of fact.seen) this.visible[region]!.add(serial);
  }

  override writeUndone(write: number, region: number): void {
    if (this.proposed.get(write)?.delete(region) !== undefined) return;
    const fact = this.fact(write);
    fact.holders.delete(region);
    fact.showers.delete(region);
    // What a region shows of a key is what it still shows by itself, and all that those writes had seen.
    const here = this.visible[region]!;
    const ofKey = this.ofKey(fact.key);
    for (const other of ofKey) here.delete(other.serial);
    for (const other of ofKey) {
      if (!other.showers.has(region) || other.forgotten) continue;
      here.add(other.serial);
      for (const serial of other.seen) here.add(serial);
    }
  }

  /** What nothing refers to any more was told to be gone from nowhere, and is gone too. */
  override copyGivenUp(region: number, group: number): void {
    for (const { forgotten, key, showers } of this.facts)
      if (forgotten && this.world.groups.of(key) === group) showers.delete(region);
  }

  override writeForgotten(write: number): void {
    if (this.proposed.delete(write)) return;
    const fact = this.fact(write);
    fact.supersededAtLast = this.isSuperseded(fact, new Map());
    fact.forgotten = true;
    fact.deletedAtLast = this.isDeleted(fact);
  }

  override writeAcknowledged(write: number): void {
    this.fact(write).acknowledgedAt = this.world.engine.now;
  }

  override readServed(
    region: number,
    key: number,
    shown: number,
    issuedAt: number,
    attempt: number,
    gathered: boolean,
  ): void {
    if (this.asksSessions)
      this.reading.served(attempt, shown < 0 ? [] : this.world.writes.standing(shown).map((each) => this.fact(each)));
    if (issuedAt < this.world.engine.now - this.world.plan.client.deadline) return;
    const standing = shown < 0 ? [] : this.world.writes.standing(shown);
    const isNothing = shown < 0 || this.world.writes.kind[shown] === DELETE;
    const deletion = isNothing ? this.newestDeletion(key) : undefined;
    const shownAt = Math.max(-1, deletion?.acceptedAt ?? -1, ...standing.map((write) => this.fact(write).acceptedAt));
    const missed = this.ofKey(key).some(
      (fact) =>
        fact.holders.size > 0 &&
        fact.acknowledgedAt >= 0 &&
        fact.acknowledgedAt <= issuedAt &&
        fact.acceptedAt > shownAt &&
        (gathered
          ? this.standsOver(fact, shown) && (deletion === undefined || this.standsOverAll(fact, [deletion]))
          : !this.visible[region]!.has(fact.serial)) &&
        this.exists(fact),
    );
    if (missed) this.staleReads++;
  }

  /** Counts of the fates of acknowledged writes, and per shard how old the oldest missing one is at `start`. */
  fates(shards: number, start: number): Fates & { readonly points: readonly number[] } {
    const counts = { lost: 0, unavailable: 0, surviving: 0, superseded: 0, overwritten: 0 };
    const points = new Array<number>(shards).fill(0);
    const fates = new Map<number, boolean>();
    const behind = new Map<number, ReadonlySet<number>>();
    const shown = new Set<number>();
    for (const [region, host] of this.world.replicas.hosts.entries()) {
      if (this.world.lives.up[region] === 0 || !this.world.plan.regions[region]!.replica) continue;
      for (const version of host.whole)
        if (version >= 0) for (const write of this.world.writes.standing(version)) shown.add(this.serialOf.get(write)!);
    }
    for (const fact of this.facts) {
      if (fact.acknowledgedAt < 0) continue;
      // Where it lay when nothing referred to it any more does not matter: its fate rests on what replaced it.
      const rests = fact.forgotten && fact.supersededAtLast;
      const held = rests ? [...this.heldBehind(fact, behind)] : [...fact.holders];
      const isDecided = fact.forgotten && !rests && held.length > 0;
      const missing = !isDecided && held.every((region) => this.world.lives.up[region] === 0);
      const superseded = this.isSuperseded(fact, fates);
      if (missing && (held.length > 0 || !superseded))
        points[fact.key % shards] = Math.max(points[fact.key % shards]!, start - fact.acknowledgedAt);
      if (held.length > 0 && missing) counts.unavailable++;
      else if (shown.has(fact.serial)) counts.surviving++;
      else if (superseded) counts.superseded++;
      else if (this.isLost(fact, fates)) counts.lost++;
      else counts.overwritten++;
    }
    return { ...counts, points };
  }

  /**
   * Whether the conflict policy would have put it in the place of what was shown, or beside it: last-write-wins by its
   * stamp, dots where it was not seen; without conflicts it always would.
   */
  private standsOver(fact: Fact, shown: number): boolean {
    return this.standsOverAll(fact, shown < 0 ? [] : this.world.writes.standing(shown).map((each) => this.fact(each)));
  }

  private standsOverAll(fact: Fact, others: readonly Fact[]): boolean {
    if (this.world.plan.policies.conflict.name === "dotted-version-vectors")
      return others.every((each) => each !== fact && !each.past.has(fact.serial));
    return others.every((other) => {
      if (other.serial === fact.serial) return false;
      if (this.world.plan.policies.conflict.name === "none") return true;
      const differs = fact.stamp.findIndex((each, at) => each !== other.stamp[at]);
      return fact.stamp[differs]! > other.stamp[differs]!;
    });
  }

  /** Of those that some region has not come to see. */
  private newestDeletion(key: number): Fact | undefined {
    const all = this.ofKey(key).filter(
      (fact) => fact.kind === DELETE && fact.holders.size > 0 && this.exists(fact) && !this.isEverywhere(fact),
    );
    return all.toSorted((one, other) => other.acceptedAt - one.acceptedAt)[0];
  }

  /** What nothing refers to any more lives on only in what had seen it. */
  private exists(fact: Fact): boolean {
    const isThere = (other: Fact): boolean => !other.forgotten && other.holders.size > 0;
    return isThere(fact) || this.ofKey(fact.key).some((other) => isThere(other) && other.seen.has(fact.serial));
  }

  private isEverywhere({ key, serial }: Fact): boolean {
    const holders = this.world.groups.holders[this.world.groups.of(key)]!;
    return this.visible.every((seen, region) => ((holders >> region) & 1) === 0 || seen.has(serial));
  }

  private isDeleted(fact: Fact): boolean {
    const others = [...this.supersedersOf(fact.serial)].map((serial) => this.facts[serial]!);
    return others.some((other) => other.deletes && other.holders.size > 0);
  }

  /** By a user's write that is not lost itself. */
  private isSuperseded(fact: Fact, known: Map<number, boolean>): boolean {
    const others = [...this.supersedersOf(fact.serial)].map((serial) => this.facts[serial]!);
    return others.some((other) => !other.deletes && !this.isGone(other, known));
  }

  /** Nobody has it, and nobody has what was made on top of it. What was superseded and forgotten has only the latter. */
  private isGone(fact: Fact, known: Map<number, boolean>): boolean {
    const isHeld = fact.holders.size > 0 && !(fact.forgotten && fact.supersededAtLast);
    const found = known.get(fact.serial) ?? (!isHeld && !this.isSuperseded(fact, known));
    known.set(fact.serial, found);
    return found;
  }

  /** Regions that have what replaced it, or what replaced that where that is forgotten too. */
  private heldBehind(fact: Fact, known: Map<number, ReadonlySet<number>>): ReadonlySet<number> {
    const found = known.get(fact.serial);
    if (found !== undefined) return found;
    const held = new Set<number>();
    for (const heir of [...this.supersedersOf(fact.serial)].map((serial) => this.facts[serial]!)) {
      if (heir.deletes) continue;
      const rests = heir.forgotten && heir.supersededAtLast;
      for (const region of rests ? this.heldBehind(heir, known) : heir.holders)
        held.add(heir.forgotten && !rests ? FOR_GOOD : region);
    }
    known.set(fact.serial, held);
    return held;
  }

  private isLost(fact: Fact, known: Map<number, boolean>): boolean {
    const deleted = fact.forgotten ? fact.deletedAtLast : this.isDeleted(fact);
    return this.isGone(fact, known) || (deleted && !this.isSuperseded(fact, known));
  }

  fact(write: number): Fact {
    return this.facts[this.serialOf.get(write)!]!;
  }

  private supersedersOf(serial: number): Set<number> {
    const known = this.supersededBy.get(serial) ?? new Set();
    this.supersededBy.set(serial, known);
    return known;
  }
}
