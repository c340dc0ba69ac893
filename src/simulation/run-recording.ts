import { lengthened, lengthenedDoubles } from "../engine/columns.js";
import type { Engine } from "../engine/engine.js";
import { choose } from "../policies/catalogue.js";
import {
  ACCEPTED,
  OK as ANSWERED,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  INSTALLED,
  NIL,
  OUTDONE,
  PROPOSED,
  READ,
  RECEIVED,
  SHOWN,
  UNKNOWN,
} from "../record/record.js";
import type { Call, Facts, Recorder } from "../record/recorder.js";
import { OK } from "./causes.js";
import { CopyRecording } from "./copy-recording.js";
import { OperationNumbers } from "./operation-numbers.js";
import type { Operations } from "./operations.js";
import { Processes } from "./processes.js";
import { isDead, recordFacts } from "./record-facts.js";
import { RestRecording } from "./rest-recording.js";
import { RoleRecording } from "./role-recording.js";
import { VersionRecording } from "./version-recording.js";
import { Watcher } from "./watcher.js";
import type { World } from "./world.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const DECIDED = -1;

/**
 * Writes a run down: who called what and what came back, what became of each version in each region, and who led.
 *
 * An operation's number is its row. A failed write that no region has accepted has certainly not happened
 * only when no attempt of it is left, and that shows when its number is used again.
 */
export class RunRecording extends Watcher {
  private engine!: Engine;
  private operations!: Operations;
  private writes!: Writes;
  private roles!: RoleRecording;
  private copies!: CopyRecording;
  private rests!: RestRecording;
  private readonly processes = new Processes();
  private sessions = new Int32Array(0);
  /** By user: the number of his session; of his second one and those after it, a number that nobody has yet. */
  private sessionNumbers = new Int32Array(0);
  private nextSession = 0;
  private readonly numbers = new OperationNumbers();
  private versions!: VersionRecording;
  /** By operation. */
  private process = new Int32Array(1024);
  private result = new Int32Array(1024);
  /** When the client gave the write up that may still happen. */
  private openSince = new Float64Array(1024).fill(DECIDED);
  /** By attempt: the operation whose write it was shown. */
  private shown = new Int32Array(1024);
  private installing = NONE;
  private commits = false;
  private readonly call: { -readonly [field in keyof Call]-?: Call[field] } = {
    time: 0,
    process: 0,
    session: 0,
    key: 0,
    kind: 0,
    argument: NIL,
    expected: NIL,
    region: NONE,
  };

  /** What the recorder is to be finished or closed with; known at the end. */
  facts!: Facts;
  private world!: World;

  constructor(
    private readonly recorder: Recorder,
    private readonly scenario: string,
    private readonly seed: string,
  ) {
    super();
  }

  override begin(world: World): void {
    this.world = world;
    this.engine = world.engine;
    this.operations = world.operations;
    this.writes = world.writes;
    this.commits = choose("replication", world.plan.policies.replication.name, world.catalogue).gives.defers === true;
    this.roles = new RoleRecording(this.recorder, world.groups);
    this.copies = new CopyRecording(this.recorder, world);
    this.versions = new VersionRecording(this.recorder, this.numbers, world);
    this.rests = new RestRecording(world, this.numbers);
    let before = 0;
    this.sessions = Int32Array.from(world.plan.places, ({ sessions }) => {
      before += sessions;
      return before - sessions;
    });
    this.sessionNumbers = Int32Array.from({ length: before }, (_, session) => session);
    this.nextSession = before;
  }

  override operationIssued(place: number, operation: number): void {
    const { operations, call } = this;
    if (operation >= this.process.length) this.growOperations(operations.place.length);
    this.settle(operation);
    this.process[operation] = this.processes.take();
    call.session = this.sessionNumbers[this.sessions[place]! + operations.session[operation]!]!;
    call.expected = NIL;
    this.called(operation);
  }

  /** The read that a compare-and-set begins with is an operation of its own, of the same process. */
  override readTaken(operation: number, attempt: number): void {
    const { operations, call } = this;
    const shown = this.shown[attempt]!;
    this.recorder.complete(
      this.numbers.of(operation),
      this.engine.now,
      ANSWERED,
      shown,
      operations.lastRegion[operation]!,
    );
    call.session = this.sessionNumbers[this.sessions[operations.place[operation]!]! + operations.session[operation]!]!;
    call.expected = shown;
    this.called(operation);
  }

  override sessionEnded(place: number, session: number): void {
    this.sessionNumbers[this.sessions[place]! + session] = this.nextSession++;
  }

  override answerTaken(operation: number, attempt: number): void {
    const kind = this.operations.kind[operation]!;
    if (kind === READ) this.result[operation] = this.shown[attempt]!;
    else if (kind === CAS) this.result[operation] = this.world.attempts.write[attempt] === NONE ? 0 : 1;
  }

  override operationEnded(
    _place: number,
    region: number,
    _write: boolean,
    _issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    const { now } = this.engine;
    const open = cause !== OK && this.operations.kind[operation] !== READ;
    const outcome = cause === OK ? ANSWERED : open ? UNKNOWN : FAIL;
    this.recorder.complete(this.numbers.of(operation), now, outcome, this.result[operation]!, region);
    if (!open) this.processes.give(this.process[operation]!);
    else if (this.operations.accepted[operation] === 0) this.openSince[operation] = now;
  }

