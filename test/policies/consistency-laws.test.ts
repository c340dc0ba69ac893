import { afterEach, describe, expect, test } from "vitest";
import { CHECKERS, type CheckOptions, runCheckers } from "../../src/check/catalogue.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { catalogue } from "../../src/policies/catalogue.js";
import type { Consistency, CopyView, Judge, SessionView } from "../../src/policies/contract/consistency.js";
import { brokenLaws } from "../../src/simulation/conservation.js";
import type { Plan, PolicyChoice } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { SECOND } from "../../src/units/time.js";
import { fault } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { chosen, clocksApart, elected, everywhere, onePrimary, waited } from "./consistency-plans.js";

/**
 * Each guarantee that a consistency claims, looked for by the checkers in records of runs in which regions die, freeze and
 * are cut off at random, with few keys and few sessions that roam. More of them by hand: CONSISTENCY=200.
 */
const SEEDS = Number(process.env["CONSISTENCY"] ?? 8);
const seeds = [...Array(SEEDS).keys()];

interface Law {
  readonly name: string;
  readonly consistency: PolicyChoice;
  readonly plan: (seed: number, consistency: PolicyChoice) => Plan;
  readonly options?: CheckOptions;
}

const WITHIN = 3 * SECOND;
const APART = 2 * SECOND;
const skewed = (seed: number, plan: Plan): Plan => ({
  ...plan,
  faults: [...plan.faults, ...clocksApart(seed, APART)],
});

const LAWS: readonly Law[] = [
  {
    name: "session, one primary that is replaced and loses writes, for which sessions go on asking",
    consistency: chosen("session", { begin_anew: false }),
    plan: (seed, consistency) => onePrimary(seed, consistency, "lossy", "automatic"),
  },
  {
    name: "session, every region accepts writes and loses some, causal delivery",
    consistency: chosen("session"),
    plan: (seed, consistency) => everywhere(seed, consistency, "lossy", "causal"),
  },
  {
    name: "session of reads alone, every region accepts writes, delivered as they come",
    consistency: chosen("session", { monotonic_writes: false, writes_follow_reads: false }),
    plan: (seed, consistency) => everywhere(seed, consistency, "lossy", "as-it-comes"),
  },
  {
    name: "bounded-staleness, one primary, clocks apart",
    consistency: chosen("bounded-staleness", { within: WITHIN + APART, clock_bound: APART }),
    plan: (seed, consistency) => skewed(seed, onePrimary(seed, consistency, "harmless", "none")),
    options: { mostAge: WITHIN + APART },
  },
  {
    name: "bounded-staleness, every region accepts writes, clocks apart",
    consistency: chosen("bounded-staleness", { within: WITHIN + APART, clock_bound: APART }),
    plan: (seed, consistency) => skewed(seed, everywhere(seed, consistency, "harmless", "as-it-comes")),
    options: { mostAge: WITHIN + APART },
  },
  {
    name: "follower-reads, one primary",
    consistency: chosen("follower-reads", { interval: WITHIN }),
    plan: (seed, consistency) => onePrimary(seed, consistency, "harmless", "none"),
    options: { mostAge: WITHIN },
  },
  {
    name: "consistent-prefix, one primary",
    consistency: chosen("consistent-prefix"),
    plan: (seed, consistency) => onePrimary(seed, consistency, "harmless", "none"),
  },
  {
    name: "leader, one primary",
    consistency: chosen("leader"),
    plan: (seed, consistency) => onePrimary(seed, consistency, "harmless", "none"),
  },
  {
    name: "session of reads, under consensus",
    consistency: chosen("session", { monotonic_writes: false, writes_follow_reads: false }),
    plan: (seed, consistency) => elected(seed, consistency),
  },
  {
    name: "bounded-staleness, under consensus, clocks apart",
    consistency: chosen("bounded-staleness", { within: WITHIN + APART, clock_bound: APART }),
    plan: (seed, consistency) => skewed(seed, elected(seed, consistency)),
    options: { mostAge: WITHIN + APART },
  },
  {
    name: "follower-reads, under consensus with leases",
    consistency: chosen("follower-reads", { interval: WITHIN }),
    plan: (seed, consistency) => elected(seed, consistency, { reads: "lease" }),
    options: { mostAge: WITHIN },
  },
  {
    name: "consistent-prefix, under consensus",
    consistency: chosen("consistent-prefix"),
    plan: (seed, consistency) => elected(seed, consistency),
  },
  {
    name: "bounded-staleness, one primary that waits for a standby",
    consistency: chosen("bounded-staleness", { within: WITHIN }),
    plan: (seed, consistency) => waited(seed, consistency),
    options: { mostAge: WITHIN },
  },
];

/** What the checkers of these names say of a run. */
function verdicts({ consistency, plan, options = {} }: Law, seed: number, checks: readonly string[]) {
  const { record } = recorded(plan(seed, consistency), String(seed));
  return runCheckers(record, checks, options).map(({ check, verdict }) => ({ check, ...verdict }));
}

