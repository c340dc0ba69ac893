import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { explain } from "../../src/scenario/explain.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";

const REGIONS = ["us-east-1", "eu-west-1", "eu-central-1"];

const scenario = (
  architecture: string,
  law = "",
  classes = "profiles: {share: 50%, personal: true, local: 90%}",
): string => `question: Where?
duration: 10m
topology:
  latency: aws-2024-04
  regions: {${REGIONS.map((name) => `${name}: {}`).join(", ")}}
users:
  - {place: New York, requests: 10/s}
  - {place: Frankfurt, requests: 10/s}
data: {classes: {${classes}, media: {share: 50%}}}
${law}
architectures:
  it: {${architecture}}
`;

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

const active = "pattern: active-active";
const geo = "pattern: geo-partitioned";

test("all that is wrong with a law is told at once, each where it stands", () => {
  const law =
    "governance: {gdpr_regions: [eu-west-1, eu-wets-1], data_residency: [{type: profile, allowed_regions: [eu-west-1]}, {type: media, allowed_regions: []}, {type: media, allowed_regions: [us-east-1, us-east-1]}]}";
  const found = problems(scenario(active, law));
  expect(found).toHaveLength(5);
  expect(found.join("\n")).toMatch(/s\.yaml:10:40: error: .*no region "eu-wets-1".*did you mean "eu-west-1"/s);
  expect(found.join("\n")).toMatch(/no class of data is called "profile".*did you mean "profiles"/s);
  expect(found.join("\n")).toMatch(/the law leaves media no region/);
  expect(found.join("\n")).toMatch(/"media" has a rule already/);
  expect(found.join("\n")).toMatch(/"us-east-1" is allowed twice/);
});

test.each([
  [
    "laws that have no region in common leave a class homeless",
    active,
    "governance: {gdpr_regions: [eu-west-1], data_residency: [{type: profiles, allowed_regions: [us-east-1]}]}",
    ["no region may hold profiles of Frankfurt", "allow another region"],
  ],
  [
    "so does a placement outside of the law",
    `${active}, placement: {for: {profiles: [us-east-1]}}`,
    "governance: {data_residency: [{type: profiles, allowed_regions: [eu-west-1]}]}",
    ["s.yaml:12:", "leaves no region for profiles", "may be in eu-west-1 only"],
  ],
  [
    "a list of replicas outside of the law",
    `${active}, placement: listed, replicas: [us-east-1]`,
    "governance: {data_residency: [{type: media, allowed_regions: [eu-west-1]}]}",
    ["placement listed leaves no region for media"],
  ],
  [
    "a class that there is not",
    `${active}, placement: {for: {medai: [us-east-1]}}`,
    "",
    ['class of data "medai"', '"media"'],
  ],
  [
    "a region that there is not",
    `${active}, placement: {for: {media: [us-eats-1]}}`,
    "",
    ['no region "us-eats-1"', '"us-east-1"'],
  ],
  ["a home at a place that there is not", `${geo}, placement: {homes: {Berlin: eu-west-1}}`, "", ['no place "Berlin"']],
  [
    "a home that no law allows",
    `${geo}, placement: {homes: {Frankfurt: us-east-1}}`,
    "governance: {gdpr_regions: [eu-west-1]}",
    ["us-east-1 is to be the home of profiles of Frankfurt", "eu-west-1 only"],
  ],
  [
    "homes where nobody has one",
    `${active}, placement: {homes: {Frankfurt: eu-west-1}}`,
    "",
    ["no place a home", "geo-partitioned"],
  ],
  ["no copy at all", `${geo}, placement: {copies: 0}`, "", ["placement.copies is 0", "1 or more"]],
  [
    "backups of data kept apart, all in one region",
    `${geo}, backups: {interval: 24h, region: us-east-1}`,
    "governance: {gdpr_regions: [eu-west-1, eu-central-1]}",
    ["the backups are in us-east-1", "eu-west-1, eu-central-1", "beside its own leader"],
  ],
  [
    "an order through data kept apart",
    `${geo}, consistency: consistent-prefix`,
    "",
    ["consistency consistent-prefix promises an order through all data"],
  ],
  [
    "sessions that ask for one",
    `${geo}, consistency: session`,
    "",
    ["consistency session", "monotonic_writes: false, writes_follow_reads: false"],
  ],
  ["a leader that follows the sun", `${geo}, failover: follow-the-sun`, "", ["follow-the-sun moves all data"]],
  [
    "causal delivery through data kept apart",
    `${geo}, replication: {use: multi-primary, delivery: causal}, conflict: last-write-wins, failover: none`,
    "",
    ["causal delivery", "as-it-comes"],
  ],
  [
    "backups where a class may not be",
    "pattern: active-passive, primary: eu-west-1, standbys: [eu-central-1], backups: {interval: 24h, region: us-east-1}",
    "governance: {gdpr_regions: [eu-west-1, eu-central-1], data_residency: [{type: media, allowed_regions: [eu-west-1, eu-central-1]}]}",
    ["the backups are in us-east-1", "eu-west-1, eu-central-1"],
  ],
  [
    "a compression that makes things larger",
    `${active}, transfer: {compression: 0.5}`,
    "",
    ["transfer.compression", "1 or more"],
  ],
])("%s", (_, architecture, law, words) => {
  const found = problems(scenario(architecture, law)).join("\n");
  for (const word of words) expect(found).toContain(word);
});

test("keys that are nobody's cannot be divided by whose they are", () => {
  expect(problems(scenario(geo, "", "profiles: {share: 50%}")).join("\n")).toContain(
    "how often users ask for their own",
  );
});

test("a law that leaves everything where it is changes nothing", () => {
  const plans = ["", "governance: {gdpr_regions: [us-east-1, eu-west-1, eu-central-1]}"].map((law) => {
    const parsed = parseScenario(scenario("pattern: active-passive, primary: us-east-1, standbys: [eu-west-1]", law));
    if (!parsed.ok) throw new Error("it is fine");
    return compile(parsed.scenario).plans[0]!;
  });
  expect(plans[0]!.placement).toBe(null);
  expect(plans[1]!.placement!.groups.map(({ holders, primary, standbys }) => ({ holders, primary, standbys }))).toEqual(
    [{ holders: [0, 1], primary: 0, standbys: [1] }],
  );
});

test("explain says who leads which keys, and where their copies are", () => {
  const law = "governance: {gdpr_regions: [eu-west-1, eu-central-1]}";
  const parsed = parseScenario(scenario(`${geo}, placement: {homes: {Frankfurt: eu-west-1}}`, law));
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join("\n"));
  const rows = explain(parsed.scenario)[0]!.rows.filter(({ path }) => path.startsWith("placement of"));
  expect(rows.map(({ path, value }) => `${path}: ${value}`)).toEqual([
    "placement of profiles of New York: us-east-1 leads, eu-west-1",
    "placement of profiles of Frankfurt: eu-west-1 leads, eu-central-1",
    "placement of media: us-east-1 leads, eu-west-1, eu-central-1",
  ]);
});
