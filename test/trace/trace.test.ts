import { describe, expect, test } from "vitest";
import { operatorError } from "../../src/faults/data-faults.js";
import { ACCEPTED, OUTDONE, RECEIVED, SHOWN, UNDONE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import type { Outcome } from "../../src/simulation/outcome.js";
import type { Plan } from "../../src/simulation/plan.js";
import { RunRecording } from "../../src/simulation/run-recording.js";
import { run } from "../../src/simulation/run.js";
import { EVERYTHING, TRACE_KINDS, type TraceFilter } from "../../src/trace/happenings.js";
import { Trace } from "../../src/trace/trace.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";

const base = singlePrimary();
/** A primary that is cut off, goes on alone, and is brought back in line after the heal. */
const plan: Plan = {
  ...base,
  duration: 4 * MINUTE,
  places: base.places.map((place) => ({ ...place, rate: 8, readShare: 0.5 })),
  data: { ...base.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
  faults: [{ ...fault(), at: MINUTE, until: 150 * SECOND, links: between([0], [1, 2]) }],
  failover: { ...base.failover, fencing: "none" },
  // It leads already, so this is refused.
  actions: [
    { at: 30 * SECOND, entry: 0, label: "region promote us-east-1", order: { kind: "promote", to: 0, force: false } },
  ],
};

function traced(filter: Partial<TraceFilter> = {}, mostLines = 1_000_000): Trace {
  const trace = new Trace({ ...EVERYTHING, ...filter }, mostLines);
  run(plan, "1", [trace]);
  return trace;
}

function tracedRun(of: Plan): { readonly outcome: Outcome; readonly lines: readonly string[] } {
  const trace = new Trace({ ...EVERYTHING, kinds: ["faults"] }, 1_000_000);
  return { outcome: run(of, "1", [trace]), lines: trace.lines };
}

const whole = traced({ kinds: TRACE_KINDS });
const timeOf = (line: string): number => {
  const [, minutes, seconds] = /^ *(\d+) m (\d\d\.\d{6}) s {2}/.exec(line)!;
  return Math.round(Number(minutes) * MINUTE + Number(seconds) * SECOND);
};

test("a trace changes nothing", () => {
  const { digests } = run(plan, "1");
  expect(run(plan, "1", [new Trace(EVERYTHING, 10)]).digests).toEqual(digests);
});

test("lines are in order of time, each with its kind", () => {
  const times = whole.lines.map(timeOf);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const kinds = new Set(whole.lines.map((line) => line.slice(22, 32).trim()));
  expect([...kinds].toSorted()).toEqual([...TRACE_KINDS].toSorted());
  expect(whole.cut).toBe(false);
});

test("what it says of operations and writes is what a record of the same run holds", () => {
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, "a test", "1");
  const { summary } = run(plan, "1", [recording]);
  const { operations, versions } = recorder.finish(recording.facts);
  const lines = (what: RegExp): number => whole.lines.filter((line) => what.test(line)).length;
  const rows = (...wanted: number[]): number => versions.what.filter((what) => wanted.includes(what)).length;
  expect(lines(/ asks to (?:read|write) key \d+ \(operation \d+\)$/)).toBe(operations.call.length);
  expect(lines(/ has failed after /)).toBe(summary["failed_operations"]);
  expect(lines(/ is tried again in /)).toBe(summary["retries"]);
  expect(lines(/ accepts write /)).toBe(rows(ACCEPTED, OUTDONE));
  expect(lines(/ has lost write /)).toBe(rows(UNDONE));
  expect(lines(/ shows write \d+ of key /) + lines(/ has received write /)).toBe(rows(SHOWN, RECEIVED));
  // The numbers are those of the record: every accepted write is of the key that its operation asked for.
  const accepted = whole.lines.flatMap((line) => / accepts write (\d+) of key (\d+)/.exec(line)?.slice(1) ?? []);
  for (let at = 0; at < accepted.length; at += 2)
    expect(operations.key[Number(accepted[at])]).toBe(Number(accepted[at + 1]));
});

test("letters go by the verbs of their policy, and none comes that was not sent", () => {
  const letters = whole.lines.filter((line) => line.includes("  letters  "));
  for (const verb of ["hello", "sync", "append", "acknowledge"])
    expect(
      letters.some((line) => line.includes(`us-east-1 sends ${verb} `) || line.includes(`eu-west-1 sends ${verb} `)),
    ).toBe(true);
  const count = (word: string): number => letters.filter((line) => line.includes(word)).length;
  expect(count(" gets ") + count(" lost: ")).toBeLessThanOrEqual(count(" sends "));
  expect(count(" lost: ")).toBeGreaterThan(0);
});

test("the story of the failover can be read", () => {
  const told = traced({ kinds: ["roles", "faults"] }).lines.map((line) => line.slice(34));
  expect(told[0]).toBe("partition begins");
  expect(told).toContain("eu-west-1 leads, in term 2");
  expect(told.some((line) => /^failover from us-east-1 to eu-west-1: \d/.test(line))).toBe(true);
  expect(told.indexOf("us-east-1 hears that its term 1 is over")).toBeGreaterThan(told.indexOf("partition ends"));
});

test("a deletion, its detection, the restore and its cut-over can be read, and so can the deaths of hosts", () => {
  const { outcome, lines } = tracedRun({
    ...plan,
    duration: 12 * MINUTE,
    faults: [
      { ...outage(1, MINUTE, 1, false), label: "outage" },
      { ...fault(), at: 3 * MINUTE, hardships: operatorError.hardships({ share: 0.5, detect_after: MINUTE }) },
    ],
    backups: {
      ...{ interval: HOUR, pointInTime: MINUTE, retention: HOUR, respond: MINUTE },
      ...{ bandwidth: 1e6, replay: Number.POSITIVE_INFINITY, regions: [0] },
    },
  });
  const steps = [
    / {4}01 m 00\.000000 s {2}faults {6}the host of eu-west-1's copy dies$/,
    / {4}01 m 00\.000000 s {2}faults {6}eu-west-1 gives up its copy and all that it held$/,
    / {4}02 m 00\.000000 s {2}faults {6}the host of eu-west-1's copy is up again$/,
    / {4}03 m 00\.000000 s {2}faults {6}an operator deletes data at us-east-1$/,
    / {4}04 m 00\.000000 s {2}faults {6}it is noticed that data are gone, and a backup is called for$/,
    / {4}05 m 00\.000000 s {2}faults {6}restore: the backup as of 03 m 00\.000000 s is read for us-east-1$/,
    / {4}05 m 50\.000000 s {2}faults {6}restore: every copy is given up for the backup as of 03 m 00\.000000 s at us-east-1, read in \d+\.?\d* s$/,
  ];
  const found = steps.map((step) => lines.findIndex((line) => step.test(line)));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found).not.toContain(-1);
  expect(lines.filter((line) => line.includes("the host of")).length).toBe(2);
  expect(outcome.summary["restores"] ?? 1).toBe(1);
});

