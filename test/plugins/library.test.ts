import { expect, test } from "vitest";
import { type Plan, compile, parseScenario, run } from "../../src/index.js";
import { lastWriteWins } from "../../src/policies/conflict/last-write-wins.js";
import { type Conflict, duration } from "../../src/policy.js";
import { scenario } from "./own.js";

const mine = (over: object = {}): Conflict => ({ ...lastWriteWins, name: "mine", ...over }) as Conflict;

function compiled(architecture: string, conflict: Conflict) {
  const parsed = parseScenario(scenario(architecture), { policies: { conflict: [conflict] } });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return { plans: compile(parsed.scenario).plans, policies: parsed.scenario.policies };
}

test("a policy is given to the library as it is, is named in the scenario, and runs", () => {
  let merges = 0;
  const counting = mine({
    merge(...registers: Parameters<Conflict["merge"]>) {
      merges++;
      return lastWriteWins.merge(...registers);
    },
  });
  const { plans, policies } = compiled("conflict: mine", counting);
  const [ours, own] = plans as [Plan, Plan];
  const outcome = run(own, "1", [], policies);
  expect(merges).toBeGreaterThan(100);
  expect(outcome.digests.events).toBe(run(ours, "1").digests.events);
  expect(structuredClone(own)).toEqual(own);
});

test("its settings are those of the scenario", () => {
  const { plans } = compiled("conflict: {use: mine, patience: 3s}", mine({ options: { patience: duration(1, "x") } }));
  expect(plans[1]!.policies.conflict).toEqual({ name: "mine", options: { patience: 3_000_000 } });
});

test("a name that is taken and a wrong shape are refused at once", () => {
  expect(() => compiled("conflict: mine", mine({ name: "none" }))).toThrow('two conflict policies "none"');
  expect(() => compiled("conflict: mine", mine({ merge: 3 }))).toThrow("merge is 3; expected a function");
});

test("nobody loads files where no loader was given", () => {
  const parsed = parseScenario(scenario("conflict: ./mine.ts"));
  expect(!parsed.ok && parsed.problems.map(({ message }) => message)).toEqual([
    'the conflict policy "./mine.ts" is a file, and nobody loads files here',
  ]);
});
