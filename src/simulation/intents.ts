import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { CAS, READ } from "../record/record.js";
import { CLASS, type Demand, KEY } from "../workload/demand.js";
import { type Owners, ownersOf } from "../workload/owners.js";
import type { Operations } from "./operations.js";
import type { PlacePlan, Plan } from "./plan.js";

/** Purposes of the keyed draws of one operation; those of `Demand`, service times and retries are others. */
const THINNING = 0;
const SESSION = 3;
const TYPE = 5;
const ROAMING = 9;
const ELSEWHERE = 10;
const LOCAL = 20;

/** What an operation is to be: everything about it that its user wants, decided by its own luck. */
export class Intents {
  private readonly luck: Keyed[];
  private readonly draws: Float64Array;
  /** Share of the requests up to each type, its own included. */
  private readonly types: number[] = [];
  private readonly roams: boolean;
  /** Null where keys are nobody's. */
  private readonly owners: Owners | null;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly demand: Demand,
    private readonly operations: Operations,
  ) {
    this.luck = plan.places.map((place) => streams.keyed(`user/${place.name}`));
    this.draws = new Float64Array(demand.draws);
    this.roams = plan.client.roaming > 0 && plan.places.length > 1;
    const rates = plan.places.map(({ rate }) => rate);
    this.owners = ownersOf(plan.data.classes, rates);
    let share = 0;
    for (const type of plan.requests) {
      share += type.share;
      this.types.push(share);
    }
  }

  /** In [0, 1): decides whether an operation is asked at all. */
  thinning(place: number, number: number): number {
    return this.luck[place]!.uniform(number, THINNING);
  }

  /** Brings near what the operations with these numbers will need. */
  foresee(place: number, numbers: Int32Array): void {
    const { demand } = this;
    const luck = this.luck[place]!;
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at]!;
      demand.foresee(luck.uniform(number, KEY), demand.isOfOneClass ? 0 : luck.uniform(number, CLASS));
    }
  }

  /** Draws what the next `take` will need. */
  draw(place: number, number: number): void {
    const { draws } = this;
    this.luck[place]!.uniforms(number, THINNING + 1, draws.length, draws);
  }

  /** A new operation of a user of this place, as it was drawn; `session` is -1 where any of them may ask. */
  take(place: number, number: number, session: number): number {
    const { operations, demand, draws } = this;
    const facts = this.plan.places[place]!;
    const luck = this.luck[place]!;
    const operation = operations.take();
    operations.place[operation] = place;
    operations.number[operation] = number;
    operations.issuedAt[operation] = this.engine.now;
    operations.session[operation] = session >= 0 ? session : Math.floor(draws[SESSION]! * facts.sessions);
    const type = this.types.length === 1 ? 0 : this.typeOf(luck.uniform(number, TYPE));
    operations.type[operation] = type;
    demand.choose(draws, facts.readShare, this.plan.requests[type]!.reads);
    const { trace } = this.plan;
    // What a surge brings has numbers of its own, and is drawn.
    const isTraced = trace !== null && number >= 0;
    const kind = isTraced ? trace.kinds[number]! : demand.kind;
    operations.key[operation] = isTraced ? trace.keys[number]! : this.keyFor(place, number, luck);
    // Who compares has read before: both are one operation of the user.
    operations.reading[operation] = kind === CAS ? 1 : 0;
    operations.kind[operation] = kind === CAS ? READ : kind;
    operations.amount[operation] = isTraced ? trace.amounts[number]! : demand.amount;
    operations.records[operation] = isTraced ? 1 : demand.records;
    operations.at[operation] = place;
    operations.slot[operation] = operations.session[operation]!;
    if (this.roams) this.locate(operation, facts, luck);
    if (this.plan.dns.names > 1) this.name(operation);
    return operation;
  }

  /** What is asked for has a name of its own: so has the connection. */
  private name(operation: number): void {
    const { operations, demand, plan } = this;
    const name = operations.type[operation]! * plan.data.classes.length + demand.classOf(operations.key[operation]!);
    operations.slot[operation]! += name * plan.places[operations.at[operation]!]!.sessions;
  }

  /** The key that was drawn, or in its place one of the asker's own. */
  private keyFor(place: number, number: number, luck: Keyed): number {
    const { demand, owners } = this;
    if (owners === null) return demand.key;
    const of = demand.classOf(demand.key);
    const { local } = this.plan.data.classes[of]!;
    return local === null || luck.uniform(number, LOCAL) >= local ? demand.key : owners.own(demand.key, of, place);
  }

  private typeOf(uniform: number): number {
    let at = 0;
    while (at < this.types.length - 1 && this.types[at]! <= uniform) at++;
    return at;
  }

  /** At home, or as a guest in another place, where he uses a connection of somebody there. */
  private locate(operation: number, home: PlacePlan, luck: Keyed): void {
    const { operations, plan } = this;
    const place = operations.place[operation]!;
    const session = operations.session[operation]!;
    const number = operations.number[operation]!;
    if (luck.uniform(number, ROAMING) >= plan.client.roaming) return;
    const other = Math.floor(luck.uniform(number, ELSEWHERE) * (plan.places.length - 1));
    const at = other < place ? other : other + 1;
    operations.at[operation] = at;
    operations.slot[operation] = Math.floor((session / home.sessions) * plan.places[at]!.sessions);
  }
}
