import { Streams } from "../../src/engine/random.js";
import {
  ACCEPTED,
  INSTALLED,
  NIL,
  OK,
  OUTDONE,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  UNDONE,
  WRITE,
} from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";

/** A small replicated store that is driven by luck, and how well it behaves. */
export interface StoreRecipe {
  readonly seed: string;
  readonly regions: number;
  readonly keys: number;
  readonly sessions: number;
  readonly events: number;
  readonly mostOperations: number;
  /** Shares of events: undoing what a region shows, taking a whole copy, accepting a write again elsewhere. */
  readonly undo?: number;
  readonly copy?: number;
  readonly repeat?: number;
  /** `causal`: a write is delivered behind all that its region had; `log`: one leader, in order; `any`: as luck has it. */
  readonly delivery: "causal" | "log" | "any";
  /** Of versions that meet, the one accepted later wins (as by one perfect clock), the one that comes later, or as clocks err. */
  readonly wins: "accepted-last" | "came-last" | "skewed";
  /** A session stays with a region, or goes anywhere. */
  readonly sticky: boolean;
  /** At the end everything is delivered everywhere. */
  readonly heals?: boolean;
  /** Bit r: region r is down at the end. */
  readonly dead?: number;
}

interface Write {
  readonly row: number;
  readonly key: number;
  readonly stamp: number;
  /** What the clock of its region said. */
  readonly clock: number;
  /** What its region had when it accepted it. */
  readonly causes: ReadonlySet<number>;
}

export function storeRecord(recipe: StoreRecipe): RunRecord {
  return new Store(recipe).run();
}

class Store {
  private readonly recorder = new Recorder();
  private readonly random;
  private readonly writes: Write[] = [];
  private readonly has: Set<number>[];
  private readonly shown: Int32Array[];
  private now = 0;
  private operations = 0;
  private rows = 0;

  constructor(private readonly recipe: StoreRecipe) {
    this.random = new Streams(recipe.seed).sequence("store");
    this.has = Array.from({ length: recipe.regions }, () => new Set<number>());
    this.shown = Array.from({ length: recipe.regions }, () => new Int32Array(recipe.keys).fill(NIL));
  }

  run(): RunRecord {
    const { events, undo = 0, copy = 0, repeat = 0, regions, heals, dead = 0 } = this.recipe;
    for (let event = 0; event < events; event++) {
      this.now += this.pick(3);
      const luck = this.random.uniform();
      if (luck < undo) this.undo(this.pick(regions));
      else if (luck < undo + copy) this.copy(this.pick(regions), this.pick(regions));
      else if (luck < undo + copy + repeat && this.writes.length > 0) {
        this.accept(this.writes[this.pick(this.writes.length)]!, this.pick(regions));
      } else if (luck < 0.6) this.operate();
      else this.deliver();
    }
    for (let left = true; heals && left; ) {
      this.now++;
      left = this.deliver();
    }
    const all = (1 << regions) - 1;
    return this.recorder.finish({
      end: this.now + 60_000_000,
      replicas: all,
      alive: all & ~dead,
      names: { values: [], keys: [], regions: ["oslo", "lima", "cairo", "delhi"] },
    });
  }

  private pick = (below: number): number => Math.floor(this.random.uniform() * below);

  private operate(): void {
    const { recipe, recorder } = this;
    if (this.operations++ >= recipe.mostOperations) return;
    const session = this.pick(recipe.sessions);
    const leads = recipe.delivery === "log";
    const isRead = this.random.uniform() < 0.5;
    const region = leads && !isRead ? 0 : recipe.sticky ? session % recipe.regions : this.pick(recipe.regions);
    const key = this.pick(recipe.keys);
    const rowsBefore = this.rows++;
    const call = { time: this.now, process: session, session, key, region };
    if (isRead) {
      const row = recorder.call({ ...call, kind: READ, argument: NIL });
      recorder.complete(row, this.now + this.pick(2), OK, this.shown[region]![key]!);
    } else {
      const row = rowsBefore;
      recorder.call({ ...call, kind: WRITE, argument: row });
      recorder.complete(row, this.now, OK);
      const write = {
        row,
        key,
        stamp: this.writes.length,
        clock: this.random.uniform(),
        causes: new Set(this.has[region]!),
      };
      this.writes.push(write);
      this.accept(write, region);
    }
    this.now += 2;
  }

  private accept(write: Write, region: number): void {
    const isNew = !this.has[region]!.has(write.stamp);
    this.has[region]!.add(write.stamp);
    if (isNew) this.merge(write, region, ACCEPTED, OUTDONE);
    else this.recorder.version(this.now, region, write.row, OUTDONE, this.shown[region]![write.key]!);
  }

  private merge(write: Write, region: number, what = SHOWN, otherwise = RECEIVED): void {
    const before = this.shown[region]![write.key]!;
    const other = this.writes.find(({ row }) => row === before);
    const isNewer = other === undefined || this.ageOf(other) < this.ageOf(write);
    const wins = isNewer || this.recipe.wins === "came-last";
    if (wins) {
      this.recorder.version(this.now, region, write.row, what, before);
      this.shown[region]![write.key] = write.row;
    } else this.recorder.version(this.now, region, write.row, otherwise, before);
  }

  private ageOf(write: Write): number {
    return this.recipe.wins === "skewed" ? write.clock : write.stamp;
  }

  /** One write to one region; false when every region has every write. */
  private deliver(): boolean {
    const ways = this.has.flatMap((has, region) =>
      this.writes.filter(({ stamp }) => !has.has(stamp)).map((write) => ({ write, region })),
    );
    const mayCome = ways.filter(({ write, region }) => {
      const has = this.has[region]!;
      if (this.recipe.delivery === "causal") return [...write.causes].every((cause) => has.has(cause));
      if (this.recipe.delivery === "log") return has.size === write.stamp;
      return true;
    });
    if (mayCome.length === 0) return false;
    const { write, region } = mayCome[this.pick(mayCome.length)]!;
    this.has[region]!.add(write.stamp);
    this.merge(write, region);
    return true;
  }

  private undo(region: number): void {
    const key = this.pick(this.recipe.keys);
    const row = this.shown[region]![key]!;
    if (row === NIL) return;
    const undone = this.writes.find((write) => write.row === row)!;
    const rest = this.writes.filter(({ key: other, stamp }) => other === key && stamp < undone.stamp);
    const left = rest.filter(({ stamp }) => this.has[region]!.has(stamp));
    const previous = left[left.length - 1]?.row ?? NIL;
    this.has[region]!.delete(undone.stamp);
    this.shown[region]![key] = previous;
    this.recorder.version(this.now, region, row, UNDONE, previous);
  }

  private copy(from: number, to: number): void {
    if (from === to) return;
    for (const write of this.writes) {
      if (!this.has[from]!.has(write.stamp) || this.has[to]!.has(write.stamp)) continue;
      this.has[to]!.add(write.stamp);
      if (this.shown[from]![write.key] === write.row) this.merge(write, to, INSTALLED);
    }
  }
}
