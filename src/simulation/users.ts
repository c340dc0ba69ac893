import type { Engine } from "../engine/engine.js";
import type { Keyed, Sequence, Streams } from "../engine/random.js";
import { shapeAt, shapePeak } from "../workload/daily-shape.js";
import type { Popularity } from "../workload/popularity.js";
import { RetryBudget, backoff } from "../workload/retry.js";
import {
  DATA_MISSING,
  FENCED,
  NOT_PRIMARY,
  OK,
  OVERLOAD,
  REFUSED,
  STALE_DNS,
  TIMED_OUT,
  UNREACHABLE,
  UNRESOLVED,
} from "./causes.js";
import { ARRIVAL, CLIENT_TIMER } from "./events.js";
import type { Observer } from "./observer.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import type { Requests } from "./requests.js";
import type { Resolvers } from "./resolvers.js";
import type { Sessions } from "./sessions.js";

const NONE = -1;
/** Answers of a region that does not serve any more: the fault is with whatever led there. */
const DEPARTED: ReadonlySet<number> = new Set([REFUSED, NOT_PRIMARY, FENCED]);
/** Purposes of the keyed draws of one operation; service times and retries have further ones. */
const THINNING = 0;
const KEY = 1;
const KIND = 2;
const SESSION = 3;
const DRAWS = 4;
const BACKOFF = 64;
const MICROS_PER_SECOND = 1_000_000;
/** A retry budget may be saved up for so many seconds of load, but for ten retries at least. */
const BUDGET_SECONDS = 10;

/**
 * The users: operations that arrive in a Poisson stream at each place, whatever becomes of the earlier ones; each tries,
 * times out, backs off and tries again until it has an answer or its deadline has passed.
 */
