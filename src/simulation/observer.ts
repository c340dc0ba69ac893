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
   * `before` is what the accepting region showed, -1 if nothing, and `after` what it shows now: either, or a bundle of both;
   * `repeated` when the operation was accepted for the second time; not `shown` while it waits to be committed.
   */
  writeAccepted(
    _write: number,
    _region: number,
    _before: number,
    _after: number,
    _repeated: boolean,
    _operation: number,
    _shown: boolean,
  ): void {}
  /** A compare-and-set found another value than it expected. */
  swapMissed(_region: number): void {}
  /** A replica has received the write; it will not show it before it has been applied. */
  writeReceived(_write: number, _region: number): void {}
  /** A replica shows what it has received: it showed `before`, and now `after`, as in `writeAccepted`. */
  writeApplied(_write: number, _region: number, _before: number, _after: number): void {}
  /** Gone from a replica: its log was rewound, its power cut before a sync, or its disk lost. It shows `shown` now. */
  writeUndone(_write: number, _region: number, _shown: number): void {}
  /** A write that its leader never had has been taken out of a region's log, and put into an archive for people to look at. */
  writeArchived(_write: number, _region: number): void {}
  /** The write is on the disk of a region whose power can be cut. */
  writeSynced(_write: number, _region: number): void {}
  /** A region holds on to the write beside its copies: a coordinator that has answered for it, a hint for another region. */
  writeKept(_write: number, _region: number): void {}
  /** These writes, by key and -1 for none, are in a backup in that region from now on. */
  backupTaken(_region: number, _registers: Int32Array): void {}
  writeAcknowledged(_write: number): void {}
  /** Nothing holds this write any more; its id will be reused. */
  writeForgotten(_write: number): void {}
  /** A whole copy has come to `region` from `source`: what is applied there until it is installed comes from it. */
  copyArrived(_region: number, _source: number): void {}
  copyInstalled(_region: number, _source: number): void {}
  /** The host of a region's copy has died; told again when a later fault takes more of its disk. */
  hostDied(_region: number): void {}
  hostReturned(_region: number): void {}
  /** `region` has given up its copy of these keys, with all that it held. */
  copyGivenUp(_region: number, _group: number): void {}
  /** An operator has deleted data at `region`. */
  dataDeleted(_region: number): void {}
  /** Somebody has noticed that data are gone, deleted or with the last disk, and calls for a backup. */
  restoreCalledFor(): void {}
  /** A backup of the moment `asOf` is being read for `region`. */
  restoreBegan(_region: number, _asOf: number, _group: number): void {}
  /** All copies are about to be given up for a backup of the moment `asOf`, restored at `region` since `startedAt`. */
  dataRestored(_region: number, _asOf: number, _startedAt: number, _group: number): void {}
  roundTripMeasured(_from: number, _to: number, _micros: number): void {}
  regionBelieved(_region: number, _healthy: boolean): void {}
  /** `region` leads from now on, as it believes; so this and what follows say of which group of keys. */
  leaderChanged(_region: number, _term: number, _group: number): void {}
  /** `region` led, and has heard of another leader; its own term is the one that ended. */
  leadershipEnded(_region: number, _term: number, _group: number): void {}
  /** `region` leads but may not write: an order to fence, an expired lease, a switchover under way. Told again and again. */
  leaderFenced(_region: number, _term: number, _group: number): void {}
  failoverPhase(_phase: number, _start: number, _end: number, _group: number): void {}
  /** `planned` tells a switchover from a failover. */
  failoverEnded(_from: number, _to: number, _start: number, _planned: boolean, _group: number): void {}
  /** Lent, as to its addressee. */
  letterSent(_letter: Letter): void {}
  letterDelivered(_letter: Letter): void {}
  letterDropped(_letter: Letter): void {}
  /** An operator's order has come to the control plane, which carries it out or has refused it: `replies` say which. */
  orderGiven(_action: number): void {}
  /** A region that is being added has come to another stage: one of newcomers.ts. */
  regionJoins(_region: number, _stage: number): void {}
  /** The copy of these keys in `region` neither sends nor takes any replication from now on, or does so again. */
  replicationPaused(_region: number, _paused: boolean, _group: number): void {}
  faultBegan(_fault: number): void {}
  faultEnded(_fault: number): void {}
  /** Once a bin of the series. */
  sampled(): void {}
}
