import { describe, expect, test } from "vitest";
import { SETTINGS, type Setting } from "../../src/fates/remedies.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";

const REGIONS = {
  "pilot-light": "primary: us-east-1, standby: eu-west-1, ",
  "active-active": "",
} as const;

/** An architecture that has the setting, as whoever follows the advice would write it. */
const scenarioWith = ({ text, pattern }: Pick<Setting, "text" | "pattern">): string => `question: Does it help?
duration: 10m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 2, workers: 8}
    eu-west-1: {instances: 2, workers: 8}
users:
  - {place: London, requests: 10/s}
architectures:
  remedied: {pattern: ${pattern}, ${REGIONS[pattern]}${text}}
`;

describe("what why advises can be written down as it stands", () => {
  test.each(SETTINGS.map((setting) => [setting.text, setting] as const))("%s", (_, setting) => {
    const parsed = parseScenario(scenarioWith(setting));
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok) expect(compile(parsed.scenario).plans).toHaveLength(1);
  });

  test("and a setting that does not exist would be found", () => {
    for (const text of ["replication: semi-syncronous", "failover: never", "storage: {sync: sometimes}"])
      expect(parseScenario(scenarioWith({ text, pattern: "pilot-light" })).ok).toBe(false);
  });
});
