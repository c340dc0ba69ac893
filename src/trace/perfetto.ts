import type { Letter } from "../policies/contract.js";
import { CAUSE_NAMES } from "../simulation/causes.js";
import { PHASE_NAMES } from "../simulation/incident-reports.js";
import { LANES, laneOf } from "../simulation/letters.js";
import { OperationNumbers } from "../simulation/operation-numbers.js";
import { Watcher } from "../simulation/watcher.js";
import type { World } from "../simulation/world.js";
import { type TraceFilter, TraceSieve } from "./happenings.js";
import { LANE_NAMES, LetterWords } from "./letter-words.js";
import { plainName } from "./plain-name.js";
import { Rows } from "./rows.js";
import { Sample } from "./sample.js";
import {
  type TraceEvent,
  asynchronous,
  instant,
  processNames,
  slice,
  traceDocument,
  trackNames,
} from "./trace-events.js";

const NONE = -1;
const REGIONS = 1;
const FAULTS = 2;
const FAILOVERS = 3;
const USERS = 4;
/** Bytes that each of operations, writes and letters may take in the file. */
const MOST_BYTES = 8e6;

interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A run as a file for ui.perfetto.dev: for each region a track of its copy and one a lane of letters, one for each fault
 * and failover, and operations between. Operations, writes and letters are thinned evenly to stay within their bytes.
 */
export class PerfettoTrace extends Watcher {
  private world!: World;
  private sieve!: TraceSieve;
  private words!: LetterWords;
  private sites: readonly string[] = [];
  private readonly numbers = new OperationNumbers();
  private readonly operations = new Sample<readonly TraceEvent[]>(MOST_BYTES);
  private readonly writes = new Sample<TraceEvent>(MOST_BYTES);
  private readonly letters = new Sample<TraceEvent>(MOST_BYTES);
  private writesSeen = 0;
  private lettersSeen = 0;
  /** By copy: since when it has led, and in which term; -1 for not. */
  private readonly leads: { since: number; term: number }[] = [];
  private readonly leaderships: TraceEvent[] = [];
  private readonly phases: Span[] = [];
  /** Dead hosts and restores, which come of faults. */
  private readonly mishaps: Span[] = [];
  /** Since when the host of each region's copy has been dead; -1 for not. */
  private readonly deadSince: number[] = [];

  constructor(private readonly filter: TraceFilter) {
    super();
  }

  override begin(world: World): void {
    this.world = world;
    const { regions, places } = world.plan;
    this.sieve = new TraceSieve(
      this.filter,
      regions.map(({ name }) => name),
    );
    this.words = new LetterWords(world.plan, world.catalogue);
    this.sites = [...regions, ...places].map(({ name }) => plainName(name));
    regions.forEach((_, region) => {
      this.deadSince[region] = NONE;
    });
    for (const { node, id, group } of world.replicas.hosts)
      this.leads[node] = { since: id === world.groups.all[group]!.primary ? 0 : NONE, term: 1 };
  }

  override end(): void {
    for (const node of this.leads.keys()) this.stopsLeading(node);
    for (const region of this.deadSince.keys()) this.hostReturned(region);
  }

  override operationIssued(_place: number, operation: number): void {
    this.numbers.issue(operation);
  }

  override readTaken(operation: number): void {
    this.numbers.issue(operation);
  }

  override operationEnded(
    place: number,
    region: number,
    write: boolean,
    issuedAt: number,
    cause: number,
    operation: number,
  ): void {
    const number = this.numbers.of(operation);
    const key = this.world.operations.key[operation]!;
    if (!this.operations.takes(number) || !this.wants("operations", region, NONE, key)) return;
    const name = `${write ? "write" : "read"} key ${key}`;
    const args = { operation: number, outcome: CAUSE_NAMES[cause]!, region: this.sites[region] ?? "none" };
    const track = { pid: USERS, tid: place + 1 };
    const ends = asynchronous(track, "operation", number, name, issuedAt, this.now, args);
    this.operations.add(number, ends, ends[0].text.length + ends[1].text.length);
  }

  override writeAccepted(
    write: number,
    region: number,
    _before: number,
    _after: number,
    _repeated: boolean,
    operation: number,
  ): void {
    this.numbers.accept(write, operation);
    this.ofWrite(write, region, "accepts");
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    this.ofWrite(write, region, after !== before ? "shows" : "receives");
  }

  override writeUndone(write: number, region: number): void {
    this.ofWrite(write, region, "loses");
  }

  override letterDelivered(letter: Letter): void {
    const { from, to, writes } = letter;
    const index = this.lettersSeen++;
    if (!this.letters.takes(index) || !this.wants("letters", from, to)) return;
    const track = { pid: REGIONS, tid: laneTrack(to, laneOf(letter)) };
    const args = { from: this.sites[from]!, writes: writes.length };
    const made = instant(track, this.words.verb(letter), this.now, args);
    this.letters.add(index, made, made.text.length);
  }

