import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHAOS_SCENARIOS, chaosFault } from "../../src/operate/chaos.js";
import { COMMANDS } from "../../src/operate/commands.js";
import { type Complaint, understand } from "../../src/operate/parse.js";

const NAMES = {
  regions: ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"],
  places: ["New York"],
};

function understood(line: string): { readonly name: string; readonly values: object } {
  const read = understand(line, NAMES);
  if (!read.ok) throw new Error(`${line}: ${read.complaint.message}`);
  return { name: read.command.words.name, values: Object.fromEntries(read.command.values) };
}

function complaint(line: string): Complaint {
  const read = understand(line, NAMES);
  if (read.ok) throw new Error(`"${line}" was understood`);
  return read.complaint;
}

test.each([
  ["region list", {}],
  ["region add --name=eu-central-1 --type=replica", { name: "eu-central-1", type: "replica" }],
  ["region promote --name=eu-west-1", { name: "eu-west-1" }],
  ["region failover --from=us-east-1 --to=eu-west-1", { from: "us-east-1", to: "eu-west-1" }],
  ["replication status", {}],
  ["replication pause --region=ap-southeast-1", { region: "ap-southeast-1" }],
  ["replication resume --region=ap-southeast-1", { region: "ap-southeast-1" }],
  ["replication reset --region=eu-west-1", { region: "eu-west-1" }],
  ["health check --all-regions", { "all-regions": true }],
  ["health history --region=us-east-1 --days=7", { region: "us-east-1", days: 7 }],
  ["cost analyze --breakdown=region", { breakdown: "region" }],
  ["cost forecast --months=3", { months: 3 }],
  ["cost optimize --suggest", { suggest: true }],
  ["chaos test --scenario=region-failure --region=us-west-2", { scenario: "region-failure", region: ["us-west-2"] }],
  ["latency test --from=all --to=all", { from: "all", to: "all" }],
  ["failover test --dry-run", { "dry-run": true }],
])("the seed's `%s` is understood as it stands there", (line, values) => {
  const read = understood(line);
  expect(line.startsWith(read.name)).toBe(true);
  expect(read.values).toEqual(values);
});

test.each([
  ["region promote eu-west-1", "region promote --name=eu-west-1"],
  ["  region\tpromote   --name eu-west-1  ", "region promote --name=eu-west-1"],
  ["replication pause 'us-east-1'", "replication pause --region=us-east-1"],
  ['advance "1h30m"', "advance 90m"],
])("`%s` says the same as `%s`", (line, same) => {
  expect(understood(line)).toEqual(understood(same));
});

test("a negative time is told that it cannot be one, and is taken for no option", () => {
  expect(complaint("advance -5s").expected).toContain("cannot be negative");
});

describe("what cannot be understood is shown where it stands, with what was meant", () => {
  test.each([
    ["regoin list", 0, 'did you mean "region"?'],
    ["region promot eu-west-1", 7, 'did you mean "promote"?'],
    ["region", 6, undefined],
    ["region promote eu-wst-1", 15, 'did you mean "eu-west-1"?'],
    ["region promote --name=eu-wst-1", 22, 'did you mean "eu-west-1"?'],
    ["region promote mars-north-1", 15, "`region add NAME` adds one of `faultline list regions`"],
    ["region promote eu-central-1", 15, "`region add eu-central-1` adds it"],
    ["region promote eu-west-1 us-east-1", 25, undefined],
    ["region promote", 14, undefined],
    ["region list --fast", 12, undefined],
    ["region promote eu-west-1 --forse", 25, 'did you mean "force"?'],
    ["region promote --name=eu-west-1 --name=us-east-1", 32, undefined],
    ["region promote --name", 21, undefined],
    ["region promote -n eu-west-1", 15, undefined],
    ["chaos test", 10, undefined],
    ["chaos test --scenario=region-falure --region=us-west-2", 22, 'did you mean "region-failure"?'],
    ["chaos test --scenario=region-failure", 11, undefined],
    [
      "chaos test --scenario=region-failure --region=us-west-2,mars",
      56,
      "`region add NAME` adds one of `faultline list regions`",
    ],
    ["chaos test --scenario=region-failure --region=us-west-2 --slowdown=3", 56, undefined],
    ["chaos test --scenario=surge --region=us-west-2", 28, undefined],
    ["advance 30", 8, undefined],
    ["advance -5s", 8, undefined],
    ["health history --days=many", 22, undefined],
    ["health history --days=0", 22, undefined],
    ["latency test --samples=0", 23, undefined],
    ["latency test --samples=20001", 23, undefined],
    ['save "my file', 5, undefined],
    ["region \u001b[31mlist", 7, undefined],
    ["", 0, "`help` lists them"],
  ])("`%s`", (line, at, hint) => {
    const found = complaint(line);
    expect([found.at, found.hint]).toEqual([at, hint]);
    expect(found.message.length).toBeGreaterThan(0);
    expect(found.expected.length).toBeGreaterThan(0);
  });

  test("a line of 10^5 characters is refused at once", () => {
    expect(complaint("region promote ".padEnd(100_000, "x")).message).toContain("100000 characters");
  });

  test("no text at all makes it fail, and no complaint points beyond its line", () => {
    const word = fc.oneof(
      fc.constantFrom(...COMMANDS.flatMap(({ name }) => name.split(" "))),
      fc.constantFrom("--region=us-east-1", "--name", "--force=maybe", "__proto__", "--__proto__=1", "--constructor"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const line = words.join(" ");
        const read = understand(line, NAMES);
        if (!read.ok) expect(read.complaint.at).toBeLessThanOrEqual(line.length);
      }),
      { numRuns: 2000 },
    );
  });
});

test("every kind of fault has a chaos test, written as an entry of a scenario's faults", () => {
  for (const scenario of CHAOS_SCENARIOS) {
    const written = [[["region", ["us-east-1"]]], [["place", "New York"]], [["how", undefined]]] as const;
    const fits = written.filter((more) => {
      const given = more.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
      return "fault" in chaosFault(new Map<string, unknown>([["scenario", scenario], ...given]));
    });
    expect([scenario, fits.length]).toEqual([scenario, 1]);
  }
});
