import type { Engine } from "../engine/engine.js";
import type { Recipient } from "../network/recipient.js";
import type { Letter } from "../policies/contract.js";
import type { Inhabitants } from "./conditions.js";
import { isOrder } from "./control-post.js";
import type { Copies } from "./copies.js";
import { restoreGroup } from "./group-restore.js";
import { type Disks, NO_REGION_HARDSHIP, type RegionHardship } from "./hardships.js";
import {
  BULK_LANE,
  type BulkLetter,
  CONTROL_LANE,
  ControlLetter,
  DATAGRAM,
  FORWARD_LANE,
  ForwardLetter,
  REPLICATION_LANE,
} from "./letters.js";
import type { Parts } from "./parts.js";
import { placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";

const NONE = -1;
/** A moment in which a copy is taken away to be replaced. */
const REPLACED: RegionHardship = { ...NO_REGION_HARDSHIP, hostDead: true, disks: "lost" };
/** A site at which nothing runs yet, and nothing is stored: until a backup is restored there, or an operator adds it. */
const WAITING: RegionHardship = { ...NO_REGION_HARDSHIP, hostDead: true, disks: "lost" };

/** Bits of the regions that are up. */
export function aliveOf(up: Uint8Array, regions: number): number {
  let alive = 0;
  for (let region = 0; region < regions; region++) alive |= up[region]! << region;
  return alive;
}

/** A letter, or an attempt of an operation, that waits for a host that stands still. */
interface Held {
  readonly letter: Letter | null;
  readonly lane: number;
  readonly attempt: number;
}

/**
 * What the death, the return and the standstill of a region or of its copy's host mean to everything that lives there;
 * and, since the living and the dead take letters differently, where letters are handed over.
 */
export class Lives implements Inhabitants, Recipient<Letter> {
  /** 1 while a site is alive; places of users always are. */
  readonly up: Uint8Array;
  /** How often each site has died: a connection to an earlier life is reset. */
  readonly incarnations: Int32Array;
  /** How often the host of each region's copy has died: its timers of an earlier life mean nothing. */
  readonly hostLives: Int32Array;
  /** By copy: 1 while an operator has paused its replication, so that it neither sends nor takes any of it. */
  readonly paused: Uint8Array;
  parts!: Parts;
  private readonly held: Held[][];
  /** Copies are being replaced, or come for the first time: nobody has died. */
  private isQuiet = false;
  private readonly waiting: number[] = [];
  /** Since when something is stored at a site that waited for it, by region. */
  readonly heldSince = new Map<number, number>();

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
  ) {
    const sites = plan.regions.length + plan.places.length;
    this.up = new Uint8Array(sites).fill(1);
    this.incarnations = new Int32Array(sites);
    this.hostLives = new Int32Array(plan.regions.length);
    this.paused = new Uint8Array(plan.regions.length * placementIn(plan).groups.length);
    this.held = plan.regions.map(() => []);
  }

  /** Sites that are to hold a copy once a backup is restored there have none yet, nor anyone to take one. */
  start(): void {
    for (const region of this.plan.regions.keys()) {
      const { waiting, joins } = this.plan.regions[region]!;
      if (!waiting) continue;
      if (joins !== undefined) {
        this.parts.conditions.absent(region, WAITING);
        for (const host of this.parts.replicas.at[region]!) host.blank = host.holds;
        continue;
      }
      this.waiting.push(region);
      this.parts.conditions.begin(region, WAITING, 0, Number.POSITIVE_INFINITY);
    }
  }

  /** The control plane's hands where there is a host from the start. */
  startAgents(): void {
    for (const [id, { replica, waiting }] of this.plan.regions.entries())
      if (replica && !waiting) this.startAgentsAt(id);
  }

  private startAgentsAt(region: number): void {
    for (const { holds, node } of this.parts.replicas.at[region]!) if (holds) this.parts.agents[node]!.start();
  }

  /** A region that has been added has a host from now on, which has nothing yet and looks for what there is to copy. */
  arrive(region: number): void {
    if (this.plan.regions[region]!.replica) {
      this.heldSince.set(region, this.engine.now);
      this.parts.replicas.add(region);
    }
    this.isQuiet = true;
    this.parts.conditions.end(region, WAITING);
    this.isQuiet = false;
    // Without a copy there is nobody else who could say that it is there.
    if (!this.plan.regions[region]!.replica) this.parts.agents[region]!.start();
  }

  /** A site that waits for a backup and is not dark, -1 if there is none. */
  waitingSite(): number {
    return this.waiting.find((region) => this.up[region] === 1) ?? NONE;
  }

  /** Microseconds that the host of a region's copy will still stand still. */
  pauseOf(region: number): number {
    const rest = this.parts.conditions.pausedUntil[region]! - this.engine.now;
    return rest > 0 ? rest : 0;
  }

  delivered(letter: Letter, from: number, to: number, lane: number): void {
    const forHost = lane === CONTROL_LANE ? isOrder((letter as ControlLetter).verb) : lane !== FORWARD_LANE;
    if (!forHost) this.hand(letter, lane);
    else if (this.parts.conditions.hostDead[to] === 1) this.refuse(letter, from, to, lane);
    else if (lane !== CONTROL_LANE && this.isPaused(letter.group, to)) this.refuse(letter, from, to, lane);
    else if (this.pauseOf(to) > 0) this.held[to]!.push({ letter, lane, attempt: NONE });
    else this.hand(letter, lane);
  }

  /** Keeps an attempt for later if the host stands still. */
  holds(attempt: number, region: number): boolean {
    if (this.pauseOf(region) === 0) return false;
    this.held[region]!.push({ letter: null, lane: NONE, attempt });
    return true;
  }

  /** A datagram has come. */
  arrived(letter: Letter, from: number, to: number): void {
    this.delivered(letter, from, to, DATAGRAM);
  }

  dropped(letter: Letter): void {
    const { control, copies, observer, replicas } = this.parts;
    observer.letterDropped(letter);
    if (letter instanceof ControlLetter) control.dropped(letter);
    else if (letter instanceof ForwardLetter) this.parts.forwarding.dropped(letter);
    else if (copies.owns(letter)) copies.dropped(letter as BulkLetter);
    else replicas.dropped(letter);
  }

  broken(from: number, to: number, lane: number): void {
    if (lane === BULK_LANE) this.parts.copies.abort(from, to);
    else if (lane === REPLICATION_LANE && this.parts.conditions.hostDead[from] === 0)
      for (const { replica } of this.parts.replicas.at[from]!) replica.disconnected(to);
  }

  isPaused(group: number, region: number): boolean {
    return this.paused[group * this.plan.regions.length + region] === 1;
  }

  /** The copy closes its connections with the others, which are told when they next send something. */
  pause({ id, node, group, peers, replica }: ReplicaHost): void {
    if (this.paused[node] === 1) return;
    this.paused[node] = 1;
    for (const peer of peers) {
      this.parts.copies.abort(id, peer);
      this.parts.copies.abort(peer, id);
      replica.disconnected(peer);
    }
    this.parts.observer.replicationPaused(id, true, group);
  }

  /** Who has something for the copy, or lacks something of it, connects anew as after a connection that broke. */
  resume({ id, node, group }: ReplicaHost): void {
    if (this.paused[node] === 0) return;
    this.paused[node] = 0;
    this.parts.observer.replicationPaused(id, false, group);
  }

  /** What a paused copy has written to another one goes nowhere. */
  withheld(letter: Letter): void {
    this.parts.replicas.dropped(letter);
  }

  /** A region gives up its copy and takes a whole one from elsewhere. */
  replace(region: number): void {
    const { conditions } = this.parts;
    this.isQuiet = true;
    conditions.begin(region, REPLACED, this.engine.now, this.engine.now);
    conditions.end(region, REPLACED);
    this.isQuiet = false;
  }

  died(region: number): void {
    this.up[region] = 0;
    this.incarnations[region]! += 1;
    this.parts.replicas.judging?.forget(region);
    this.parts.requests.regionDied(region);
    this.parts.streams.siteDied(region);
  }

  returned(region: number): void {
    this.up[region] = 1;
    this.parts.conditions.chill(region, this.engine.now);
    this.parts.servers[region]!.restart();
    this.parts.newcomers?.booted(region);
    this.parts.control.restarted(region);
  }

  hostDied(region: number, disks: Disks): void {
    const { copies, replicas, requests } = this.parts;
    this.hostLives[region]! += 1;
    if (!this.isQuiet && this.plan.regions[region]!.replica) this.parts.observer.hostDied(region);
    for (const { letter } of this.held[region]!.splice(0)) if (letter !== null) this.dropped(letter);
    replicas.judging?.forget(region);
    requests.hostDied(region);
    for (let other = 0; other < this.plan.regions.length; other++) {
      copies.abort(region, other);
      copies.abort(other, region);
    }
    for (const host of replicas.at[region]!) {
      host.forgetLetters();
      host.storage?.died();
      host.queue?.stop();
      host.readModel?.forget();
      if (disks !== "kept") host.loseUnsynced();
    }
    if (disks !== "lost" || !this.plan.regions[region]!.replica) return;
    for (const host of replicas.at[region]!) if (host.holds) host.discard();
    this.parts.record.copyLost();
  }

  hostReturned(region: number, disks: Disks): void {
    const { replica: holds, coordinates, takesPart } = this.plan.regions[region]!;
    if (!holds && !coordinates && takesPart !== true) return;
    if (!this.isQuiet) this.parts.observer.hostReturned(region);
    this.parts.conditions.chill(region, this.engine.now);
    for (const host of this.parts.replicas.at[region]!) host.begin(disks);
    if (!holds) return;
    this.parts.record.crashLoops.returned(region);
    this.startAgentsAt(region);
  }

  /**
   * Every copy is given up for one that begins its life at `target`; a region that is dark will find its disk empty. The
   * others go last, or for a moment nobody would have what the backup holds.
   */
  restoreAt(target: number, registers: Int32Array, group: number): void {
    const { conditions, replicas, copies, groups } = this.parts;
    if (groups.all.length > 1) {
      for (const region of groups.all[group]!.holders) this.forgetHeld(region, group);
      return restoreGroup(group, target, registers, { conditions, replicas, copies, groups });
    }
    const place = this.waiting.indexOf(target);
    const others = [...this.plan.regions.keys()].filter((id) => this.plan.regions[id]!.replica && id !== target);
    this.isQuiet = true;
    if (place < 0) conditions.begin(target, REPLACED, this.engine.now, this.engine.now);
    else replicas.join(target);
    replicas.hosts[target]!.restore(registers);
    for (const region of others) conditions.begin(region, REPLACED, this.engine.now, this.engine.now);
    const back = place < 0 ? [target, ...others].toSorted((one, other) => one - other) : others;
    for (const region of back) conditions.end(region, REPLACED);
    this.isQuiet = false;
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.heldSince.set(target, this.engine.now);
    conditions.end(target, WAITING);
  }

  /** What a host that stands still would take up again of a group of keys is about a copy that is gone. */
  private forgetHeld(region: number, group: number): void {
    for (const each of this.held[region]!.splice(0)) {
      const isAbout = each.lane === REPLICATION_LANE || each.lane === DATAGRAM || each.lane === BULK_LANE;
      if (isAbout && each.letter?.group === group) this.dropped(each.letter);
      else this.held[region]!.push(each);
    }
  }

  hostResumed(region: number): void {
    for (const { queue, readModel } of this.parts.replicas.at[region]!) {
      // What it had in hand has not got on.
      queue?.stop();
      if (this.parts.conditions.hostDead[region] === 0) queue?.work();
      readModel?.queue.stop();
      readModel?.queue.work();
    }
    for (const { letter, lane, attempt } of this.held[region]!.splice(0)) {
      if (letter === null) this.parts.replicas.serve(attempt);
      else this.hand(letter, lane);
    }
  }

  capacityChanged(region: number, abrupt: boolean): void {
    const servers = this.parts.servers[region]!;
    const lost = servers.resize();
    if (abrupt && lost > 0) this.parts.requests.instancesDied(region, lost);
    servers.fill();
  }

  launchesAllowed(region: number): void {
    this.parts.servers[region]!.launchWanted();
  }

  private hand(letter: Letter, lane: number): void {
    this.parts.observer.letterDelivered(letter);
    if (lane === REPLICATION_LANE || lane === DATAGRAM) this.parts.replicas.delivered(letter);
    else if (lane === FORWARD_LANE) this.parts.forwarding.delivered(letter as ForwardLetter);
    else if (lane === CONTROL_LANE) this.parts.control.delivered(letter as ControlLetter);
    else this.parts.copies.delivered(letter as BulkLetter);
  }

  /** Nobody listens where the host was: the sender's connection is reset. */
  private refuse(letter: Letter, from: number, to: number, lane: number): void {
    this.dropped(letter);
    if (this.up[from] === 1) this.broken(from, to, lane);
  }
}
