import { type Dispatcher, Engine } from "../engine/engine.js";
import { Streams as RandomStreams } from "../engine/random.js";
import type { Datagrams } from "../network/datagrams.js";
import type { Streams } from "../network/streams.js";
import { type Catalogue, choose, catalogue as ours } from "../policies/catalogue.js";
import type { FailoverJudge, Letter } from "../policies/contract.js";
import { Demand } from "../workload/demand.js";
import { Acceptances } from "./acceptances.js";
import { Answers } from "./answers.js";
import { Attempts } from "./attempts.js";
import { Availability } from "./availability.js";
import { carriedOf } from "./carried.js";
import { Conditions } from "./conditions.js";
import { ControlConditions } from "./control-conditions.js";
import { ControlPlane } from "./control-plane.js";
import { Copies } from "./copies.js";
import { type Edges, edgesOf } from "./edges.js";
import * as event from "./events.js";
import { Faults } from "./faults.js";
import { type Fleets, fleetsOf } from "./fleets.js";
import { Forwarding } from "./forwarding.js";
import { Groups } from "./groups.js";
import { HandingOn } from "./handing-on.js";
import { HostEvents } from "./host-events.js";
import { incidentsOf } from "./incidents.js";
import { judgingOf } from "./judging.js";
import { latestOf } from "./latest.js";
import { Drawer } from "./letters.js";
import { Lives } from "./lives.js";
import { mergesOf } from "./merge-telemetry.js";
import { type Merging, mergingOf } from "./merging.js";
import type { CalmMeters } from "./meters.js";
import { type Newcomers, newcomersOf } from "./newcomers.js";
import type { Observer } from "./observer.js";
import { Observers } from "./observers.js";
import { Operations } from "./operations.js";
import { Operator } from "./operator.js";
import { Oracle } from "./oracle.js";
import { type Plan, endOf, longestDeadline } from "./plan.js";
import { Post } from "./post.js";
import { Recovery } from "./recovery.js";
import { RegionAgent } from "./region-agent.js";
import { Replicas } from "./replicas.js";
import type { Requests } from "./requests.js";
import { type Residence, residenceOf } from "./residence.js";
import type { Servers } from "./servers.js";
import { Sizes } from "./sizes.js";
import { Surges } from "./surges.js";
import { SystemOfRecord } from "./system-of-record.js";
import { Telemetry } from "./telemetry.js";
import { UserSide } from "./user-side.js";
import { Writes } from "./writes.js";

/** Bins of every series. */
export const BINS = 720;

/** Everything that one run is made of, put together from a plan, and the one switch that hands events to their parts. */
export class World implements Dispatcher {
  readonly engine: Engine;
  readonly oracle: Oracle;
  readonly availability: Availability;
  readonly recovery: Recovery;
  readonly telemetry: Telemetry;
  /** Null where all data may be anywhere, and are. */
  readonly residence: Residence | null;
  readonly streams: Streams<Letter>;
  readonly datagrams: Datagrams<Letter>;
  readonly servers: readonly Servers[];
  readonly operations = new Operations();
  readonly attempts = new Attempts();
  readonly demand: Demand;
  readonly writes: Writes;
  readonly merging: Merging;
  readonly groups: Groups;
  readonly replicas: Replicas;
  readonly bin: number;
  readonly fleets: Fleets | null;
  readonly edges: Edges | null;
  calm: CalmMeters | null = null;
  private readonly observer: Observer;
  readonly post: Post;
  readonly users: UserSide;
  private readonly requests: Requests;
  readonly copies: Copies;
  private readonly forwarding: Forwarding;
  readonly control: ControlPlane;
  private readonly agents: RegionAgent[] = [];
  private readonly hostEvents: HostEvents;
  readonly lives: Lives;
  readonly operator: Operator;
  /** Null where nobody adds a region. */
  readonly newcomers: Newcomers | null;
  private readonly faults: Faults;
  private readonly surges: Surges;
  private readonly record: SystemOfRecord;

