import { cameToNothing, stageWords } from "../operate/told.js";
import type { Letter } from "../policies/contract.js";
import { CAUSE_NAMES, OK } from "../simulation/causes.js";
import { DETECT } from "../simulation/failover-phases.js";
import { PHASE_NAMES } from "../simulation/incident-reports.js";
import { OperationNumbers } from "../simulation/operation-numbers.js";
import { Watcher } from "../simulation/watcher.js";
import type { World } from "../simulation/world.js";
import { formatMoment, formatRounded } from "../units/time.js";
import { type TraceFilter, type TraceKind, TraceSieve } from "./happenings.js";
import { LetterWords } from "./letter-words.js";
import { plainName } from "./plain-name.js";
import { VersionWords } from "./version-words.js";

const NONE = -1;
/** By the record's kinds. */
const DEEDS = ["read", "write", "delete", "increment", "compare and set", "add to the set of", "append to the list of"];
/** Writes of one letter that are named. */
const MOST_NAMED = 8;
const TIME_WIDTH = 20;
const KIND_WIDTH = 10;

/** A run as text: one line a happening, at most so many of them. Operations and writes have the numbers of a record. */
export class Trace extends Watcher {
  readonly lines: string[] = [];
  /** More happened than may be told. */
  cut = false;
  private world!: World;
  private sieve!: TraceSieve;
  private words!: LetterWords;
  private versions!: VersionWords;
  private readonly numbers = new OperationNumbers();
  private sites: readonly string[] = [];
  private readonly believed = new Map<number, boolean>();
  /** Regions of which it was told that they may not write. */
  private readonly fenced = new Set<number>();

  constructor(
    private readonly filter: TraceFilter,
    private readonly mostLines: number,
  ) {
    super();
  }

  override begin(world: World): void {
    this.world = world;
    const { regions, places } = world.plan;
    this.sieve = new TraceSieve(
      this.filter,
      regions.map(({ name }) => name),
    );
    this.words = new LetterWords(world.plan, world.catalogue);
    this.versions = new VersionWords(world.writes, this.numbers);
    this.sites = [...regions, ...places].map(({ name }) => plainName(name));
  }

  override end(): void {}

  override operationIssued(place: number, operation: number): void {
    const number = this.numbers.issue(operation);
    const { operations, plan } = this.world;
    const key = operations.key[operation]!;
    if (!this.wants("operations", NONE, NONE, key)) return;
    const user = `${plainName(plan.places[place]!.name)}, session ${operations.session[operation]},`;
    const deed = operations.amount[operation]! < 0 ? "decrement" : DEEDS[operations.kind[operation]!];
    this.add("operations", `${user} asks to ${deed} key ${key} (operation ${number})`);
  }

  override readTaken(operation: number): void {
    const read = this.name(operation);
    const number = this.numbers.issue(operation);
    const { operations } = this.world;
    if (this.wants("operations", NONE, NONE, operations.key[operation]!))
      this.add("operations", `after ${read}, its user asks to compare and set that key (operation ${number})`);
  }

  override operationRetried(_place: number, operation: number, wait: number): void {
    const region = this.world.operations.lastRegion[operation]!;
    if (this.wantsOperation(operation, region))
      this.add("operations", `${this.name(operation)} is tried again in ${formatRounded(wait)}`);
  }

  override operationEnded(
    _place: number,
    region: number,
    _write: boolean,
    issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    if (!this.wantsOperation(operation, region)) return;
    const took = formatRounded(this.world.engine.now - issuedAt);
    const asked = region === NONE ? "" : `; the last one asked was ${this.sites[region]}`;
    const end =
      cause === OK
        ? `is answered by ${this.sites[region]} after ${took}`
        : `has failed after ${took}: ${CAUSE_NAMES[cause]!.replaceAll("_", " ")}${asked}`;
    this.add("operations", `${this.name(operation)} ${end}`);
  }

