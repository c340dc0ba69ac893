import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { patterns } from "../../src/architectures/catalogue.js";
import { bundledScenarios } from "../../src/cli/bundled.js";
import { faultKinds } from "../../src/faults/catalogue.js";
import { DANGERS } from "../../src/measure/dangers.js";
import { COMMANDS, HAPPENINGS, usage } from "../../src/operate/commands.js";
import { catalogue } from "../../src/policies/catalogue.js";
import type { PolicyFacts } from "../../src/policies/contract.js";
import { faultReference, faultsOf } from "../../src/scenario/fault-reference.js";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { choicesOf, policyReference } from "../../src/scenario/policy-reference.js";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

test("the page on faults is that of the registry (faultline list fault-reference > docs/faults.md)", () => {
  expect(read("docs/faults.md")).toBe(faultReference(bundledScenarios()));
});

test("the page on policies is that of the registries (npm run docs)", () => {
  expect(read("docs/policies.md")).toBe(policyReference(bundledScenarios()));
});

test("every policy says what it costs and what it follows; only what does nothing follows nobody", () => {
  const all = Object.entries(catalogue).flatMap(([kind, members]) =>
    Object.values<PolicyFacts>(members).map((facts) => [`${kind} ${facts.name}`, facts] as const),
  );
  expect(all.filter(([, { costs = "" }]) => !/^[A-Z].*\.$/.test(costs)).map(([name]) => name)).toEqual([]);
  expect(all.filter(([, { follows = "" }]) => follows === "").map(([name]) => name)).toEqual([
    "failover none",
    "caching none",
  ]);
});

test("every policy and every pattern has a bundled scenario that shows it", () => {
  const shown = new Set([...bundledScenarios().values()].flatMap((scenario) => [...choicesOf(scenario)]));
  const all = [
    ...Object.entries(catalogue).flatMap(([kind, members]) => Object.keys(members).map((name) => `${kind} ${name}`)),
    ...patterns.map(({ name }) => `pattern ${name}`),
  ];
  expect(all.filter((each) => !shown.has(each))).toEqual([]);
});

test("every kind of fault has a bundled scenario that shows it", () => {
  const shown = new Set([...bundledScenarios().values()].flatMap(faultsOf));
  expect(faultKinds.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

test("the published JSON Schema is that of the code (faultline list schema > docs/scenario.schema.json)", () => {
  expect(read("docs/scenario.schema.json")).toBe(scenarioJsonSchema());
});

test("the page on promises names every danger with its metric (faultline list dangers)", () => {
  const rows = [...read("docs/promises.md").matchAll(/^\| `([\w-]+)` \| `(\w+)` \|$/gm)];
  expect(rows.map(([, word, metric]) => [word, metric])).toEqual(DANGERS.map(({ word, facts }) => [word, facts.name]));
});

test("the page on the console has every command and every happening with what it says of itself", () => {
  const page = read("docs/console.md").replaceAll("\\|", "|");
  for (const words of COMMANDS) expect(page).toContain(`| \`${usage(words)}\` | ${words.about} |`);
  for (const [word, about] of HAPPENINGS) expect(page).toContain(`| \`${word}\` | ${about} |`);
});

test("the README names the two commands and only files that are there", () => {
  const readme = read("README.md");
  expect(readme).toContain("npm ci && npm start");
  expect(readme).toContain("npm ci && npm test");
  for (const [, path] of readme.matchAll(/\]\(([^)#:]+)\)/g)) expect(read(path!).length).toBeGreaterThan(0);
});
