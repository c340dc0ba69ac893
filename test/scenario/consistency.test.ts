import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { explain } from "../../src/scenario/explain.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD, broken } from "./helpers.js";

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

const active = (consistency: string): string =>
  broken("{pattern: active-active}", `{pattern: active-active, ${consistency}}`);
const light = (more: string): string => broken("standby: eu-west-1}", `standby: eu-west-1, ${more}}`);

describe("what a consistency cannot do without is asked for by name, with the way out", () => {
  test.each([
    [
      "no proof of the latest version",
      active("consistency: linearizable"),
      ["s.yaml:13:", "linearizable", "multi-primary cannot", "consistency: leader, with one primary"],
    ],
    [
      "no agreement on one order",
      active("replication: quorum, conflict: last-write-wins, consistency: linearizable"),
      [
        "s.yaml:13:",
        "agree on one order of all writes, and those of replication quorum",
        "choose replication: pbft or raft",
      ],
    ],
    ["no quorum", light("consistency: quorum"), ["s.yaml:14:", "quorum", "replication async cannot"]],
    ["not all copies agree", light("consistency: strong-all"), ["s.yaml:14:", "strong-all", "replication async"]],
    [
      "no leader to ask",
      active("consistency: leader"),
      ["s.yaml:13:", "one order of all writes", "choose replication: async", "eventual or session"],
    ],
    [
      "no leader to ask, where a quorum answers",
      active("replication: quorum, consistency: leader"),
      ["with replication quorum every copy accepts them", "consistency: quorum or eventual"],
    ],
    [
      "no leader to ask, though the copies agree",
      active("replication: pbft, conflict: none, consistency: leader"),
      ["with replication pbft every copy accepts them", "consistency: linearizable or eventual"],
    ],
    [
      "no prefix of several orders",
      active("consistency: consistent-prefix"),
      ["consistent-prefix needs one order of all writes"],
    ],
    [
      "writes that come as they may",
      active("consistency: session"),
      ["s.yaml:13:", "delivers writes as they come", "delivery: causal", "monotonic_writes: false"],
    ],
    [
      "two leaders at a time",
      light("consistency: bounded-staleness, failover: {use: automatic, fencing: epoch}"),
      ["s.yaml:14:", "needs one leader at a time", "fencing epoch", "choose fencing: lease"],
    ],
    [
      "a way back to where the user came from",
      light("consistency: leader, routing: latency"),
      ["s.yaml:14:", "sends operations to the leader", "choose misdirected: forward"],
    ],
    [
      "an operation that nobody asks for",
      active("consistency: {use: local, for: {batsh: eventual}}"),
      ["s.yaml:13:", 'called "batsh"'],
    ],
    [
      "an option of another policy",
      active("consistency: {use: eventual, within: 5s}"),
      ["s.yaml:13:", 'consistency policy eventual has no option "within"', "one of absent"],
    ],
    [
      "an option of another policy, of some operations",
      `${active("consistency: {use: local, for: {batch: {use: eventual, within: 5s}}}")}requests: {batch: {share: 100%}}\n`,
      ["s.yaml:13:", 'consistency policy eventual has no option "within"'],
    ],
    [
      "the same of some operations only",
      `${active("consistency: {use: local, for: {batch: leader}}")}requests: {batch: {share: 100%}}\n`,
      ["s.yaml:13:", "consistency leader needs one order of all writes"],
    ],
    [
      "a policy that there is not",
      active("consistency: {use: local, for: {batch: evental}}"),
      ["s.yaml:13:", 'did you mean "eventual"?'],
    ],
  ])("%s", (_, text, expected) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    for (const words of expected) expect(found.join("\n")).toContain(words);
  });
});

test.each([
  active("consistency: eventual"),
  active("consistency: session, replication: {use: multi-primary, delivery: causal}"),
  active("consistency: {use: session, monotonic_writes: false, writes_follow_reads: false}"),
  active("consistency: {use: bounded-staleness, within: 10s, clock_bound: 500ms}"),
  light("consistency: leader"),
  light("consistency: leader, routing: latency, misdirected: forward"),
  light("consistency: consistent_prefix"),
  light("consistency: {use: follower-reads, interval: 5s, otherwise: refuse}, routing: latency"),
  light("consistency: bounded-staleness, failover: {use: automatic, fencing: stonith, on_unknown: wait}"),
])("a pair that can keep what it says is accepted: %#", (text) => {
  expect(problems(text)).toEqual([]);
});

test("consistency by type and class becomes a table, a type going before a class, and is explained", () => {
  const text = `${light(
    "consistency: {use: leader, for: {batch: local, views: {use: bounded-staleness, within: 7s}}}",
  )}requests: {real_time: {share: 60%}, batch: {share: 40%}}
data: {classes: {carts: {share: 50%}, views: {share: 50%}}}
`;
  const result = parseScenario(text, { file: "s.yaml" });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem)).join("\n"));
  const { consistency, consistencies } = compile(result.scenario).plans[1]!.policies;
  expect(consistency.name).toBe("leader");
  expect(consistencies!.map(({ name }) => name)).toEqual(["leader", "bounded-staleness", "local", "local"]);
  expect(consistencies![1]!.options).toMatchObject({ within: 7_000_000, versions: 100_000, otherwise: "ask-leader" });
  const rows = explain(result.scenario, "one")[0]!.rows;
  expect(rows).toContainEqual({ path: "consistency.for.views.within", value: "7 s", origin: "s.yaml:14" });
  expect(rows).toContainEqual(expect.objectContaining({ path: "consistency.for.batch.use", value: "local" }));
  expect(rows.find(({ path }) => path === "consistency.for.views.wait")!.origin).toBe("default of bounded-staleness");
  expect(GOOD).not.toContain("consistency");
});

describe("a consistency that asks for one copy, where every read asks several anyway, is said to change nothing", () => {
  const notes = (more: string): string => {
    const text = `${active(`conflict: last-write-wins, ${more}`)}requests: {batch: {share: 100%}}\n`;
    const result = parseScenario(text, { file: "s.yaml" });
    if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem)).join());
    return result.scenario.notes.map((note) => formatProblem(note)).join();
  };

  test.each(["consistency: local", "consistency: {use: quorum, for: {batch: eventual}}"])("%s", (consistency) => {
    const said = notes(`replication: quorum, ${consistency}`);
    expect(said).toMatch(/s\.yaml:13:.*consistency (local|eventual) changes nothing.*read: one/su);
  });

  test.each([
    "replication: quorum",
    "replication: {use: quorum, read: one}, consistency: local",
    "replication: {use: quorum, read_quorum: 1}, consistency: eventual",
    "replication: quorum, consistency: quorum",
    "replication: multi-primary, consistency: local",
  ])("and nothing is said of %s", (more) => {
    expect(notes(more)).not.toContain("changes nothing");
  });
});
