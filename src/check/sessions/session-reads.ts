import type { RunRecord } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Digraph, type Edge, type Label } from "../digraph.js";
import { INITIAL, SHOWS_NOTHING, type Sources, UNTOLD, sourcesOf } from "../sources.js";
import { thinAir, untoldVerdict } from "../thin-air.js";
import { type Verdict, holds, undecided, violated } from "../verdict.js";
import { CONTRADICTING, addVersionEdges, isVersionOrder, versionOfLabel } from "../version-order.js";
import { Words } from "../words.js";
import { Frontier, sessionsOf, walkSession } from "./sessions.js";

/**
 * Read your writes (Terry and others 1994): a session that has written a key is not shown an older version of it.
 * Which version is older, the replicas say; it is enough that one order of the versions of each key agrees with all of
 * them and with all that sessions were shown. Where there are no replicas' rows, a session's writes of one key are taken
 * to be in the order in which it made them.
 */
export function checkReadYourWrites(record: RunRecord): Verdict {
  const reads = new SessionReads(record, sourcesOf(record), "written");
  return reads.verdict((rows) => takeOwnWrites(record, reads, rows));
}

/** Monotonic reads (Terry and others 1994): a session that has been shown a version of a key is not shown an older one. */
export function checkMonotonicReads(record: RunRecord): Verdict {
  const reads = new SessionReads(record, sourcesOf(record), "read");
  return reads.verdict((rows) => takeEarlierReads(record, reads, rows));
}

/** An edge of no words: from a write, or a node before it, to the node that stands for all of a session's up to it. */
const COLLECTS: Label = 0x7fffffff;

/** What sessions were shown against what they knew, as demands on the order of versions. */
class SessionReads {
  /** Operations, and behind them a node for each write that stands for all that its session had written by then. */
  readonly graph: Digraph;
  /** By label: the earlier operation of the session (-1: the write where the edges come from), and the read. */
  private readonly earlier: number[] = [];
  private readonly later: number[] = [];
  readonly untold: number[] = [];
  /** A read of the initial value, and what came before it. */
  reset: readonly [number, number] | null = null;
  pairs = 0;

  constructor(
    private readonly record: RunRecord,
    readonly sources: Sources,
    private readonly done: "written" | "read",
  ) {
    this.graph = new Digraph(2 * rowsOf(record.operations));
  }

  collectorOf(write: number): number {
    return rowsOf(this.record.operations) + write;
  }

  get isFull(): boolean {
    return this.graph.edges >= MOST_EDGES;
  }

  demand(from: number, to: number, earlier: number, read: number): void {
    this.graph.add(from, to, this.earlier.length);
    this.earlier.push(earlier);
    this.later.push(read);
  }

  verdict(takeSession: (rows: readonly number[]) => void): Verdict {
    const { record, graph } = this;
    const nowhere = thinAir(record, this.sources);
    if (nowhere !== null) return nowhere;
    for (const rows of sessionsOf(record)) takeSession(rows);
    const measured = { compared_reads: this.pairs };
    if (this.reset !== null) return this.resetVerdict(this.reset, measured);
    const alone = graph.cycle();
    if (alone !== null) return this.cycleVerdict(alone, measured);
    if (this.isFull) return undecided(`more than ${MOST_EDGES} pairs of versions would have to be ordered`, measured);
    if (!isVersionOrder(record)) return undecided(CONTRADICTING, measured);
    addVersionEdges(record, graph);
    const cycle = graph.cycle();
    if (cycle !== null) return this.cycleVerdict(cycle, measured);
    if (this.untold.length > 0) return untoldVerdict(record, this.untold, measured);
    return holds(`${this.pairs} reads showed nothing older than their sessions had ${this.done}`, measured);
  }

  private resetVerdict([before, read]: readonly [number, number], measured: Measured): Verdict {
    const words = new Words(this.record);
    const explanation = `${words.capital(words.told(before))}; then ${words.told(read)}.`;
    const source = this.sources.of[before]!;
    const evidence = this.done === "read" ? [source, before, read] : [before, read];
    return violated(`a session was shown less than it had ${this.done}`, explanation, evidence, measured);
  }

