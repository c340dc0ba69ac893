import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultline, processOf } from "../cli/cli.js";
import { MINE, folder, replication, scenario } from "./own.js";

type Files = Readonly<Record<string, string>>;

/** What `validate` says, each problem a line. */
function said(architecture: string, files: Files): { code: number | null; problems: string[]; out: string } {
  const at = folder({ "s.yaml": scenario(architecture), ...files });
  const { code, err, out } = faultline(["validate", "s.yaml"], at);
  return { code, out, problems: err.split("\n").filter((line) => line.includes(": error: ")) };
}

const at = (column: number): string => `s.yaml:${MINE}:${column}: error: `;
const COLUMN = 23;

const WRONG: Readonly<Record<string, readonly [Files, ...string[]]>> = {
  "a syntax error": [
    { "mine.ts": replication().replace("restart()", "restart((") },
    "mine.ts:24: a syntax error: Unexpected token; expected TypeScript or JavaScript",
  ],
  "a syntax error in what it imports": [
    {
      "mine.ts": replication({ top: 'import "./below/helper.ts";' }),
      "below/helper.ts": "export const a = 1;\nlet = ;\n",
    },
    "below/helper.ts:2: a syntax error",
  ],
  "no default export": [
    { "mine.ts": "export const mine = 1;\n" },
    "mine.ts:1: its default export is missing; expected a replication policy, an object",
  ],
  "a wrong shape, all of it at once": [
    {
      "mine.ts": `export default {
  name: "My own",
  about: "x",
  gives: { writers: "some" }, needs: {}, verbs: [1],
  options: {
    Pause: 3,
    beat: { kind: "duration", default: -1, about: "x" },
  },
};
`,
    },
    'mine.ts:2: name is "My own"; expected a name of small letters, digits and hyphens',
    "mine.ts:1: letter is missing; expected a function, for a replication policy",
    "mine.ts:1: on is missing; expected a function, for a replication policy",
    'mine.ts:4: gives.writers is "some"; expected "leader" or "every-replica"',
    "mine.ts:4: needs.conflict is missing; expected true or false",
    "mine.ts:4: verbs holds what is no text",
    'mine.ts:6: an option is called "Pause"',
    "mine.ts:7: the default of option beat is -1; expected a duration",
  ],
  "the name of a policy that comes along": [
    { "mine.ts": replication({ facts: 'name: "async",' }) },
    'mine.ts calls itself "async", and there is a replication policy of that name already; expected a name of its own',
  ],
  "a file that throws when it is loaded": [
    { "mine.ts": replication({ top: 'throw new TypeError("no way");' }) },
    "mine.ts:2: it cannot be loaded: no way",
  ],
  "a file that reads the clock when it is loaded": [
    { "mine.ts": replication({ top: "export const begun = Date.now();" }) },
    "mine.ts:2: the replication policy mine.ts, in load at 00 m 00.000000 s: reads the clock (Date.now)",
  ],
  "a file that does not come to an end": [
    { "mine.ts": replication({ top: "for (;;) {}" }) },
    "mine.ts cannot be loaded: it has not come to an end after 10 s of work; expected a file that only declares a policy",
  ],
  "no such file": [{}, 'the replication policy "./mine.ts" cannot be read: there is no such file'],
};

test.each(Object.entries(WRONG))("%s is told with the place in both files", (_, [files, ...expected]) => {
  const { code, problems } = said("replication: ./mine.ts", files);
  expect(problems).toHaveLength(expected.length);
  for (const [index, text] of expected.entries()) expect(problems[index]).toContain(at(COLUMN) + text);
  expect(code).toBe(2);
});

test.each(["../mine.ts", "/etc/mine.ts", "below/../../mine.ts"])("%s leads out of the folder", (path) => {
  const { code, problems } = said(`replication: ${path}`, {});
  expect(problems).toEqual([expect.stringContaining(`${at(COLUMN)}"${path}" leads out of the scenario's folder`)]);
  expect(code).toBe(2);
});

test("a symbolic link out of the folder is not followed", () => {
  const outside = folder({ "mine.ts": replication() });
  const inside = folder({ "s.yaml": scenario("replication: ./mine.ts") });
  symlinkSync(join(outside, "mine.ts"), join(inside, "mine.ts"));
  const { code, err } = faultline(["validate", "s.yaml"], inside);
  expect(err).toContain("it is a symbolic link that leads out of the scenario's folder");
  expect(code).toBe(2);
});

test("only a .ts or .js file is a policy", () => {
  const { problems } = said("replication: ./mine.yaml", { "mine.yaml": "x" });
  expect(problems).toEqual([expect.stringContaining("is no file of TypeScript or JavaScript")]);
});

test("what is wrong with several files comes at once, at the place of each", () => {
  const { problems } = said("replication: ./a.ts, routing: ./b.js, failover: {use: ./c.ts}", {
    "a.ts": "export default 3;\n",
    "b.js": 'export default {\n  name: "b", about: "x", options: {},\n  on: 3,\n};\n',
    "c.ts": 'export default {\n  name: "c", about: "x", on() {},\n  options: { lease: 3 },\n};\n',
  });
  expect(problems).toHaveLength(3);
  expect(problems[0]).toContain(`${at(23)}a.ts:1: its default export is 3`);
  expect(problems[1]).toContain(`${at(40)}b.js:3: on is 3; expected a function, for a routing policy`);
  expect(problems[2]).toContain(`${at(64)}c.ts:3: an option is called "lease"; expected anything but use, verify`);
});

const mine = { "mine.ts": replication() };

