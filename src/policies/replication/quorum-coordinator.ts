import { type Host, NOBODY, type Operation, type RegionId, type WriteId } from "../contract.js";
import { sizeOf, tally } from "../quorum.js";
import type { Hints } from "./quorum-hints.js";
import { ASK, type QuorumLetter, REPAIR, STORE } from "./quorum-letter.js";
import { NO_STAMP, Pending } from "./quorum-pending.js";
import type { Ring } from "./quorum-ring.js";
import type { Settings } from "./quorum-settings.js";
import { versionIn } from "./quorum-version.js";

/** The only region of a set. */
const regionIn = (set: number): RegionId => 31 - Math.clz32(set);

/** Verb of the timer. */
export const TIMEOUT = 0;

/**
 * The region that a user has contacted asks the owners of the key, its own copy first, and answers when enough of them
 * have. A write that too few have stored in time is refused, but stays with those that have: it may have happened.
 * In a sloppy quorum others stand in for owners that seem away, this region like any other: it counts with its own copy.
 *
 * A write that rests on what was there, or takes a number among those of its key, is made by somebody with a copy of it:
 * its dot has to be the next of its maker's, and all that stands beside it has to go with it (Preguiça and others, Dotted
 * Version Vectors, 2012). So whoever is no owner hands it on to one, as Dynamo does (DeCandia and others, 2007, section
 * 4.5) and Riak. Where none is heard of, the region makes it in its own copy, under its own name, and a sloppy quorum counts
 * that for an owner that seems away. Its numbers rest with that copy: they go on after a hand-off, and one that has lost
 * some of them goes on as another actor.
 */
export class Coordinator {
  private readonly pending = new Pending();
  /** Those that were asked and did not answer, or whose connection broke, and have not been heard since. */
  private away = 0;
  private timing = false;
  private readonly lots: number[] = [];

  constructor(
    private readonly host: Host<QuorumLetter>,
    private readonly settings: Settings,
    private readonly ring: Ring,
    private readonly hints: Hints,
    private readonly send: (letter: QuorumLetter) => void,
  ) {}

  write(operation: Operation): void {
    const { host, pending, settings } = this;
    const { key } = operation;
    const owners = this.ring.owners(key);
    const own = 1 << host.id;
    const part = this.partOf(key, owners);
    if (part !== own && this.handsOn(operation, owners)) return;
    const holds = part !== 0 || host.handOn !== null;
    const write = holds ? host.accept(operation) : host.create(operation);
    if (write === NOBODY) {
      host.finish(operation);
      return;
    }
    if (holds) host.keep(write);
    const slot = this.open(operation, true, settings.writes, write);
    const self = part === 0 ? 0 : own;
    if (part !== self) this.hints.add(regionIn(part), write);
    pending.asked[slot] = self | this.ask(slot, owners & ~part, settings.writes - sizeOf(self));
    if (self !== 0) this.secure(slot);
    this.count(slot);
  }

  read(operation: Operation): void {
    const { host, pending, settings } = this;
    const { key } = operation;
    // Whatever the level, so many copies have one in common with every quorum that has stored a write.
    const latest = settings.copies - settings.writes + 1;
    const needed = operation.confirmed ? Math.max(settings.reads, latest) : settings.reads;
    const owners = this.ring.owners(key);
    const own = 1 << host.id;
    const part = this.partOf(key, owners);
    if (part === own && needed === 1) {
      host.finish(operation);
      return;
    }
    const slot = this.open(operation, false, needed, NOBODY);
    const self = part === 0 ? 0 : own;
    if (self !== 0) this.compare(slot, host.id, host.shows(key));
    pending.asked[slot] = self | this.ask(slot, owners & ~part, needed - sizeOf(self));
    this.count(slot);
  }

  /** The owner whose part the own copy takes, as a bit: its own, or in a sloppy quorum that of one that seems away. */
  private partOf(key: number, owners: number): number {
    const { host, settings, ring, away } = this;
    const own = owners & (1 << host.id);
    if (own !== 0 || !settings.sloppy || !host.holds) return own;
    // Where a region may have to make a version in its copy it has that before all others.
    const absent = owners & away;
    return host.handOn === null ? ring.partOf(key, away) : absent & -absent;
  }