export class Users {
  private readonly arrivals: Sequence[];
  private readonly luck: Keyed[];
  private readonly numbers: Int32Array;
  /** Exact time of the last arrival: rounding each gap would bias the rate. */
  private readonly lastArrival: Float64Array;
  private readonly peaks: Float64Array;
  private readonly budgets: RetryBudget[];
  private readonly draws = new Float64Array(DRAWS);

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly popularity: Popularity,
    private readonly operations: Operations,
    private readonly sessions: Sessions,
    private readonly resolvers: Resolvers,
    private readonly requests: Requests,
    private readonly observer: Observer,
  ) {
    this.arrivals = plan.places.map((place) => streams.sequence(`arrivals/${place.name}`));
    this.luck = plan.places.map((place) => streams.keyed(`user/${place.name}`));
    this.numbers = new Int32Array(plan.places.length);
    this.lastArrival = new Float64Array(plan.places.length);
    this.peaks = Float64Array.from(plan.places, (place) => shapePeak(place.hourly));
    this.budgets = plan.places.map(
      (place) =>
        new RetryBudget(plan.client.retryBudget, Math.max(10, place.rate * plan.client.retryBudget * BUDGET_SECONDS)),
    );
  }

  start(): void {
    for (let place = 0; place < this.plan.places.length; place++) this.scheduleArrival(place);
  }

  /** Event: perhaps a new operation. The stream runs at its peak rate; thinning gives it the shape of the day. */
  arrive(place: number): void {
    this.issue(place, this.numbers[place]!++);
    this.scheduleArrival(place);
  }

  /** A new operation by its number, unless thinning takes it out: streams run at the peak rate of the day. */
  issue(place: number, number: number): void {
    const facts = this.plan.places[place]!;
    const luck = this.luck[place]!;
    const { draws } = this;
    luck.uniforms(number, DRAWS, draws);
    const { now } = this.engine;
    const shape = shapeAt(facts.hourly, this.plan.startOfDay + now);
    if (draws[THINNING]! * this.peaks[place]! >= shape) return;
    const { operations } = this;
    const operation = operations.take();
    operations.place[operation] = place;
    operations.number[operation] = number;
    operations.key[operation] = this.popularity.pick(draws[KEY]!);
    operations.isWrite[operation] = draws[KIND]! < facts.readShare ? 0 : 1;
    operations.session[operation] = Math.floor(draws[SESSION]! * facts.sessions);
    operations.issuedAt[operation] = now;
    this.budgets[place]!.earn();
    this.observer.operationIssued(place);
    this.attempt(operation);
  }

  /** Event: the attempt's time is up, or the back-off is over. */
  timer(operation: number): void {
    const { operations } = this;
    operations.timer[operation] = 0;
    const attempt = operations.current[operation]!;
    if (attempt === NONE) {
      this.attempt(operation);
      return;
    }
    const cause = this.causeOfSilence(operation, attempt);
    operations.current[operation] = NONE;
    this.sessions.close(operations.place[operation]!, operations.session[operation]!);
    this.requests.abandon(attempt);
    this.failed(operation, cause);
  }

  /** The answer to the attempt that the client waits for. */
  answered(operation: number, status: number, region: number, write: number): void {
    const { operations, engine } = this;
    engine.disarm(operations.timer, operation);
    operations.current[operation] = NONE;
    // An answer like any other to the client, though a wrong one: nothing to try again.
    if (status === DATA_MISSING) {
      this.end(operation, region, DATA_MISSING);
      return;
    }
    if (status !== OK) {
      if (status !== OVERLOAD) this.sessions.close(operations.place[operation]!, operations.session[operation]!);
      this.failed(operation, this.isAstray(operation) && DEPARTED.has(status) ? STALE_DNS : status);
      return;
    }
    if (write !== NONE) this.observer.writeAcknowledged(write);
    this.end(operation, region, OK);
  }

  private attempt(operation: number): void {
    const { operations, engine } = this;
    const { client } = this.plan;
    const place = operations.place[operation]!;
    const left = operations.issuedAt[operation]! + client.deadline - engine.now;
    const patience = left < client.timeout ? left : client.timeout;
    engine.arm(operations.timer, operation, patience, CLIENT_TIMER, place, operation, operations.number[operation]!);
    operations.attempts[operation]! += 1;
    const region = this.sessions.connect(place, operations.session[operation]!);
    operations.lastRegion[operation] = region;
    if (region === NONE) {
      // The name resolves to nothing.
      engine.disarm(operations.timer, operation);
      this.failed(operation, UNRESOLVED);
      return;
    }
    this.requests.send(operation, region);
  }

  /** An attempt has failed: tries again if the deadline, the number of attempts and the budget allow. */
  private failed(operation: number, cause: number): void {
    const { operations, engine } = this;
    const { client } = this.plan;
    const place = operations.place[operation]!;
    const retry = operations.attempts[operation]!;
    if (retry < client.attempts) {
      const uniform = this.luck[place]!.uniform(operations.number[operation]!, BACKOFF + retry);
      const wait = backoff(client.backoffFirst, client.backoffCap, retry, uniform);
      if (engine.now + wait < operations.issuedAt[operation]! + client.deadline && this.budgets[place]!.spend()) {
        this.observer.operationRetried(place);
        engine.arm(operations.timer, operation, wait, CLIENT_TIMER, place, operation, operations.number[operation]!);
        return;
      }
    }
    this.end(operation, operations.lastRegion[operation]!, cause);
  }

  private end(operation: number, region: number, cause: number): void {
    const { operations } = this;
    operations.awaited[operation] = 0;
    this.observer.operationEnded(
      operations.place[operation]!,
      region,
      operations.isWrite[operation] === 1,
      operations.issuedAt[operation]!,
      cause,
    );
    operations.release(operation);
  }

  /** What truly kept the answer away: told to the metrics, never to the client. */
  private causeOfSilence(operation: number, attempt: number): number {
    if (this.requests.isCutOff(attempt)) return this.isAstray(operation) ? STALE_DNS : UNREACHABLE;
    return this.requests.isAtRegion(attempt) ? OVERLOAD : TIMED_OUT;
  }

  /** The name has another answer by now than the region that was asked. */
  private isAstray(operation: number): boolean {
    const { place, lastRegion } = this.operations;
    return this.resolvers.authoritative(place[operation]!) !== lastRegion[operation]!;
  }

  private scheduleArrival(place: number): void {
    const rate = this.plan.places[place]!.rate * this.peaks[place]!;
    if (rate === 0) return;
    const at = this.lastArrival[place]! + (this.arrivals[place]!.exponential() * MICROS_PER_SECOND) / rate;
    this.lastArrival[place] = at;
    if (Math.round(at) >= this.plan.duration) return;
    this.engine.schedule(Math.round(at) - this.engine.now, ARRIVAL, place, 0, this.numbers[place]!);
  }
}
