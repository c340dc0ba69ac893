import { Engine } from "../engine/engine.js";
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
import { judgingOf, longestAgo } from "./judging.js";
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
import type { Parts } from "./parts.js";
import { type Plan, endOf, longestDeadline } from "./plan.js";
import { Post } from "./post.js";
import { Recovery } from "./recovery.js";
import { RegionAgent } from "./region-agent.js";
import { Replicas } from "./replicas.js";
import type { Requests } from "./requests.js";
import { type Residence, residenceOf } from "./residence.js";
import type { Servers } from "./servers.js";
import { Silence } from "./silence.js";
import { Sizes } from "./sizes.js";
import { Surges } from "./surges.js";
import { Switchboard } from "./switchboard.js";
import { SystemOfRecord } from "./system-of-record.js";
import { Telemetry } from "./telemetry.js";
import { UserSide } from "./user-side.js";
import { Writes } from "./writes.js";

/** Bins of every series. */
export const BINS = 720;

/** Everything that one run is made of, put together from a plan. */
export class World {
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
  readonly lives: Lives;
  readonly operator: Operator;
  /** Null where nobody adds a region. */
  readonly newcomers: Newcomers | null;
  private readonly faults: Faults;
  private readonly switchboard: Switchboard;
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
    this.oracle = new Oracle(
      plan,
      groups,
      engine,
      writes,
      up,
      incidents,
      this.telemetry.onConflict,
      acceptances.isSecond,
      merging,
      replication.gives.confirms === true,
    );
    this.oracle.merges = replication.needs.conflict ? mergesOf(plan, demand.keys, writes, merging) : null;
    const latest = (this.oracle.staleness.latest = latestOf(plan, catalogue, demand.keys, writes, engine));
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
      plan,
      catalogue,
      replication,
      policies.replication.options,
      attempts,
      writes,
      drawer,
      lives,
      reply,
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
        ago: (attempt, key) => this.replicas.judging!.ago(attempt, key),
      },
    );
    const { hosts } = this.replicas;
    this.copies = new Copies(engine, hosts, writes, drawer, () => this.streams, observer, groups, sizes);
    this.users = new UserSide(
      plan,
      engine,
      random,
      links,
      trips,
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
      engine,
      random,
      links,
      trips,
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
    const hostEvents = new HostEvents(engine, lives, this.replicas, this.agents);
    const surges = new Surges(plan, engine, random, this.users.arrivals);
    const { operations, streams, servers, requests, replicas, copies, control, forwarding, agents } = this;
    this.edges = edgesOf(
      plan,
      catalogue,
      demand,
      engine,
      groups,
      writes,
      attempts,
      operations,
      replicas,
      answers,
      requests,
      forwarding,
    );
    const { tokens } = carried;
    replicas.judging = judgingOf(plan, catalogue, engine, operations, attempts, demand, tokens, replicas, forwarding);
    replicas.rememberPast(longestAgo(plan, catalogue), demand.keys, writes);
    this.users.users.silence = new Silence(plan, catalogue, attempts, lives, replicas.judging);
    const record = new SystemOfRecord(plan, engine, random, groups, conditions, lives, replicas, writes, observer);
    this.record = record;
    this.faults = new Faults(plan, engine, links, conditions, controlConditions, control, surges, record, observer);
    const newcomers = (this.newcomers = control.newcomers = newcomersOf(this, observer));
    this.operator = new Operator(
      plan,
      engine,
      catalogue,
      groups,
      up,
      control,
      controlConditions,
      this.faults,
      newcomers,
      observer,
    );
    const parts: Parts = {
      engine,
      conditions,
      streams,
      post: this.post,
      users: this.users,
      surges,
      servers,
      requests,
      forwarding,
      replicas,
      hostEvents,
      copies,
      control,
      agents,
      record,
      faults: this.faults,
      operator: this.operator,
      observer,
      groups,
      newcomers,
    };
    lives.parts = parts;
    this.switchboard = new Switchboard(parts, this.bin, plan.duration);
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
    return this.operator.advance(until, this.switchboard);
  }

  conclude(): void {
    this.recovery.conclude(this.plan.duration);
    this.oracle.conclude(this.replicas.hosts.filter(({ holds }) => holds));
  }
}