describe("filters", () => {
  test.each([
    ["kinds", { kinds: ["faults", "writes"] }, (line: string) => /^ {2}(?:faults|writes) /.test(line.slice(20))],
    ["time", { from: MINUTE, to: 2 * MINUTE }, (line: string) => timeOf(line) >= MINUTE && timeOf(line) <= 2 * MINUTE],
    [
      "region",
      { region: "ap-southeast-1" },
      (line: string) => /(?<!beside )ap-southeast-1|partition|operator/.test(line),
    ],
  ] as const)("%s", (_, filter, keeps) => {
    const { lines } = traced(filter);
    const usual = traced().lines;
    expect(lines.length).toBeGreaterThan(0);
    expect(lines).toEqual(usual.filter(keeps));
    expect(lines.length).toBeLessThan(usual.length);
  });

  test("key: its operations, its writes, and the letters that carry them", () => {
    const { lines } = traced({ key: 7 });
    const named = new Set(lines.flatMap((line) => / asks to write key 7 \(operation (\d+)\)/.exec(line)?.[1] ?? []));
    const carried = lines.filter((line) => / sends append /.test(line));
    expect(named.size).toBeGreaterThan(10);
    expect(carried.length).toBeGreaterThan(10);
    for (const line of carried)
      expect([...line.matchAll(/\d+/g)].some(([number]) => named.has(number)) || / and \d+ more/.test(line)).toBe(true);
    for (const line of lines) expect(line).not.toMatch(/ of key (?!7\b)/);
  });

  test("a region that is not there is an error that names those that are", () => {
    expect(() => traced({ region: "mars" })).toThrow('region "mars"; expected one of us-east-1, eu-west-1');
  });
});

test("it never has more lines than it may, and says so", () => {
  const short = traced({}, 100);
  expect(short.lines).toEqual(traced().lines.slice(0, 100));
  expect(short.cut).toBe(true);
});
