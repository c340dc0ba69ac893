import type { Streams } from "../network/streams.js";
import type { Letter } from "../policies/contract.js";
import { type Attempts, NOT_FORWARDED, ON_THE_WAY } from "./attempts.js";
import { OK, REFUSED } from "./causes.js";
import { Drawer, FORWARD_LANE, ForwardLetter } from "./letters.js";
import type { Observer } from "./observer.js";
import type { UserPaths } from "./user-paths.js";

const NO_KEY = -1;
const NO_ATTEMPT = -1;
/** Of a word that a key has changed: the key and the headers. */
const NOTICE_BYTES = 200;

/** What becomes of a request that another region has to serve. */
export interface Forwarded {
  /** At the door of the region that serves it. */
  enter(attempt: number): void;
  /** Back in the region that its user has contacted. */
  leave(attempt: number): void;
  /** Nobody can bring its answer any more. */
  release(attempt: number): void;
}

/**
 * Requests that a region hands on to another one, and their answers on the way back, over a connection between the two
 * that all of them share. A request is in one place at a time: when that place or its connection is lost, the region that
 * the user contacted tells the user so, if it is still the same.
 */
export class Forwarding {
  /** Null where no site keeps anything. */
  edges: { changed(site: number, key: number): void; landed(attempt: number): void } | null = null;
  private readonly drawer = new Drawer<ForwardLetter>(() => new ForwardLetter());

  constructor(
    private readonly attempts: Attempts,
    private readonly paths: UserPaths,
    private readonly incarnations: Int32Array,
    private readonly up: Uint8Array,
    private readonly requests: Forwarded,
    private readonly observer: Observer,
    private readonly streams: () => Streams<Letter>,
  ) {}

  /** Whether what was handed on to that region is not even acknowledged. */
  isSilent(from: number, to: number): boolean {
    return this.streams().isSilent(from, to, FORWARD_LANE);
  }

  /** False for one that was handed on before: whoever got it from another region answers by itself. */
  forward(attempt: number, to: number): boolean {
    const { attempts } = this;
    if (attempts.via[attempt] !== NOT_FORWARDED) return false;
    const from = attempts.region[attempt]!;
    attempts.via[attempt] = from;
    attempts.viaLife[attempt] = this.incarnations[from]!;
    attempts.region[attempt] = to;
    attempts.state[attempt] = ON_THE_WAY;
    this.send(attempt, from, to, false, this.paths.requestBytes(attempt));
    return true;
  }

  /** The region that served it answers the one that handed it on. */
  answer(attempt: number): void {
    const { region, via } = this.attempts;
    this.send(attempt, region[attempt]!, via[attempt]!, true, this.paths.answerBytes(attempt));
  }

  delivered(letter: ForwardLetter): void {
    const { attempt, isAnswer, key, to } = letter;
    this.drawer.give(letter);
    if (key !== NO_KEY) this.edges!.changed(to, key);
    else if (!isAnswer) this.requests.enter(attempt);
    else if (this.isSameLife(attempt)) {
      this.edges?.landed(attempt);
      this.requests.leave(attempt);
    } else this.requests.release(attempt);
  }

  /** The connection broke, or a region died. */
  dropped(letter: ForwardLetter): void {
    const { attempt, key } = letter;
    this.drawer.give(letter);
    if (key !== NO_KEY) return;
    if (!this.isSameLife(attempt)) {
      this.requests.release(attempt);
      return;
    }
    if (this.attempts.status[attempt] === OK) this.attempts.status[attempt] = REFUSED;
    this.requests.leave(attempt);
  }

  /** Tells a site that a key has changed. Nobody learns whether it has heard. */
  tell(from: number, to: number, key: number): void {
    const letter = this.drawer.take(0, from, to, 0);
    letter.attempt = NO_ATTEMPT;
    letter.isAnswer = false;
    letter.key = key;
    this.observer.letterSent(letter);
    this.streams().send(letter, from, to, FORWARD_LANE, NOTICE_BYTES);
  }

  private send(attempt: number, from: number, to: number, isAnswer: boolean, bytes: number): void {
    const letter = this.drawer.take(0, from, to, 0);
    letter.attempt = attempt;
    letter.isAnswer = isAnswer;
    letter.key = NO_KEY;
    this.observer.letterSent(letter);
    this.streams().send(letter, from, to, FORWARD_LANE, bytes);
  }

  /** Whether the region that the user contacted has not died since. */
  private isSameLife(attempt: number): boolean {
    const via = this.attempts.via[attempt]!;
    return this.up[via] === 1 && this.incarnations[via] === this.attempts.viaLife[attempt];
  }
}
