import type { Engine } from "../engine/engine.js";
import { type Catalogue, choose } from "../policies/catalogue.js";
import { NOBODY, type Operation } from "../policies/contract.js";
import type { ConsistencyNeeds, CopyView, Judge, SessionView } from "../policies/contract/consistency.js";
import type { Demand } from "../workload/demand.js";
import { type Attempts, NOT_FORWARDED } from "./attempts.js";
import type { Forwarding } from "./forwarding.js";
import type { Groups } from "./groups.js";
import { nearestFirst } from "./nearness.js";
import type { Operations } from "./operations.js";
import { placementIn } from "./placement-plan.js";
import type { Plan, PolicyChoice } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import type { Serving } from "./requests.js";
import { Tokens } from "./tokens.js";
import { WaitingRoom } from "./waiting-room.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/** The consistencies of a plan: of all operations, and of some types of requests and classes of data. */
export const consistenciesOf = ({ policies }: Plan): readonly PolicyChoice[] =>
  policies.consistencies ?? [policies.consistency];

/** What any of them needs. */
export const needOf = (plan: Plan, catalogue: Catalogue, need: keyof ConsistencyNeeds): boolean =>
  consistenciesOf(plan).some(
    ({ name, options }) => choose("consistency", name, catalogue).needs(options)[need] === true,
  );

/** Whether any of them ever finds a copy not good enough. */
export const judges = (plan: Plan, catalogue: Catalogue): boolean =>
  consistenciesOf(plan).some(({ name }) => choose("consistency", name, catalogue).on !== undefined);

/** How long ago that stood which a read is shown, at most, microseconds; 0 where all are shown what stands. */
export const longestAgo = (plan: Plan, catalogue: Catalogue): number =>
  Math.max(
    ...consistenciesOf(plan).map(({ name, options }) => choose("consistency", name, catalogue).on?.(options).ago ?? 0),
  );

/** Null where sessions have nothing to carry. */
export const tokensOf = (
  plan: Plan,
  catalogue: Catalogue,
  operations: Operations,
  writes: Writes,
  groups: Groups,
): Tokens | null => (needOf(plan, catalogue, "tokens") ? new Tokens(plan.places, groups, operations, writes) : null);

/** Null where every copy is good enough. */
export const judgingOf = (...parts: ConstructorParameters<typeof Judging>): Judging | null =>
  judges(parts[0], parts[1]) ? new Judging(...parts) : null;

/** The copy that is asked, as it knows itself. */
class AskedCopy implements CopyView {
  host!: ReplicaHost;
  key = 0;
  waited = 0;
  isHandedOn = false;

  /** Whether a leader may have been replaced without knowing it. */
  constructor(private readonly elected: boolean) {}

  get leads(): boolean {
    return !this.elected && this.host.leadership.leads && this.host.mayWrite() === null;
  }

  get accepts(): boolean {
    const { leadership } = this.host;
    return leadership.leads || leadership.leader === NOBODY;
  }

  get blank(): boolean {
    return this.host.blank;
  }

  get hasKey(): boolean {
    return this.host.shows(this.key) !== NONE;
  }

  get clock(): number {
    return this.host.clock;
  }

  get asOf(): number {
    return this.host.freshness?.asOf ?? Number.NEGATIVE_INFINITY;
  }

  get lacks(): number {
    return this.host.freshness?.lacks ?? 0;
  }
}

/** What came with the operation, against what the copy shows. */
class AskingSession implements SessionView {
  attempt = 0;

  constructor(
    private readonly copy: AskedCopy,
    private readonly tokens: Tokens | null,
  ) {}

  get writesShown(): boolean {
    return this.tokens?.writesCovered(this.attempt, this.copy.host.shownMarks!.numbers, this.copy.host.group) ?? true;
  }

  get readsShown(): boolean {
    return this.tokens?.readsCovered(this.attempt, this.copy.host.shownMarks!.numbers, this.copy.host.group) ?? true;
  }
}

/** Whether a copy is good enough for an operation, by the consistency of its kind, and what becomes of it where not. */
export class Judging {
  private readonly copy: AskedCopy;
  private readonly session: AskingSession;
  private readonly waiting: WaitingRoom;
  /** By type of request and class of data; null where every copy is good enough. */
  private readonly table: readonly (Judge | null)[];
  /** By the same: whether only the leader can answer some of these reads. */
  private readonly leaders: readonly boolean[];
  private readonly classes: number;
  /** By copy, the other ones from the nearest to the farthest. */
  private others: readonly (readonly number[])[];