  private cycleVerdict(cycle: readonly Edge[], measured: Measured): Verdict {
    const words = new Words(this.record);
    const operations = rowsOf(this.record.operations);
    const start = cycle.findIndex(({ from }) => from < operations);
    const evidence: number[] = [];
    const said: string[] = [];
    let own = -1;
    for (const { from, to, label } of [...cycle.slice(start), ...cycle.slice(0, start)]) {
      if (from < operations) own = from;
      if (label === COLLECTS) continue;
      evidence.push(own, to);
      const row = versionOfLabel(label);
      if (label < 0) {
        said.push(words.versionRow(row) + words.besides(row));
        continue;
      }
      const earlier = this.earlier[label] === -1 ? own : this.earlier[label]!;
      evidence.push(earlier, this.later[label]!);
      said.push(`${words.told(earlier)}, and then ${words.told(this.later[label]!)}`);
    }
    const more = said.length > MOST_SAID ? `; and ${said.length - MOST_SAID} steps more back to the first` : "";
    return violated(
      `a session was shown an older version than it had ${this.done}`,
      `No order of the versions explains this: ${said.slice(0, MOST_SAID).join("; ")}${more}.`,
      evidence,
      measured,
    );
  }
}

type Measured = Readonly<Record<string, number>>;
const MOST_SAID = 6;
/** A session that goes on reading ever older versions of its own would need as many as the square of its writes. */
const MOST_EDGES = 1 << 22;

/** What a session has been shown of a key: demanded of two reads that follow each other, it holds for all. */
function takeEarlierReads(record: RunRecord, reads: SessionReads, rows: readonly number[]): void {
  const { of } = reads.sources;
  const { key } = record.operations;
  const frontiers = new Map<number, Frontier>();
  walkSession(record, rows, {
    called: (row) => {
      const shown = of[row]!;
      if (shown === SHOWS_NOTHING) return;
      for (const before of frontiers.get(key[row]!)?.latest ?? []) {
        const known = of[before]!;
        reads.pairs++;
        if (shown === UNTOLD) reads.untold.push(row);
        else if (known !== INITIAL && shown === INITIAL) reads.reset ??= [before, row];
        else if (known !== INITIAL && known !== shown) reads.demand(known, shown, before, row);
      }
    },
    returned: (row) => {
      if (of[row]! < INITIAL) return;
      let frontier = frontiers.get(key[row]!);
      if (frontier === undefined) frontiers.set(key[row]!, (frontier = new Frontier(record)));
      frontier.returned(row);
    },
  });
}

/** Writes of one key in the order in which they returned, with their places. */
class Own {
  readonly writes: number[] = [];
  readonly places = new Map<number, number>();
  /** By own write that was read: how many writes have been compared with it. */
  readonly compared = new Map<number, number>();
  readonly latest: Frontier;

  constructor(record: RunRecord) {
    this.latest = new Frontier(record);
  }
}

/**
 * All that a session has written of a key, not only the last: the versions of its own writes may be in any order, as far
 * as this guarantee is concerned. The collecting nodes keep the edges few.
 */
function takeOwnWrites(record: RunRecord, reads: SessionReads, rows: readonly number[]): void {
  const { of, happened } = reads.sources;
  const { graph } = reads;
  const { key } = record.operations;
  const hasVersions = rowsOf(record.versions) > 0;
  const byKey = new Map<number, Own>();
  walkSession(record, rows, {
    called: (row) => {
      const own = byKey.get(key[row]!);
      if (own === undefined) return;
      if (of[row] !== SHOWS_NOTHING) compareOwn(reads, own, row);
      if (hasVersions || happened[row] === 0) return;
      for (const before of own.latest.latest) reads.demand(before, row, before, row);
    },
    returned: (row) => {
      if (happened[row] === 0) return;
      let own = byKey.get(key[row]!);
      if (own === undefined) byKey.set(key[row]!, (own = new Own(record)));
      const before = own.writes[own.writes.length - 1];
      graph.add(row, reads.collectorOf(row), COLLECTS);
      if (before !== undefined) graph.add(reads.collectorOf(before), reads.collectorOf(row), COLLECTS);
      own.places.set(row, own.writes.push(row) - 1);
      own.latest.returned(row);
    },
  });
}

function compareOwn(reads: SessionReads, { writes, places, compared }: Own, read: number): void {
  const shown = reads.sources.of[read]!;
  reads.pairs++;
  if (shown === UNTOLD) reads.untold.push(read);
  else if (shown === INITIAL) reads.reset ??= [writes[writes.length - 1]!, read];
  else {
    // An own write is no older than itself: those before it together, those behind it one by one, and each only once.
    const place = places.get(shown) ?? writes.length;
    if (place > 0) reads.demand(reads.collectorOf(writes[place - 1]!), shown, -1, read);
    for (let at = compared.get(shown) ?? place + 1; at < writes.length && !reads.isFull; at++) {
      reads.demand(writes[at]!, shown, writes[at]!, read);
    }
    if (place < writes.length) compared.set(shown, writes.length);
  }
}
