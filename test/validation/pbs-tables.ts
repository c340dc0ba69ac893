import { appendFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { OK, READ } from "../../src/record/record.js";
import { type Medium, atTimes, inTurn, quantileOf, record } from "./pbs-model.js";

/**
 * Probabilistically bounded staleness (Bailis and others, VLDB 2012): both visible tables, (R, W) of three copies. The
 * reference is a re-run of the same model with 10 million trials; the paper's t is biased low by its own method (the
 * first crossing on a grid of 50,000 reads a point). Latencies and t in milliseconds.
 *
 * This is the quick half. PBS=40 multiplies the operations, and PBS_TABLE=FILE appends the table to a file.
 */
interface Row {
  readonly paper: readonly [lr: number, lw: number, t: number];
  readonly reference: readonly [lr: number, lw: number, t: number, atCommit: number];
}
const ROWS: readonly (readonly [Medium, number, number, Row])[] = [
  ["SSD", 1, 1, { paper: [0.66, 0.66, 1.85], reference: [0.654, 0.656, 1.967, 0.97357] }],
  ["SSD", 1, 2, { paper: [0.66, 1.63, 1.79], reference: [0.654, 1.633, 1.852, 0.97828] }],
  ["SSD", 2, 1, { paper: [1.63, 0.65, 0], reference: [1.634, 0.656, 0, 0.99941] }],
  ["SSD", 2, 2, { paper: [1.62, 1.64, 0], reference: [1.634, 1.633, 0, 1] }],
  ["SSD", 3, 1, { paper: [4.14, 0.65, 0], reference: [4.107, 0.656, 0, 1] }],
  ["SSD", 1, 3, { paper: [0.65, 4.09, 0], reference: [0.654, 4.119, 0, 1] }],
  ["DISK", 1, 1, { paper: [0.66, 10.99, 45.5], reference: [0.653, 10.97, 51.6, 0.43654] }],
  ["DISK", 1, 2, { paper: [0.65, 20.97, 43.3], reference: [0.653, 20.994, 47.7, 0.71293] }],
  ["DISK", 2, 1, { paper: [1.63, 10.9, 13.6], reference: [1.633, 10.97, 14.1, 0.76266] }],
  ["DISK", 2, 2, { paper: [1.64, 20.96, 0], reference: [1.633, 20.994, 0, 1] }],
  ["DISK", 3, 1, { paper: [4.12, 10.89, 0], reference: [4.131, 10.97, 0, 1] }],
  ["DISK", 1, 3, { paper: [0.65, 112.65, 0], reference: [0.653, 112.706, 0, 1] }],
];
const SCALE = Number(process.env["PBS"] ?? 1);
const OPERATIONS = 40_000 * SCALE;
/** Many writes with few reads each: reads of one write share its luck. */
const KEYS = 12_000 * SCALE;
const READS = 5;
/** Of the sample; one test in some ten thousand goes beyond them by chance, and the seeds are fixed. */
const ERRORS = 4;
/** Delays are whole microseconds here, and the references are rounded to one or, of t, to a tenth of a millisecond. */
const ROUNDING = 0.0015;

const table: string[] = [];
const cells = (...values: readonly (number | string)[]): void => {
  table.push(`| ${values.map((value) => (typeof value === "number" ? value.toPrecision(5) : value)).join(" | ")} |`);
};
afterAll(() => {
  const head = ["", "what", "paper", "reference", "simulated", "from", "to"];
  const text = `| ${head.join(" | ")} |\n|${" --- |".repeat(head.length)}\n${table.join("\n")}\n`;
  console.log(text);
  const file = process.env["PBS_TABLE"];
  if (file !== undefined) appendFileSync(file, text);
});

export function validate(medium: Medium): void {
  const rows = ROWS.filter(([each]) => each === medium);
  test.each(rows)("latencies and the consistency of a read at the commit: LNKD-%s, R=%d, W=%d", (_, r, w, row) => {
    const {
      kind,
      call,
      return: returned,
      outcome,
      value: result,
    } = record(inTurn(medium, r, w, OPERATIONS), "1").operations;
    const latencies: [number[], number[]] = [[], []];
    let [fresh, tried] = [0, 0];
    for (let at = 1; at < call.length; at++) {
      const isRead = kind[at] === READ;
      latencies[isRead ? 0 : 1].push(
        outcome[at] === OK ? (returned[at]! - call[at]!) / 1000 : Number.POSITIVE_INFINITY,
      );
      // A user who goes on at once reads within a few microseconds after the commit.
      if (!isRead || kind[at - 1] === READ || outcome[at - 1] !== OK) continue;
      tried++;
      if (result[at] === at - 1) fresh++;
    }
    for (const [index, name] of (["read p99.9", "write p99.9"] as const).entries()) {
      const { value, low, high } = quantileOf(Float64Array.from(latencies[index]!).sort(), 0.999, ERRORS);
      cells(`${medium} R=${r} W=${w}`, name, row.paper[index]!, row.reference[index]!, value, low, high);
      expect(row.reference[index]).toBeGreaterThanOrEqual(low - ROUNDING);
      expect(row.reference[index]).toBeLessThanOrEqual(high + ROUNDING);
    }
    const p = row.reference[3];
    const error = ERRORS * Math.sqrt((p * (1 - p)) / tried) + 0.0005 * (1 - p);
    cells(
      `${medium} R=${r} W=${w}`,
      "fresh at the commit",
      "",
      p,
      fresh / tried,
      fresh / tried - error,
      fresh / tried + error,
    );
    // 1 stands for what cannot fail, R + W > 3, and for what 10 million trials have not shown to fail.
    expect(Math.abs(fresh / tried - p)).toBeLessThanOrEqual(r + w > 3 ? 0 : Math.max(error, ERRORS / tried));
  });

  test.each(rows.filter(([, , , { reference }]) => reference[2] > 0))(
    "999 of 1000 reads are fresh so long after the commit: LNKD-%s, R=%d, W=%d",
    (_, r, w, { paper, reference }) => {
      const t = reference[2];
      // So long, at the 99.9th percentile, a write takes: whoever reads at moments that are spread evenly from the shortest
      // to the longest of them finds every write equally often so long after its commit, whatever it took.
      const longest = { SSD: [0.66, 1.64], DISK: [11, 21] }[medium][w - 1]!;
      const [from, to] = [0.75 * t, 1.35 * t];
      const plan = atTimes(medium, r, w, KEYS, READS, from * 1000, (to - from + longest) * 1000);
      const { kind, call, return: returned, value: result } = record(plan, "1").operations;
      const samples: Sample[] = [];
      let write = -1;
      let group = 0;
      for (let at = 0; at < call.length; at++) {
        if (kind[at] !== READ) {
          write = at;
          group = (group + 1) % GROUPS;
          continue;
        }
        const after = (call[at]! - returned[write]!) / 1000;
        if (after >= from && after <= to) samples.push({ after, stale: result[at] !== write, group });
      }
      const simulated = crossing(samples, t);
      // By leaving out one group after the other: reads of one write share its luck, groups share nothing.
      const partial = Array.from({ length: GROUPS }, (_, left) =>
        crossing(
          samples.filter(({ group: each }) => each !== left),
          t,
        ),
      );
      const mean = partial.reduce((sum, each) => sum + each, 0) / GROUPS;
      const squares = partial.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
      const error = Math.sqrt((squares * (GROUPS - 1)) / GROUPS);
      cells(
        `${medium} R=${r} W=${w}`,
        "t of 99.9 %",
        paper[2],
        t,
        simulated,
        simulated - ERRORS * error,
        simulated + ERRORS * error,
      );
      // Wide, or it would take longer; but not so wide that anything would do.
      expect(error / t).toBeLessThan(0.25);
      expect(Math.abs(simulated - t)).toBeLessThanOrEqual(ERRORS * error + 0.01 * t + 0.05);
    },
  );
}

interface Sample {
  readonly after: number;
  readonly stale: boolean;
  readonly group: number;
}
const GROUPS = 10;

/**
 * When one read in a thousand is still stale: the share falls like a power of t near there, fitted to all reads of the
 * sample by maximum likelihood (Newton's method for a count that is Poisson, as rare events are). Fitted to four million
 * trials of the model itself, that is right to 1 %.
 */
function crossing(samples: readonly Sample[], about: number): number {
  let a = Math.log(0.001);
  let b = 1;
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (const { after, stale } of samples) {
      const x = Math.log(after / about);
      const expected = Math.exp(a - b * x);
      const residual = (stale ? 1 : 0) - expected;
      ga += residual;
      gb -= residual * x;
      haa += expected;
      hab -= expected * x;
      hbb += expected * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    a += (hbb * ga - hab * gb) / determinant;
    b += (haa * gb - hab * ga) / determinant;
  }
  return about * Math.exp((a - Math.log(0.001)) / b);
}