  constructor(
    readonly plan: Plan,
    seed: string,
    extra: readonly Observer[] = [],
    readonly catalogue: Catalogue = ours,
  ) {
    const random = new RandomStreams(seed);
    const engine = (this.engine = new Engine({ pendingLimit: plan.pendingLimit, kinds: event.EVENT_NAMES }));
    const names = [...plan.regions, ...plan.places].map((site) => site.name);
    const { policies } = plan;
    const { attempts } = this;
    const writes = new Writes(
      () => this.observer,
      (operation) => this.operations.release(operation),
    );
    this.writes = writes;
    const sizes = new Sizes(plan.data.classes, writes, plan.transfer);
    const demand = (this.demand = new Demand(plan.data.classes));
    const groups = (this.groups = new Groups(plan, demand));
    const incidents = incidentsOf(plan.faults);
    const lives = new Lives(plan, engine);
    const { up, incarnations, hostLives } = (this.lives = lives);
    const conditions = new Conditions(
      plan.regions.map((region) => region.copyZone),
      plan.coldCache,
      lives,
    );
    this.bin = Math.ceil(plan.duration / BINS);
    this.recovery = new Recovery(plan.places.length, incidents, longestDeadline(plan));
    this.availability = new Availability(plan, engine, this.recovery, this.bin, BINS);
    this.telemetry = new Telemetry(plan, engine, writes, sizes, this.bin, BINS);
    const replication = choose("replication", policies.replication.name, catalogue);
    const merging = (this.merging = mergingOf(plan, catalogue, writes, sizes, (key) => demand.classOf(key)));
    const acceptances = new Acceptances(this.operations, attempts, writes);
    const [{ isSecond }, { onConflict }] = [acceptances, this.telemetry];
    const gathers = replication.gives.confirms === true;
    this.oracle = new Oracle(plan, groups, engine, writes, up, incidents, onConflict, isSecond, merging, gathers);
    this.oracle.merges = replication.needs.conflict ? mergesOf(plan, demand.keys, writes, merging) : null;
    const latest = (this.oracle.staleness.latest = latestOf(plan, demand.keys, writes, engine));
    this.fleets = fleetsOf(plan, engine, up);
    this.residence = residenceOf(plan, demand, groups, writes);
    const { availability, telemetry, oracle, fleets, residence } = this;
    const { merges } = oracle;
    const observer = new Observers([availability, telemetry, oracle, fleets, residence, latest, merges, ...extra]);
    this.observer = observer;
    this.post = new Post(plan, engine, random, names, lives, sizes, replication.verbs, observer);
    const { links, trips } = this.post;
    ({ streams: this.streams, datagrams: this.datagrams } = this.post);
    const reply = (attempt: number, cause: number): void => this.requests.reply(attempt, cause);
    const drawer = new Drawer<Letter>(() => replication.letter());
    const carried = carriedOf(this);
    const answers = new Answers(attempts, writes, observer, reply, carried.all);
    const forward = (attempt: number, to: number): boolean => plan.forwards && this.forwarding.forward(attempt, to);
    this.replicas = new Replicas(
      ...([plan, catalogue, replication, policies.replication.options] as const),
      ...([attempts, writes, drawer, lives, reply] as const),
      new HandingOn(this, (attempt, to) => this.forwarding.forward(attempt, to)),
      {
        engine,
        writes,
        attempts,
        merging,
        answers,
        carried,
        luck: groups.copies.map((name) => random.keyed(`replica/${name}`)),
        observer,
        drawer,
        fencesByEpoch: plan.failover.fencing === "epoch",
        sizes,
        keys: demand.keys,
        groups,
        conditions,
        lives: hostLives,
        operations: this.operations,
        post: this.post.replicate,
        cast: this.post.cast,
        forward,
        elected: (node, since) => this.agents[node]!.elected(since),
        drop: (letter) => this.replicas.dropped(letter),
        copy: (letter) => this.copies.start(letter),
        poisoned: (write, region) => this.record.crashLoops.applied(write, region),
        acceptances,
      },
    );
    const { hosts } = this.replicas;
    this.copies = new Copies(engine, hosts, writes, drawer, () => this.streams, observer, groups, sizes);
    const road = [engine, random, links, trips] as const;
    this.users = new UserSide(
      plan,
      ...road,
      sizes,
      demand,
      this.operations,
      attempts,
      writes,
      conditions,
      lives,
      observer,
    );
    ({ servers: this.servers, requests: this.requests } = this.users);
    this.requests.replicas = this.replicas;
    this.requests.carried = carried.all;
    const { paths } = this.users;
    this.forwarding = new Forwarding(attempts, paths, incarnations, up, this.requests, observer, () => this.streams);
    this.requests.forwarding = this.forwarding;
    this.fleets?.watch(this.servers, catalogue);

    const controlConditions = new ControlConditions();
    const judge = (): FailoverJudge =>
      choose("failover", policies.failover.name, catalogue).on(policies.failover.options);
    this.control = new ControlPlane(
      plan,
      ...road,
      up,
      conditions,
      controlConditions,
      choose("routing", policies.routing.name, catalogue).on(policies.routing.options),
      judge,
      groups,
      this.users,
      observer,
      this.agents,
      this.post.control,
      () => this.record.nobodyLeads(),
    );
    const elected = groups.all.map(({ primary }) => primary);
    for (const host of hosts) {
      const [fleet, post] = [this.servers[host.id]!, this.control.posts[host.group]!];
      this.agents.push(
        new RegionAgent(plan, engine, host, fleet, post, lives, conditions, observer, elected, judge().lock),
      );
    }
    this.hostEvents = new HostEvents(engine, lives, this.replicas, this.agents);
    const surges = (this.surges = new Surges(plan, engine, random, this.users.arrivals));
    const { operations, streams, servers, requests, replicas, copies, control, forwarding, agents } = this;
    const before = [replicas, answers, requests, forwarding] as const;
    this.edges = edgesOf(plan, catalogue, demand, engine, groups, writes, attempts, operations, ...before);
    const asked = [engine, operations, attempts, demand] as const;
    replicas.judging = judgingOf(plan, catalogue, ...asked, carried.tokens, replicas, forwarding);
    const record = new SystemOfRecord(plan, engine, random, groups, conditions, lives, replicas, writes, observer);
    this.record = record;
    this.faults = new Faults(plan, engine, links, conditions, controlConditions, control, surges, record, observer);
    const newcomers = (this.newcomers = control.newcomers = newcomersOf(this, observer));
    const hands = [control, controlConditions, this.faults, newcomers, observer] as const;
    this.operator = new Operator(plan, engine, catalogue, groups, up, ...hands);
    lives.parts = {
      ...{ conditions, streams, servers, requests, forwarding, replicas, newcomers },
      ...{ copies, control, agents, record, observer, groups },
    };
  }

