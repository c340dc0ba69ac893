import type { Letter } from "../policies/contract.js";
import { Observer } from "./observer.js";

type Observation = keyof Observer;
type Listening = Readonly<Record<Observation, readonly Observer[]>>;

/**
 * Hands each observation to those observers that do something with it, in order. Plain loops: an iterator for each
 * observation would be garbage.
 */
export class Observers extends Observer {
  private readonly listening: Listening;

  constructor(some: readonly (Observer | null)[]) {
    super();
    const all = some.filter((each) => each !== null);
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
    after: number,
    repeated: boolean,
    operation: number,
    shown: boolean,
  ): void {
    const all = this.listening.writeAccepted;
    for (let at = 0; at < all.length; at++)
      all[at]!.writeAccepted(write, region, before, after, repeated, operation, shown);
  }

  override swapMissed(region: number): void {
    const all = this.listening.swapMissed;
    for (let at = 0; at < all.length; at++) all[at]!.swapMissed(region);
  }

  override writeReceived(write: number, region: number): void {
    const all = this.listening.writeReceived;
    for (let at = 0; at < all.length; at++) all[at]!.writeReceived(write, region);
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    const all = this.listening.writeApplied;
    for (let at = 0; at < all.length; at++) all[at]!.writeApplied(write, region, before, after);
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

  override writeKept(write: number, region: number): void {
    const all = this.listening.writeKept;
    for (let at = 0; at < all.length; at++) all[at]!.writeKept(write, region);
  }

  override backupTaken(region: number, registers: Int32Array): void {
    const all = this.listening.backupTaken;
    for (let at = 0; at < all.length; at++) all[at]!.backupTaken(region, registers);
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

  override copyGivenUp(region: number, group: number): void {
    const all = this.listening.copyGivenUp;
    for (let at = 0; at < all.length; at++) all[at]!.copyGivenUp(region, group);
  }

  override dataDeleted(region: number): void {
    const all = this.listening.dataDeleted;
    for (let at = 0; at < all.length; at++) all[at]!.dataDeleted(region);
  }

  override restoreCalledFor(): void {
    const all = this.listening.restoreCalledFor;
    for (let at = 0; at < all.length; at++) all[at]!.restoreCalledFor();
  }

  override restoreBegan(region: number, asOf: number, group: number): void {
    const all = this.listening.restoreBegan;
    for (let at = 0; at < all.length; at++) all[at]!.restoreBegan(region, asOf, group);
  }

  override dataRestored(region: number, asOf: number, startedAt: number, group: number): void {
    const all = this.listening.dataRestored;
    for (let at = 0; at < all.length; at++) all[at]!.dataRestored(region, asOf, startedAt, group);
  }

  override roundTripMeasured(from: number, to: number, micros: number): void {
    const all = this.listening.roundTripMeasured;
    for (let at = 0; at < all.length; at++) all[at]!.roundTripMeasured(from, to, micros);
  }

  override regionBelieved(region: number, healthy: boolean): void {
    const all = this.listening.regionBelieved;
    for (let at = 0; at < all.length; at++) all[at]!.regionBelieved(region, healthy);
  }

  override leaderChanged(region: number, term: number, group: number): void {
    const all = this.listening.leaderChanged;
    for (let at = 0; at < all.length; at++) all[at]!.leaderChanged(region, term, group);
  }

  override leadershipEnded(region: number, term: number, group: number): void {
    const all = this.listening.leadershipEnded;
    for (let at = 0; at < all.length; at++) all[at]!.leadershipEnded(region, term, group);
  }

  override leaderFenced(region: number, term: number, group: number): void {
    const all = this.listening.leaderFenced;
    for (let at = 0; at < all.length; at++) all[at]!.leaderFenced(region, term, group);
  }

  override failoverPhase(phase: number, start: number, end: number, group: number): void {
    const all = this.listening.failoverPhase;
    for (let at = 0; at < all.length; at++) all[at]!.failoverPhase(phase, start, end, group);
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean, group: number): void {
    const all = this.listening.failoverEnded;
    for (let at = 0; at < all.length; at++) all[at]!.failoverEnded(from, to, start, planned, group);
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

  override orderGiven(action: number): void {
    const all = this.listening.orderGiven;
    for (let at = 0; at < all.length; at++) all[at]!.orderGiven(action);
  }

  override replicationPaused(region: number, paused: boolean, group: number): void {
    const all = this.listening.replicationPaused;
    for (let at = 0; at < all.length; at++) all[at]!.replicationPaused(region, paused, group);
  }

  override regionJoins(region: number, stage: number): void {
    const all = this.listening.regionJoins;
    for (let at = 0; at < all.length; at++) all[at]!.regionJoins(region, stage);
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