  /** Whether an owner makes the write in the place of this region, or nobody does. */
  private handsOn(operation: Operation, owners: number): boolean {
    const { host, settings, ring, away } = this;
    if (host.handOn === null) return false;
    if (host.handOn(operation, owners & ~away)) return true;
    if (!settings.sloppy && host.handOn(operation, owners)) return true;
    if (host.holds) return false;
    if (settings.sloppy && host.handOn(operation, ring.all & ~owners & ~away)) return true;
    host.refuse(operation, "not-held");
    return true;
  }

  stored({ from, slot, stamp }: QuorumLetter): void {
    if (!this.pending.has(slot, stamp)) return;
    this.pending.vote(slot, from);
    this.count(slot);
  }

  found({ from, slot, stamp, writes }: QuorumLetter): void {
    const { host, pending } = this;
    if (!pending.has(slot, stamp)) return;
    const version = versionIn(host, writes, 0, writes.length);
    this.compare(slot, from, version);
    if (version !== NOBODY) host.forget(version);
    this.count(slot);
  }

  absent({ from, slot, stamp }: QuorumLetter): void {
    if (!this.pending.has(slot, stamp)) return;
    this.pending.no[slot]! |= 1 << from;
    this.count(slot);
  }

  heard(region: RegionId): void {
    this.away &= ~(1 << region);
  }

  lost(region: RegionId): void {
    this.away |= 1 << region;
  }

  /** Where others stand in for those that seem away, nobody would ever hear of them again. */
  probe(): void {
    if (!this.settings.sloppy) return;
    for (const region of this.ring.holders) {
      if (((this.away >> region) & 1) === 0) continue;
      const letter = this.host.letter(ASK, region);
      letter.slot = letter.key = 0;
      letter.stamp = NO_STAMP;
      this.send(letter);
    }
  }

  /** The disk holds more than before. */
  persisted(): void {
    const { pending, host } = this;
    for (let slot = pending.oldest; slot !== NOBODY; ) {
      const after = pending.after(slot);
      const position = pending.position[slot]!;
      if (position > 0 && position <= host.log.secured) {
        pending.position[slot] = 0;
        pending.vote(slot, host.id);
        this.count(slot);
      }
      slot = after;
    }
  }

  /** Timer: gives up what has had its time. */
  timer(): void {
    const { pending, host } = this;
    this.timing = false;
    while (pending.oldest !== NOBODY && pending.deadline[pending.oldest]! <= host.now) this.expire(pending.oldest);
    if (pending.oldest !== NOBODY) this.arm(pending.deadline[pending.oldest]! - host.now);
  }

  /** Nobody waits for anything any more. */
  restart(): void {
    const { pending } = this;
    this.timing = false;
    this.away = 0;
    while (pending.oldest !== NOBODY) this.close(pending.oldest);
  }

  private open(operation: Operation, isWrite: boolean, needed: number, write: WriteId): number {
    const { timeout } = this.settings;
    if (!this.timing) this.arm(timeout);
    return this.pending.open(operation.id, isWrite, operation.key, needed, write, this.host.now + timeout);
  }

  private arm(delay: number): void {
    this.timing = true;
    this.host.after(delay, TIMEOUT, 0);
  }

  /** Sends the question to the owners, or to as many of them as have to answer; who was asked. */
  private ask(slot: number, owners: number, needed: number): number {
    const chosen = this.settings.all ? owners : this.draw(owners, needed);
    let asked = 0;
    for (const region of this.ring.holders) {
      if (((chosen >> region) & 1) === 0) continue;
      const isAway = this.settings.sloppy && ((this.away >> region) & 1) === 1;
      const other = isAway ? this.ring.standIn(this.pending.key[slot]!, this.away | asked) : NOBODY;
      this.question(slot, other === NOBODY ? region : other, other === NOBODY ? NOBODY : region);
      asked |= 1 << (other === NOBODY ? region : other);
    }
    return asked;
  }