  override readServed(_region: number, key: number, shown: number, _issuedAt: number, attempt: number): void {
    if (attempt >= this.shown.length) this.shown = lengthened(this.shown, Math.max(attempt + 1, this.shown.length * 2));
    const isNothing = shown === NONE || this.writes.kind[shown] === DELETE;
    if (this.isCounter(key)) this.shown[attempt] = isNothing ? 0 : this.writes.numberAt(shown);
    else this.shown[attempt] = isNothing ? NIL : this.numbers.behind(this.writes.first(shown));
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
    const number = this.numbers.accept(write, operation);
    if (operation === NONE) this.operated(write, number);
    else this.openSince[operation] = DECIDED;
    if (shown) this.roles.accepted(this.engine.now, region, this.world.groups.of(this.writes.key[write]!));
    if (shown) this.versions.came(write, region, before, after, ACCEPTED, OUTDONE);
    else this.versions.row(write, region, PROPOSED, before);
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    const shown = this.installing === region ? INSTALLED : SHOWN;
    this.versions.came(write, region, before, after, shown, RECEIVED);
  }

  override writeUndone(write: number, region: number, shown: number): void {
    this.versions.undone(write, region, shown);
  }

  override writeReceived(write: number, region: number): void {
    this.rests.add(write, region, "log");
  }

  override writeKept(write: number, region: number): void {
    this.rests.add(write, region, "hint");
  }

  override backupTaken(region: number, registers: Int32Array): void {
    for (const version of registers)
      if (version !== NONE)
        for (const write of this.writes.members[version] ?? [version]) this.rests.add(write, region, "backup");
  }

  override copyArrived(region: number): void {
    this.installing = region;
  }

  override copyInstalled(region: number): void {
    this.installing = NONE;
    this.copies.add("installed", region);
  }

  override hostDied(region: number): void {
    this.copies.add("host-died", region);
  }

  override hostReturned(region: number): void {
    this.copies.add("host-returned", region);
  }

  override copyGivenUp(region: number, group: number): void {
    this.copies.add("given-up", region, this.inGroup(group));
  }

  override dataDeleted(region: number): void {
    this.copies.add("deleted", region);
  }

  override restoreCalledFor(): void {
    this.copies.add("called-for", NONE);
  }

  override restoreBegan(region: number, asOf: number, group: number): void {
    this.copies.add("restoring", region, { asOf, ...this.inGroup(group) });
  }

  override dataRestored(region: number, asOf: number, _startedAt: number, group: number): void {
    this.copies.add("restored", region, { asOf, ...this.inGroup(group) });
  }

  /** Said where there are several. */
  private inGroup(group: number): { readonly group?: number } {
    return this.world.groups.all.length > 1 ? { group } : {};
  }

  override leaderChanged(region: number, term: number, group: number): void {
    this.roles.succeeded(this.engine.now, region, group, this.cannotWrite);
    this.roles.began(this.engine.now, region, group, term);
  }

  override leadershipEnded(region: number, term: number, group: number): void {
    this.roles.ended(this.engine.now, region, group, term);
  }

  override leaderFenced(region: number, term: number, group: number): void {
    this.roles.fenced(this.engine.now, region, group, term);
  }

  override end(): void {
    for (let operation = 0; operation < this.openSince.length; operation++)
      if (this.openSince[operation] !== DECIDED && !this.operations.isUnderWay(operation)) this.settle(operation);
    this.copies.eachWaiting((write, region, what, shown) => this.versions.row(write, region, what, shown));
    this.facts = {
      ...recordFacts(this.world, this.scenario, this.seed),
      copies: this.copies.facts,
      ...this.rests.facts,
    };
  }

  /** A leader whose writes must be committed by a majority can write nothing once that majority has another. */
  private readonly cannotWrite = (node: number): boolean => {
    if (this.commits) return true;
    const { id: region, leadership, clock } = this.world.replicas.hosts[node]!;
    return isDead(this.world, region) || !leadership.mayWriteAt(clock);
  };

  /** What an operator does to a key is an operation of a process of its own, done at once. */
  private operated(write: number, number: number): void {
    const { writes, call } = this;
    call.time = this.engine.now;
    call.process = this.processes.take();
    call.session = NIL;
    call.expected = NIL;
    call.key = writes.key[write]!;
    call.kind = writes.kind[write]!;
    call.argument = call.kind === DELETE ? NIL : number;
    this.recorder.call(call);
    this.recorder.complete(number, call.time, ANSWERED, NIL, writes.origin[write]!);
    this.processes.give(call.process);
  }

  /** A row for the request at hand: `session` and `expected` are those of `call`. */
  private called(operation: number): void {
    const { operations, call } = this;
    const number = this.numbers.issue(operation);
    const kind = operations.kind[operation]!;
    call.time = this.engine.now;
    call.process = this.process[operation]!;
    call.key = operations.key[operation]!;
    call.kind = kind;
    call.argument = kind === READ ? NIL : kind === INCREMENT ? operations.amount[operation]! : number;
    this.recorder.call(call);
    this.result[operation] = NIL;
  }

  private isCounter(key: number): boolean {
    const { demand, plan } = this.world;
    return plan.data.classes[demand.classOf(key)]!.holds === "counter";
  }

  /** No attempt of the operation that had this number is left: what was not accepted did not happen. */
  private settle(operation: number): void {
    const since = this.openSince[operation]!;
    if (since === DECIDED) return;
    this.openSince[operation] = DECIDED;
    this.recorder.complete(this.numbers.of(operation), since, FAIL);
    this.processes.give(this.process[operation]!);
  }

  private growOperations(length: number): void {
    const from = this.process.length;
    this.process = lengthened(this.process, length);
    this.result = lengthened(this.result, length);
    this.openSince = lengthenedDoubles(this.openSince, length).fill(DECIDED, from);
  }
}