  override readServed(region: number, _key: number, shown: number, _issuedAt: number, attempt: number): void {
    const operation = this.world.replicas.operationOf(attempt);
    if (this.wantsOperation(operation, region))
      this.add("operations", `${this.sites[region]} shows ${this.versions.version(shown)} to ${this.name(operation)}`);
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    after: number,
    repeated: boolean,
    operation: number,
    shown: boolean,
  ): void {
    this.numbers.accept(write, operation);
    if (!shown) {
      this.ofWrite(write, region, "takes", " into its log");
      return;
    }
    const { groups } = this.world;
    const group = groups.of(this.world.writes.key[write]!);
    if (this.fenced.delete(groups.node(group, region)))
      this.tell("roles", `${this.sites[region]} may write again${groups.label(group)}`, region);
    const again = repeated ? " a second time" : "";
    this.ofWrite(
      write,
      region,
      "accepts",
      `${again}${after !== before ? this.versions.among(write, before, after) : this.versions.but(before)}`,
    );
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    const isThere = this.world.writes.standing(after).includes(write);
    if (!isThere || after === before) this.ofWrite(write, region, "has received", this.versions.but(after));
    else this.ofWrite(write, region, "shows", this.versions.among(write, before, after));
  }

  override writeUndone(write: number, region: number, shown: number): void {
    this.ofWrite(write, region, "has lost", ` and shows ${this.versions.version(shown)}`);
  }

  override writeSynced(write: number, region: number): void {
    this.ofWrite(write, region, "has on disk", "");
  }

  override copyArrived(region: number, source: number): void {
    this.tell("writes", `${this.sites[region]} merges a whole copy from ${this.sites[source]}`, region, source);
  }

  override regionJoins(region: number, stage: number): void {
    const said = stageWords(stage);
    if (said !== undefined) this.tell("orders", `${this.sites[region]}: ${said}`, region);
  }

  override hostDied(region: number): void {
    this.tell("faults", `the host of ${this.sites[region]}'s copy dies`, region);
  }

  override hostReturned(region: number): void {
    this.tell("faults", `the host of ${this.sites[region]}'s copy is up again`, region);
  }

  override copyGivenUp(region: number, group: number): void {
    const keys = this.world.groups.label(group);
    this.tell("faults", `${this.sites[region]} gives up its copy${keys} and all that it held`, region);
  }

  override dataDeleted(region: number): void {
    this.tell("faults", `an operator deletes data at ${this.sites[region]}`, region);
  }

  override restoreCalledFor(): void {
    this.tell("faults", "it is noticed that data are gone, and a backup is called for");
  }

  override restoreBegan(region: number, asOf: number, group: number): void {
    const backup = `the backup${this.world.groups.label(group)} as of ${formatMoment(asOf).trim()}`;
    this.tell("faults", `restore: ${backup} is read for ${this.sites[region]}`, region);
  }

  override dataRestored(region: number, asOf: number, startedAt: number, group: number): void {
    const keys = this.world.groups.label(group);
    const took = formatRounded(this.world.engine.now - startedAt);
    const backup = `the backup as of ${formatMoment(asOf).trim()}`;
    this.tell(
      "faults",
      `restore: every copy${keys} is given up for ${backup} at ${this.sites[region]}, read in ${took}`,
      region,
    );
  }

  override letterSent(letter: Letter): void {
    if (this.wantsLetter(letter))
      this.add("letters", `${this.from(letter)} sends ${this.saying(letter)} to ${this.to(letter)}`);
  }

  override letterDelivered(letter: Letter): void {
    if (this.wantsLetter(letter))
      this.add("letters", `${this.to(letter)} gets ${this.saying(letter)} from ${this.from(letter)}`);
  }

  override letterDropped(letter: Letter): void {
    if (this.wantsLetter(letter))
      this.add("letters", `lost: ${this.saying(letter)} from ${this.from(letter)} to ${this.to(letter)}`);
  }

  override roundTripMeasured(from: number, to: number, micros: number): void {
    if (this.wants("probes", from, to))
      this.add("probes", `${this.sites[from]} hears from ${this.sites[to]} in ${formatRounded(micros)}`);
  }

  override regionBelieved(region: number, healthy: boolean): void {
    if (this.believed.get(region) === healthy) return;
    this.believed.set(region, healthy);
    this.tell("health", `the traffic manager believes ${this.sites[region]} ${healthy ? "healthy" : "dead"}`, region);
  }

  override leaderChanged(region: number, term: number, group: number): void {
    this.fenced.delete(this.world.groups.node(group, region));
    this.tell("roles", `${this.sites[region]} leads, in term ${term}${this.world.groups.label(group)}`, region);
  }

  override leadershipEnded(region: number, term: number, group: number): void {
    const keys = this.world.groups.label(group);
    this.tell("roles", `${this.sites[region]} hears that its term ${term}${keys} is over`, region);
  }

