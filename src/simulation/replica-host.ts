import {
  type Host,
  type Letter,
  type Lie,
  NOBODY,
  type Operation,
  type OperationId,
  type Refusal,
  type RegionId,
  type Replica,
} from "../policies/contract.js";
import { OPERATOR } from "./author.js";
import type { Authority } from "./authority.js";
import { REPLICA_TIMER } from "./events.js";
import type { Disks } from "./hardships.js";
import type { ReadModel } from "./read-model.js";
import { ReplicaCopy } from "./replica-copy.js";
import type { Surroundings } from "./surroundings.js";

const NONE = -1;
const VERB_BITS = 8;
/** Mixes the numbers of several writes. */
const FACTOR = 0x85ebca6b | 0;

/** The verbs through which a replication policy acts on one region's copy. */
export class ReplicaHost extends ReplicaCopy implements Host {
  replica!: Replica;
  /** The number of this copy among all of them. */
  readonly node: number;
  /** Null where reads are answered from the copy itself. */
  readModel: ReadModel | null = null;
  private drawn = 0;
  /** How often its copy was replaced while its host lived on; and whether its host, dead then, has yet to find that out. */
  private replacements = 0;
  private isReplaced = false;
  /** The letter that is being received, and those that are kept beyond that. */
  private receiving: Letter | null = null;
  private readonly kept: Letter[] = [];

  constructor(
    id: RegionId,
    readonly peers: readonly RegionId[],
    readonly holds: boolean,
    readonly leadership: Authority,
    around: Surroundings,
    group = 0,
  ) {
    super(id, around, group);
    this.node = around.groups.node(group, id);
  }

  get lie(): Lie {
    return this.around.conditions.lies[this.id]!;
  }

  mayWrite(): Refusal | null {
    if (!this.leadership.mayWriteAt(this.clock)) return "fenced";
    // Whoever is promoted first applies what it has received.
    return this.queue !== null && this.queue.length > 0 ? "catching-up" : null;
  }

  heard(leader: RegionId, term: number): void {
    const { leads: led, term: former } = this.leadership;
    if (!this.around.fencesByEpoch || term <= former || !this.leadership.accept(leader, term)) return;
    if (led && !this.leadership.leads) this.around.observer.leadershipEnded(this.id, former, this.group);
    this.replica.led();
  }

  accept(operation: Operation): number {
    const { readModel } = this;
    readModel?.keep(operation.key, this.shown[operation.key]!);
    const write = this.take(operation, true);
    if (write !== NONE) readModel?.queue.push(write);
    else readModel?.drop(operation.key);
    return write;
  }

  create(operation: Operation): number {
    return this.make(operation, this.author.write(operation, NONE, NONE));
  }

  command(operation: Operation): number {
    return this.make(operation, this.author.command(operation));
  }

  execute(command: number): void {
    this.carryOut(command);
  }

  keep(version: number): void {
    const { writes, observer } = this.around;
    writes.retain(version);
    if (!writes.isBundle(version)) observer.writeKept(version, this.id);
    else for (const write of writes.members[version]!) observer.writeKept(write, this.id);
  }

  forget(write: number): void {
    this.around.writes.release(write);
  }

  propose(operation: Operation): number {
    return this.take(operation, false);
  }

  repeats(operation: Operation): boolean {
    const { writes, acceptances } = this.around;
    const write = operation.id === OPERATOR ? NONE : acceptances.heldBy(operation.id, this.id);
    if (write === NONE) return false;
    writes.retain(write);
    this.attach(operation.id, write);
    return true;
  }

  get shownEnd(): number {
    return this.defers ? this.shownTo : this.log.end;
  }

  show(position: number): void {
    this.showUpTo(position, this.leadership.leads);
  }

  hold(write: number): void {
    this.receive(write, true, true);
  }

  apply(version: number): void {
    const { writes } = this.around;
    if (!writes.isBundle(version)) this.receive(version, false, true);
    else for (const write of writes.members[version]!) this.receive(write, false, true);
  }

  follow(write: number): void {
    this.receive(write, true, true);
  }

  heardFrom(origin: RegionId, asOf: number, lacking: number): void {
    this.freshness?.heard(origin, asOf, lacking);
  }

  /** True when the policy keeps the letter. */
  receiveLetter(letter: Letter): boolean {
    this.receiving = letter;
    this.replica.receive(letter);
    this.receiving = null;
    return this.kept.length > 0 && this.kept.includes(letter);
  }

  keepLetter(letter: Letter): void {
    this.kept.push(letter);
  }

  letGo(letter: Letter): void {
    this.kept.splice(this.kept.indexOf(letter), 1);
    if (letter !== this.receiving) this.around.drop(letter);
  }

  /** The host has died, with all that its policy kept. */
  forgetLetters(): void {
    for (const letter of this.kept.splice(0)) this.around.drop(letter);
  }

  /** Its copy is to be replaced, whether its host lives or not: whatever it had set out to do is forgotten. */
  giveUp(): void {
    this.replacements++;
    this.isReplaced = true;
    this.forgetLetters();
    this.storage?.died();
    this.queue?.stop();
    this.readModel?.forget();
    this.discard();
  }

  /** Its host begins to work, or goes on with another copy. */
  begin(disks: Disks): void {
    const isNew = disks === "lost" || this.isReplaced;
    this.isReplaced = false;
    if (!this.holds) this.replica.restart(disks);
    else if (isNew) this.replica.restart(this.blank ? "lost" : "restored");
    else this.replica.restart(this.storage === null ? "kept" : disks);
    this.storage?.disk.start();
    this.queue?.work();
  }

