import { ACCEPTED, INSTALLED, NIL, OK, type RunRecord, SHOWN, UNDONE, UNKNOWN_REGION } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Digraph } from "../digraph.js";
import { Registers } from "../replicas/registers.js";
import { sessionsOf, walkSession } from "../sessions/sessions.js";
import { INITIAL, type Sources, isChange } from "../sources.js";
import { addVersionEdges } from "../version-order.js";
import { type CausalOrder, causalOrder } from "./causal-order.js";

/**
 * Do the replicas' rows by themselves show causal convergence? In near-linear time, and only ever a yes: where it is no,
 * the history may still be fine. After the nearest dependencies of Lloyd and others (2011): if a write comes to a region
 * only after what its session had written or been shown since its write before, then by induction each region has,
 * with a write, all of that write's causes. Then
 *
 * 1. the session's order, what was shown and the replicas' order of versions contain no cycle together;
 * 2. every write was shown where it was accepted, so it is newer than all versions that its session can know;
 * 3. every write came to every region behind its nearest dependencies;
 * 4. every read showed what its region showed at a moment between its call and its return, when the region had all
 *    that the session knew.
 *
 * So every read shows the last, in the replicas' order, of the writes of its key that its region had: all its causes.
 */
export function isCausalReplication({ record, sources }: CausalOrder): boolean {
  const { versions } = record;
  if (rowsOf(versions) === 0 || versions.what.includes(UNDONE) || versions.what.includes(INSTALLED)) return false;
  const graph = new Digraph(rowsOf(record.operations));
  causalOrder(record, sources, graph);
  addVersionEdges(record, graph);
  if (graph.order() === null) return false;
  const dependencies = new Dependencies(record, sources);
  const shown = new Shown(record);
  return shown.isOrdered && dependencies.cameFirst(shown) && dependencies.wereThere(shown);
}

/** When each version was in each region: positions in the rows of versions. */
class Shown {
  private readonly regions: number;
  private readonly came: Int32Array;
  private readonly from: Int32Array;
  private readonly until: Int32Array;
  /** By key, for each region the first row that shows a version. */
  private readonly firstOfKey = new Map<number, Int32Array>();
  /** Whether every accepted write was shown there, and each version at most once in a region. */
  isOrdered = true;

  constructor(private readonly record: RunRecord) {
    const { what, write, region, previous, key } = record.versions;
    const registers = new Registers(record);
    const { regions } = registers;
    this.regions = regions;
    const cells = rowsOf(record.operations) * regions;
    this.came = new Int32Array(cells).fill(ABSENT);
    this.from = new Int32Array(cells).fill(ABSENT);
    this.until = new Int32Array(cells).fill(ABSENT);
    for (let row = 0; row < what.length; row++) {
      const cell = write[row]! * regions + region[row]!;
      if (registers.at(region[row]!, registers.keys.index(key[row]!)) !== previous[row]) this.isOrdered = false;
      registers.apply(row);
      if (this.came[cell] === ABSENT) this.came[cell] = row;
      if (what[row] === ACCEPTED) {
        const isShown = what[row + 1] === SHOWN && write[row + 1] === write[row] && region[row + 1] === region[row];
        if (!isShown) this.isOrdered = false;
      }
      if (what[row] !== SHOWN) continue;
      if (this.from[cell] !== ABSENT) this.isOrdered = false;
      this.from[cell] = row;
      if (previous[row] !== NIL) {
        this.until[previous[row]! * regions + region[row]!] = row;
        continue;
      }
      let first = this.firstOfKey.get(key[row]!);
      if (first === undefined) this.firstOfKey.set(key[row]!, (first = new Int32Array(regions).fill(ABSENT)));
      if (first[region[row]!] !== ABSENT) this.isOrdered = false;
      first[region[row]!] = row;
    }
  }

  cameAt(write: number, region: number): number {
    return this.came[write * this.regions + region]!;
  }

  /** The last row of all, up to `latest`, after which the region showed this; -1 before all rows, ABSENT if it did not. */
  lastShown(write: number, key: number, region: number, latest: number): number {
    if (region >= this.regions) return write === INITIAL ? latest : ABSENT;
    const cell = write * this.regions + region;
    const from = write === INITIAL ? -1 : this.from[cell]!;
    const until = write === INITIAL ? (this.firstOfKey.get(key)?.[region] ?? ABSENT) : this.until[cell]!;
    return from === ABSENT || from > latest ? ABSENT : Math.min(latest, until - 1);
  }
}

