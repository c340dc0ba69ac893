import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { presets } from "../../src/faults/presets.js";
import { compile } from "../../src/scenario/compile.js";
import { pinFaults } from "../../src/scenario/pin.js";
import { type Scenario, parseScenario } from "../../src/scenario/scenario.js";
import { drawFaults } from "../../src/simulation/draw-faults.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { type TimeLaw, drawTime, lawOfSample, logNormalThrough, meanTime } from "../../src/units/time-law.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { GOOD, broken } from "../scenario/helpers.js";
import { activeActive, between, fault } from "../simulation/plans.js";

const LAWS: readonly (readonly [string, TimeLaw, number])[] = [
  ["constant", { kind: "constant", value: 10 * MINUTE }, 10 * MINUTE],
  ["exponential", { kind: "exponential", mean: HOUR }, HOUR],
  // Mean scale * gamma(1 + 1 / shape): gamma(3) = 2 at shape 1/2.
  ["Weibull", { kind: "weibull", scale: HOUR, shape: 0.5 }, 2 * HOUR],
  // Median * exp(deviation^2 / 2).
  ["log-normal", { kind: "log-normal", median: HOUR, deviation: 1 }, HOUR * Math.exp(0.5)],
  ["a sample", lawOfSample([HOUR, 3 * HOUR, 2 * HOUR]), 2 * HOUR],
];

describe("laws of time", () => {
  test.each(LAWS)(
    "%s: the mean of the draws is that of the closed form, and so is the one computed",
    (_, law, mean) => {
      const luck = new Streams("1").keyed("law");
      const draws = 400_000;
      let sum = 0;
      for (let draw = 0; draw < draws; draw++) sum += drawTime(law, luck.uniform(draw, 0));
      // Standard errors of the mean: below 0.36 % for the heaviest of them, the Weibull with coefficient of variation 2.24.
      expect(Math.abs(sum / draws / mean - 1)).toBeLessThan(0.012);
      expect(Math.abs(meanTime(law) / mean - 1)).toBeLessThan(0.005);
    },
  );

  test("a log-normal goes through the two quantiles that it was given", () => {
    const law = logNormalThrough(2.7 * MINUTE, 0.95, 19.9 * MINUTE);
    expect(drawTime(law, 0.5) / MINUTE).toBeCloseTo(2.7, 3);
    expect(drawTime(law, 0.95) / MINUTE).toBeCloseTo(19.9, 2);
  });

  test("the CENIC partitions of software have the published mean of 6 minutes, within a tenth", () => {
    const { law } = presets.find(({ name }) => name === "cenic-software")!;
    expect(Math.abs(meanTime(law) / MINUTE / 6 - 1)).toBeLessThan(0.1);
  });
});

describe("presets have the figures that were published", () => {
  const named = (name: string): TimeLaw => presets.find((each) => each.name === name)!.law;
  /** The share of 200,000 evenly spread draws that is below a time. */
  const below = (name: string, time: number): number => {
    let count = 0;
    for (let at = 0; at < 200_000; at++) if (drawTime(named(name), (at + 0.5) / 200_000) <= time) count++;
    return count / 200_000;
  };
  const mean = (name: string): number => {
    let sum = 0;
    for (let at = 0; at < 200_000; at++) sum += drawTime(named(name), (at + 0.5) / 200_000);
    return sum / 200_000;
  };

  test.each([
    ["cenic-hardware", 8.2 * HOUR],
    ["cenic-partition", (1000 / 508) * 365 * DAY],
    ["maintenance-loss", 30 * MINUTE],
    ["lossy-maintenance", (365 / 4) * DAY],
    ["router-failure", (365 / 3) * DAY],
    ["router-repair", HOUR],
    ["wonky-rack", 73 * DAY],
    ["chubby-outage", (700 / 61) * DAY],
    ["wide-network", (730 / 103) * DAY],
    ["cloud-service", ((32 * 7) / 597) * 365 * DAY],
  ])("%s: the mean", (name, published) => {
    expect(Math.abs(mean(name) / published - 1)).toBeLessThan(0.002);
  });

  test.each([
    ["cenic-hardware", 0.5, 32 * MINUTE],
    ["cenic-hardware", 0.95, 3.699 * DAY],
    ["managed-network-urgent", 0.5, 2.75 * HOUR],
    ["managed-network", 0.5, 4.3 * HOUR],
    ["chubby-recovery", 52 / 61, 30 * SECOND],
    ["wide-network-recovery", 0.1, 10 * MINUTE],
    ["wide-network-recovery", 0.9, 100 * MINUTE],
    ["cloud-incident", 0.5, 6.9 * HOUR],
    ["cloud-incident", 0.9, 39 * HOUR],
    ["incident", 0.1, 0.55 * HOUR],
    ["incident", 0.9, 73 * HOUR],
  ])("%s: a share of %f is below its quantile", (name, share, time) => {
    expect(below(name, time)).toBeCloseTo(share, 2);
  });

  // Meza et al., IMC 2018: 336.51 exp(3.4371 p) hours between failures and 1.1345 exp(4.7709 p) hours of repair.
  test.each([
    ["backbone-link-poor", 336.51 * Math.exp(0.34371)],
    ["backbone-link", 336.51 * Math.exp(0.5 * 3.4371)],
    ["backbone-link-good", 336.51 * Math.exp(0.9 * 3.4371)],
    ["backbone-repair-quick", 1.1345 * Math.exp(0.47709)],
    ["backbone-repair", 1.1345 * Math.exp(0.5 * 4.7709)],
    ["backbone-repair-slow", 1.1345 * Math.exp(0.9 * 4.7709)],
  ])("%s: the published fit", (name, hours) => {
    expect(Math.abs(mean(name) / HOUR / hours - 1)).toBeLessThan(0.02);
  });
});

