import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const [START] = GOOD.split("architectures:") as [string];
const parsed = (architecture: string): ReturnType<typeof parseScenario> =>
  parseScenario(
    `${START}data: {classes: {pages: {share: 70%}, carts: {share: 30%}}}\narchitectures:\n  a: {pattern: active-active, ${architecture}}\n`,
    { file: "s.yaml" },
  );
const SESSION = "{use: session, monotonic_writes: false, writes_follow_reads: false}";

test("a class of data has a caching of its own, and the others what the architecture says", () => {
  const result = parsed("caching: {use: ttl, lifetime: 5m, for: {carts: {use: lru, entries: 10}}}");
  if (!result.ok) throw new Error(result.problems.map((each) => formatProblem(each)).join("\n"));
  const { caching, cachings } = compile(result.scenario).plans[0]!.policies;
  expect([caching.name, cachings?.map((each) => each?.name ?? null)]).toEqual(["ttl", [null, "lru"]]);
  expect(cachings?.[1]?.options["entries"]).toBe(10);
});

test("what may not be shown old is kept nowhere: refused by class, with the way out, and had where that is taken", () => {
  const refused = parsed(`caching: ttl, consistency: {use: local, for: {carts: ${SESSION}}}`);
  const text = refused.ok ? "" : refused.problems.map((each) => formatProblem(each)).join("\n");
  expect(text).toMatch(/^s\.yaml:\d+:\d+: error: caching ttl answers with what a site was answered before/);
  expect(text).toContain("caching: {use: ttl, for: {carts: none}}");
  expect(
    parsed(`caching: {use: ttl, for: {carts: none}}, consistency: {use: local, for: {carts: ${SESSION}}}`).ok,
  ).toBe(true);
});

test("a class that is not there is told, with the nearest that is", () => {
  const result = parsed("caching: {use: none, for: {cart: ttl}}");
  expect(result.ok ? "" : formatProblem(result.problems[0]!)).toContain('did you mean "carts"?');
});