test("an unknown setting is refused with the known ones, a wrong unit and a broken bound with what is right", () => {
  expect(said("replication: {use: ./mine.ts, paus: 3s}", mine).problems).toEqual([
    `${at(40)}replication has no key "paus"; expected one of use, pause; did you mean "pause"?`,
  ]);
  expect(said("replication: {use: ./mine.ts, pause: 3}", mine).problems[0]).toContain(
    'pause is "3"; expected a duration',
  );
  expect(said("replication: {use: ./mine.ts, pause: 10us}", mine).problems).toEqual([
    `${at(47)}replication.pause is 10 us; expected 1 ms or more`,
  ]);
});

test("what it gives and needs is held against the other policies of the architecture", () => {
  const { problems } = said("replication: ./mine.ts, conflict: none", mine);
  expect(problems[0]).toContain("replication mine lets two regions write one key at once, but conflict is none");
});

const asking = (needs: string): string =>
  `export default {\n  name: "c", about: "x", options: {}, gives: () => [],\n  needs() {\n    ${needs}\n  },\n};\n`;

test("what it needs is asked before anything runs; what goes wrong then is told beside all else", () => {
  const refused = said("consistency: ./c.ts", { "c.ts": asking("return { oneOrder: true };") }).problems;
  expect(refused).toEqual([expect.stringContaining(`${at(23)}consistency c needs one order of all writes`)]);
  const { problems } = said("consistency: ./c.ts, health: {interval: 1s, timeout: 5 parsecs}", {
    "c.ts": asking('throw new Error("no idea");'),
  });
  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain(
    "c.ts:4: the consistency policy c, in needs at 00 m 00.000000 s: throws Error: no idea",
  );
  expect(problems[1]).toContain("5 parsecs");
  expect(said("consistency: ./c.ts", { "c.ts": asking("return 3;") }).problems[0]).toContain("needs answers 3");
});

test("the fleet of a scaling of one's own is asked for before anything runs, and has a place where it goes wrong", () => {
  const scaling = (answer: string): string =>
    `export default {\n  name: "f", about: "x", options: {},\n  fleet() {\n    ${answer}\n  },\n};\n`;
  expect(said("scaling: ./f.ts", { "f.ts": scaling('throw new Error("no idea");') }).problems).toEqual([
    expect.stringContaining(
      `s.yaml:${MINE}:3: error: f.ts:4: the scaling policy f, in fleet at 00 m 00.000000 s: throws`,
    ),
  ]);
  const [problem] = said("scaling: ./f.ts", { "f.ts": scaling("return { instances: 1e12, workers: 1 };") }).problems;
  expect(problem).toContain("two counts of at most 100000");
});

test("one that is for some operations only is loaded, compiled and explained as any other", () => {
  const files = folder({
    "s.yaml": `${scenario("consistency: {use: local, for: {batch: {use: ./c.ts, within: 3s}}}")}requests: {batch: {share: 10%}, real_time: {share: 90%}}\n`,
    "c.ts": asking("return {};").replace(
      "options: {}",
      'options: { within: { kind: "duration", default: 1, about: "x" } }',
    ),
  });
  const { out, code, err } = faultline(["explain", "s.yaml", "--json"], files);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { rows } = JSON.parse(out).architectures[1] as { rows: { path: string; value: string }[] };
  const value = (path: string) => rows.find((row) => row.path === path)?.value;
  expect(value("consistency.for.batch.use")).toBe("c (c.ts)");
  expect(value("consistency.for.batch.within")).toBe("3 s");
  const ran = faultline(["run", "s.yaml", "--quiet", "--until", "5s", "--out", "out"], files);
  expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: "" });
});

test("a fine one is loaded once, whoever names it; explain shows its settings and where they come from", () => {
  const files = folder({
    "s.yaml": `${scenario("replication: {use: ./mine.ts, pause: 90s}")}  more: {replication: mine.ts}\n`,
    ...mine,
  });
  const { out, code } = faultline(["explain", "s.yaml", "--json"], files);
  expect(code).toBe(0);
  const [, first, second] = JSON.parse(out).architectures as {
    rows: { path: string; value: string; origin: string }[];
  }[];
  const row = (rows: typeof first, path: string) => rows!.rows.find((each) => each.path === path);
  expect(row(first, "replication.use")).toEqual({
    path: "replication.use",
    value: "mine (mine.ts)",
    origin: `s.yaml:${MINE}`,
  });
  expect(row(first, "replication.pause")).toEqual({
    path: "replication.pause",
    value: "1.5 m",
    origin: `s.yaml:${MINE}`,
  });
  expect(row(second, "replication.use")).toMatchObject({ value: "mine (mine.ts)", origin: `s.yaml:${MINE + 1}` });
  expect(row(second, "replication.pause")).toMatchObject({ value: "1 s", origin: "default of mine" });
});

test("a scenario without one starts no thread and does not load the translator", () => {
  const inside = folder({ "s.yaml": scenario("pattern: active-active") });
  const probe = `process.on("exit", () => { const found = process.getActiveResourcesInfo().concat(Object.keys(require("module")._cache)).filter((each) => /jiti|Worker/.test(each)); if (found.length > 0) console.error("loaded", found); });`;
  const plain = folder({ "probe.cjs": probe });
  const options = process.env["NODE_OPTIONS"];
  process.env["NODE_OPTIONS"] = `--require ${join(plain, "probe.cjs")}`;
  try {
    expect(processOf(["validate", "s.yaml"], inside)).toMatchObject({ code: 0, err: "" });
  } finally {
    process.env["NODE_OPTIONS"] = options ?? "";
  }
});
