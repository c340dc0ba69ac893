import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../src/measure/catalogue.js";
import { DANGERS } from "../../src/measure/dangers.js";
import { expectations } from "../../src/scenario/expectations.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const parsed = (expect: string) => parseScenario(`${GOOD}expect:\n${expect}\n`, { file: "s.yaml" });
function told(expect: string): string[] {
  const result = parsed(expect);
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}
function promises(text: string) {
  const result = parsed(text);
  if (!result.ok) throw new Error(told(text).join("\n"));
  return expectations(result.scenario);
}

test("every metric can be promised, in its own unit", () => {
  const bounds = {
    fraction: "50%",
    seconds: "2m",
    milliseconds: "2s",
    count: "7",
    "per-second": "3/s",
    bytes: "2 KB",
    hours: "9",
    dollars: "1_500 USD",
  };
  const values = {
    ...{ fraction: 0.5, seconds: 120, milliseconds: 2000, count: 7, "per-second": 3, bytes: 2000, hours: 9 },
    dollars: 1500,
  };
  for (const { name, unit } of METRICS)
    expect(promises(`  both: {${name}: ">= ${bounds[unit]}"}`)).toMatchObject([
      {
        kind: "metric",
        metric: name,
        line: 16,
        claim: { how: "mean", operator: ">=", bound: values[unit] },
        against: null,
      },
    ]);
});

test("a comparison names how often, another architecture, a share of it, or that nothing is there", () => {
  const [always, twice, other, share, nothing, equal] = promises(
    '  both: {availability: always >= 9%, conflicts: ["> 1", "< one"], rto_seconds: <= 12.5% of one, rpo_seconds: == undefined, retries: == 0}',
  );
  expect(always).toMatchObject({ claim: { how: "always", bound: 0.09 } });
  expect(twice).toMatchObject({ claim: { operator: ">", bound: 1 }, against: null });
  expect(other).toMatchObject({ claim: { operator: "<", bound: 0 }, against: { architecture: "one", share: 1 } });
  expect(share).toMatchObject({ claim: { how: "mean" }, against: { architecture: "one", share: 0.125 } });
  expect(nothing).toMatchObject({ claim: { how: "always", bound: null } });
  expect(equal).toMatchObject({ claim: { how: "always", operator: "==", bound: 0 } });
});

test("checkers are promised with their bounds, dangers by their words, with hyphens or underscores", () => {
  const found = promises(`  one:
    checks:
      read_your_writes: false
      bounded-staleness: {most_versions: 100, most_age: 5s}
      convergence: {quiet: 1m, holds: false}
    sometimes: [split_brain, stale-read]`);
  expect(found).toMatchObject([
    { kind: "check", check: "read-your-writes", holds: false, options: {}, line: 18 },
    { check: "bounded-staleness", holds: true, options: { mostVersions: 100, mostAge: 5_000_000 }, line: 19 },
    { check: "convergence", holds: false, options: { quiet: 60_000_000 }, line: 20 },
    { kind: "metric", metric: "split_brain_writes", claim: { how: "sometimes", operator: ">", bound: 0 } },
    { metric: "stale_reads" },
  ]);
});

test("the word of every danger is of a metric, and no word stands twice", () => {
  expect(new Set(DANGERS.map(({ word }) => word)).size).toBe(DANGERS.length);
  for (const { word, facts } of DANGERS)
    expect(promises(`  one: {sometimes: [${word}]}`)).toMatchObject([{ metric: facts.name }]);
});

describe("a promise that means nothing is refused where it stands", () => {
  test.each([
    ['{failovers: ">= 99%"}', "failovers", '">= 99%" does not compare with failovers', "a number, as 1.7"],
    ['{availability: ">= 5s"}', "availability", "does not compare with availability", "a share between 0% and 100%"],
    ['{availability: ">= onr"}', "availability", "does not compare", 'did you mean "one"?'],
    ['{availability: ">= both"}', "availability", "both is compared with itself", "another architecture"],
    ['{availability: "> 100%"}', "availability", 'no availability meets "> 100%"', "from 0% to 100%"],
    ['{conflicts: "< 0"}', "conflicts", 'no conflicts meets "< 0"', "a count of 0 or more"],
    ['{failovers: "== 1.5"}', "failovers", 'no failovers meets "== 1.5"', "a count"],
    ['{conflicts: ["> 5", "< 5"]}', '"< 5"', 'no number meets "< 5" and what stands before it', "that agree"],
    ["{conflicts: []}", "[]", "conflicts has 0 entries", "a list of 1 to 4"],
    ['{conflicts: "= 5"}', '"= 5"', 'conflicts is "= 5"', "a comparison in quotes"],
    ["{sometimes: [failovr]}", "failovr", 'entry 1 of sometimes is "failovr"', 'did you mean "failover"?'],
    ["{sometimes: []}", "[]", "sometimes has 0 entries", "a list"],
    ["{checks: {linearisable: true}}", "linearisable", 'no checker "linearisable"', 'did you mean "linearizable"?'],
    ["{checks: {durability: yes}}", "yes", 'durability is "yes"', "true or false"],
    ["{checks: {durability: {most_age: 5s}}}", "5s", "durability does not go by most_age", "true or false"],
    ["{checks: {convergence: {most_age: 5s}}}", "5s", "convergence does not go by most_age", "quiet"],
    ["{checks: {bounded-staleness: true}}", "bounded", "bounded-staleness without a bound", "most_versions"],
    ["{checks: {one-primary: true, one_primary: true}}", "one_primary", "stands here for the second time", "each once"],
    ["{chekcs: {durability: true}}", "chekcs", 'there is no metric "chekcs"', 'did you mean "checks"?'],
  ])("%s", (text, at, what, expected) => {
    const found = told(`  both: ${text}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`s.yaml:16:${`  both: ${text}`.lastIndexOf(at) + 1}: error: `);
    expect(found[0]).toContain(what);
    expect(found[0]).toContain(expected);
  });

  test("all at once", () => {
    expect(
      told(
        '  both: {conflicts: "< 0", checks: {causl: true}}\n  nobody: {availabilty: ">= 5%", sometimes: [bad-luck]}',
      ),
    ).toHaveLength(5);
  });

  test("what stands at the very end of a range can be met", () => {
    const fine =
      '{availability: [">= 100%", "<= 100%"], conflicts: ["<= 0", ">= 0"], failovers: "< 0.001", retries: [">= 5", "<= 5"]}';
    expect(told(`  both: ${fine}`)).toEqual([]);
  });
});

test("every scenario that comes along promises something", () => {
  const files = (readdirSync("scenarios", { recursive: true }) as string[]).filter(
    // What is required of an architecture is no scenario.
    (file) => file.endsWith(".yaml") && !file.startsWith("requirements"),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => !/^expect:/m.test(readFileSync(`scenarios/${file}`, "utf8")))).toEqual([]);
});
