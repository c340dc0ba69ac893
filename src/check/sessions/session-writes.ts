import { NIL, type RunRecord, UNDONE, isBeside } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Registers, mayKeep } from "../replicas/registers.js";
import { type Sources, UNTOLD, sourcesOf } from "../sources.js";
import { thinAir, untoldVerdict } from "../thin-air.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";
import { Arrivals } from "./arrivals.js";
import { sessionsOf, walkSession } from "./sessions.js";

/**
 * Monotonic writes (Terry and others 1994): a replica that has a session's write has all that the session had written
 * before it, and shows none of those instead of it.
 */
export const checkMonotonicWrites = (record: RunRecord): Verdict =>
  new SessionWrites(record, sourcesOf(record), "writes").verdict();

/**
 * Writes follow reads (Terry and others 1994): a replica that has a session's write has all that the session had been
 * shown before it, and shows none of those instead of it.
 */
export const checkWritesFollowReads = (record: RunRecord): Verdict =>
  new SessionWrites(record, sourcesOf(record), "reads").verdict();

/** What one session has written or been shown, in the order in which that returned. */
interface Past {
  readonly writes: number[];
  /** The operation by which it knows of each. */
  readonly by: number[];
  /** By write: the place of it among these, the first one. */
  readonly places: Map<number, number>;
}

class SessionWrites {
  private readonly pasts: Past[] = [];
  /** By operation: its session, and how much of its past it had when it was called. */
  private readonly session: Int32Array;
  private readonly known: Int32Array;
  private readonly untold: number[] = [];
  private broken: Verdict | null = null;
  private compared = 0;

  constructor(
    private readonly record: RunRecord,
    private readonly sources: Sources,
    private readonly after: "writes" | "reads",
  ) {
    this.session = new Int32Array(rowsOf(record.operations)).fill(NIL);
    this.known = new Int32Array(rowsOf(record.operations));
  }

  verdict(): Verdict {
    const nowhere = thinAir(this.record, this.sources);
    if (nowhere !== null) return nowhere;
    for (const rows of sessionsOf(this.record)) this.takeSession(rows);
    this.replay();
    if (this.broken !== null) return this.broken;
    const measured = { compared_arrivals: this.compared };
    if (this.untold.length > 0) return untoldVerdict(this.record, this.untold, measured);
    return holds(`${this.compared} arrivals found what their sessions had ${this.done} before`, measured);
  }

  private get done(): string {
    return this.after === "writes" ? "written" : "been shown";
  }

  private takeSession(rows: readonly number[]): void {
    const { sources } = this;
    const past: Past = { writes: [], by: [], places: new Map() };
    const id = this.pasts.push(past) - 1;
    const untold: number[] = [];
    walkSession(this.record, rows, {
      called: (row) => {
        this.session[row] = id;
        this.known[row] = past.writes.length;
        if (sources.happened[row] === 1) this.untold.push(...untold.splice(0));
      },
      returned: (row) => {
        if (this.after === "reads" && sources.of[row] === UNTOLD) untold.push(row);
        const write = this.after === "reads" ? sources.of[row]! : sources.happened[row] === 1 ? row : NIL;
        if (write < 0) return;
        if (!past.places.has(write)) past.places.set(write, past.writes.length);
        past.writes.push(write);
        past.by.push(row);
      },
    });
  }

  /** Goes through the rows by moments: of what comes to a region in one moment, nothing is before the other. */
  private replay(): void {
    const { versions } = this.record;
    const arrivals = new Arrivals(this.record);
    const regions = new Registers(this.record).regions;
    const checked = new Int32Array(this.pasts.length * regions);
    for (let from = 0; from < versions.time.length && this.broken === null; ) {
      let to = from;
      while (to < versions.time.length && versions.time[to] === versions.time[from]) arrivals.take(to++);
      for (let row = from; row < to && this.broken === null; row++) {
        if (versions.what[row] !== UNDONE) this.arrived(row, arrivals, checked, regions);
      }
      from = to;
    }
  }

  private arrived(row: number, arrivals: Arrivals, checked: Int32Array, regions: number): void {
    const { write, region } = this.record.versions;
    const arriving = write[row]!;
    const past = this.pasts[this.session[arriving]!];
    if (past === undefined || !mayKeep(this.record, region[row]!, this.record.operations.key[arriving]!)) return;
    this.compared++;
    const shown = this.lostTo(row);
    const place = shown === NIL ? undefined : past.places.get(shown);
    if (place !== undefined && place < this.known[arriving]! && shown !== arriving) {
      this.broken = this.violation(row, past.by[place]!, shown, "still shows");
      return;
    }
    const cell = this.session[arriving]! * regions + region[row]!;
    for (; checked[cell]! < this.known[arriving]!; checked[cell]!++) {
      const before = past.writes[checked[cell]!]!;
      const isThere = before === arriving || arrivals.has(region[row]!, before);
      if (isThere || !mayKeep(this.record, region[row]!, this.record.operations.key[before]!)) continue;
      this.broken = this.violation(row, past.by[checked[cell]!]!, before, "did not have");
      return;
    }
  }

  /** The version that the region goes on to show instead of the one that has come; NIL when that is shown. */
  private lostTo(row: number): number {
    const { what, previous } = this.record.versions;
    return isBeside(what[row]!) ? previous[row]! : NIL;
  }

  private violation(row: number, by: number, before: number, how: string): Verdict {
    const words = new Words(this.record);
    const write = this.record.versions.write[row]!;
    const region = words.region(this.record.versions.region[row]!);
    const known = by === before ? words.told(before) : `${words.told(before)} and was shown by ${words.told(by)}`;
    return violated(
      `a replica had a write without what its session had ${this.done} before`,
      `${words.capital(known)}; then came ${words.told(write)}; ${words.versionRow(row)}, but ${region} ${how} ${words.version(before)}.`,
      [before, by, write],
    );
  }
}
