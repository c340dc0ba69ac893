import { expect, test } from "vitest";
import { bill, monthlyCost } from "../../src/cost/bill.js";
import { breakdown, byRegion, byService } from "../../src/cost/breakdown.js";
import { priced } from "../../src/cost/priced.js";
import { compile } from "../../src/scenario/compile.js";
import { run } from "../../src/simulation/run.js";
import { METERS, twoRegions } from "./scenarios.js";

test("a small bill is what one reckons by hand", () => {
  const { plan, prices } = twoRegions();
  const { lines, total, missing } = bill(plan, METERS, prices);
  expect(missing).toEqual([]);
  const amounts = lines.map(({ service, region, to, amount }) => [service, region, to, Number(amount!.toFixed(6))]);
  // One hour stands for 730: m6i.large at 0.096 and 0.107, gp3 at 0.08, transfer at 0.02 a GB, egress at 0.09 a GB.
  expect(amounts.filter(([service]) => service !== "dns")).toEqual([
    ["compute", "us-east-1", null, 2 * 730 * 0.096],
    ["compute", "eu-west-1", null, Number((3 * 730 * 0.107).toFixed(6))],
    ["storage", "us-east-1", null, 8],
    ["storage", "eu-west-1", null, 8],
    ["transfer", "us-east-1", "eu-west-1", 4 * 730 * 0.02],
    ["transfer", "eu-west-1", "us-east-1", 1 * 730 * 0.02],
    ["egress", "us-east-1", null, 10 * 730 * 0.09],
    // Free, but for the interval of ten seconds.
    ["health checks", "us-east-1", null, 0],
    ["health checks", "us-east-1", null, 1],
    ["health checks", "eu-west-1", null, 0],
    ["health checks", "eu-west-1", null, 1],
  ]);
  // One place, four resolvers, a question a minute each: 0.60 a million.
  const dns = lines.find(({ service }) => service === "dns")!;
  expect(dns.amount).toBeCloseTo(((plan.dns.resolvers * 60 * 730) / 1e6) * 0.6, 9);
  expect(total).toBeCloseTo(140.16 + 234.33 + 16 + 58.4 + 14.6 + 657 + 2 + dns.amount!, 6);
});

test("every figure says its unit, its source and its date", () => {
  const { plan, prices } = twoRegions();
  for (const line of bill(plan, METERS, prices).lines) {
    expect(line.priceUnit).toBe(`USD/${line.unit}`);
    expect(line.source).not.toBe("");
    expect(line.date).not.toBe("");
  }
});

test("whatever a bill is broken down by, the shares sum to it", () => {
  const { plan, prices } = twoRegions();
  const made = bill(plan, METERS, prices);
  for (const by of [byRegion, byService]) {
    const sum = breakdown(made, by).reduce((total, { amount }) => total + amount, 0);
    expect(sum).toBeCloseTo(made.total, 9);
  }
});

test("the bytes that are billed are those of the metric, and the hours those of the fleet", () => {
  const { plan, prices } = twoRegions();
  const outcome = run(plan, "7");
  const { lines } = bill(plan, outcome.meters, prices);
  const quantity = (service: string): number =>
    lines.filter((line) => line.service === service).reduce((sum, line) => sum + line.quantity, 0);
  expect(outcome.summary["cross_region_transfer_bytes"]).toBeGreaterThan(0);
  expect((quantity("transfer") * 1e9) / 730).toBeCloseTo(outcome.summary["cross_region_transfer_bytes"]!, 3);
  expect((quantity("egress") * 1e9) / 730).toBeCloseTo(outcome.summary["user_transfer_bytes"]!, 3);
  expect(quantity("compute")).toBeCloseTo(5 * 730, 6);
  expect(outcome.meters.replicatedWrites[0]).toBe(0);
  expect(outcome.meters.replicatedWrites[1]).toBe(outcome.summary["acknowledged_writes"]);
});

