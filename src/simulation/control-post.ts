import type { Letter, Replica } from "../policies/contract.js";
import type { Authority } from "./authority.js";
import { ControlLetter, Drawer } from "./letters.js";

/** Verbs of the control plane's letters. */
export const REPORT = 0;
export const STATUS_REPORT = 1;
export const LEASE_REQUEST = 2;
export const LEASE_GRANT = 3;
export const FENCE_ORDER = 4;
export const FENCE_DONE = 5;
export const PROMOTE_ORDER = 6;
export const PROMOTE_DONE = 7;
export const ANNOUNCEMENT = 8;
export const DRAIN_ORDER = 9;
export const DRAIN_DONE = 10;
export const LOCK_REQUEST = 11;
export const LOCK_ANSWER = 12;
export const LOCK_RELEASE = 13;
export const PAUSE_ORDER = 14;
export const RESUME_ORDER = 15;
export const RESET_ORDER = 16;
export const LAUNCH_ORDER = 17;

/** The same in words, by number. */
export const CONTROL_VERBS: readonly string[] = [
  "report of health",
  "report of the copy",
  "lease request",
  "lease grant",
  "fence order",
  "fence done",
  "promote order",
  "promote done",
  "announcement",
  "drain order",
  "drain done",
  "lock request",
  "lock answer",
  "lock release",
  "pause order",
  "resume order",
  "reset order",
  "launch order",
];

/**
 * Whether a letter is an order or a word to the host of a region's copy, which must be alive to take it. The others are
 * for the controller; and an order to fence, or to launch, goes to what manages the machines, which can stop a host that
 * hangs.
 */
export const isOrder = (verb: number): boolean =>
  verb === LEASE_GRANT ||
  verb === PROMOTE_ORDER ||
  verb === ANNOUNCEMENT ||
  verb === DRAIN_ORDER ||
  verb === LOCK_ANSWER ||
  verb === PAUSE_ORDER ||
  verb === RESUME_ORDER ||
  verb === RESET_ORDER;

/** Writes the control plane's letters. What is sent may be late or lost, as any letter. */
export class ControlPost {
  private readonly drawer = new Drawer<ControlLetter>(() => new ControlLetter());

  constructor(
    private readonly controller: number,
    private readonly post: (letter: Letter) => void,
    /** Which keys its letters are about. */
    private readonly group = 0,
  ) {}

  report(from: number, vantage: number, healthy: number): void {
    const letter = this.drawer.take(REPORT, from, this.controller, 0, this.group);
    letter.position = vantage;
    letter.healthy = healthy;
    this.post(letter);
  }

  /** How a region's copy stands, whom it follows, whether it is kept from writing or replication, and all there. */
  status(from: number, copy: Replica, authority: Authority, paused: boolean, whole: boolean): void {
    const letter = this.drawer.take(STATUS_REPORT, from, this.controller, authority.term, this.group);
    letter.position = copy.position();
    letter.logTerm = copy.logTerm();
    letter.leader = authority.leader;
    letter.fenced = authority.fenced;
    letter.paused = paused;
    letter.whole = whole;
    this.post(letter);
  }

  requestLease(from: number, term: number, clock: number): void {
    const letter = this.drawer.take(LEASE_REQUEST, from, this.controller, term, this.group);
    letter.position = clock;
    this.post(letter);
  }

  grantLease(to: number, requestedAt: number): void {
    const letter = this.drawer.take(LEASE_GRANT, this.controller, to, 0, this.group);
    letter.position = requestedAt;
    this.post(letter);
  }

  /** Of this term and all before it: a promotion in one of them that is still under way comes to nothing. */
  fence(to: number, term: number): void {
    this.order(FENCE_ORDER, to, term);
  }

  promote(to: number, term: number): void {
    this.order(PROMOTE_ORDER, to, term);
  }

  drain(to: number): void {
    this.order(DRAIN_ORDER, to, 0);
  }

  announce(to: number, leader: number, term: number): void {
    this.tellOf(ANNOUNCEMENT, to, leader, term);
  }

  /** To a region that is added, with whom its copy is to ask. */
  launch(to: number, leader: number, term: number): void {
    this.tellOf(LAUNCH_ORDER, to, leader, term);
  }

  private tellOf(verb: number, to: number, leader: number, term: number): void {
    const letter = this.drawer.take(verb, this.controller, to, term, this.group);
    letter.leader = leader;
    this.post(letter);
  }

  /** A primary has stopped writing: where its copy stands, by which the next one knows that it has everything. */
  drained(from: number, term: number, copy: Replica): void {
    const letter = this.drawer.take(DRAIN_DONE, from, this.controller, term, this.group);
    letter.position = copy.position();
    letter.logTerm = copy.logTerm();
    this.post(letter);
  }

  /** A region's answer to an order. */
  done(verb: number, from: number, term: number, position: number): void {
    const letter = this.drawer.take(verb, from, this.controller, term, this.group);
    letter.position = position;
    this.post(letter);
  }

  /** Asks a site of a lock service for the lock in that term; `clock` comes back with the answer. */
  askLock(from: number, site: number, term: number, round: number, clock: number): void {
    const letter = this.drawer.take(LOCK_REQUEST, from, site, term, this.group);
    letter.round = round;
    letter.position = clock;
    this.post(letter);
  }

  /** Whether it was given, and who has it now in which term. */
  answerLock(from: number, question: ControlLetter, granted: boolean, holder: number, term: number): void {
    const letter = this.drawer.take(LOCK_ANSWER, from, question.from, term, this.group);
    letter.round = question.round;
    letter.position = question.position;
    letter.granted = granted;
    letter.leader = holder;
    this.post(letter);
  }

  releaseLock(from: number, site: number, term: number): void {
    this.post(this.drawer.take(LOCK_RELEASE, from, site, term, this.group));
  }

  putAway(letter: ControlLetter): void {
    this.drawer.give(letter);
  }

  /** To the host of a region's copy, or to what manages its machines. */
  order(verb: number, to: number, term: number): void {
    this.post(this.drawer.take(verb, this.controller, to, term, this.group));
  }
}
