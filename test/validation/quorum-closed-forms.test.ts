import { expect, test } from "vitest";
import { READ } from "../../src/record/record.js";
import { MILLISECOND } from "../../src/units/time.js";
import { activeActive, dataClass } from "../simulation/plans.js";
import { apart, record } from "./pbs-model.js";

/**
 * A write reaches only its W copies and a read asks only R, each by lot: nothing ever spreads. A read then misses the
 * latest write with the probability C(N - W, R) / C(N, R), and is within k versions with 1 less the k-th power of it.
 */
function choose(of: number, some: number): number {
  let ways = 1;
  for (let each = 0; each < some; each++) ways = (ways * (of - each)) / (each + 1);
  return ways;
}
const missed = (n: number, r: number, w: number): number => choose(n - w, r) / choose(n, r);

/** Of all reads, how many versions behind each was. */
function behind(n: number, r: number, w: number, operations: number): number[] {
  const plan = apart(
    n,
    { send_to: "quorum-only", read_quorum: r, write_quorum: w, channel: "stream" },
    {
      duration: operations * 2.01 * MILLISECOND,
      data: { ...activeActive().data, classes: [dataClass({ keys: 1 })] },
    },
  );
  // Without a law of their own letters take half of the millisecond that the round trip does.
  const client = { ...plan.client, deadline: 50 * MILLISECOND, timeout: 50 * MILLISECOND };
  const { kind, value: result } = record({ ...plan, client }, "1").operations;
  const writes: number[] = [];
  const versions: number[] = [];
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] !== READ) writes.push(at);
    else if (writes.length >= 20) versions.push(writes.length - 1 - writes.indexOf(result[at]!));
  }
  return versions;
}

const share = (versions: readonly number[], within: number): number =>
  versions.filter((each) => each < within).length / versions.length;
/** Reads are independent: whatever copies a write has reached, their number is the same. */
const within = (p: number, of: number): number => 4 * Math.sqrt((p * (1 - p)) / of);

test("the arithmetic is that of the paper, also where no run can see it", () => {
  expect(missed(10, 3, 3)).toBeCloseTo(0.2917, 4);
  expect(missed(100, 10, 10)).toBeCloseTo(0.3305, 4);
  expect(missed(100, 20, 20)).toBeCloseTo(0.0066, 4);
  expect(missed(100, 30, 30) * 1e6).toBeCloseTo(1.88, 2);
});

// A region is a bit of 32: twenty copies and their coordinator are what a run can have, and not a hundred.
test.each([
  [10, 3, 3],
  [20, 4, 4],
  [5, 1, 3],
])("a read misses the latest write by C(N - W, R) / C(N, R): N=%d, R=%d, W=%d", (n, r, w) => {
  const versions = behind(n, r, w, 24_000);
  const expected = missed(n, r, w);
  const simulated = 1 - share(versions, 1);
  console.log(`N=${n} R=${r} W=${w}: closed form ${expected.toFixed(4)}, simulated ${simulated.toFixed(4)}`);
  expect(versions.length).toBeGreaterThan(9000);
  expect(Math.abs(simulated - expected)).toBeLessThan(within(expected, versions.length));
});

test("a read is within k versions by 1 - P^k: N=3, R=W=1", () => {
  const versions = behind(3, 1, 1, 24_000);
  for (const [k, published] of [
    [2, 0.556],
    [3, 0.704],
  ] as const) {
    const expected = 1 - Math.exp(k * Math.log(missed(3, 1, 1)));
    expect(expected).toBeCloseTo(published, 3);
    console.log(`k=${k}: closed form ${expected.toFixed(4)}, simulated ${share(versions, k).toFixed(4)}`);
    // Reads between two writes share what was written: there is one write for each read on average.
    expect(Math.abs(share(versions, k) - expected)).toBeLessThan(2 * within(expected, versions.length));
  }
});