  override leaderFenced(region: number, term: number, group: number): void {
    const { groups } = this.world;
    const node = groups.node(group, region);
    if (this.fenced.has(node)) return;
    this.fenced.add(node);
    this.tell("roles", `${this.sites[region]} leads, in term ${term}${groups.label(group)}, but may not write`, region);
  }

  override failoverPhase(phase: number, start: number, end: number, group: number): void {
    // Nobody here knows when the fault began that is detected now.
    const what = phase === DETECT ? "the leader is suspected" : `${PHASE_NAMES[phase]}, ${formatRounded(end - start)}`;
    this.tell("roles", `failover${this.world.groups.label(group)}: ${what}`);
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean, group: number): void {
    const took = formatRounded(this.world.engine.now - start);
    const what = `${planned ? "switchover" : "failover"}${this.world.groups.label(group)}`;
    this.tell("roles", `${what} from ${this.sites[from]} to ${this.sites[to]}: ${took} in all`, from, to);
  }

  override orderGiven(action: number): void {
    const { actions, replies } = this.world.operator;
    const why = cameToNothing(this.world.plan, replies[action]!);
    this.tell("orders", `an operator orders ${plainName(actions[action]!.label)}${why}`);
  }

  override replicationPaused(region: number, paused: boolean, group: number): void {
    const keys = this.world.groups.label(group);
    this.tell("orders", `replication${keys} at ${this.sites[region]} is ${paused ? "paused" : "resumed"}`, region);
  }

  override faultBegan(fault: number): void {
    this.tell("faults", `${this.label(fault)} begins`);
  }

  override faultEnded(fault: number): void {
    this.tell("faults", `${this.label(fault)} ends`);
  }

  private ofWrite(write: number, region: number, verb: string, more: string): void {
    const key = this.world.writes.key[write]!;
    if (this.wants("writes", region, NONE, key))
      this.add("writes", `${this.sites[region]} ${verb} write ${this.numbers.behind(write)} of key ${key}${more}`);
  }

  /** "append with writes 12 13". */
  private saying(letter: Letter): string {
    const { writes } = letter;
    const named: number[] = [];
    for (let at = 0; at < Math.min(writes.length, MOST_NAMED); at++) named.push(this.numberOf(writes.at(at)));
    const more = writes.length > MOST_NAMED ? ` and ${writes.length - MOST_NAMED} more` : "";
    const what = named.length === 0 ? "" : ` with ${named.length === 1 ? "write" : "writes"} ${named.join(" ")}${more}`;
    return `${this.words.verb(letter)}${what}`;
  }

  /** Of a write that travels; no copy may have it yet. */
  private numberOf(write: number): number {
    const operation = this.world.writes.untaken[write]!;
    return operation >= 0 ? this.numbers.of(operation) : this.numbers.behind(write);
  }

  private wantsLetter(letter: Letter): boolean {
    return this.wants("letters", letter.from, letter.to) && this.carriesKey(letter);
  }

  private from(letter: Letter): string {
    return this.sites[letter.from]!;
  }

  private to(letter: Letter): string {
    return this.sites[letter.to]!;
  }

  private carriesKey({ writes }: Letter): boolean {
    if (!this.sieve.byKey) return true;
    for (let at = 0; at < writes.length; at++)
      if (this.sieve.passesKey(this.world.writes.key[writes.at(at)]!)) return true;
    return false;
  }

  private tell(kind: TraceKind, text: string, region = NONE, other = NONE): void {
    if (this.wants(kind, region, other)) this.add(kind, text);
  }

  private wantsOperation(operation: number, region: number): boolean {
    return this.wants("operations", region, NONE, this.world.operations.key[operation]!);
  }

  /** Asked before any text is made. */
  private wants(kind: TraceKind, region: number, other = NONE, key = NONE): boolean {
    if (!this.sieve.passes(kind, this.world.engine.now, region, other)) return false;
    if (key !== NONE && !this.sieve.passesKey(key)) return false;
    this.cut = this.lines.length >= this.mostLines;
    return !this.cut;
  }

  private add(kind: TraceKind, text: string): void {
    const time = formatMoment(this.world.engine.now).padStart(TIME_WIDTH);
    this.lines.push(`${time}  ${kind.padEnd(KIND_WIDTH)}  ${text}`);
  }

  private label(fault: number): string {
    return plainName(this.world.plan.faults[fault]!.label);
  }

  private name(operation: number): string {
    return `operation ${this.numbers.of(operation)}`;
  }
}