  override leaderChanged(region: number, term: number, group: number): void {
    const node = this.world.groups.node(group, region);
    this.stopsLeading(node);
    this.leads[node] = { since: this.now, term };
  }

  override leadershipEnded(region: number, _term: number, group: number): void {
    this.stopsLeading(this.world.groups.node(group, region));
  }

  override failoverPhase(phase: number, start: number, end: number): void {
    this.phases.push({ name: PHASE_NAMES[phase]!, start, end });
  }

  override hostDied(region: number): void {
    if (this.deadSince[region] === NONE) this.deadSince[region] = this.now;
  }

  override hostReturned(region: number): void {
    const start = this.deadSince[region]!;
    this.deadSince[region] = NONE;
    if (start !== NONE) this.mishaps.push({ name: `host of ${this.sites[region]} is dead`, start, end: this.now });
  }

  override dataRestored(region: number, _asOf: number, start: number): void {
    this.mishaps.push({ name: `restore at ${this.sites[region]}`, start, end: this.now });
  }

  /** The JSON, once the run is over. */
  document(): string {
    const { plan, telemetry, engine } = this.world;
    const names: TraceEvent[] = [...processNames(REGIONS, "regions"), ...processNames(USERS, "users")];
    plan.regions.forEach((_, region) => {
      const name = this.sites[region]!;
      names.push(...trackNames({ pid: REGIONS, tid: copyTrack(region) }, name));
      for (let lane = 0; lane < LANES; lane++)
        names.push(...trackNames({ pid: REGIONS, tid: laneTrack(region, lane) }, `${name} ${LANE_NAMES[lane]}`));
    });
    plan.places.forEach(({ name }, place) =>
      names.push(...trackNames({ pid: USERS, tid: place + 1 }, plainName(name))),
    );
    const faults = plan.faults
      .filter(({ at }) => at <= engine.now)
      .map(({ label, at, until }) => ({ name: plainName(label), start: at, end: Math.min(until, engine.now) }));
    const failovers = telemetry.failovers.map(({ from, to, start, end, planned }) => ({
      name: `${planned ? "switchover" : "failover"} ${this.sites[from]} to ${this.sites[to]}`,
      start,
      end,
    }));
    const events = [
      ...this.leaderships,
      ...spans(FAULTS, "faults", [...faults, ...this.mishaps], names),
      ...spans(FAILOVERS, "failovers", [...failovers, ...this.phases], names),
      ...this.operations.items.flat(),
      ...this.writes.items,
      ...this.letters.items,
    ];
    const { operations, writes, letters } = this;
    return traceDocument(names, events, {
      operations: `1 in ${operations.every}`,
      writes: `1 in ${writes.every}`,
      letters: `1 in ${letters.every}`,
    });
  }

  private get now(): number {
    return this.world.engine.now;
  }

  private ofWrite(write: number, region: number, verb: string): void {
    const index = this.writesSeen++;
    const key = this.world.writes.key[write]!;
    if (!this.writes.takes(index) || !this.wants("writes", region, NONE, key)) return;
    const track = { pid: REGIONS, tid: copyTrack(region) };
    const made = instant(track, verb, this.now, { write: this.numbers.behind(write), key });
    this.writes.add(index, made, made.text.length);
  }

  private stopsLeading(node: number): void {
    const { since, term } = this.leads[node]!;
    if (since === NONE) return;
    this.leads[node] = { since: NONE, term };
    const { id, group } = this.world.replicas.hosts[node]!;
    const name = `leads term ${term}${this.world.groups.label(group)}`;
    this.leaderships.push(slice({ pid: REGIONS, tid: copyTrack(id) }, name, since, this.now));
  }

  private wants(kind: "operations" | "writes" | "letters", region: number, other = NONE, key = NONE): boolean {
    return this.sieve.passes(kind, this.now, region, other) && (key === NONE || this.sieve.passesKey(key));
  }
}

const copyTrack = (region: number): number => region * (LANES + 1) + 1;
const laneTrack = (region: number, lane: number): number => copyTrack(region) + lane + 1;

/** Spans of a process of their own, in rows in which none crosses another; names the rows as well. */
function spans(pid: number, title: string, all: readonly Span[], names: TraceEvent[]): TraceEvent[] {
  const rows = new Rows();
  const ordered = all.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const events = ordered.map(({ name, start, end }) =>
    slice({ pid, tid: rows.rowFor(start, end) + 1 }, name, start, end),
  );
  if (events.length > 0) names.push(...processNames(pid, title));
  for (let row = 0; row < rows.count; row++) names.push(...trackNames({ pid, tid: row + 1 }, title));
  return events;
}
