import type { Letter } from "../policies/contract.js";

/**
 * What a run tells of itself: a closed list of observations. Metrics and the oracle are observers, as a record or a
 * trace would be; they are added or left out without changing a single event. Nothing that is simulated may ask them
 * anything. Ids and times are those of the plan; `now` is the engine's.
 */
export abstract class Observer {
  operationIssued(_place: number, _operation: number): void {}
  operationRetried(_place: number, _operation: number, _wait: number): void {}
  /** The read that a compare-and-set begins with is answered: what is asked from here on is the swap. */
  readTaken(_operation: number, _attempt: number): void {}
  /** The client takes the good answer to this attempt; the end of the operation follows. */
  answerTaken(_operation: number, _attempt: number): void {}
  /** `cause` is one of causes.ts, 0 for success; `region` the last one contacted. */
  operationEnded(
    _place: number,
    _region: number,
    _write: boolean,
    _issuedAt: number,
    _cause: number,
    _operation: number,
  ): void {}
  /** A second region was asked, because the first one was late. */
  requestHedged(_place: number): void {}
  requestQueued(_region: number): void {}
  /** A worker has taken the request up after `wait` microseconds in the queue. */
  requestStarted(_region: number, _wait: number): void {}
  requestLeft(_region: number, _stay: number): void {}
  /** `shown` is the write that answered, -1 for none. */
  readServed(_region: number, _key: number, _shown: number, _issuedAt: number, _attempt: number): void {}
  /** `before` is what the accepting region showed, -1 if nothing; `took` when the write replaced it there; `repeated` when the operation was accepted for the second time. */
  writeAccepted(
    _write: number,
    _region: number,
    _before: number,
    _took: boolean,
    _repeated: boolean,
    _operation: number,
  ): void {}
  /** A compare-and-set found another value than it expected. */
  swapMissed(_region: number): void {}
  /** A replica has received the write; it will not show it before it has been applied. */
  writeReceived(_write: number, _region: number): void {}
  /** A replica shows what it has received; `took` when the write replaced `before` in the register. */
  writeApplied(_write: number, _region: number, _before: number, _took: boolean): void {}
  /** Gone from a replica: its log was rewound, its power cut before a sync, or its disk lost. It shows `shown` now. */
  writeUndone(_write: number, _region: number, _shown: number): void {}
  /** A write that its leader never had has been taken out of a region's log, and put into an archive for people to look at. */
  writeArchived(_write: number, _region: number): void {}
  /** The write is on the disk of a region whose power can be cut. */
  writeSynced(_write: number, _region: number): void {}
  writeAcknowledged(_write: number): void {}
  /** Nothing holds this write any more; its id will be reused. */
  writeForgotten(_write: number): void {}
  /** A whole copy has come to `region` from `source`: what is applied there until it is installed comes from it. */
  copyArrived(_region: number, _source: number): void {}
  copyInstalled(_region: number, _source: number): void {}
  /** All copies are about to be given up for a backup of the moment `asOf`, restored at `region` since `startedAt`. */
  dataRestored(_region: number, _asOf: number, _startedAt: number): void {}
  roundTripMeasured(_from: number, _to: number, _micros: number): void {}
  regionBelieved(_region: number, _healthy: boolean): void {}
  /** `region` leads from now on, as it believes. */
  leaderChanged(_region: number, _term: number): void {}
  /** `region` led, and has heard of another leader; its own term is the one that ended. */
  leadershipEnded(_region: number, _term: number): void {}
  /** `region` leads but may not write: an order to fence, an expired lease, a switchover under way. Told again and again. */
  leaderFenced(_region: number, _term: number): void {}
  failoverPhase(_phase: number, _start: number, _end: number): void {}
  /** `planned` tells a switchover from a failover. */
  failoverEnded(_from: number, _to: number, _start: number, _planned: boolean): void {}
  /** Lent, as to its addressee. */
  letterSent(_letter: Letter): void {}
  letterDelivered(_letter: Letter): void {}
  letterDropped(_letter: Letter): void {}
  faultBegan(_fault: number): void {}
  faultEnded(_fault: number): void {}
  /** Once a bin of the series. */
  sampled(): void {}
}

/** Hands each observation to every observer, in order. Plain loops: an iterator for each observation would be garbage. */
export class Observers extends Observer {
  constructor(private readonly all: readonly Observer[]) {
    super();
  }

  override operationIssued(place: number, operation: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.operationIssued(place, operation);
  }

  override operationRetried(place: number, operation: number, wait: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.operationRetried(place, operation, wait);
  }

  override readTaken(operation: number, attempt: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.readTaken(operation, attempt);
  }

  override answerTaken(operation: number, attempt: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.answerTaken(operation, attempt);
  }

  override operationEnded(
    place: number,
    region: number,
    write: boolean,
    issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    for (let at = 0; at < this.all.length; at++)
      this.all[at]!.operationEnded(place, region, write, issuedAt, cause, operation);
  }

  override requestHedged(place: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.requestHedged(place);
  }

  override requestQueued(region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.requestQueued(region);
  }

  override requestStarted(region: number, wait: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.requestStarted(region, wait);
  }

  override requestLeft(region: number, stay: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.requestLeft(region, stay);
  }

  override readServed(region: number, key: number, shown: number, issuedAt: number, attempt: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.readServed(region, key, shown, issuedAt, attempt);
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    took: boolean,
    repeated: boolean,
    operation: number,
  ): void {
    for (let at = 0; at < this.all.length; at++)
      this.all[at]!.writeAccepted(write, region, before, took, repeated, operation);
  }

  override swapMissed(region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.swapMissed(region);
  }

  override writeReceived(write: number, region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeReceived(write, region);
  }

  override writeApplied(write: number, region: number, before: number, took: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeApplied(write, region, before, took);
  }

  override writeUndone(write: number, region: number, shown: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeUndone(write, region, shown);
  }

  override writeArchived(write: number, region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeArchived(write, region);
  }

  override writeSynced(write: number, region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeSynced(write, region);
  }

  override writeAcknowledged(write: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeAcknowledged(write);
  }

  override writeForgotten(write: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeForgotten(write);
  }

  override copyArrived(region: number, source: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.copyArrived(region, source);
  }

  override copyInstalled(region: number, source: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.copyInstalled(region, source);
  }

  override dataRestored(region: number, asOf: number, startedAt: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.dataRestored(region, asOf, startedAt);
  }

  override roundTripMeasured(from: number, to: number, micros: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.roundTripMeasured(from, to, micros);
  }

  override regionBelieved(region: number, healthy: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.regionBelieved(region, healthy);
  }

  override leaderChanged(region: number, term: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.leaderChanged(region, term);
  }

  override leadershipEnded(region: number, term: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.leadershipEnded(region, term);
  }

  override leaderFenced(region: number, term: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.leaderFenced(region, term);
  }

  override failoverPhase(phase: number, start: number, end: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.failoverPhase(phase, start, end);
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.failoverEnded(from, to, start, planned);
  }

  override letterSent(letter: Letter): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.letterSent(letter);
  }

  override letterDelivered(letter: Letter): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.letterDelivered(letter);
  }

  override letterDropped(letter: Letter): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.letterDropped(letter);
  }

  override faultBegan(fault: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.faultBegan(fault);
  }

  override faultEnded(fault: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.faultEnded(fault);
  }

  override sampled(): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.sampled();
  }
}