  private question(slot: number, to: RegionId, owner: RegionId): void {
    const { host, pending } = this;
    const isWrite = pending.isWrite[slot] === 1;
    const letter = host.letter(isWrite ? STORE : ASK, to);
    letter.slot = slot;
    letter.stamp = pending.stamp[slot]!;
    letter.key = pending.key[slot]!;
    letter.owner = owner;
    if (isWrite) host.encloseWith(pending.write[slot]!, letter);
    this.send(letter);
  }

  /** So many of the set, by lot. */
  private draw(set: number, count: number): number {
    const { lots } = this;
    lots.length = 0;
    for (const region of this.ring.holders) if (((set >> region) & 1) === 1) lots.push(region);
    let drawn = 0;
    for (let left = lots.length, taken = 0; taken < count && left > 0; taken++, left--) {
      const at = Math.floor(this.host.draw() * left);
      drawn |= 1 << lots[at]!;
      lots[at] = lots[left - 1]!;
    }
    return drawn;
  }

  /** The own copy has stored the write when its disk has. */
  private secure(slot: number): void {
    const { log } = this.host;
    if (log.secured === log.end) this.pending.vote(slot, this.host.id);
    else {
      this.pending.position[slot] = log.end;
      this.host.sync();
    }
  }

  /** One more copy has shown what it has. */
  private compare(slot: number, region: RegionId, version: WriteId): void {
    const { pending, host } = this;
    const best = pending.write[slot]!;
    pending.vote(slot, region);
    if (pending.from[slot] === NOBODY) pending.from[slot] = region;
    const isWhole = host.covers(version, best);
    if (host.covers(best, version)) {
      if (isWhole) pending.current[slot]! |= 1 << region;
      return;
    }
    const joined = host.joined(best, version);
    host.keep(joined);
    host.forget(joined);
    if (best !== NOBODY) host.forget(best);
    pending.write[slot] = joined;
    pending.from[slot] = region;
    pending.current[slot] = isWhole ? 1 << region : 0;
  }

  private count(slot: number): void {
    const { pending, host } = this;
    const asked = pending.asked[slot]!;
    const [yes, no] = [pending.yes[slot]!, pending.no[slot]!];
    if (pending.answered[slot] === 0) {
      const result = tally(sizeOf(asked), pending.needed[slot]!, sizeOf(yes), sizeOf(no));
      if (result !== "pending") pending.answered[slot] = 1;
      const operation = pending.operation[slot]!;
      if (result === "lost") host.deny(operation, "no-quorum");
      else if (result === "won" && pending.isWrite[slot] === 1) host.answer(operation);
      else if (result === "won") host.answerWith(operation, pending.write[slot]!, pending.from[slot]!);
    }
    if ((yes | no) === asked) this.conclude(slot);
  }

  private expire(slot: number): void {
    const { pending, host } = this;
    this.away |= pending.asked[slot]! & ~pending.yes[slot]! & ~pending.no[slot]! & ~(1 << host.id);
    if (pending.answered[slot] === 0) host.deny(pending.operation[slot]!, "no-quorum");
    this.conclude(slot);
  }

  /** All have answered, or there is no more time: what is behind gets what it lacks. */
  private conclude(slot: number): void {
    const { pending, host } = this;
    const owners = this.ring.owners(pending.key[slot]!);
    const write = pending.write[slot]!;
    if (pending.isWrite[slot] === 1) {
      const missing = pending.asked[slot]! & owners & ~pending.yes[slot]! & ~(1 << host.id);
      if (missing !== 0)
        for (const region of this.ring.holders) if ((missing >> region) & 1) this.hints.add(region, write);
    } else if (this.settings.readRepair && write !== NOBODY) {
      const stale = pending.yes[slot]! & owners & ~pending.current[slot]!;
      if (stale !== 0) for (const region of this.ring.holders) if ((stale >> region) & 1) this.repair(region, write);
    }
    this.close(slot);
  }

  private repair(region: RegionId, write: WriteId): void {
    if (region === this.host.id) {
      this.host.apply(write);
      return;
    }
    const letter = this.host.letter(REPAIR, region);
    this.host.enclose(write, letter);
    this.host.send(letter);
  }

  private close(slot: number): void {
    const write = this.pending.write[slot]!;
    this.pending.close(slot);
    if (write !== NOBODY) this.host.forget(write);
  }
}