const random = (mtbf: TimeLaw, mttr: TimeLaw): FaultPlan => ({ ...fault(), random: { between: mtbf, lasting: mttr } });
const planWith = (faults: readonly FaultPlan[], duration: number): Plan => activeActive({ faults, duration });

describe("random faults", () => {
  test.each(LAWS)("MTBF and MTTR (%s) give the availability of their renewal process", (_, law, mean) => {
    const mttr = 6 * MINUTE;
    const duration = 4000 * (mean + mttr);
    const strikes = drawFaults(planWith([random(law, { kind: "exponential", mean: mttr })], duration), "3");
    const down = strikes.reduce((sum, { at, until }) => sum + Math.min(until, duration) - at, 0);
    const expected = mttr / (mean + mttr);
    // 4000 cycles: the standard error of the ratio is below (1 + 2.24) / sqrt(4000) = 5 % of it.
    expect(Math.abs(down / duration / expected - 1)).toBeLessThan(0.12);
    for (const [index, { at }] of strikes.entries())
      if (index > 0) expect(at).toBeGreaterThan(strikes[index - 1]!.until);
  });

  test("users behind a link with exponential MTBF and MTTR see MTBF / (MTBF + MTTR), short of what the cuts' edges cost", () => {
    const duration = 2 * DAY;
    const cuts = {
      ...random({ kind: "exponential", mean: 20 * MINUTE }, { kind: "exponential", mean: 5 * MINUTE }),
      links: between([0, 1, 2], [3]),
    };
    const base = planWith([cuts], duration);
    const plan: Plan = {
      ...base,
      places: base.places.map((place, index) => ({ ...place, rate: index === 0 ? 4 : 0.01 })),
      client: { ...base.client, deadline: SECOND, timeout: SECOND, attempts: 1 },
    };
    const strikes = drawFaults(plan, "5");
    const down = strikes.reduce((sum, { at, until }) => sum + Math.min(until, duration) - at, 0) / duration;
    const { worst_place_availability: seen } = run(plan, "5").summary;
    // The Markov chain's share of 80 %, within three standard errors of its time average over two days: sqrt(2 A U tau / T).
    expect(Math.abs(1 - down - 0.8)).toBeLessThan(3 * Math.sqrt((2 * 0.8 * 0.2 * 4) / 2880));
    // Given the cuts, users differ from the links only by the second before and after each, and by Poisson noise.
    const edges = (strikes.length * SECOND) / duration;
    expect(Math.abs(seen! - (1 - down))).toBeLessThan(edges + 3 * Math.sqrt(0.16 / (4 * 2 * 86_400)));
  });

  test("over seeds, the time down is that of the two-state Markov chain that begins up, within its standard error", () => {
    const [mtbf, mttr, hours] = [40 * MINUTE, 10 * MINUTE, 2];
    const duration = hours * HOUR;
    const plan = planWith([random({ kind: "exponential", mean: mtbf }, { kind: "exponential", mean: mttr })], duration);
    const shares = Array.from({ length: 600 }, (_, seed) => {
      const strikes = drawFaults(plan, String(seed));
      return strikes.reduce((sum, { at, until }) => sum + Math.min(until, duration) - at, 0) / duration;
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const variance = shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0) / (shares.length - 1);
    // It approaches MTTR / (MTBF + MTTR) with the sum of both rates; the time average over a run that begins up is below.
    const rates = duration / mtbf + duration / mttr;
    const expected = (mttr / (mtbf + mttr)) * (1 - (1 - Math.exp(-rates)) / rates);
    expect(Math.abs(mean - expected)).toBeLessThan(3 * Math.sqrt(variance / shares.length));
  });

  test("a chance of 30 % strikes in 30 % of the seeds", () => {
    const plan = planWith([{ ...fault(), chance: 0.3 }], HOUR);
    let struck = 0;
    for (let seed = 0; seed < 4000; seed++) struck += drawFaults(plan, String(seed)).length;
    expect(Math.abs(struck / 4000 - 0.3)).toBeLessThan(3.3 * Math.sqrt(0.21 / 4000));
  });

  test("another fault shifts none of its strikes, and two of the same name have luck of their own", () => {
    const one = random({ kind: "exponential", mean: MINUTE }, { kind: "exponential", mean: MINUTE });
    const other = { ...one, label: "other" };
    const alone = drawFaults(planWith([one], HOUR), "1");
    const both = drawFaults(planWith([other, one], HOUR), "1").filter(({ label }) => label === one.label);
    expect(both).toEqual(alone);
    const twins = drawFaults(planWith([one, { ...one, entry: 1 }], HOUR), "1");
    expect(twins.filter(({ entry }) => entry === 0)).toEqual(alone);
    expect(twins.find(({ entry }) => entry === 1)!.at).not.toBe(alone[0]!.at);
  });

  test("one that never stops striking is given up by name", () => {
    const wild = random({ kind: "constant", value: 1 }, { kind: "constant", value: 1 });
    expect(() => drawFaults(planWith([wild], HOUR), "1")).toThrow(/"partition" strikes more than 10000 times/);
  });
});

describe("in a scenario file", () => {
  const parse = (text: string): Scenario => {
    const result = parseScenario(text, { file: "s.yaml" });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.scenario;
  };
  const before = "  - {region_outage: us-east-1, at: 2m, for: 3m}";
  const RANDOM = broken(
    before,
    `  # The link that flaps.
  - partition: {pair: [us-east-1, eu-west-1]}
    random: {between: {weibull: {scale: 2m, shape: 0.7}}, lasting: {log_normal: {median: 10s, p95: 40s}}}
  - {region_outage: us-east-1, at: 2m, for: 1m, disks: kept}
  - {region_outage: eu-west-1, at: 4m, for: 30s, chance: 50%}`,
  );

  test.each(["1", "2", "3"])("pinned faults replay to the same digests under seed %s", (seed) => {
    const scenario = parse(RANDOM);
    const { text, strikes } = pinFaults(scenario, RANDOM, seed);
    expect(strikes).toBeGreaterThan(0);
    expect(text).not.toContain("random");
    expect(text).not.toContain("chance");
    const pinned = parse(text);
    for (const [index, plan] of compile(pinned).plans.entries()) {
      expect(run(plan, seed).digests).toEqual(run(compile(scenario).plans[index]!, seed).digests);
    }
  });

  test("a preset is named in the notes with its source", () => {
    const text = broken(
      before,
      "  - {partition: {pair: [us-east-1, eu-west-1]}, random: {between: cenic-partition, lasting: cenic_software}}",
    );
    expect(compile(parse(text)).notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/cenic-partition.*Turner/),
      expect.stringMatching(/cenic-software.*Turner/),
    ]);
  });

  test.each([
    ["{region_outage: us-east-1}", /lacks "at"/],
    [
      "{region_outage: us-east-1, for: 1m, random: {between: backbone-link, lasting: backbone-repair}}",
      /both say when/,
    ],
    [
      "{region_outage: us-east-1, random: {between: {exponential: 1ms}, lasting: {constant: 1ms}}}",
      /about 300000 times/,
    ],
    ["{region_outage: us-east-1, random: {between: {exponential: 0s}, lasting: {constant: 1m}}}", /no law of time/],
    [
      "{region_outage: us-east-1, random: {between: {exponential: 1m, constant: 1m}, lasting: {constant: 1m}}}",
      /no law/,
    ],
    [
      "{region_outage: us-east-1, random: {between: {weibull: {scale: 1m, shape: 0.01}}, lasting: {constant: 1m}}}",
      /no law/,
    ],
    [
      "{region_outage: us-east-1, random: {between: {log_normal: {median: 5m, p95: 1m}}, lasting: {constant: 1m}}}",
      /no law/,
    ],
    ["{region_outage: us-east-1, random: {between: backbone-repair, lasting: {constant: 1m}}}", /between is/],
    ["{region_outage: us-east-1, random: {between: backbone-link}}", /lacks "lasting"/],
    ["{region_outage: us-east-1, at: 1m, chance: 130%}", /chance is "130%"/],
  ])("%s is refused", (entry, message) => {
    const result = parseScenario(broken(before, `  - ${entry}`), { file: "s.yaml" });
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.problems).toHaveLength(1);
      expect(result.problems[0]!.message).toMatch(message);
      expect(result.problems[0]!.line).toBe(11);
    }
  });
});
