import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD, broken } from "./helpers.js";

function problems(text: string, read?: (path: string) => string | null): string[] {
  const result = parseScenario(text, { file: "s.yaml", ...(read === undefined ? {} : { read }) });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

test("the scenario that the cases break is itself fine", () => {
  expect(problems(GOOD)).toEqual([]);
});

describe("each wrong input is told where, what was expected, and what to do", () => {
  test.each([
    [
      "an unknown key, with the nearest",
      broken("duration:", "durration:"),
      ["s.yaml:2:1", "durration", 'did you mean "duration"?', 'lacks "duration"'],
    ],
    [
      "an unknown region, with the nearest",
      broken("us-east-1: {instances", "us-eats-1: {instances"),
      ["s.yaml:6:5", "us-eats-1", 'did you mean "us-east-1"?'],
    ],
    ["an unknown place, with the nearest", broken("London", "Londn"), ["s.yaml:9:", "Londn", 'did you mean "London"?']],
    ["a duration without unit", broken("10m", "10"), ["s.yaml:2:11", "duration", "with its unit"]],
    ["a rate with a wrong unit", broken("10/s", "10/fortnight"), ["s.yaml:9:", "a rate with its unit"]],
    ["a negative time", broken("at: 2m", "at: -2m"), ["s.yaml:11:", "cannot be negative"]],
    ["a fault after the end", broken("at: 2m", "at: 20m"), ["s.yaml:11:", "when the run is over", "less than 10 m"]],
    ["a fault of no known kind", broken("region_outage: us-east-1, ", ""), ["s.yaml:11:", "does not say what breaks"]],
    ["two faults in one", broken("at: 2m", "partition: {isolate: us-east-1}, at: 2m"), ["region_outage and partition"]],
    [
      "a fault in a region that is not there",
      broken("region_outage: us-east-1", "region_outage: eu-west-3"),
      ["s.yaml:11:", 'no region "eu-west-3"'],
    ],
    ["a share above 100%", broken("requests: 10/s", "requests: 10/s, reads: 150%"), ["a share between 0% and 100%"]],
    ["no users", broken("  - {place: London, requests: 10/s}", "  []"), ["s.yaml:9:", "users has 0 entries"]],
    ["no workers", broken("workers: 8}\n    eu", "workers: 0}\n    eu"), ["s.yaml:6:", "workers of us-east-1 is 0"]],
    ["an unknown pattern", broken("active-active}", "active-activ}"), ["s.yaml:13:", 'did you mean "active-active"?']],
    ["an unknown latency table", broken("aws-2024-04", "aws-2024-05"), ["s.yaml:4:12", 'did you mean "aws-2024-04"?']],
    ["a table outside the folder", broken("aws-2024-04", "../../etc/passwd.csv"), ["s.yaml:4:", "leads out of"]],
    ["a missing primary", broken("primary: us-east-1, ", ""), ["s.yaml:14:", '"primary" is missing']],
    [
      "a primary where nobody leads",
      broken("active-active}", "active-active, primary: us-east-1}"),
      ["every replica accepts writes"],
    ],
    [
      "policies that contradict each other",
      broken("active-active}", "active-active, conflict: none}"),
      ["multi-primary", "conflict is none", "choose conflict: last-write-wins, or replication: async"],
    ],
    [
      "routing to a leader that there is not",
      broken("active-active}", "active-active, routing: primary}"),
      ["routing primary follows a leader", "choose routing: latency"],
    ],
    [
      "an option of another policy",
      broken("active-active}", "active-active, replication: {use: quorum, batch: 1s}}"),
      ["no option", "batch"],
    ],
    ["a bare comparison", `${GOOD}expect:\n  both: {availability: >= 99.9%}\n`, ["quote a comparison"]],
    [
      "a bare comparison in block style",
      `${GOOD}expect:\n  both:\n    availability: >= 99.9%\n`,
      ["quote a comparison"],
    ],
    [
      "an unknown metric",
      `${GOOD}expect:\n  both: {availabilty: ">= 99%"}\n`,
      ["s.yaml:16:", 'did you mean "availability"?'],
    ],
    [
      "a comparison in the wrong unit",
      `${GOOD}expect:\n  both: {rto_seconds: ">= 99%"}\n`,
      ["does not compare with rto_seconds", "a duration"],
    ],
    ["malformed YAML", broken("users:", "users: ["), ["s.yaml:"]],
    ["a key given twice", `${GOOD}duration: 5m\n`, ["s.yaml:15:1", "keep one of the two"]],
    ["an empty file", "", ["s.yaml:1:1", "empty"]],
    ["a list instead of a scenario", "- a\n- b\n", ["s.yaml:1:1", "a group of keys"]],
    ["two documents", `${GOOD}---\n${GOOD}`, ["one scenario a file"]],
    [
      "a key that means something to JavaScript",
      `${GOOD}__proto__: {polluted: true}\n`,
      ["s.yaml:15:1", "__proto__", "not allowed"],
    ],
    [
      "a heal before the next strike is over",
      broken("for: 3m", "for: 3m, repeat: {every: 1m, times: 2}"),
      ["strikes again before it has healed"],
    ],
  ])("%s", (_, text, parts) => {
    const found = problems(text).join("\n");
    for (const part of parts) expect(found).toContain(part);
  });
});

test("every error of a file comes at once, in the order of its lines", () => {
  const text = GOOD.replace("10m", "ten")
    .replace("10/s", "10")
    .replace("at: 2m", "at: -1m")
    .replace("active-active}", "nope}");
  const found = parseScenario(text, { file: "s.yaml" });
  expect(found.ok).toBe(false);
  if (found.ok) return;
  expect(found.problems.map(({ line }) => line)).toEqual([2, 9, 11, 13]);
});

test("a merge key is told to be written out, and no key that it may have brought is said to be lacking", () => {
  const found = problems(
    broken("{place: London, requests: 10/s}", "{<<: *them, requests: 10/s}").replace("10m", "&them 10m"),
  );
  expect(found).toEqual([
    's.yaml:9:6: error: entry 1 of users has no key "<<"; write its keys out; a whole value may be an alias, as *name',
  ]);
});

test("an underscore in a number and in a name is fine", () => {
  const text = broken("pattern: active-active", "pattern: active_active").replace(
    "faults:",
    "data: {keys: 100_000}\nfaults:",
  );
  const result = parseScenario(text);
  expect(result.ok && result.scenario.raw.data?.keys).toBe(100_000);
});

test("an alias bomb is refused by its number of aliases", () => {
  const lines = ["a0: &a0 [x, x]"];
  for (let level = 1; level <= 12; level++) {
    lines.push(`a${level}: &a${level} [${new Array(10).fill(`*a${level - 1}`).join(", ")}]`);
  }
  expect(problems(lines.join("\n")).join("\n")).toContain("more than 100 aliases");
});

test("a file nested thousands of levels deep is refused and does not crash", () => {
  expect(problems(`question: ${"[".repeat(100_000)}`).length).toBeGreaterThan(0);
});

test("a file over 4 MB is refused before it is parsed", () => {
  expect(problems(`#${" ".repeat(4_000_001)}`).join("\n")).toContain("at most 4000000");
});

test("a user's table with gaps and nonsense is refused with a line for each", () => {
  const csv = [
    "from,to,p10,p25,p50,p75,p90,p99",
    "us-east-1,eu-west-1,60,65,64,70,80,90",
    "us-east-1,eu-central-1,1,2,3,4,5,6",
    "us-east-1,ap-south-1,,190,200,210,220,230",
    "us-east-1,ap-south-1,180,190,200,210,220,-1",
  ].join("\n");
  const found = problems(broken("aws-2024-04", "./mine.csv"), (path) => (path === "./mine.csv" ? csv : null));
  expect(found.join("\n")).toContain("mine.csv:2:27: error: percentiles rise");
  expect(found.join("\n")).toContain(
    "mine.csv:3:24: error: p10 of us-east-1 to eu-central-1 is 1 ms, faster than light",
  );
  expect(found.filter((line) => line.includes("mine.csv"))).toHaveLength(4);
  expect(problems(broken("aws-2024-04", "./gone.csv"), () => null).join("\n")).toContain("cannot be read");
});

test("a table names regions that somebody knows, and its problems are located and capped", () => {
  const head = "from,to,p10,p25,p50,p75,p90,p99";
  const table = (rows: readonly string[]): string[] => {
    const text = broken("aws-2024-04", "./t/mine.csv");
    const result = parseScenario(text, { file: "deep/s.yaml", read: () => [head, ...rows].join("\n") });
    return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
  };
  expect(table(["us-east-1,eu-west-1,60,65,66,70,80,90"])).toEqual([]);
  expect(table(["us-east-1,eu-wset-1,60,65,66,70,80,90"])).toEqual([
    'deep/t/mine.csv:2:11: error: neither the scenario nor the catalogue knows the region "eu-wset-1"; expected a region of the scenario or of `faultline list regions`; did you mean "eu-west-1"?',
  ]);
  const many = table(Array.from({ length: 70 }, (_, row) => `us-east-1,eu-west-1,x${row},1,1,1,1,1`));
  expect(many).toHaveLength(51);
  expect(many.at(-1)).toContain("… and 20 more");
});

test("a reader may say why it cannot read", () => {
  const result = parseScenario(broken("aws-2024-04", "./t.csv"), { read: () => ({ reason: "it is on fire" }) });
  expect(!result.ok && result.problems[0]!.message).toBe('the table "./t.csv" cannot be read: it is on fire');
});
