import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const [START] = GOOD.split("architectures:") as [string];
const withData = (data: string, architecture: string): string =>
  `${START}data: {classes: {${data}}}\narchitectures:\n  a: {${architecture}}\n`;
const CLASSES =
  "people: {share: 40%}, likes: {share: 30%, holds: counter, deletes: 1%}, carts: {share: 20%, holds: set}, seats: {share: 10%, holds: counter, decrements: 60%}";

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

describe("a conflict policy is refused by name, with the way out, where", () => {
  test.each([
    [
      "a counter is to merge registers",
      "pattern: active-active, conflict: pn-counter",
      [
        "conflict pn-counter merges counters, but class people holds registers",
        "{people: …}} with lww-register or mv-register",
      ],
    ],
    [
      "a register is to merge counters",
      "pattern: active-active, conflict: {use: last-write-wins, for: {likes: mv-register}}",
      ["conflict mv-register merges registers, but class likes holds counters", "with pn-counter for likes"],
    ],
    [
      "a counter that only grows meets deletions",
      "pattern: active-active, conflict: {use: last-write-wins, for: {likes: g-counter}}",
      [
        "conflict g-counter has no answer to deletions, and some of class likes is deleted",
        "with pn-counter for likes",
      ],
    ],
    [
      "a counter that only grows meets decrements",
      "pattern: active-active, conflict: {use: last-write-wins, for: {seats: g-counter}}",
      [
        "conflict g-counter has no answer to decrements, and some of class seats is decremented",
        "with pn-counter for seats",
      ],
    ],
    [
      "no class has that name",
      "pattern: active-active, conflict: {use: last-write-wins, for: {like: pn-counter}}",
      ['no class of data is called "like"', "one of people, likes, carts", "likes"],
    ],
    [
      "one order of writes needs none",
      "primary: us-east-1, replication: async, conflict: or-set",
      ["replication async has one order of writes, so conflict or-set would undo it", "conflict: none"],
    ],
  ])("%s", (_, architecture, said) => {
    const found = problems(withData(CLASSES, architecture)).join("\n");
    for (const each of said) expect(found).toContain(each);
    expect(found).toMatch(/^s\.yaml:\d+:\d+/);
  });
});

test("each class has its own, and the others what the architecture says", () => {
  const parsed = parseScenario(
    withData(
      CLASSES,
      "pattern: active-active, conflict: {use: hybrid-logical-clocks, for: {likes: pn-counter, carts: or-set, seats: pn-counter}}",
    ),
  );
  if (!parsed.ok) throw new Error(parsed.problems.map((each) => formatProblem(each)).join("\n"));
  const { policies } = compile(parsed.scenario).plans[0]!;
  expect(policies.conflicts?.map(({ name }) => name)).toEqual([
    "hybrid-logical-clocks",
    "pn-counter",
    "or-set",
    "pn-counter",
  ]);
});

test("where writes have one order and the file says nothing there is nothing to merge", () => {
  const parsed = parseScenario(withData(CLASSES, "primary: us-east-1, replication: semi-sync"));
  if (!parsed.ok) throw new Error(parsed.problems.map((each) => formatProblem(each)).join("\n"));
  expect(compile(parsed.scenario).plans[0]!.policies.conflict.name).toBe("none");
});
