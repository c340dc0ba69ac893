import { Streams } from "../../src/engine/random.js";
import { CAS, INCREMENT, OK, READ, type RunRecord, UNKNOWN, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";

export interface Recipe {
  readonly seed: string;
  readonly operations: number;
  readonly keys: number;
  readonly processes: number;
  /** Share of operations whose answer never comes. */
  readonly unknown: number;
  /** Values written: each once, or drawn from so many. */
  readonly values: "unique" | number;
  /** Shares of reads and of compare-and-sets; the rest are writes. */
  readonly reads: number;
  readonly cas: number;
  readonly counter?: boolean;
}

interface Made {
  readonly call: number;
  readonly point: number;
  readonly returned: number;
  readonly process: number;
  readonly key: number;
  readonly kind: number;
  readonly argument: number;
  readonly expected: number;
  readonly isUnknown: boolean;
  readonly happens: boolean;
  result: number;
}

const ZIPF = 0.99;

/** A linearizable history of registers: every operation happens at a moment between its call and its return. */
export function linearizableHistory(recipe: Recipe): RunRecord {
  const random = new Streams(recipe.seed).sequence("history");
  const cumulative: number[] = [];
  for (let key = 0, sum = 0; key < recipe.keys; key++) cumulative.push((sum += Math.exp(-ZIPF * Math.log(key + 1))));
  const drawKey = (): number => {
    const at = random.uniform() * cumulative[recipe.keys - 1]!;
    let low = 0;
    for (let high = recipe.keys - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const free = new Float64Array(recipe.processes);
  const made: Made[] = [];
  for (let id = 0; id < recipe.operations; id++) {
    const process = id % recipe.processes;
    const call = Math.ceil(free[process]! + 1000 * random.exponential());
    const point = call + Math.ceil(1000 * random.exponential());
    const returned = point + Math.ceil(1000 * random.exponential());
    free[process] = returned;
    const luck = random.uniform();
    const kind =
      luck < recipe.reads ? READ : luck < recipe.reads + recipe.cas ? CAS : recipe.counter ? INCREMENT : WRITE;
    const draw = (): number => (recipe.values === "unique" ? id : Math.floor(random.uniform() * recipe.values));
    const isUnknown = random.uniform() < recipe.unknown;
    made.push({
      ...{ call, process, key: drawKey(), kind, argument: kind === READ ? -1 : draw(), isUnknown, result: -1 },
      point: isUnknown ? point + Math.ceil(20_000 * random.exponential()) : point,
      returned: isUnknown ? Number.POSITIVE_INFINITY : returned,
      expected: kind === CAS ? (recipe.values === "unique" ? id - 1 - Math.floor(50 * random.uniform()) : draw()) : -1,
      happens: !isUnknown || random.uniform() < 0.5,
    });
  }
  const state = new Int32Array(recipe.keys).fill(recipe.counter ? 0 : -1);
  for (const each of made.toSorted((a, b) => a.point - b.point)) {
    if (!each.happens) continue;
    if (each.kind === READ) each.result = state[each.key]!;
    else if (each.kind === INCREMENT) state[each.key]! += each.argument;
    else if (each.kind === WRITE) state[each.key] = each.argument;
    else {
      each.result = state[each.key] === each.expected ? 1 : 0;
      if (each.result === 1) state[each.key] = each.argument;
    }
  }
  const recorder = new Recorder();
  const calls = made.toSorted((a, b) => a.call - b.call);
  let end = 0;
  for (const { call, returned, result, isUnknown, ...rest } of calls) {
    const operation = recorder.call({ ...rest, time: call });
    if (!isUnknown) recorder.complete(operation, returned, OK, result);
    else recorder.complete(operation, call, UNKNOWN);
    end = Math.max(end, isUnknown ? call : returned);
  }
  return recorder.finish({ end });
}

/** The same record with one cell changed. */
export function changed(record: RunRecord, operation: number, cells: Readonly<Record<string, number>>): RunRecord {
  const copy = structuredClone(record);
  for (const [name, value] of Object.entries(cells)) {
    copy.operations[name as keyof RunRecord["operations"]][operation] = value;
  }
  return copy;
}