describe.each(LAWS)("$name", (law) => {
  const policy = catalogue.consistency[law.consistency.name]!;
  const claims = policy.gives(law.consistency.options);

  test("its claims are names of checks", () => {
    expect(claims.length).toBeGreaterThan(0);
    for (const claim of claims) expect(CHECKERS.map(({ name }) => name)).toContain(claim);
  });

  test(`keeps what it claims: ${claims.join(", ")}`, () => {
    let decided = 0;
    for (const seed of seeds) {
      for (const { check, verdict, reason, explanation } of verdicts(law, seed, claims)) {
        expect(verdict, `seed ${seed}, ${check}: ${reason} ${explanation}`).not.toBe("false");
        if (verdict === "true") decided++;
      }
    }
    expect(decided).toBeGreaterThan(0.8 * SEEDS * claims.length);
  });

  test("does so for a reason: where every copy is good enough the same faults break each of them", () => {
    const bare: Law = { ...law, consistency: chosen("local") };
    // Logs that come in order show prefixes by themselves, as the policy says: it only asks for such a replication.
    const broken = claims.filter((claim) => claim !== "consistent-prefix");
    for (const claim of broken)
      expect(
        seeds.some((seed) => verdicts(bare, seed, [claim])[0]!.verdict === "false"),
        claim,
      ).toBe(true);
  });

  test("operations balance, those that wait at a copy when it dies included", () => {
    const world = new World(law.plan(3, law.consistency), "3");
    world.run();
    expect(brokenLaws(world.operations, world.availability, world.servers, world.streams)).toEqual([]);
  });
});

test("several writers show no prefix of one order, which is why consistent-prefix refuses them", () => {
  const law: Law = {
    name: "",
    consistency: chosen("local"),
    plan: (seed, consistency) => everywhere(seed, consistency, "harmless", "as-it-comes"),
  };
  expect(verdicts(law, 1, ["consistent-prefix"])[0]!.verdict).toBe("false");
});

describe("a policy that is wrong in one place is caught", () => {
  const policies = catalogue.consistency as Record<string, Consistency>;
  const MUTANT = "mutant";
  afterEach(() => {
    delete policies[MUTANT];
  });

  /** The policy with its judge turned round. */
  function mutate(name: string, change: (judge: Judge) => Judge): void {
    const original = policies[name]!;
    policies[MUTANT] = { ...original, name: MUTANT, on: (options) => change(original.on!(options)) };
  }
  const blind = (judge: Judge, facts: Partial<SessionView & CopyView>): Judge => {
    const changed = <T extends object>(view: T): T =>
      new Proxy(view, { get: (target, key) => (key in facts ? facts[key as never] : Reflect.get(target, key)) });
    return {
      patience: judge.patience,
      read: (copy, session) => judge.read(changed(copy), changed(session)),
      write: judge.write === undefined ? undefined : (copy, session) => judge.write!(changed(copy), changed(session)),
    };
  };

  test.each<readonly [string, string, number, (judge: Judge) => Judge]>([
    ["what the session wrote is not looked at", "read-your-writes", 0, (judge) => blind(judge, { writesShown: true })],
    ["what the session read is not looked at", "monotonic-reads", 0, (judge) => blind(judge, { readsShown: true })],
    ["writes are taken anywhere", "monotonic-writes", 1, (judge) => ({ ...blind(judge, {}), write: undefined })],
    ["writes are taken whatever was read", "writes-follow-reads", 1, (judge) => blind(judge, { readsShown: true })],
    ["a copy takes itself to be fresh", "bounded-staleness", 3, (judge) => blind(judge, { asOf: 1e15 })],
    ["every copy takes itself for the leader", "linearizable", 7, (judge) => blind(judge, { leads: true })],
  ])("%s: %s", (_, check, at, change) => {
    const law = LAWS[at]!;
    mutate(law.consistency.name, change);
    const mutant = { ...law, consistency: { ...law.consistency, name: MUTANT } };
    expect(seeds.some((seed) => verdicts(mutant, seed, [check])[0]!.verdict === "false")).toBe(true);
  });

  test("a bound that takes clocks for right breaks where the primary's is ahead, and one that allows for it holds", () => {
    const ahead = { ...fault(), regions: [0], hardships: onRegions({ skew: 4 * SECOND }) };
    const law = (clockBound: number): Law => ({
      name: "",
      consistency: chosen("bounded-staleness", { within: 6 * SECOND, clock_bound: clockBound }),
      plan: (seed, consistency) => {
        const plan = onePrimary(seed, consistency, "harmless", "none");
        return { ...plan, faults: [...plan.faults, ahead] };
      },
      options: { mostAge: 6 * SECOND },
    });
    const broken = (clockBound: number): boolean =>
      seeds.some((seed) => verdicts(law(clockBound), seed, ["bounded-staleness"])[0]!.verdict === "false");
    expect(broken(0)).toBe(true);
    expect(broken(4 * SECOND)).toBe(false);
  });

  test("without causal delivery the same sessions find writes without those before them", () => {
    const law: Law = { ...LAWS[1]!, plan: (seed, given) => everywhere(seed, given, "lossy", "as-it-comes") };
    for (const check of ["monotonic-writes", "writes-follow-reads"])
      expect(seeds.some((seed) => verdicts(law, seed, [check])[0]!.verdict === "false")).toBe(true);
  });
});
