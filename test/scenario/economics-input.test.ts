import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { explainShared } from "../../src/scenario/explain.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const LINES = GOOD.split("\n").length;
/** What is wrong with a section of these lines, as "line:column message; expected; hint". */
function problemsOf(...lines: readonly string[]): string[] {
  const parsed = parseScenario(`${GOOD}economics:\n${lines.map((line) => `  ${line}\n`).join("")}`);
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, column, message, expected, hint }) =>
    [`${line - LINES}:${column} ${message}`, expected, hint].filter((each) => each !== undefined).join("; "),
  );
}
const REVENUE = "revenue: {per_user: 10}";

test.each<[readonly string[], string]>([
  [["lost_write: 1"], "1:3 nobody says what the users of London bring in; economics.revenue:"],
  [["revenue: {per_user: -1}"], "which cannot be negative"],
  [["revenue: {per_user: 1, per_request: 2}"], "revenue stands here per_user and per_request; one of them"],
  [["revenue: {per_hour: 1}"], 'has no key "per_hour"; one of per_user, per_request; did you mean "per_user"?'],
  [
    [REVENUE, "places: {Londn: {users: 5}}"],
    '2:12 this scenario has no users in "Londn"; one of London; did you mean "London"?',
  ],
  [["places: {London: {users: 5, per_hour: 3}}"], "1:28 nothing is earned by the user here; per_user beside it"],
  [[REVENUE, "engagement: [{below: 1s, share: 50%}]"], "slower answers than this are worth nobody knows what"],
  [[REVENUE, "engagement: [{share: 50%}, {share: 40%}]"], "only the last step holds for all slower answers"],
  [
    [REVENUE, "engagement: [{below: 2s, share: 90%}, {below: 1s, share: 50%}, {share: 10%}]"],
    "2:49 the steps are not in order; more than 2 s",
  ],
  [[REVENUE, "engagement: [{below: 2s, share: 50%}, {share: 60%}]"], "slower answers are worth more; at most 50%"],
  [[REVENUE, "sla: {fee: 1}"], 'lacks "credits"'],
  [
    [REVENUE, "sla: {credits: [{below: 99%, credit: 10%}, {below: 99.9%, credit: 20%}]}"],
    "the tiers are not in order; less than 99%",
  ],
  [
    [REVENUE, "sla: {credits: [{below: 99%, credit: 30%}, {below: 95%, credit: 20%}]}"],
    "a worse month credits less; at least 30%",
  ],
  [[REVENUE, "baseline: bth"], '2:13 there is no architecture "bth"; one of both, one; did you mean "both"?'],
  [["revenue: {per_user: 1e10}"], "1:23 nobody has so much; at most 1_000_000_000"],
  [[REVENUE, "places: {London: {users: 20_000_000_000}}"], "nobody has so much; at most 10_000_000_000"],
  [[REVENUE, "sla: {fee: 1e10, credits: [{below: 99%, credit: 1%}]}"], "2:14 nobody has so much"],
  [[REVENUE, "outages_per_year: 60_000"], "2:21 a year has no room for so many; at most 52560"],
])("%j is refused", (lines, message) => {
  expect(problemsOf(...lines).join("\n")).toContain(message);
});

test("all that is wrong comes at once", () => {
  expect(problemsOf(REVENUE, "baseline: x", "places: {Paris: {users: 5}}", "sla: {credits: []}")).toHaveLength(3);
});

test("what is left out has its default, shown by explain, and bounds of latency get into the plan", () => {
  const parsed = parseScenario(`${GOOD}economics: {revenue: {per_user: 2}, places: {London: {users: 300}}}\n`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { scenario } = parsed;
  expect(scenario.economics).toMatchObject({
    places: [{ unit: "per_user", value: 2, users: 300 }],
    baseline: "both",
    sla: null,
    outagesPerYear: null,
  });
  expect(compile(scenario).plans[0]!.latencyBounds).toEqual([100_000, 300_000, 500_000]);
  const rows = explainShared(scenario).filter(({ path }) => path.startsWith("economics"));
  expect(rows.map(({ path, value, origin }) => `${path} ${value} ${origin}`)).toEqual([
    `economics.places.London.per_user 2 scenario:${LINES}`,
    `economics.places.London.users 300 scenario:${LINES}`,
    "economics.engagement 100% < 100 ms, 90% < 300 ms, 70% < 500 ms, else 40% default",
    "economics.lost_write 0 default",
    "economics.overwritten_write 0 default",
    "economics.baseline both follows from the patterns",
  ]);
});

test("a scenario that says nothing of it is as it was", () => {
  const parsed = parseScenario(GOOD);
  if (!parsed.ok) throw new Error("it is good");
  expect(parsed.scenario.economics).toBeNull();
  expect(Object.hasOwn(compile(parsed.scenario).plans[0]!, "latencyBounds")).toBe(false);
});
