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
  /** A user has been told that what he had seen is gone: what he asks from here on is another session. */
  sessionEnded(_place: number, _session: number): void {}
  /** A second region was asked, because the first one was late. */
  requestHedged(_place: number): void {}
  requestQueued(_region: number): void {}
  /** A worker has taken the request up after `wait` microseconds in the queue. */
  requestStarted(_region: number, _wait: number): void {}
  requestLeft(_region: number, _stay: number): void {}
  /** `shown` is the write that answered, -1 for none: what `region` shows now or, `gathered`, what copies have shown before. */
  readServed(_region: number, _key: number, _shown: number, _issued: number, _try: number, _gathered: boolean): void {}
  /**
   * `before` is what the accepting region showed, -1 if nothing; `took` when the write replaced it there; `repeated` when
   * the operation was accepted for the second time; not `shown` while it waits to be committed.
   */
  writeAccepted(
    _write: number,
    _region: number,
    _before: number,
    _took: boolean,
    _repeated: boolean,
    _operation: number,
    _shown: boolean,
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
  /** The host of a region's copy has died; told again when a later fault takes more of its disk. */
  hostDied(_region: number): void {}
  hostReturned(_region: number): void {}
  /** `region` has given up its copy, with all that it held. */
  copyGivenUp(_region: number): void {}
  /** An operator has deleted data at `region`. */
  dataDeleted(_region: number): void {}
  /** Somebody has noticed that data are gone, deleted or with the last disk, and calls for a backup. */
  restoreCalledFor(): void {}
  /** A backup of the moment `asOf` is being read for `region`. */
  restoreBegan(_region: number, _asOf: number): void {}
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

type Observation = keyof Observer;
type Listening = Readonly<Record<Observation, readonly Observer[]>>;

/**
 * Hands each observation to those observers that do something with it, in order. Plain loops: an iterator for each
 * observation would be garbage.
 */
export class Observers extends Observer {
  private readonly listening: Listening;

  constructor(given: readonly (Observer | null)[]) {
    super();
    const all = given.filter((each) => each !== null);
    const names = Object.getOwnPropertyNames(Observer.prototype).filter((name) => name !== "constructor");
    this.listening = Object.fromEntries(
      (names as Observation[]).map((name) => [name, all.filter((each) => each[name] !== Observer.prototype[name])]),
    ) as unknown as Listening;
  }

  override operationIssued(place: number, operation: number): void {
    const all = this.listening.operationIssued;
    for (let at = 0; at < all.length; at++) all[at]!.operationIssued(place, operation);
  }

  override operationRetried(place: number, operation: number, wait: number): void {
    const all = this.listening.operationRetried;
    for (let at = 0; at < all.length; at++) all[at]!.operationRetried(place, operation, wait);
  }

  override readTaken(operation: number, attempt: number): void {
    const all = this.listening.readTaken;
    for (let at = 0; at < all.length; at++) all[at]!.readTaken(operation, attempt);
  }

  override answerTaken(operation: number, attempt: number): void {
    const all = this.listening.answerTaken;
    for (let at = 0; at < all.length; at++) all[at]!.answerTaken(operation, attempt);
  }

  override operationEnded(
    place: number,
    region: number,
    write: boolean,
    issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    const all = this.listening.operationEnded;
    for (let at = 0; at < all.length; at++) all[at]!.operationEnded(place, region, write, issuedAt, cause, operation);
  }

  override sessionEnded(place: number, session: number): void {
    const all = this.listening.sessionEnded;
    for (let at = 0; at < all.length; at++) all[at]!.sessionEnded(place, session);
  }

  override requestHedged(place: number): void {
    const all = this.listening.requestHedged;
    for (let at = 0; at < all.length; at++) all[at]!.requestHedged(place);
  }

  override requestQueued(region: number): void {
    const all = this.listening.requestQueued;
    for (let at = 0; at < all.length; at++) all[at]!.requestQueued(region);
  }

  override requestStarted(region: number, wait: number): void {
    const all = this.listening.requestStarted;
    for (let at = 0; at < all.length; at++) all[at]!.requestStarted(region, wait);
  }

  override requestLeft(region: number, stay: number): void {
    const all = this.listening.requestLeft;
    for (let at = 0; at < all.length; at++) all[at]!.requestLeft(region, stay);
  }

  override readServed(
    region: number,
    key: number,
    shown: number,
    issuedAt: number,
    attempt: number,
    gathered: boolean,
  ): void {
    const all = this.listening.readServed;
    for (let at = 0; at < all.length; at++) all[at]!.readServed(region, key, shown, issuedAt, attempt, gathered);
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    took: boolean,
    repeated: boolean,
    operation: number,
    shown: boolean,
  ): void {
    const all = this.listening.writeAccepted;
    for (let at = 0; at < all.length; at++)
      all[at]!.writeAccepted(write, region, before, took, repeated, operation, shown);
  }

  override swapMissed(region: number): void {
    const all = this.listening.swapMissed;
    for (let at = 0; at < all.length; at++) all[at]!.swapMissed(region);
  }

  override writeReceived(write: number, region: number): void {
    const all = this.listening.writeReceived;
    for (let at = 0; at < all.length; at++) all[at]!.writeReceived(write, region);
  }

  override writeApplied(write: number, region: number, before: number, took: boolean): void {
    const all = this.listening.writeApplied;
    for (let at = 0; at < all.length; at++) all[at]!.writeApplied(write, region, before, took);
  }

  override writeUndone(write: number, region: number, shown: number): void {
    const all = this.listening.writeUndone;
    for (let at = 0; at < all.length; at++) all[at]!.writeUndone(write, region, shown);
  }

  override writeArchived(write: number, region: number): void {
    const all = this.listening.writeArchived;
    for (let at = 0; at < all.length; at++) all[at]!.writeArchived(write, region);
  }

  override writeSynced(write: number, region: number): void {
    const all = this.listening.writeSynced;
    for (let at = 0; at < all.length; at++) all[at]!.writeSynced(write, region);
  }

  override writeAcknowledged(write: number): void {
    const all = this.listening.writeAcknowledged;
    for (let at = 0; at < all.length; at++) all[at]!.writeAcknowledged(write);
  }

  override writeForgotten(write: number): void {
    const all = this.listening.writeForgotten;
    for (let at = 0; at < all.length; at++) all[at]!.writeForgotten(write);
  }

  override copyArrived(region: number, source: number): void {
    const all = this.listening.copyArrived;
    for (let at = 0; at < all.length; at++) all[at]!.copyArrived(region, source);
  }

  override copyInstalled(region: number, source: number): void {
    const all = this.listening.copyInstalled;
    for (let at = 0; at < all.length; at++) all[at]!.copyInstalled(region, source);
  }

  override hostDied(region: number): void {
    const all = this.listening.hostDied;
    for (let at = 0; at < all.length; at++) all[at]!.hostDied(region);
  }

  override hostReturned(region: number): void {
    const all = this.listening.hostReturned;
    for (let at = 0; at < all.length; at++) all[at]!.hostReturned(region);
  }

  override copyGivenUp(region: number): void {
    const all = this.listening.copyGivenUp;
    for (let at = 0; at < all.length; at++) all[at]!.copyGivenUp(region);
  }

  override dataDeleted(region: number): void {
    const all = this.listening.dataDeleted;
    for (let at = 0; at < all.length; at++) all[at]!.dataDeleted(region);
  }

  override restoreCalledFor(): void {
    const all = this.listening.restoreCalledFor;
    for (let at = 0; at < all.length; at++) all[at]!.restoreCalledFor();
  }

  override restoreBegan(region: number, asOf: number): void {
    const all = this.listening.restoreBegan;
    for (let at = 0; at < all.length; at++) all[at]!.restoreBegan(region, asOf);
  }

  override dataRestored(region: number, asOf: number, startedAt: number): void {
    const all = this.listening.dataRestored;
    for (let at = 0; at < all.length; at++) all[at]!.dataRestored(region, asOf, startedAt);
  }

  override roundTripMeasured(from: number, to: number, micros: number): void {
    const all = this.listening.roundTripMeasured;
    for (let at = 0; at < all.length; at++) all[at]!.roundTripMeasured(from, to, micros);
  }

  override regionBelieved(region: number, healthy: boolean): void {
    const all = this.listening.regionBelieved;
    for (let at = 0; at < all.length; at++) all[at]!.regionBelieved(region, healthy);
  }

  override leaderChanged(region: number, term: number): void {
    const all = this.listening.leaderChanged;
    for (let at = 0; at < all.length; at++) all[at]!.leaderChanged(region, term);
  }

  override leadershipEnded(region: number, term: number): void {
    const all = this.listening.leadershipEnded;
    for (let at = 0; at < all.length; at++) all[at]!.leadershipEnded(region, term);
  }

  override leaderFenced(region: number, term: number): void {
    const all = this.listening.leaderFenced;
    for (let at = 0; at < all.length; at++) all[at]!.leaderFenced(region, term);
  }

  override failoverPhase(phase: number, start: number, end: number): void {
    const all = this.listening.failoverPhase;
    for (let at = 0; at < all.length; at++) all[at]!.failoverPhase(phase, start, end);
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean): void {
    const all = this.listening.failoverEnded;
    for (let at = 0; at < all.length; at++) all[at]!.failoverEnded(from, to, start, planned);
  }

  override letterSent(letter: Letter): void {
    const all = this.listening.letterSent;
    for (let at = 0; at < all.length; at++) all[at]!.letterSent(letter);
  }

  override letterDelivered(letter: Letter): void {
    const all = this.listening.letterDelivered;
    for (let at = 0; at < all.length; at++) all[at]!.letterDelivered(letter);
  }

  override letterDropped(letter: Letter): void {
    const all = this.listening.letterDropped;
    for (let at = 0; at < all.length; at++) all[at]!.letterDropped(letter);
  }

  override faultBegan(fault: number): void {
    const all = this.listening.faultBegan;
    for (let at = 0; at < all.length; at++) all[at]!.faultBegan(fault);
  }

  override faultEnded(fault: number): void {
    const all = this.listening.faultEnded;
    for (let at = 0; at < all.length; at++) all[at]!.faultEnded(fault);
  }

  override sampled(): void {
    const all = this.listening.sampled;
    for (let at = 0; at < all.length; at++) all[at]!.sampled();
  }
}
