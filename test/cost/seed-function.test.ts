import { expect, test } from "vitest";
import { bill } from "../../src/cost/bill.js";
import { METERS, twoRegions } from "./scenarios.js";

/**
 * The function of the seed document, line by line, with its defaults. Its quirks: transfer is counted once for each pair
 * of regions, whichever way it goes, and all pairs carry as much; every region runs for as long; all of it everywhere.
 */
function calculateDeploymentCost(size: number, transfer: number, hours: number, regions: readonly string[]) {
  const costs = { storage: 0, transfer: 0, compute: 0 };
  for (const _ of regions) costs.storage += size * 0.1;
  for (const [index] of regions.entries()) for (const _ of regions.slice(index + 1)) costs.transfer += transfer * 0.02;
  for (const _ of regions) costs.compute += hours * 0.1;
  return { ...costs, total: costs.storage + costs.transfer + costs.compute };
}

const DEFAULTS = `item,region,to,value,unit,date
storage standard,any,,0.1,USD/GB-month,undated
transfer out,any,any,0.02,USD/GB,undated
instance standard,any,,0.1,USD/hour,undated
`;

test("the seed's cost function is the bill with its defaults as the price book", () => {
  const [size, transfer, hours] = [500, 1000, 730];
  const { plan, prices } = twoRegions("cost: {prices: seed.csv}", { "seed.csv": DEFAULTS });
  // In one direction only: it counts a pair once.
  const meters = {
    ...METERS,
    instanceHours: [1, 1],
    transferBytes: [0, (transfer * 1e9) / 730, 0, 0],
    storedBytes: [size * 1e9, size * 1e9],
  };
  const { lines } = bill(plan, meters, prices);
  const of = (service: string): number =>
    lines.reduce((sum, line) => sum + (line.service === service ? line.amount! : 0), 0);
  const seed = calculateDeploymentCost(size, transfer, hours, ["us-east-1", "eu-west-1"]);
  expect(of("storage")).toBeCloseTo(seed.storage, 9);
  expect(of("transfer")).toBeCloseTo(seed.transfer, 9);
  expect(of("compute")).toBeCloseTo(seed.compute, 9);
  expect(of("storage") + of("transfer") + of("compute")).toBeCloseTo(seed.total, 9);
  expect(seed.total).toBeCloseTo(266, 9);
});

test("unlike it, the bill charges both directions of a pair", () => {
  const { plan, prices } = twoRegions("cost: {prices: seed.csv}", { "seed.csv": DEFAULTS });
  const both = bill(plan, { ...METERS, transferBytes: [0, 1e9, 1e9, 0] }, prices);
  const transfer = both.lines.filter(({ service }) => service === "transfer");
  expect(transfer.map(({ amount }) => amount)).toEqual([0.02 * 730, 0.02 * 730]);
});
