import type { Engine } from "../engine/engine.js";
import {
  ACCEPTED,
  OK as ANSWERED,
  FAIL,
  INSTALLED,
  NIL,
  READ,
  RECEIVED,
  SHOWN,
  UNDONE,
  UNKNOWN,
  WRITE,
} from "../record/record.js";
import type { Call, Facts, Recorder } from "../record/recorder.js";
import { lengthenedDoubles } from "./attempts.js";
import { OK } from "./causes.js";
import { OperationNumbers } from "./operation-numbers.js";
import type { Operations } from "./operations.js";
import { Processes } from "./processes.js";
import { recordFacts } from "./record-facts.js";
import { RoleRecording } from "./role-recording.js";
import { Watcher } from "./watcher.js";
import type { World } from "./world.js";
import { type Writes, lengthened } from "./writes.js";

const NONE = -1;
const DECIDED = -1;

/** What an operation does, as a record names it. */
const kindOf = (operations: Operations, operation: number): number =>
  operations.isWrite[operation] === 1 ? WRITE : READ;

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
  private readonly processes = new Processes();
  private sessions = new Int32Array(0);
  private readonly numbers = new OperationNumbers();
  /** By operation. */
  private process = new Int32Array(1024);
  private result = new Int32Array(1024);
  /** When the client gave the write up that may still happen. */
  private openSince = new Float64Array(1024).fill(DECIDED);
  /** By attempt: the operation whose write it was shown. */
  private shown = new Int32Array(1024);
  private installing = NONE;
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
    this.roles = new RoleRecording(this.recorder, world.plan);
    let before = 0;
    this.sessions = Int32Array.from(world.plan.places, ({ sessions }) => {
      before += sessions;
      return before - sessions;
    });
  }

  override operationIssued(place: number, operation: number): void {
    const { operations, call } = this;
    if (operation >= this.process.length) this.growOperations(operations.place.length);
    this.settle(operation);
    const number = this.numbers.issue(operation);
    const process = this.processes.take();
    const kind = kindOf(operations, operation);
    call.time = this.engine.now;
    call.process = process;
    call.session = this.sessions[place]! + operations.session[operation]!;
    call.key = operations.key[operation]!;
    call.kind = kind;
    call.argument = kind === READ ? NIL : number;
    this.recorder.call(call);
    this.process[operation] = process;
    this.result[operation] = NIL;
  }

  override answerTaken(operation: number, attempt: number): void {
    if (this.operations.isWrite[operation] === 0) this.result[operation] = this.shown[attempt]!;
  }

  override operationEnded(
    _place: number,
    region: number,
    write: boolean,
    _issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    const { now } = this.engine;
    const open = cause !== OK && write;
    const outcome = cause === OK ? ANSWERED : open ? UNKNOWN : FAIL;
    this.recorder.complete(this.numbers.of(operation), now, outcome, this.result[operation]!, region);
    if (!open) this.processes.give(this.process[operation]!);
    else if (this.operations.accepted[operation] === 0) this.openSince[operation] = now;
  }

  override readServed(_region: number, _key: number, shown: number, _issuedAt: number, attempt: number): void {
    if (attempt >= this.shown.length) this.shown = lengthened(this.shown, Math.max(attempt + 1, this.shown.length * 2));
    this.shown[attempt] = this.numbers.behind(shown);
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    took: boolean,
    _repeated: boolean,
    operation: number,
  ): void {
    this.numbers.accept(write, operation);
    this.openSince[operation] = DECIDED;
    this.roles.accepted(this.engine.now, region);
    this.version(write, region, ACCEPTED, before);
    if (took) this.version(write, region, SHOWN, before);
  }

  override writeApplied(write: number, region: number, before: number, took: boolean): void {
    const installed = this.installing === region;
    this.version(write, region, took ? (installed ? INSTALLED : SHOWN) : RECEIVED, before);
  }

  override writeUndone(write: number, region: number, shown: number): void {
    this.version(write, region, UNDONE, shown);
  }

  override copyArrived(region: number): void {
    this.installing = region;
  }

  override copyInstalled(): void {
    this.installing = NONE;
  }

  override leaderChanged(region: number, term: number): void {
    this.roles.began(this.engine.now, region, term);
  }

  override leadershipEnded(region: number, term: number): void {
    this.roles.ended(this.engine.now, region, term);
  }

  override leaderFenced(region: number, term: number): void {
    this.roles.fenced(this.engine.now, region, term);
  }

  override end(): void {
    for (let operation = 0; operation < this.openSince.length; operation++)
      if (this.openSince[operation] !== DECIDED && !this.operations.isUnderWay(operation)) this.settle(operation);
    this.facts = recordFacts(this.world, this.scenario, this.seed);
  }

  /** No attempt of the operation that had this number is left: what was not accepted did not happen. */
  private settle(operation: number): void {
    const since = this.openSince[operation]!;
    if (since === DECIDED) return;
    this.openSince[operation] = DECIDED;
    this.recorder.complete(this.numbers.of(operation), since, FAIL);
    this.processes.give(this.process[operation]!);
  }

  private version(write: number, region: number, what: number, previous: number): void {
    const { numbers, writes } = this;
    const key = writes.key[write]!;
    this.recorder.version(this.engine.now, region, key, numbers.behind(write), what, numbers.behind(previous));
  }

  private growOperations(length: number): void {
    const from = this.process.length;
    this.process = lengthened(this.process, length);
    this.result = lengthened(this.result, length);
    this.openSince = lengthenedDoubles(this.openSince, length).fill(DECIDED, from);
  }
}