const ABSENT = 0x7fffffff;

class Dependencies {
  /** What each session has written or been shown since its last write, when it called each operation. */
  private readonly since = new Map<number, readonly number[]>();

  constructor(
    private readonly record: RunRecord,
    private readonly sources: Sources,
  ) {}

  /** Fills in the dependencies of writes, and says whether each came behind them everywhere. */
  cameFirst(shown: Shown): boolean {
    this.collect();
    const { what, write, region } = this.record.versions;
    for (let row = 0; row < what.length; row++) {
      if (shown.cameAt(write[row]!, region[row]!) !== row) continue;
      for (const before of this.since.get(write[row]!) ?? []) {
        if (shown.cameAt(before, region[row]!) > row) return false;
      }
    }
    return true;
  }

  private collect(): void {
    for (const rows of sessionsOf(this.record)) {
      const known = new Known(this.sources);
      walkSession(this.record, rows, {
        called: (row) => {
          const before = known.called(row);
          if (!isChange(this.record.operations, row)) return;
          const source = this.sources.of[row]!;
          this.since.set(row, source >= 0 ? [...before, source] : [...before]);
        },
        returned: (row) => known.returned(row),
      });
    }
  }

  /** Whether every answer was given where and when all was there that its session knew. */
  wereThere(shown: Shown): boolean {
    const { operations, versions } = this.record;
    for (const rows of sessionsOf(this.record)) {
      const known = new Known(this.sources);
      let isFine = true;
      walkSession(this.record, rows, {
        called: (row) => {
          const before = known.called(row);
          const source = this.sources.of[row]!;
          if (source < INITIAL) return;
          if (operations.outcome[row] !== OK || operations.region[row] === UNKNOWN_REGION) isFine = false;
          if (!isFine) return;
          const region = operations.region[row]!;
          const latest = lastRowUpTo(versions.time, operations.return[row]!);
          const moment = shown.lastShown(source, operations.key[row]!, region, latest);
          const earliest = lastRowUpTo(versions.time, operations.call[row]!, true);
          if (moment === ABSENT || moment < earliest) isFine = false;
          for (let at = known.alreadyThere(region, moment); at < before.length && isFine; at++) {
            if (shown.cameAt(before[at]!, region) > moment) isFine = false;
          }
          known.foundThere(region, moment, before.length);
        },
        returned: (row) => known.returned(row),
      });
      if (!isFine) return false;
    }
    return true;
  }
}

/** What a session has come to know since the last of its writes that had returned. */
class Known {
  private list: number[] = [];
  /** By write under way: how much was known when it was called. */
  private readonly snapshots = new Map<number, number>();
  private region = UNKNOWN_REGION;
  private moment = -1;
  private found = 0;

  constructor(private readonly sources: Sources) {}

  /** What is known by now; a list that goes on growing. */
  called(row: number): readonly number[] {
    if (this.sources.happened[row] === 1) this.snapshots.set(row, this.list.length);
    return this.list;
  }

  returned(row: number): void {
    const source = this.sources.of[row]!;
    if (this.sources.happened[row] === 1) {
      // Everything that the write had before it comes with it from now on.
      const isAlone = this.snapshots.get(row) === this.list.length;
      if (isAlone) {
        this.list = [];
        this.found = 0;
      }
      this.list.push(row);
    } else if (source >= 0 && !this.list.includes(source, this.list.length - 1)) this.list.push(source);
    this.snapshots.delete(row);
  }

  /** How many of the list are known to be in the region at this moment. */
  alreadyThere(region: number, moment: number): number {
    return region === this.region && moment >= this.moment ? this.found : 0;
  }

  foundThere(region: number, moment: number, count: number): void {
    this.region = region;
    this.moment = moment;
    this.found = count;
  }
}

/** The last row with a time up to this one, or before it; -1 if there is none. */
function lastRowUpTo(times: Float64Array, time: number, isBefore = false): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore ? times[middle]! < time : times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