  constructor(
    private readonly plan: Plan,
    catalogue: Catalogue,
    engine: Engine,
    private readonly operations: Operations,
    private readonly attempts: Attempts,
    private readonly demand: Demand,
    tokens: Tokens | null,
    private readonly replicas: Serving,
    private readonly forwarding: Forwarding,
  ) {
    const { gives } = choose("replication", plan.policies.replication.name, catalogue);
    this.copy = new AskedCopy(gives.elects === true);
    this.session = new AskingSession(this.copy, tokens);
    this.waiting = new WaitingRoom(plan.regions.length, engine);
    this.classes = plan.data.classes.length;
    this.table = consistenciesOf(plan).map(
      ({ name, options }) => choose("consistency", name, catalogue).on?.(options) ?? null,
    );
    // What a leader's replication confirms it confirms through him.
    this.leaders = consistenciesOf(plan).map(({ name, options }) => {
      const { leader, confirms } = choose("consistency", name, catalogue).needs(options);
      return leader === true || (confirms === true && gives.writers === "leader");
    });
    if (tokens !== null) tokens.endOnRefusal = this.table.some((judge) => judge?.endsSession === true);
    this.others = this.othersAmong((region) => plan.regions[region]!.joins === undefined);
  }

  /** Users may be sent to the copy of this region too. */
  join(region: number): void {
    const before = new Set(this.others.flat());
    this.others = this.othersAmong((each) => each === region || before.has(each));
  }

  private othersAmong(isThere: (region: number) => boolean): number[][] {
    const { plan } = this;
    return placementIn(plan).groups.flatMap(({ holders }) =>
      plan.regions.map((_, region) => nearestFirst(plan, region, holders.filter(isThere))),
    );
  }

  /** Whether the copy is to carry the operation out now. Where not, it waits, or has gone elsewhere. */
  admits(attempt: number, operation: { -readonly [field in keyof Operation]: Operation[field] }, host: ReplicaHost) {
    const judge = this.judgeOf(attempt, operation.key);
    if (judge === null || (operation.write && judge.write === undefined)) return true;
    const { copy, session, attempts, waiting } = this;
    copy.host = host;
    copy.key = operation.key;
    copy.waited = waiting.waited(attempt);
    copy.isHandedOn = attempts.via[attempt] !== NOT_FORWARDED;
    session.attempt = attempt;
    const judgement = operation.write ? judge.write!(copy, session) : judge.read(copy, session);
    if (judgement === "wait" && copy.waited < judge.patience) {
      waiting.enter(attempt, host.id, judge.patience, attempts.number[attempt]!);
      return false;
    }
    waiting.leave(attempt);
    switch (judgement) {
      case "wait":
      case "refuse":
        host.refuse(operation, "too-stale");
        return false;
      case "ask-leader": {
        const isLeader = host.leadership.leads;
        if (isLeader) host.refuse(operation, host.mayWrite() ?? "too-stale");
        else host.refuse(operation, "not-primary");
        return false;
      }
      case "ask-any":
        return !this.askAny(attempt, host);
      default:
        operation.confirmed = judgement === "confirm";
        return true;
    }
  }

  /** Whether it waits for the copy to know more. */
  isWaiting(attempt: number): boolean {
    return this.waiting.isWaiting(attempt);
  }

  /** The copy of this region may know more than before. */
  recheck(region: number): void {
    this.waiting.call(region, this.replicas);
  }

  /** Event: this one has waited for as long as it may. */
  waitOver(region: number, attempt: number): void {
    this.waiting.over(attempt, region);
    this.replicas.serve(attempt);
  }

  /** The region has died, or the host of its copy. */
  forget(region: number): void {
    this.waiting.empty(region, this.attempts.region);
  }

  /** The nearest other copy from which this region hears; false where there is no other. */
  private askAny(attempt: number, { node, id }: ReplicaHost): boolean {
    const others = this.others[node]!;
    if (others.length === 0) return false;
    let at = 0;
    while (at < others.length && this.forwarding.isSilent(id, others[at]!)) at++;
    return this.forwarding.forward(attempt, others[at % others.length]!);
  }

  /** Whether a read of its kind may have to be served by the leader. */
  asksLeader(attempt: number, key: number): boolean {
    return this.leaders[this.kindOf(attempt, key)]!;
  }

  /** How long ago that stood which a read of its kind is shown, microseconds. */
  ago(attempt: number, key: number): number {
    return this.judgeOf(attempt, key)?.ago ?? 0;
  }

  private judgeOf(attempt: number, key: number): Judge | null {
    return this.table[this.kindOf(attempt, key)]!;
  }

  private kindOf(attempt: number, key: number): number {
    if (this.table.length === 1) return 0;
    const type = this.operations.type[this.attempts.operation[attempt]!]!;
    return type * this.classes + this.demand.classOf(key);
  }
}
