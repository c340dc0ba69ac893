import { expect, test } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { EVERYTHING } from "../../src/trace/happenings.js";
import { PerfettoTrace } from "../../src/trace/perfetto.js";
import { Rows } from "../../src/trace/rows.js";
import { Sample } from "../../src/trace/sample.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "../simulation/plans.js";

interface Event {
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly cat?: string;
  readonly id?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

const base = singlePrimary();
const plan: Plan = {
  ...base,
  duration: 8 * MINUTE,
  faults: [
    outage(0, MINUTE, 4),
    { ...fault(), label: 'cut "é\u001b[31m', at: 2 * MINUTE, until: 150 * SECOND, links: between([1], [2]) },
  ],
};
const perfetto = new PerfettoTrace(EVERYTHING);
const outcome = run(plan, "1", [perfetto]);
const text = perfetto.document();
const { traceEvents: events, otherData: about } = JSON.parse(text) as {
  readonly traceEvents: readonly Event[];
  readonly otherData: Readonly<Record<string, string>>;
};
const named = (ph: string, name: string): Event[] => events.filter((event) => event.ph === ph && event.name === name);

test("drawing a run changes nothing", () => {
  expect(run(plan, "1").digests).toEqual(outcome.digests);
});

test("plain ASCII, without characters that do something to a terminal", () => {
  expect(text).not.toMatch(/[^\n\u0020-\u007e]/);
  expect(named("X", 'cut "é[31m')).toHaveLength(1);
});

test("every event has what the format asks for, and each track is in order", () => {
  const last = new Map<string, number>();
  for (const { ph, ts, pid, tid, name, dur, id, cat } of events) {
    expect("XiMbe").toContain(ph);
    expect(Number.isInteger(ts) && ts >= 0 && Number.isInteger(pid) && Number.isInteger(tid) && name.length > 0).toBe(
      true,
    );
    if (ph === "X") expect(dur).toBeGreaterThanOrEqual(0);
    if (ph === "b" || ph === "e") expect([typeof id, cat]).toEqual(["number", "operation"]);
    if (ph === "M") continue;
    expect(ts).toBeGreaterThanOrEqual(last.get(`${pid}/${tid}`) ?? 0);
    last.set(`${pid}/${tid}`, ts);
  }
});

test("every begin has its end, later and on the same track", () => {
  const open = new Map<number, Event>();
  let pairs = 0;
  for (const event of events) {
    if (event.ph === "b") {
      expect(open.has(event.id!)).toBe(false);
      open.set(event.id!, event);
    } else if (event.ph === "e") {
      const begun = open.get(event.id!)!;
      expect([begun.pid, begun.tid, begun.name]).toEqual([event.pid, event.tid, event.name]);
      expect(event.ts).toBeGreaterThanOrEqual(begun.ts);
      open.delete(event.id!);
      pairs++;
    }
  }
  expect(open.size).toBe(0);
  // As many as the file says that it samples.
  const every = Number(/^1 in (\d+)$/.exec(about["operations"]!)![1]);
  expect(every).toBeGreaterThan(1);
  expect(pairs).toBe(Math.ceil(outcome.summary["operations"]! / every));
  expect(text.length).toBeLessThan(32e6);
});

test("slices of one track do not cross", () => {
  const ends = new Map<string, number>();
  for (const { pid, tid, ts, dur } of events.filter(({ ph }) => ph === "X")) {
    expect(ts).toBeGreaterThanOrEqual(ends.get(`${pid}/${tid}`) ?? 0);
    ends.set(`${pid}/${tid}`, ts + dur!);
  }
});

test("every track has a name: regions with their lanes, faults, failovers, places", () => {
  const tracks = new Set(events.filter(({ ph }) => ph !== "M").map(({ pid, tid }) => `${pid}/${tid}`));
  const names = named("M", "thread_name");
  for (const track of tracks) expect(names.some(({ pid, tid }) => `${pid}/${tid}` === track)).toBe(true);
  const titles = names.map(({ args }) => args!["name"]);
  for (const title of [
    "us-east-1",
    "eu-west-1 replication",
    "ap-southeast-1 control",
    "faults",
    "failovers",
    "beside us-east-1",
  ])
    expect(titles).toContain(title);
  expect(
    named("M", "process_name")
      .map(({ args }) => args!["name"])
      .toSorted(),
  ).toEqual(["failovers", "faults", "regions", "users"]);
});

test("faults, terms and failovers stand where they were", () => {
  expect(named("X", "outage")).toMatchObject([{ ts: MINUTE, dur: 4 * MINUTE }]);
  const [failover] = named("X", "failover us-east-1 to eu-west-1");
  const [term] = named("X", "leads term 2");
  // The controller hears of it only after the region believes it.
  expect(term!.ts).toBeGreaterThan(failover!.ts);
  expect(term!.ts).toBeLessThan(failover!.ts + failover!.dur!);
});

test("a sample is even and stays below its size, however much there is", () => {
  const sample = new Sample<number>(1000);
  for (let index = 0; index < 12_345; index++) if (sample.takes(index)) sample.add(index, index, 10);
  expect(sample.items.length * 10).toBeLessThanOrEqual(1000);
  expect(sample.items.length * 10).toBeGreaterThan(450);
  expect(sample.items).toEqual(sample.items.map((_, at) => at * sample.every));
});

test("rows are as many as spans that hold at one time", () => {
  const rows = new Rows();
  expect(
    [
      [0, 5],
      [1, 3],
      [3, 4],
      [5, 9],
      [6, 7],
    ].map(([start, end]) => rows.rowFor(start!, end!)),
  ).toEqual([0, 1, 1, 0, 1]);
  expect(rows.count).toBe(2);
});