  /** Begins anew with what a backup holds. */
  restore(registers: Int32Array): void {
    for (const write of registers) if (write !== NONE) this.adopt(write, false);
    this.storage?.settle();
    this.blank = false;
  }

  /** A write of a whole copy: shown at once. What this region had made itself and lost it may put into its log again. */
  adopt(write: number, relogs = true): void {
    const { writes } = this.around;
    this.adopting = true;
    for (const member of writes.members[write] ?? [write]) {
      const isRegained = relogs && writes.origin[member] === this.id && !writes.isHeldBy(member, this.id);
      this.receive(member, isRegained && this.replica.regained?.(member) === true, false);
    }
    this.adopting = false;
  }

  /** A whole copy has been merged, that of somebody with these marks. */
  install(letter: Letter, marks: Int32Array | null): void {
    this.blank = false;
    if (marks !== null && this.marks !== null) this.joinMarks(marks);
    this.storage?.settle();
    this.replica.installed(letter);
    this.shownTo = this.log.end;
  }

  snapshot(letter: Letter): void {
    // What is committed and waits for its workers is in the copy too.
    if (this.defers) this.queue?.empty(true);
    this.around.copy(letter);
  }

  letter(verb: number, to: RegionId): Letter {
    return this.around.drawer.take(verb, this.id, to, this.leadership.term, this.group);
  }

  send(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.around.writes.retain(letter.writes.at(index));
    this.around.post(letter);
  }

  cast(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.around.writes.retain(letter.writes.at(index));
    this.around.cast(letter);
  }

  after(delay: number, verb: number, what: number): void {
    const stamp = this.life * (1 << VERB_BITS) + verb;
    this.around.engine.schedule(delay, REPLICA_TIMER, this.node, what, stamp);
  }

  /** Event: a timer of the policy, unless it was set before a restart. */
  timer(what: number, stamp: number): void {
    if (stamp >> VERB_BITS !== this.life) return;
    this.replica.timer(stamp & ((1 << VERB_BITS) - 1), what);
  }

  /** Timers of an earlier one mean nothing. */
  private get life(): number {
    return this.around.lives[this.id]! + this.replacements;
  }

  draw(): number {
    return this.around.luck[this.node]!.uniform(this.drawn++, 0);
  }

  believe(leader: RegionId, term: number): void {
    const { leads: led, term: former } = this.leadership;
    if (!this.leadership.accept(leader, term)) return;
    if (led && !this.leadership.leads) this.around.observer.leadershipEnded(this.id, former, this.group);
    this.replica.led();
  }

  elected(term: number, since: number): void {
    if (!this.leadership.accept(this.id, term)) return;
    this.around.elected(this.node, since);
    this.replica.led();
  }

  shows(key: number): number {
    return this.shown[key]!;
  }

  get keys(): number {
    return this.registers.length;
  }

  keyOf(write: number): number {
    return this.around.writes.key[write]!;
  }

  sync(): void {
    this.storage?.received();
  }

  covers(one: number, other: number): boolean {
    return this.around.merging.covers(one, other);
  }

  joined(one: number, other: number): number {
    return this.around.merging.joined(one, other);
  }

  fingerprint(version: number): number {
    const { writes } = this.around;
    if (!writes.isBundle(version)) return version;
    return writes.members[version]!.reduce(
      (print, write) => Math.imul(print ^ (write + 1), FACTOR) ^ (print >>> 15),
      0,
    );
  }

  enclose(version: number, letter: Letter): void {
    const { writes } = this.around;
    if (!writes.isBundle(version)) letter.writes.push(version);
    else for (const write of writes.members[version]!) letter.writes.push(write);
  }

  encloseWith(write: number, letter: Letter): void {
    const { merging, writes } = this.around;
    const shown = this.shown[writes.key[write]!]!;
    if (merging.keepsSiblings && shown !== NONE)
      for (const member of writes.members[shown] ?? [shown]) if (member !== write) letter.writes.push(member);
    letter.writes.push(write);
  }

  finish(operation: Operation): void {
    this.answer(operation.id);
  }

  answer(operation: OperationId): void {
    if (operation === OPERATOR) return;
    const { answers, acceptances } = this.around;
    if (!answers.isRead(operation)) {
      acceptances.settle(operation);
      return answers.wrote(operation);
    }
    const key = answers.keyOf(operation);
    const shown = this.shown[key]!;
    const version = this.past?.asOf(key, shown, this.clock - this.around.ago(operation, key)) ?? shown;
    if (this.readModel?.isBehind(key) === true) answers.read(operation, this.readModel.shows(key), this.id, true);
    else answers.read(operation, version, this.id, version !== shown);
  }

  answerWith(operation: OperationId, write: number, from: RegionId): void {
    this.around.answers.read(operation, write, from, true);
  }

  commit(operation: Operation): void {
    if (operation.id === OPERATOR || this.storage === null || !this.storage.delays(operation.id))
      this.finish(operation);
  }

  refuse(operation: Operation, why: Refusal): void {
    this.deny(operation.id, why);
  }

  deny(operation: OperationId, why: Refusal): void {
    if (operation === OPERATOR) return;
    const { observer, answers } = this.around;
    if (why === "fenced") observer.leaderFenced(this.id, this.leadership.term, this.group);
    const { leader } = this.leadership;
    const elsewhere = why === "not-primary" && leader !== NOBODY && leader !== this.id;
    if (!elsewhere || !this.around.forward(operation, leader)) answers.refuse(operation, why);
  }
}
