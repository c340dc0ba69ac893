import { expect, test } from "vitest";
import { bill } from "../../src/cost/bill.js";
import { forecast, grown } from "../../src/cost/forecast.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { METERS, twoRegions } from "./scenarios.js";

const of = (lines: readonly { service: string; amount: number | null }[], service: string): number =>
  lines.reduce((sum, line) => sum + (line.service === service ? line.amount! : 0), 0);

test("traffic and storage grow with the factor, fleets by whole instances, health checks not at all", () => {
  const { plan, prices } = twoRegions();
  const made = bill(plan, METERS, prices);
  const months = forecast(plan, made, 0.1, 12);
  expect(months[0]!.total).toBeCloseTo(made.total, 9);
  for (const { month, factor, lines, instances, total } of months) {
    expect(factor).toBeCloseTo(1.1 ** month, 9);
    for (const service of ["storage", "transfer", "egress"])
      expect(of(lines, service)).toBeCloseTo(of(made.lines, service) * 1.1 ** month, 6);
    for (const service of ["health checks", "dns"]) expect(of(lines, service)).toBe(of(made.lines, service));
    expect(instances).toEqual({
      "us-east-1": Math.ceil(2 * 1.1 ** month - 1e-6),
      "eu-west-1": Math.ceil(3 * 1.1 ** month - 1e-6),
    });
    // No instance has more to do than in the first month.
    expect(instances["us-east-1"]! / factor).toBeGreaterThanOrEqual(2 - 1e-6);
    expect(of(lines, "compute")).toBeCloseTo(
      730 * (instances["us-east-1"]! * 0.096 + instances["eu-west-1"]! * 0.107),
      6,
    );
    expect(total).toBeCloseTo(
      lines.reduce((sum, { amount }) => sum + amount!, 0),
      9,
    );
  }
});

test("a standby that carries no load keeps its share of the fleet", () => {
  const { scenario, prices } = twoRegions("  light: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}");
  const plan = compile(scenario).plans[1]!;
  const [, next, , , , , , doubled] = forecast(plan, bill(plan, METERS, prices), 0.1, 8);
  expect(next!.instances).toEqual({ "us-east-1": 3, "eu-west-1": 1 });
  expect(doubled!.instances).toEqual({ "us-east-1": 4, "eu-west-1": 2 });
});

test("without growth every month is as the first, and shrinking takes instances away", () => {
  const { plan, prices } = twoRegions();
  const made = bill(plan, METERS, prices);
  expect(forecast(plan, made, 0, 3).map(({ total }) => total)).toEqual(new Array(4).fill(made.total));
  expect(forecast(plan, made, -0.5, 2)[2]!.instances).toEqual({ "us-east-1": 1, "eu-west-1": 1 });
  expect(grown(1, 2000)).toBe(Number.POSITIVE_INFINITY);
});

test("what is extrapolated to twice the users and data is what a simulation of twice of them costs", () => {
  const billed = (times: number) => {
    const text = `question: q
duration: 20m
topology: {regions: {us-east-1: {instances: ${2 * times}}, eu-west-1: {instances: ${3 * times}}}}
users:
  - {place: New York, requests: ${20 * times}/s, shape: flat}
  - {place: London, requests: ${10 * times}/s, shape: flat}
data: {size: ${100 * times} GB}
cost: {storage: aurora, regions: {eu-west-1: {storage: gp3}}}
architectures: {both: {pattern: active-active}}
`;
    const parsed = parseScenario(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const plan = compile(parsed.scenario).plans[0]!;
    return { plan, made: bill(plan, run(plan, "1").meters, parsed.scenario.prices) };
  };
  const { plan, made } = billed(1);
  const extrapolated = forecast(plan, made, 1, 1)[1]!.lines;
  const simulated = billed(2).made.lines;
  expect(new Set(simulated.map(({ service }) => service)).size).toBe(7);
  for (const [at, { service, region, quantity, price }] of simulated.entries()) {
    expect(extrapolated[at]).toMatchObject({ service, region, price });
    // 36,000 requests against 72,000: a standard deviation of half a percent.
    expect(Math.abs(extrapolated[at]!.quantity / quantity - 1), `${service} in ${region}`).toBeLessThan(0.03);
  }
});