test("of a run with faults a month has one, and is as before the first of them for the rest", () => {
  const { plan, prices } = twoRegions();
  const calm = { ...METERS, duration: 900e6, instanceHours: [0.5, 0.25], userBytes: [1e9, 0], storedBytes: [100e9, 0] };
  const { lines, assumptions } = bill(plan, { ...METERS, calm }, prices);
  const quantity = (service: string, region: string): number =>
    lines.find((line) => line.service === service && line.region === region)!.quantity;
  expect(quantity("compute", "us-east-1")).toBeCloseTo(2 + 0.5 * 4 * 729, 6);
  expect(quantity("compute", "eu-west-1")).toBeCloseTo(3 + 0.25 * 4 * 729, 6);
  expect(quantity("egress", "us-east-1")).toBeCloseTo(10 + 1 * 4 * 729, 6);
  expect(quantity("storage", "us-east-1")).toBeCloseTo(100, 9);
  expect(quantity("storage", "eu-west-1")).toBeCloseTo(100 / 730, 9);
  expect(assumptions[0]).toContain("come once a month");
});

test("a standby that boots in a failover is paid for once, and nobody pays for the dead", () => {
  const { scenario, prices } = twoRegions(
    "  light: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}\nfaults: [{region_outage: us-east-1, at: 20m, for: 30m}]",
  );
  const plan = compile(scenario).plans[1]!;
  const { meters } = run(plan, "1");
  expect(meters.calm!.instanceHours.map((hours) => Number(hours.toFixed(9)))).toEqual([0.666666667, 0.333333333]);
  const [primary, standby] = bill(plan, meters, prices).lines;
  expect(primary!.quantity).toBeCloseTo(2 * 729 + 2 * 0.5, 6);
  expect(standby!.quantity).toBeGreaterThan(1 * 730);
  expect(standby!.quantity).toBeLessThan(1 * 730 + 2);
});

test("a price that is missing is said and makes the bill incomplete; it is never zero", () => {
  const { plan, prices } = twoRegions("cost: {prices: azure}");
  const made = bill(plan, METERS, prices);
  expect(made.missing).toContain(
    'no price book has a price of "instance D2s_v5" in us-east-1: it is a region of aws, and the prices are those of azure',
  );
  expect(made.lines[0]).toMatchObject({ service: "compute", price: null, amount: null });
  expect(monthlyCost(made)).toBeNull();
  expect(made.total).toBeGreaterThan(0);
});

test("Azure charges both ends of a transfer, AWS the sending one", () => {
  const ends = (more: string) => {
    const { plan, prices } = twoRegions(more);
    return bill(plan, METERS, prices).lines.flatMap(({ service, item, region, amount }) =>
      service === "transfer" ? [[item, region, Number(amount!.toFixed(6))]] : [],
    );
  };
  expect(ends("cost: {prices: azure}")).toEqual([
    ["transfer out", "us-east-1", 4 * 730 * 0.035],
    ["transfer in", "eu-west-1", 4 * 730 * 0.035],
    ["transfer out", "eu-west-1", 730 * 0.035],
    ["transfer in", "us-east-1", 730 * 0.035],
  ]);
  expect(ends("").map(([item]) => item)).toEqual(["transfer out", "transfer out"]);
});

test("a machine that is billed by its parts costs its vCPUs and its memory", () => {
  const { plan, prices } = twoRegions("cost: {prices: gcp, instance: e2-standard-4}");
  const { regions } = prices;
  const here = { ...regions["us-east-1"]!, name: "us-central1" };
  const { lines } = bill(plan, METERS, { ...prices, regions: { ...regions, "us-east-1": here } });
  const [vcpus, memory] = lines;
  expect(vcpus).toMatchObject({ item: "vcpu e2", quantity: 2 * 730 * 4, price: 0.021811 });
  expect(memory).toMatchObject({ item: "memory e2", quantity: 2 * 730 * 16, price: 0.00292353 });
});

test("a book of one's own goes before the provider's list, its most specific row first", () => {
  const own =
    "item,region,to,value,unit,date\ntransfer out,any,any,1,USD/GB,2026-11\ntransfer out,us-east-1,Europe,2,USD/GB,2026-11\n";
  const { plan, prices } = twoRegions("cost: {prices: mine.csv}", { "mine.csv": own });
  const transfers = bill(plan, METERS, prices).lines.filter(({ service }) => service === "transfer");
  expect(transfers.map(({ price, source, date }) => [price, source, date])).toEqual([
    [2, "mine.csv", "2026-11"],
    [1, "mine.csv", "2026-11"],
  ]);
});

