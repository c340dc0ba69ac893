import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { suggestionsFor, withArchitectures } from "../../src/scenario/suggestions.js";

const FILE = (architectures: string, classes = "") => `question: q
duration: 10m
topology: {regions: {sa-east-1: {instances: 4}, us-east-1: {instances: 4}, eu-west-1: {instances: 4}}}
users: [{place: London, requests: 1/s}]
data: {size: 1 GB${classes}}
faults: [{region_outage: us-east-1, at: 2m, for: 3m}]
architectures: {${architectures}}
expect: {base: {availability: ">= 1%"}}
`;

function suggested(architectures: string, classes = "") {
  const text = FILE(architectures, classes);
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [plan] = compile(parsed.scenario).plans;
  return { text, all: suggestionsFor(text, plan!, parsed.scenario.prices) };
}

test("each kind of change is a scenario that can be run, or says why it does not apply", () => {
  const classes = ", classes: {profiles: {share: 50%, value: 1 KB}, audit: {share: 50%, value: 20 KB, reads: 1%}}";
  const { text, all } = suggested("base: {pattern: active-active}, other: {pattern: active-active}", classes);
  const changes = all.flatMap((each) => ("change" in each ? [each] : []));
  expect(changes.map(({ change }) => change)).toEqual([
    "placement: {for: {audit: [us-east-1, eu-west-1]}}",
    "transfer: {compression: 4}",
    "pattern: single-region, primary: sa-east-1",
    "pattern: backup-and-restore, primary: sa-east-1, standby: us-east-1",
    "pattern: pilot-light, primary: sa-east-1, standby: us-east-1",
    "pattern: warm-standby, primary: sa-east-1, standby: us-east-1",
    "pattern: active-passive, primary: sa-east-1, standby: us-east-1",
  ]);
  for (const { name, architecture } of changes) {
    const parsed = parseScenario(withArchitectures(text, "base", { [name]: architecture }, () => true));
    expect(parsed.ok, name).toBe(true);
    if (parsed.ok) expect([...parsed.scenario.raw.architectures!.keys()]).toEqual(["base", name]);
  }
  expect(all.filter((each) => "why" in each)).toEqual([
    { kind: "a cheaper primary", why: "every region accepts writes" },
    { kind: "a smaller standby", why: "no region stands by" },
  ]);
});

test("a primary in the dearest region may lead elsewhere, where sending costs less", () => {
  const { all } = suggested("base: {pattern: active-passive, primary: sa-east-1, standby: us-east-1}");
  const changes = all.flatMap((each) => ("change" in each ? [each] : []));
  expect(changes.filter(({ kind }) => kind === "a cheaper primary").map(({ architecture }) => architecture)).toEqual([
    { pattern: "active-passive", primary: "us-east-1", standby: "sa-east-1" },
    { pattern: "active-passive", primary: "eu-west-1", standby: "us-east-1" },
  ]);
  expect(changes.find(({ kind }) => kind === "a smaller standby")!.change).toBe("standby_instances: 30%");
  expect(all[0]).toEqual({
    kind: "selective replication",
    why: "there are 2 copies, and fewer than two survive nothing",
  });
});

test("what an operator orders is ordered in a change too, or in the base alone; orders of others are gone", () => {
  const { text } = suggested(
    "base: {pattern: active-passive, primary: sa-east-1, standby: us-east-1}, other: {pattern: active-active}",
  );
  const orders = `actions:
  - {at: 1m, do: region failover}
  - {at: 2m, do: replication pause us-east-1, in: [base, other]}
  - {at: 3m, do: replication pause eu-west-1, in: other}
`;
  const made = (pattern: Readonly<Record<string, unknown>>, takes: (order: number) => boolean) =>
    parseScenario(withArchitectures(`${text}${orders}`, "base", { changed: pattern }, takes));
  const standby = made({ pattern: "pilot-light", primary: "us-east-1", standby: "sa-east-1" }, () => true);
  const given = (parsed: typeof standby) =>
    parsed.ok && compile(parsed.scenario).plans.map(({ actions }) => actions?.length);
  expect(given(standby)).toEqual([2, 2]);
  expect(made({ pattern: "active-active" }, () => true).ok).toBe(false);
  expect(given(made({ pattern: "active-active" }, (order) => order === 1))).toEqual([2, 1]);
});