  run(): void {
    this.start();
    this.advance(endOf(this.plan));
    this.conclude();
  }

  start(): void {
    this.lives.start();
    this.faults.start();
    this.control.start();
    this.replicas.start();
    this.record.start();
    this.lives.startAgents();
    this.users.arrivals.start();
    this.engine.schedule(0, event.SAMPLE, 0, 0, 0);
  }

  /** Up to and including `until`; false when the engine was stopped before. */
  advance(until: number): boolean {
    return this.operator.advance(until, this);
  }

  conclude(): void {
    this.recovery.conclude(this.plan.duration);
    this.oracle.conclude(this.replicas.hosts.filter(({ holds }) => holds));
  }

  /** Cases are tried in their order: those of every run come first. */
  dispatch(kind: number, owner: number, payload: number, id: number): void {
    switch (kind) {
      case event.ARRIVAL:
        return this.users.arrivals.arrive(owner);
      case event.REQUEST:
        return this.requests.arrive(payload);
      case event.SERVED:
        return this.requests.served(owner, payload);
      case event.REPLY:
        return this.requests.arriveBack(payload);
      case event.DELIVER:
        return this.streams.deliver(payload);
      case event.TRACED:
        return this.users.arrivals.traced(payload);
      case event.THOUGHT:
        return this.users.arrivals.thought(owner, payload);
      case event.SURGE_ARRIVAL:
        return this.surges.arrive(owner, payload);
      case event.CLIENT_TIMER:
        return this.users.users.timer(payload);
      case event.RESEND_REQUEST:
        return this.requests.resendRequest(payload);
      case event.RESEND_REPLY:
        return this.requests.resendReply(payload);
      case event.DATAGRAM_ARRIVES:
      case event.LINK_FREE:
      case event.STREAM_RETRY:
      case event.STREAM_SHAPED:
        return this.post.dispatch(kind, payload, id);
      case event.REPLICA_TIMER:
      case event.PROMOTED:
      case event.LEASE_TIMER:
      case event.STATUS:
      case event.DISK_SYNCED:
      case event.DISK_TIMER:
      case event.APPLIED:
      case event.PROJECTED:
        return this.hostEvents.dispatch(kind, owner, payload, id);
      case event.WAIT_OVER:
        return this.replicas.judging!.waitOver(owner, payload);
      case event.PROBE:
      case event.PROBE_ARRIVES:
      case event.PROBE_ANSWERED:
      case event.PROBE_TIMEOUT:
      case event.REPORT:
      case event.CONTROL_TIMER:
      case event.LAUNCH:
        return this.control.dispatch(kind, owner, payload);
      case event.COPY_READ:
      case event.COPY_WRITTEN:
        return this.copies.dispatch(kind, owner, payload, id);
      case event.BACKUP:
      case event.RESTORE:
      case event.CRASH:
      case event.CRASH_RESTART:
        return this.record.dispatch(kind, owner, payload, id);
      case event.FAULT_BEGINS:
      case event.FAULT_ENDS:
        return this.faults.dispatch(kind, owner);
      case event.ORDER:
        return this.operator.give(owner);
      case event.BOOTED:
        this.servers[owner]!.booted(payload);
        return this.newcomers?.booted(owner);
      case event.SCALE:
        return this.servers[owner]!.look();
      case event.SAMPLE:
        this.observer.sampled();
        if (this.engine.now + this.bin < this.plan.duration) this.engine.schedule(this.bin, event.SAMPLE, 0, 0, 0);
        return;
      default:
        throw new Error(`internal error: no part handles events of kind ${kind}`);
    }
  }
}