test("a price of one's own for an instance holds, in one region or in all", () => {
  const { plan, prices } = twoRegions("cost: {instance_price: 1, regions: {eu-west-1: {instance_price: 2}}}");
  const compute = bill(plan, METERS, prices).lines.filter(({ service }) => service === "compute");
  expect(compute.map(({ amount }) => amount)).toEqual([2 * 730, 3 * 730 * 2]);
});

test("a price of one's own for what goes to users holds by region, before the one for all, and is said to be given", () => {
  const { plan, prices } = twoRegions("cost: {egress_price: 0.5, regions: {us-east-1: {egress_price: 0.02}}}");
  const sent = { ...METERS, userBytes: [10e9, 1e9] };
  const egress = bill(plan, sent, prices).lines.filter(({ service }) => service === "egress");
  expect(egress.map(({ amount, priceUnit, status }) => [amount, priceUnit, status])).toEqual([
    [10 * 730 * 0.02, "USD/GB", "as given"],
    [730 * 0.5, "USD/GB", "as given"],
  ]);
});

test("storage that charges for replicated writes does, where its price is known", () => {
  const { plan, prices } = twoRegions("cost: {storage: aurora}");
  const writes = bill(plan, METERS, prices).lines.filter(({ service }) => service === "replicated writes");
  expect(writes.map(({ region, quantity, price }) => [region, quantity, price])).toEqual([
    ["us-east-1", 0.73, 0.2],
    ["eu-west-1", 1.46, null],
  ]);
});

test("what crosses zones is the share of instances beside the copy's, charged in both directions", () => {
  const { plan, prices } = twoRegions();
  const regions = plan.regions.map((region) => ({ ...region, copyZone: 1, zones: 2, instances: 3 }));
  const crossing = bill({ ...plan, regions }, METERS, prices).lines.filter(({ service }) => service === "cross-zone");
  // Instances 0 and 2 stand in zone a, the copy in b.
  expect(crossing).toHaveLength(1);
  expect(crossing[0]!.amount).toBeCloseTo(2 * (2 / 3) * 10 * 730 * 0.01, 6);
});

test("prices touch no run: its digests are the same, whatever it costs", () => {
  const { plan, prices } = twoRegions();
  const outcome = run(plan, "7");
  const told = priced(outcome, plan, prices);
  expect(told.digests).toEqual(outcome.digests);
  expect(told.summary["monthly_cost"]).toBe(bill(plan, outcome.meters, prices).total);
});

test("a fleet that was scaled with its users costs so many times as much", () => {
  const { scenario, prices } = twoRegions();
  const [plan] = compile(scenario, 4).plans;
  const compute = bill(plan!, METERS, prices).lines[0]!;
  expect(compute.quantity).toBeCloseTo(4 * 2 * 730, 6);
});

test("backups hold the data once and what was written in their retention, and travel to where no copy is", () => {
  const { scenario, prices } = twoRegions(
    "  saved: {pattern: backup-and-restore, primary: us-east-1, standby: eu-west-1, backups: {retention: 10d}}",
  );
  const plan = compile(scenario).plans[1]!;
  const { lines } = bill(plan, { ...METERS, writes: 3600 }, prices);
  const of = (service: string) => lines.filter((line) => line.service === service);
  // One write a second, of 2000 bytes and 64 around them.
  expect(of("backup")).toMatchObject([{ region: "eu-west-1", price: 0.05 }]);
  expect(of("backup")[0]!.quantity).toBeCloseTo(100 + (10 * 86_400 * 2064) / 1e9, 6);
  expect(of("backup transfer")).toMatchObject([{ region: "us-east-1", to: "eu-west-1", price: 0.02 }]);
  expect(of("backup transfer")[0]!.quantity).toBeCloseTo((730 * 3600 * 2064) / 1e9, 6);
});
