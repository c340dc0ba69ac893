/**
 * What a run tells of itself: a closed list of observations. Metrics and the oracle are observers, as a record or a
 * trace would be; they are added or left out without changing a single event. Nothing that is simulated may ask them
 * anything. Ids and times are those of the plan; `now` is the engine's.
 */
export abstract class Observer {
  operationIssued(_place: number): void {}
  /** `cause` is one of causes.ts, 0 for success; `region` the last one contacted. */
  operationEnded(_place: number, _region: number, _write: boolean, _issuedAt: number, _cause: number): void {}
  operationRetried(_place: number): void {}
  requestQueued(_region: number): void {}
  /** A worker has taken the request up after `wait` microseconds in the queue. */
  requestStarted(_region: number, _wait: number): void {}
  requestLeft(_region: number, _stay: number): void {}
  /** `shown` is the write that answered, -1 for none. */
  readServed(_region: number, _key: number, _shown: number, _issuedAt: number): void {}
  /** `before` is what the accepting region showed, -1 if nothing; `took` when the write replaced it there; `repeated` when the operation was accepted for the second time. */
  writeAccepted(_write: number, _region: number, _before: number, _took: boolean, _repeated: boolean): void {}
  /** A replica has received the write; it will not show it before it has been applied. */
  writeReceived(_write: number, _region: number): void {}
  /** A replica shows what it has received; `took` when the write replaced `before` in the register. */
  writeApplied(_write: number, _region: number, _before: number, _took: boolean): void {}
  /** Gone from a replica: its log was rewound, its power cut before a sync, or its disk lost. */
  writeUndone(_write: number, _region: number): void {}
  /** A write that its leader never had has been taken out of a region's log, and put into an archive for people to look at. */
  writeArchived(_write: number, _region: number): void {}
  /** The write is on the disk of a region whose power can be cut. */
  writeSynced(_write: number, _region: number): void {}
  writeAcknowledged(_write: number): void {}
  /** Nothing holds this write any more; its id will be reused. */
  writeForgotten(_write: number): void {}
  /** A whole copy came to `region` from `source`. */
  copyInstalled(_region: number, _source: number): void {}
  /** All copies are about to be given up for a backup of the moment `asOf`, restored at `region` since `startedAt`. */
  dataRestored(_region: number, _asOf: number, _startedAt: number): void {}
  roundTripMeasured(_from: number, _to: number, _micros: number): void {}
  regionBelieved(_region: number, _healthy: boolean): void {}
  leaderChanged(_region: number, _term: number): void {}
  failoverPhase(_phase: number, _start: number, _end: number): void {}
  /** `planned` tells a switchover from a failover. */
  failoverEnded(_from: number, _to: number, _start: number, _planned: boolean): void {}
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

  override operationIssued(place: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.operationIssued(place);
  }

  override operationEnded(place: number, region: number, write: boolean, issuedAt: number, cause: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.operationEnded(place, region, write, issuedAt, cause);
  }

  override operationRetried(place: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.operationRetried(place);
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

  override readServed(region: number, key: number, shown: number, issuedAt: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.readServed(region, key, shown, issuedAt);
  }

  override writeAccepted(write: number, region: number, before: number, took: boolean, repeated: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeAccepted(write, region, before, took, repeated);
  }

  override writeReceived(write: number, region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeReceived(write, region);
  }

  override writeApplied(write: number, region: number, before: number, took: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeApplied(write, region, before, took);
  }

  override writeUndone(write: number, region: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.writeUndone(write, region);
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

  override failoverPhase(phase: number, start: number, end: number): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.failoverPhase(phase, start, end);
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean): void {
    for (let at = 0; at < this.all.length; at++) this.all[at]!.failoverEnded(from, to, start, planned);
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
