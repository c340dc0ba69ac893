import { expect, test } from "vitest";
import { readRequirements } from "../../src/advise/recommend/requirements.js";

const problems = (text: string): string[] => {
  const read = readRequirements(text, "needs.yaml");
  if (read.ok) throw new Error("nothing is wrong with it");
  return read.problems.map(
    ({ line, column, message, expected, hint }) =>
      `${line}:${column} ${[message, expected, hint].filter((part) => part !== undefined).join("; ")}`,
  );
};
const USERS = "users: [{place: London, requests: 10/s}]\n";

test("what is left out has defaults: all measured regions of AWS, three at most, no bounds", () => {
  const read = readRequirements(USERS, "needs.yaml");
  if (!read.ok) throw new Error("it is wrong");
  const { candidates, most, p95, rto, rpo, budget, classes } = read.requirements;
  expect([candidates.length, most, p95, rto, rpo, budget]).toEqual([21, 3, null, null, null, null]);
  expect(classes).toEqual([{ name: "data", share: 1, level: "eventual", owned: false, allowed: null, law: "" }]);
});

test.each([
  ["azure", 51],
  ["gcp", 20],
])("without candidates they are all regions of %s that were measured, %d", (provider, count) => {
  const read = readRequirements(`${USERS}provider: ${provider}`, "needs.yaml");
  expect(read.ok && read.requirements.candidates.length).toBe(count);
});

test.each([
  ["EU", ["northeurope"]],
  ["EEA", ["northeurope", "norwayeast"]],
  ["EU/EEA", ["northeurope", "norwayeast"]],
  ["Canada", ["canadacentral"]],
])("the law %s is that of %j", (law, expected) => {
  const text = `${USERS}data: {classes: {a: {share: 100%, allowed: [${law}]}}}\nprovider: azure\ncandidates: [northeurope, norwayeast, canadacentral]\n`;
  const read = readRequirements(text, "needs.yaml");
  if (!read.ok) throw new Error("it is wrong");
  const { classes, candidates } = read.requirements;
  expect(classes[0]!.allowed!.map((id) => candidates[id]!.name)).toEqual(expected);
});

test("people and how often one of them asks make a rate: 36,000 people twice an hour are 20/s", () => {
  const read = readRequirements("users: [{place: London, people: 36_000, each: 2/h}]", "needs.yaml");
  expect(read.ok && read.requirements.users[0]!.rate).toBeCloseTo(20, 9);
});

test.each(["EU/EEA", "EU", "EEA"])("the jurisdiction %s stands for its candidates", (law) => {
  const text = `${USERS}data: {classes: {a: {share: 100%, allowed: [${law}, us-east-1]}}}\ncandidates: [eu-west-1, eu-west-2, us-east-1, us-east-2]\nregions: 2\n`;
  const read = readRequirements(text, "needs.yaml");
  expect(read.ok && read.requirements.classes[0]!.allowed).toEqual([0, 2]);
});

test.each([
  ["an empty file", "", /^1:1 the file is empty; a set of requirements; begin with users/],
  ["no users", "budget: 10", /^1:1 the file lacks "users"; add "users:"$/],
  ["users that are none", "users: []", /^1:8 users has 0 entries; a list of 1 to 200/],
  ["nobody who asks", "users: [{place: London}]", /^1:9 nobody asks for anything in London; requests: 50\/s/],
  [
    "a place that is none",
    "users: [{place: Londn, requests: 1/s}]",
    /^1:17 no catalogue knows the place "Londn"; .* did you mean "London"\?$/,
  ],
  [
    "a place twice",
    "users: [{place: London, requests: 1/s}, {place: London, requests: 1/s}]",
    /^1:49 "London" stands here for the second time/,
  ],
  [
    "a billion people who ask for ever",
    "users: [{place: London, people: 1_000_000_000, each: 5/s}]",
    /all users together ask for 5\.0e\+9 requests\/s; at most 1e\+9/,
  ],
  ["a latency of nothing", `${USERS}latency: {p95: 0s}`, /^2:16 nothing can take no time/],
  ["a negative budget", `${USERS}budget: -5`, /^2:9 budget is "-5"; dollars a month/],
  [
    "a provider that is none",
    `${USERS}provider: awz`,
    /^2:11 provider is "awz"; one of aws, gcp, azure; did you mean "aws"\?$/,
  ],
  [
    "a region that is none",
    `${USERS}candidates: [eu-west-9]`,
    /^2:14 no catalogue knows the region "eu-west-9"; .*did you mean "eu-west-1"\?$/,
  ],
  ["a region of another provider", `${USERS}candidates: [europe-west1]`, /^2:14 europe-west1 is a region of gcp; /],
  [
    "more regions than there are",
    `${USERS}candidates: [eu-west-1]\nregions: 2`,
    /^3:10 2 regions may be chosen, and there are 1; at most 1$/,
  ],
  ["no region", `${USERS}regions: 0`, /^2:10 0 regions may be chosen; 1 to 5$/],
  [
    "five of all",
    `${USERS}regions: 5`,
    /^2:10 5 regions? of .*|^2:10 5 of 21 regions make \d+ candidates; at most 1000000; choose fewer/,
  ],
  [
    "shares that are no whole",
    `${USERS}data: {classes: {a: {share: 50%}, b: {share: 20%}}}`,
    /^2:\d+ the shares of the classes sum to 70 %; 100 %$/,
  ],
  [
    "a law about nowhere",
    `${USERS}data: {classes: {a: {share: 100%, allowed: [Atlantis]}}}`,
    /^2:\d+ "Atlantis" is no candidate, and no candidate is under such a jurisdiction/,
  ],
  [
    "two consistencies",
    `${USERS}data: {consistency: strong, classes: {a: {share: 100%}}}`,
    /^2:21 each class has a consistency of its own/,
  ],
  ["a scenario", "question: which?\nduration: 5m", /^1:1 the file has no key "question"; one of users, latency/],
  ["a bomb of aliases", `a: &a [1, 2]\nb: [${"*a, ".repeat(200)}]`, /more than 100 aliases/],
  ["a key that is no key", `${USERS}__proto__: {x: 1}`, /^2:1 the key "__proto__" is not allowed/],
])("%s is told with its place and what to do", (_, text, expected) => {
  const found = problems(text);
  expect(found.some((problem) => expected.test(problem))).toBe(true);
});

test("all that is wrong comes at once, in the order of the file", () => {
  const found = problems("users: [{place: Nowhere, requests: 0/s}]\nlatency: {p95: 0s}\nregions: 9\n");
  expect(found.map((problem) => problem.split(":")[0])).toEqual(["1", "1", "2", "3"]);
});
