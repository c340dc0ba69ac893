import { Streams } from "../../src/engine/random.js";
import { ACCEPTED, BEGAN, NIL, OK, READ, RECEIVED, type RunRecord, SHOWN, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";

export interface LargeRecipe {
  readonly operations: number;
  readonly keys: number;
  readonly sessions: number;
  readonly regions: number;
}

const ZIPF = 0.99;
const LAG = 50_000;

/**
 * A large record of a store in which every region accepts writes, the one accepted later wins, and all that a region
 * accepts comes to every other one in that order after the same delay: so it is causally consistent.
 */
export function largeRecord({ operations, keys, sessions, regions }: LargeRecipe): RunRecord {
  const random = new Streams("large").sequence("record");
  const cumulative: number[] = [];
  for (let key = 0, sum = 0; key < keys; key++) cumulative.push((sum += Math.exp(-ZIPF * Math.log(key + 1))));
  const drawKey = (): number => {
    const at = random.uniform() * cumulative[keys - 1]!;
    let low = 0;
    for (let high = keys - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const recorder = new Recorder();
  const shown = Array.from({ length: regions }, () => new Int32Array(keys).fill(NIL));
  const underWay: { readonly time: number; readonly from: number; readonly key: number; readonly row: number }[] = [];
  let sent = 0;
  const arrive = (until: number): void => {
    for (; sent < underWay.length && underWay[sent]!.time <= until; sent++) {
      const { time, from, key, row } = underWay[sent]!;
      for (let region = 0; region < regions; region++) {
        if (region === from) continue;
        const before = shown[region]![key]!;
        const wins = before < row;
        recorder.version(time, region, row, wins ? SHOWN : RECEIVED, before);
        if (wins) shown[region]![key] = row;
      }
    }
  };
  const free = new Float64Array(sessions);
  let now = 0;
  recorder.role(0, 0, 1, BEGAN);
  for (let row = 0; row < operations; row++) {
    now += 100 + Math.floor(random.uniform() * 100);
    arrive(now);
    let session = Math.floor(random.uniform() * sessions);
    while (free[session]! > now) session = (session + 1) % sessions;
    free[session] = now + 1;
    const region = session % regions;
    const key = drawKey();
    const call = { time: now, process: session, session, key, region };
    if (random.uniform() < 0.7) {
      recorder.complete(recorder.call({ ...call, kind: READ, argument: NIL }), now, OK, shown[region]![key]!);
      continue;
    }
    recorder.call({ ...call, kind: WRITE, argument: row });
    recorder.complete(row, now, OK);
    recorder.version(now, region, row, ACCEPTED, shown[region]![key]!);
    shown[region]![key] = row;
    underWay.push({ time: now + LAG, from: region, key, row });
  }
  arrive(Number.POSITIVE_INFINITY);
  const all = (1 << regions) - 1;
  return recorder.finish({ end: now + 60_000_000, replicas: all, alive: all });
}
