import { describe, expect, test } from "vitest";
import { formatProblem, formatProblems } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { nearest } from "../../src/units/text.js";
import { GOOD, broken } from "./helpers.js";

const problemsOf = (text: string) => {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems;
};
const told = (text: string): string[] => problemsOf(text).map((problem) => formatProblem(problem));

const many = (length: number, line: (each: number) => string): string =>
  Array.from({ length }, (_, each) => `  - {${line(each)}}\n`).join("");
const users = many(199, (each) => `place: ${"p".repeat(58)}${each}, requests: 1/s, at: [1, 2]`);
const faults = many(999, (each) => `partition: {isolate: ${"q".repeat(58)}${each}}, at: 1s`);

// One that does not end is stopped by the runner's own time-out.
describe("a hostile text ends, with an error", () => {
  test.each([
    ["quotes without end", '"'.repeat(200_000), "a line has 200000 characters"],
    ["3 MB of quotes", '"'.repeat(3_000_000), "a line has"],
    ["anchors without end", "&a ".repeat(100_000), "a line has"],
    ["anchors on lines of their own", "&a\n".repeat(100_000), "s.yaml:"],
    ["anchors in many long lines", `${"&a ".repeat(6000)}\n`.repeat(100), "more than 400000 marks"],
    ["a million brackets", "[".repeat(1_000_000), "a line has"],
    ["a million brackets on lines", "[\n".repeat(1_000_000), "nested too deeply"],
    ["lists in lists on one line", `question: a\nfaults:\n  ${"- ".repeat(9000)}`, "nested too deeply"],
    ["questions in questions", "? ".repeat(9000), "nested too deeply"],
    ["keys below keys", Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""), "too deeply"],
    ["documents without end", "---\n".repeat(900_000), "more than 400000 marks"],
    ["200 levels that one alias could hide", `a: ${"[".repeat(150)}${"]".repeat(150)}`, "nested too deeply"],
    ["many values", `faults: [${" 1,\n".repeat(190_000)}]`, "more than 400000 marks"],
    ["many wrong keys", Array.from({ length: 50_000 }, (_, key) => `wrong-key-${key}: 1\n`).join(""), "has no key"],
    [
      "a thousand long names that are close to none of two hundred",
      broken("faults:", `${users}faults:\n${faults}`),
      'no region or place "qqq',
    ],
    ["NUL bytes", `${GOOD}\0`, "NUL character"],
  ])("%s", (_, text, message) => {
    const found = told(text);
    expect(found.join("\n")).toContain(message);
    expect(found.length).toBeLessThanOrEqual(1000);
    if (message.includes("too deeply")) expect(found).toHaveLength(1);
  });
});

test("a hundred problems are shown, the others counted", () => {
  const text = `${GOOD}${Array.from({ length: 250 }, (_, key) => `wrong-${key}: 1\n`).join("")}`;
  const shown = formatProblems(problemsOf(text), "s.yaml", text);
  expect(shown).toHaveLength(101);
  expect(shown.at(-1)).toBe("… and 150 more");
  expect(shown[0]).toContain("\n  wrong-0: 1\n  ^");
});

describe("an alias without its anchor is one error", () => {
  test.each([
    ["as a value", broken("10m", "*nope"), ["s.yaml:2:11"]],
    ["in a list", broken("  - {place: London, requests: 10/s}", "  - *nope"), ["s.yaml:9:5"]],
    ["as the whole file", "*nope", ["s.yaml:1:1"]],
  ])("%s", (_, text, [where]) => {
    const found = told(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${where}: error: no anchor "nope"`);
  });

  test("one that is there stands for its value", () => {
    expect(told(broken("at: 2m, for: 3m", "at: &t 3m, for: *t"))).toEqual([]);
  });
});

describe("keys are names", () => {
  test.each([
    ["null", "~: 1", "the key is empty"],
    ["nothing", ": 1", "the key is empty"],
    ["an empty text", '"": 1', "the key is empty"],
    ["a group", "? {a: b}\n: 1", "the key is a group of keys"],
    ["a list", "[a]: 1", "the key is a list"],
    ["an alias", "question2: &q a\n*q : 1", "the key is an alias, *q"],
    ["a second time", "duration: 5m", 'the key "duration" stands here for the second time'],
    ["a text and a number", '1: {}\n"1": {}', 'the key "1" stands here for the second time'],
    ["an invisible mark", '"a\\u200bb": 1', "characters that cannot be seen"],
    ["too long", `${"a".repeat(101)}: 1`, "a name has 101 characters"],
  ])("%s", (_, line, message) => {
    expect(told(`${GOOD}${line}\n`).join("\n")).toContain(message);
  });

  test("a number as a name is the text that is written", () => {
    const text = broken("both:", "007:").replace("one:", "7.0:");
    const result = parseScenario(text);
    expect(result.ok && [...result.scenario.raw.architectures!.keys()]).toEqual(["007", "7.0"]);
  });

  test("a key alone has nothing behind it", () => {
    expect(told(broken("question: Is this fine?", "? question")).join()).toContain('nothing stands behind "question"');
  });
});

test("a key that JavaScript knows hides no other error", () => {
  const found = told(`${broken("10m", "ten")}__proto__: {a: 1}\n`).join("\n");
  expect(found).toContain("s.yaml:2:11");
  expect(found).toContain("s.yaml:15:1");
  expect(found).not.toContain("no key");
});

test("errors on the lines before the first YAML error are told too, and nothing is missed from what follows", () => {
  const found = told(`${broken("10m", "ten")}expect: {a: [}\n`);
  expect(found[0]).toContain("s.yaml:2:11: error: duration");
  expect(found[1]).toContain("s.yaml:15:");
  expect(told("duration: 5m\nquestion: [a\n").join()).not.toContain("lacks");
});

test("long names, long texts and invisible characters are refused", () => {
  expect(told(broken("London", "L".repeat(101))).join()).toContain("a name has 101 characters");
  expect(told(broken("London", '"Lon\\u202edon"')).join()).toContain("characters that cannot be seen");
  expect(told(broken("Is this fine?", "a ".repeat(1001))).join()).toContain("it has 2001 characters");
});

test("an entry of a list is called by its number, and a name with dots by its name", () => {
  expect(told(broken("  - {region_outage: us-east-1, at: 2m, for: 3m}", "  - 3")).join()).toContain(
    'entry 1 of faults is "3"',
  );
  expect(told(broken("both: {pattern: active-active}", "a.b: 3")).join()).toContain('a.b is "3"');
});

test("a candidate nobody could have mistyped is no suggestion and takes no time", () => {
  expect(nearest("a".repeat(70), ["a".repeat(70)])).toBeUndefined();
});
