import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD, broken } from "./helpers.js";

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}
const FAULT = "  - {region_outage: us-east-1, at: 2m, for: 3m}";
/** The fault stands in line 11. */
const withFault = (fault: string): string => broken(FAULT, `  - {${fault}}`);
/** The architecture stands in line 13. */
const withSetting = (setting: string): string =>
  broken("both: {pattern: active-active}", `both: {pattern: active-active, ${setting}}`);

describe("bad data of faults are told where, what was expected, and what to do", () => {
  test.each([
    [
      "a negative probability",
      "loss: {isolate: us-east-1}, probability: -0.1, at: 2m",
      ["11:", "-0.1", "a share between"],
    ],
    [
      "a probability above one",
      "loss: {isolate: us-east-1}, probability: 1.5, at: 2m",
      ["11:", "1.5", "a share between"],
    ],
    ["a negative chance", "region_outage: us-east-1, at: 2m, chance: -5%", ["11:", "-5%", "a share between"]],
    ["a zone that is not there", "zone_outage: eu-west-1, zone: f, at: 2m", ["11:", 'no zone "f"', "one of a, b, c"]],
    ["a heal before its cut", "partition: {isolate: us-east-1}, at: 2m, for: -1m", ["11:", "cannot be negative"]],
    ["a heal with its cut", "partition: {isolate: us-east-1}, at: 2m, for: 0s", ["11:", "heals as it begins"]],
    [
      "a million faults",
      "region_outage: us-east-1, at: 0s, for: 100us, repeat: {every: 500us, times: 1_000_000}",
      ["11:60", "strike about 1000000 times", "10000 times or fewer"],
    ],
    [
      "a generator that never ends",
      "region_outage: us-east-1, random: {between: {constant: 0s}, lasting: {constant: 0s}}",
      ["11:", "no law of time"],
    ],
    [
      "a generator that strikes all the time",
      "region_outage: us-east-1, random: {between: {exponential: 1ms}, lasting: {exponential: 1ms}}",
      ["11:40", "10000 times or fewer"],
    ],
    [
      "a fault that would make a link faster than it is",
      "degraded_latency: {isolate: us-east-1}, factor: 0.5, at: 2m",
      ["11:", "factor is 0.5", "1 or more"],
    ],
    [
      "a region that is struck twice at once",
      "region_outage: [us-east-1, eu-west-1, us-east-1], at: 2m",
      ["11:44", '"us-east-1" stands twice', "each once"],
    ],
    [
      "a site that stands twice on a side of a cut",
      "partition: {groups: [[us-east-1, us-east-1], [eu-west-1]]}, at: 2m",
      ["11:", '"us-east-1" stands twice'],
    ],
    ["a clock that is right", "clock_skew: us-east-1, by: 0s, at: 2m", ["11:", "anything but"]],
    ["a clock that runs backwards", "clock_drift: us-east-1, gains: -2s, at: 2m", ["11:", "-500 ms or more"]],
    ["a deletion of nothing", "operator_error: deletion, share: 0%, at: 2m", ["11:", "more than 0%"]],
    ["a deletion without its share", "operator_error: deletion, at: 2m", ["11:", 'lacks "share"']],
    [
      "a deletion that heals",
      "operator_error: deletion, share: 5%, at: 2m, for: 1m",
      ["11:", "does not heal", 'take "for" away'],
    ],
    ["a poison that is never skipped", "poison_write: crash, at: 2m", ["11:", "must end", 'add "for:"']],
    [
      "a rollout to one region",
      "bad_deploy: us-east-1, failing: 5%, at: 2m, stagger: 1m",
      ["11:", "two regions or more"],
    ],
    [
      "a rollout by chance",
      "bad_deploy: [us-east-1, eu-west-1], failing: 5%, at: 2m, stagger: 1m, chance: 50%",
      ["11:", '"chance" leaves it to luck', "one of them"],
    ],
    ["a deploy that breaks nothing", "bad_deploy: us-east-1, at: 2m", ["11:", 'lacks "crashing"']],
    ["an error of another kind", "operator_error: typo, share: 5%, at: 2m", ["11:", "one of deletion"]],
  ])("%s", (_, fault, expected) => {
    const found = problems(withFault(fault)).join("\n");
    for (const part of expected) expect(found).toContain(part);
  });

  test.each([
    ["workers that do not apply", "storage: {apply: {rate: 0/s}}", ["13:", "apply.rate is 0/s", "leave it out"]],
    ["no worker", "storage: {apply: {rate: 10/s, workers: 0}}", ["13:", "apply.workers is 0", "1 or more"]],
    ["caches that are faster cold", "cold_cache: {slowdown: 0.5}", ["13:", "cold_cache.slowdown is 0.5", "1 or more"]],
    [
      "caches that are warm at once",
      "cold_cache: {slowdown: 3, warm_up: 0s}",
      ["13:", "warm_up is 0 s", "more than 0 s"],
    ],
    ["backups that are never made", "backups: {restore: 1 Gbps}", ["13:", "never made", 'add "interval:"']],
    [
      "backups in a region that is not there",
      "backups: {interval: 1h, region: eu-west-3}",
      ["13:", 'no region "eu-west-3"'],
    ],
    ["backups without a pause", "backups: {interval: 1s}", ["13:", "interval is 1 s", "1 m"]],
  ])("%s", (_, setting, expected) => {
    const found = problems(withSetting(setting)).join("\n");
    for (const part of expected) expect(found).toContain(part);
  });

  test("of several faults the one that strikes most often is pointed at", () => {
    const often = "region_outage: us-east-1, at: 0s, for: 100us, repeat: {every: 500us, times: 20_000}";
    const found = problems(broken(FAULT, `${FAULT}\n  - {${often}}\n${FAULT.replace("2m", "6m")}`));
    expect(found[0]).toMatch(/^s\.yaml:12:\d+: error: the faults strike about 20002 times/);
  });

  test("a site may stand on both sides of a group, and on one side once", () => {
    expect(problems(withFault("partition: {groups: [[us-east-1, London], [eu-west-1, London]]}, at: 2m"))).toEqual([]);
  });

  test("what they break is itself fine", () => {
    expect(problems(GOOD)).toEqual([]);
    expect(problems(withFault("operator_error: deletion, share: 5%, at: 2m, detect_after: 10m"))).toEqual([]);
    expect(
      problems(withSetting("storage: {apply: {rate: 10/s}}, backups: {interval: 24h, point_in_time: never}")),
    ).toEqual([]);
  });
});
