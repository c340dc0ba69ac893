import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultline, processOf } from "../cli/cli.js";
import { LINES, type Parts, folder, replication, scenario } from "./own.js";

interface Case {
  readonly parts: Parts;
  /** Where it stands, in which hook it is caught, and at what time where that does not follow from the seed. */
  readonly line: number;
  readonly hook: string;
  readonly time?: string;
  readonly what: string;
}

const CASES: Readonly<Record<string, Case>> = {
  throws: {
    parts: { timer: 'if (host.now >= 30_000_000) throw new Error("out of ideas");' },
    ...{ line: LINES.timer, hook: "timer", time: "00 m 30.000000 s", what: "throws Error: out of ideas" },
  },
  "loops for ever": {
    parts: { timer: "if (host.now >= 10_000_000) for (;;) {}" },
    ...{ line: LINES.timer, hook: "timer", time: "00 m 10.000000 s", what: "has not come to an end after 5 s" },
  },
  "allocates without bound": {
    parts: { on: "const hoard = [];", timer: "hoard.push(new Array(5_000_000).fill(host.now));" },
    ...{ line: 0, hook: "timer", what: "has come to hold more than 1024 MB of memory" },
  },
  "allocates many small things without bound": {
    parts: {
      on: "const hoard = [];",
      timer: "for (let more = 0; more < 300_000; more++) hoard.push({ at: more });",
    },
    ...{ line: 0, hook: "timer", what: "has come to hold more than 1024 MB of memory" },
  },
  "allocates without bound outside of the heap": {
    parts: { on: "const hoard = [];", request: "hoard.push(new Float64Array(1_000_000));" },
    ...{ line: 0, hook: "request", what: "has come to hold more than 1024 MB of memory" },
  },
  "reads the clock": {
    parts: { request: "const now = Date.now();" },
    ...{
      line: LINES.request,
      hook: "request",
      what: "reads the clock (Date.now); a policy is told the time: host.now",
    },
  },
  "reads the clock by a function taken at load": {
    parts: { top: "const clock = Date.now;", request: "clock();" },
    ...{ line: LINES.request, hook: "request", what: "reads the clock (Date.now)" },
  },
  "makes a date of now": {
    parts: { request: "new Date();" },
    ...{ line: LINES.request, hook: "request", what: "reads the clock (new Date())" },
  },
  "reads the performance clock": {
    parts: { request: "performance.now();" },
    ...{ line: LINES.request, hook: "request", what: "reads the clock (performance.now)" },
  },
  "reads the process clock": {
    parts: { request: "process.hrtime.bigint();" },
    ...{ line: LINES.request, hook: "request", what: "reads the clock (process.hrtime.bigint)" },
  },
  "draws Math.random": {
    parts: { request: "Math.random();" },
    ...{ line: LINES.request, hook: "request", what: "draws Math.random()" },
  },
  "draws Math.random and catches what is thrown": {
    parts: { request: "try { Math.random(); } catch {}" },
    ...{ line: LINES.request, hook: "request", what: "draws Math.random()" },
  },
  "draws from crypto": {
    parts: { top: 'import { randomBytes } from "node:crypto";', request: "randomBytes(4);" },
    ...{ line: LINES.request, hook: "request", what: "draws from crypto.randomBytes" },
  },
  "draws from the global crypto": {
    parts: { request: "crypto.randomUUID();" },
    ...{ line: LINES.request, hook: "request", what: "draws from crypto.randomUUID" },
  },
  "sets a timer of Node": {
    parts: { request: "setTimeout(() => {}, 1);" },
    ...{ line: LINES.request, hook: "request", what: "calls setTimeout; set a timer with host.after" },
  },
  "queues a microtask": {
    parts: { request: "queueMicrotask(() => {});" },
    ...{ line: LINES.request, hook: "request", what: "calls queueMicrotask" },
  },
  "is asynchronous": {
    parts: { timer: "return (async () => {})();" },
    ...{ line: LINES.timer, hook: "restart", what: "makes a promise" },
  },
  "reads a file": {
    parts: { top: 'import { readFileSync, writeFileSync } from "node:fs";', request: 'readFileSync("x");' },
    ...{ line: LINES.request, hook: "request", what: "calls readFileSync of node:fs" },
  },
  "ends the program": {
    parts: { request: "process.exit(0);" },
    ...{ line: LINES.request, hook: "request", what: "calls process.exit" },
  },
  "keeps an operation": {
    parts: { on: "let last = null;", request: "if (last !== null) last.key; last = operation;" },
    ...{ line: LINES.request, hook: "request", what: "keeps an operation after its call is over" },
  },
  "keeps an operation for a timer": {
    parts: {
      on: "let last = null;",
      request: "last = operation;",
      timer: "if (last !== null) host.finish(last.writes ?? last);",
    },
    ...{ line: LINES.timer, hook: "timer", what: "keeps an operation after its call is over" },
  },
  "touches a letter that it has sent": {
    parts: { timer: "const letter = host.letter(0, host.peers[0]); host.send(letter); letter.term;" },
    ...{ line: LINES.timer, hook: "restart", what: "keeps a letter after its call is over" },
  },
  "touches a datagram that it has cast": {
    parts: { timer: "const letter = host.letter(0, host.peers[0]); host.cast(letter); letter.term;" },
    ...{ line: LINES.timer, hook: "restart", what: "keeps a letter after its call is over" },
  },
  "touches a letter that it has let go": {
    parts: {
      on: "let kept = null;",
      receive: "if (kept !== null) { kept.term; host.letGo(kept); kept.term; } kept = letter; host.keepLetter(letter);",
      timer: "for (const peer of host.peers) host.send(host.letter(0, peer));",
    },
    ...{ line: LINES.receive, hook: "receive", what: "keeps a letter after its call is over" },
  },
  "keeps the writes of a letter": {
    parts: {
      on: "let kept = null;",
      receive: "if (kept !== null) kept.at(0); kept = letter.writes;",
      timer: "for (const peer of host.peers) host.send(host.letter(0, peer));",
    },
    ...{ line: LINES.receive, hook: "receive", what: "keeps a letter after its call is over" },
  },
  "lets no time pass": {
    parts: { timer: "host.after(0, 0, 0); return;" },
    ...{ line: 0, hook: "timer", time: "00 m 00.000000 s", what: "is called 1000000 times and no time passes" },
  },
  "changes its host": {
    parts: { request: "host.peers = [];" },
    ...{ line: LINES.request, hook: "request", what: "changes host.peers" },
  },
  "changes what all runs share": {
    parts: { request: "Array.prototype.push = () => 0;" },
    ...{ line: LINES.request, hook: "request", what: "Cannot assign to read only property 'push'" },
  },
  "leaves something for other runs": {
    parts: { request: "globalThis.count = 1;" },
    ...{ line: LINES.request, hook: "request", what: "Cannot add property count" },
  },
  "asks the machine": {
    parts: { request: "process.env.HOME;" },
    ...{ line: LINES.request, hook: "request", what: "reads process.env, which differs from machine to machine" },
  },
  "makes a date in the time zone of the machine": {
    parts: { request: 'new Date("2026-03-02T10:00Z"); new Date("2026-03-02"); new Date(2026, 2, 2);' },
    ...{ line: LINES.request, hook: "request", what: "asks for the machine's place (new Date(…) without a time zone)" },
  },
  "reads a date in the time zone of the machine": {
    parts: { request: 'Date.parse("Mon, 02 Mar 2026 10:00 GMT"); Date.parse("2026-03-02T10:00");' },
    ...{ line: LINES.request, hook: "request", what: "asks for the machine's place (Date.parse without a time zone)" },
  },
  "compares as the machine's language does": {
    parts: { request: 'new Intl.Collator().compare("a", "b");' },
    ...{ line: LINES.request, hook: "request", what: "asks for the machine's place or language (Intl.Collator)" },
  },
  "asks for the machine's memory": {
    parts: { request: "process.memoryUsage();" },
    ...{
      line: LINES.request,
      hook: "request",
      what: "reads process.memoryUsage, which differs from machine to machine",
    },
  },
  "takes memory that nobody counts": {
    parts: { request: "new SharedArrayBuffer(8);" },
    ...{ line: LINES.request, hook: "request", what: "calls SharedArrayBuffer" },
  },
  "goes from promise to promise for ever": {
    parts: { timer: "(async () => { for (;;) await null; })();" },
    ...{ line: LINES.timer, hook: "restart", what: "makes a promise; set a timer with host.after" },
  },
  "throws what cannot be shown": {
    parts: { request: "throw Object.create(null);" },
    ...{ line: 0, hook: "request", what: "throws something that cannot be shown" },
  },
  "calls a verb with nonsense": {
    parts: { timer: "host.after(Number.NaN, 0, 0);" },
    ...{ line: LINES.timer, hook: "restart", what: "throws " },
  },
};

/**
 * Runs one seed of an architecture for each case, and of one of ours. Each case has a file of its own: they are told apart
 * by their numbers.
 */
function outcome(cases: readonly Case[], language: "ts" | "js" = "ts", node = process.execPath) {
  const files = cases.map(({ parts }, index): [string, string] => [
    `c${index}.${language}`,
    replication({ facts: `name: "c${index}",`, ...parts }, language),
  ]);
  const architectures = files.map(([file], index) => `  c${index}: {replication: ./${file}}\n`).join("");
  const at = folder({ "s.yaml": scenario("pattern: active-active") + architectures, ...Object.fromEntries(files) });
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at, node);
  const results = JSON.parse(readFileSync(join(at, "out/s/summary.json"), "utf8"));
  return { code, err, results };
}

function check(index: number, { line, hook, time, what }: Case, { err, results }: ReturnType<typeof outcome>): void {
  const told = err.split("\n");
  const at = told.findIndex((text) => new RegExp(`^c${index}\\.[tj]s[: ]`).test(text));
  const file = told[at]?.replace(/:.*/, "") ?? "";
  const where = line === 0 ? file : `${file}:${line}`;
  expect(told[at]).toContain(`${where}: error: the replication policy c${index}, in ${hook} at ${time ?? ""}`);
  expect(told[at]).toContain(what);
  expect(told[at + 1]).toContain(`replay: npx faultline run s.yaml --architecture c${index} --seed 1`);
  expect(results.failed).toContainEqual(
    expect.objectContaining({ architecture: `c${index}`, seed: "1", file, hook, line: line === 0 ? null : line }),
  );
}

test("what a policy prints goes to standard error, and ends nothing", () => {
  const parts = { facts: 'name: "chatty",', on: 'console.log("begins", host.id); console.table([host.id]);' };
  const at = folder({ "s.yaml": scenario("pattern: active-active, replication: ./c.ts"), "c.ts": replication(parts) });
  const { code, out, err } = processOf(["compare", "s.yaml", "--seeds", "1", "--json", "--out", "out"], at);
  expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("begins 2") });
  expect(JSON.parse(out).architectures.mine.metrics.availability.mean).toBeGreaterThan(0.9);
});

/** A scenario has at most 20 architectures, and two of these are ours. */
const MOST = 18;

const SOME = ["throws", "loops for ever", "allocates without bound", "reads the clock", "draws from crypto"];
const nodes = ["22", "24"].map((version) => process.env[`FAULTLINE_NODE_${version}`]);
const MATRIX: readonly (readonly [string, readonly string[], "ts" | "js", string | undefined])[] = [
  ["in TypeScript", Object.keys(CASES).slice(0, MOST), "ts", process.execPath],
  ["in TypeScript, more of them", Object.keys(CASES).slice(MOST, 2 * MOST), "ts", process.execPath],
  ["in TypeScript, the others", Object.keys(CASES).slice(2 * MOST), "ts", process.execPath],
  // What has to be waited for is the same in both.
  ["in JavaScript", ["throws", "reads the clock", "is asynchronous", "keeps an operation"], "js", process.execPath],
  ["on Node 22 (FAULTLINE_NODE_22)", [...SOME, "is asynchronous", "reads a file"], "ts", nodes[0]],
  ["on Node 24 (FAULTLINE_NODE_24)", [...SOME, "is asynchronous", "reads a file"], "ts", nodes[1]],
];

describe.each(MATRIX)("a policy that errs ends its own run only, and is told where and how: %s", (...row) => {
  const [, names, language, node] = row;
  const cases = names.map((name) => CASES[name]!);
  let told: ReturnType<typeof outcome>;

  test.skipIf(node === undefined)("the runs beside it are kept, and the exit code says that some were ended", () => {
    told = outcome(cases, language, node);
    expect(told.code).toBe(2);
    expect(Object.keys(told.results.architectures)).toEqual(["ours", "mine"]);
    expect(told.results.architectures.ours.metrics.availability.mean).toBeGreaterThan(0.9);
    expect(told.err).toContain(`${cases.length} runs were ended by policies of your own`);
  });

  test.skipIf(node === undefined).each(names.map((name, index): [string, number] => [name, index]))(
    "%s",
    (_, index) => {
      check(index, cases[index]!, told);
    },
  );
});

test("one call that hoards, that takes all memory at once, or that never comes back from the engine ends its own run", () => {
  const calls = {
    hoards: "for (;;) hoard.push(new Array(100).fill(host.now));",
    large: "if (host.now >= 20_000_000) Array.prototype.sort.call({ length: 2 ** 32 });",
    stuck: "if (host.now >= 20_000_000) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);",
  };
  const names = Object.keys(calls) as (keyof typeof calls)[];
  const files = names.map((name) => [
    `${name}.ts`,
    replication({ facts: `name: "${name}",`, on: "const hoard = [];", timer: calls[name] }),
  ]);
  const own = names.map((name) => `  ${name}: {replication: ./${name}.ts}\n`).join("");
  const at = folder({ "s.yaml": scenario("pattern: active-active") + own, ...Object.fromEntries(files) });
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at);
  expect(err).toMatch(
    /^hoards\.ts(:20)?: error: .* in restart at 00 m 00\.000000 s: (takes more than 2048 MB|has not come|ends its process)/m,
  );
  const then = "in timer at 00 m 20.000000 s";
  expect(err).toContain(`large.ts: error: the replication policy large, ${then}: ends its process (`);
  expect(err).toContain(`stuck.ts: error: the replication policy stuck, ${then}: has not come to an end after 5 s`);
  expect(Object.keys(JSON.parse(readFileSync(join(at, "out/s/summary.json"), "utf8")).architectures)).toEqual([
    "ours",
    "mine",
  ]);
  expect(code).toBe(2);
});

const single = (parts: Parts): string =>
  folder({ "s.yaml": scenario("replication: ./mine.ts"), "mine.ts": replication(parts) });

test("the same replication without any of that is run, tells nothing, and is asked about afterwards", () => {
  const at = single({});
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at);
  const results = JSON.parse(readFileSync(join(at, "out/s/summary.json"), "utf8"));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(Object.keys(results.architectures)).toEqual(["ours", "mine"]);
  expect(results.failed).toBeUndefined();
  const why = () => faultline(["why", "out/s", "--architecture", "mine", "--seed", "1", "--write", "0"], at);
  expect(why().out).toContain("run again and recorded; its digests are those of the results.");
  writeFileSync(join(at, "mine.ts"), replication({ on: "// Another thought." }));
  expect(why().err).toContain("out/s: error: mine.ts has changed since these results were made");
});

test("of an architecture the seeds that came to an end are kept, and compared with the same seeds", () => {
  // The first operation of all is a read in some seeds and a write in others.
  const parts = {
    on: "let first = true;",
    request: "if (first && operation.write) throw new Error('no'); first = false;",
  };
  const at = single(parts);
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "4", "--quiet", "--out", "out"], at);
  const { architectures, differences, failed } = JSON.parse(readFileSync(join(at, "out/s/summary.json"), "utf8"));
  const finished = 4 - failed.length;
  expect(failed.length).toBeGreaterThan(0);
  expect(finished).toBeGreaterThan(0);
  expect(architectures.ours.metrics.availability.n).toBe(4);
  expect(architectures.mine.metrics.availability.n).toBe(finished);
  expect(differences[0].difference.n).toBe(finished);
  expect(err).toContain(failed.length === 1 ? "1 run was ended" : `${failed.length} runs were ended`);
  expect(code).toBe(2);
});

const judge = (read: string): string => `export default {
  name: "mine", about: "Judges.", options: {}, needs: () => ({}), gives: () => [],
  on: () => ({ patience: 0, read: (copy, session) => ${read} }),
};
`;

test("a consistency that answers what there is not, or keeps its view, ends its own run", () => {
  const at = folder({
    "s.yaml": `${scenario("consistency: ./a.js")}  other: {consistency: ./b.js}\n`,
    "a.js": judge('copy.hasKey ? "serve" : "maybe"'),
    "b.js": `let last = null;\n${judge('{ last?.clock; last = copy; return "serve"; }').replace('"mine"', '"b"')}`,
  });
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at);
  expect(err).toMatch(
    /^a\.js: error: the consistency policy mine, in read at .*: read answers "maybe"; expected "serve"/m,
  );
  expect(err).toMatch(/^b\.js:4: error: the consistency policy b, in read at .*: keeps a view after its call is over/m);
  expect(code).toBe(2);
});

test("promises are judged by the seeds that came to an end, and check judges nothing where one did not", () => {
  const promises = "expect:\n  ours: {availability: '>= 50%'}\n  mine: {availability: '>= 50% of ours'}\n";
  const at = folder({
    "s.yaml": scenario("replication: ./mine.ts") + promises,
    "mine.ts": replication({
      on: "let first = true;",
      request: "if (first && operation.write) throw new Error('no'); first = false;",
    }),
  });
  const compared = faultline(["compare", "s.yaml", "--seeds", "4", "--quiet", "--out", "out"], at);
  const { expectations, failed, architectures } = JSON.parse(readFileSync(join(at, "out/s/summary.json"), "utf8"));
  expect(architectures.mine.metrics.availability.n).toBe(4 - failed.length);
  // What is undefined in any seed would meet no bound.
  expect(expectations).toMatchObject([
    { architecture: "ours", verdict: "kept", mean: architectures.ours.metrics.availability.mean },
    { architecture: "mine", verdict: "kept", mean: architectures.mine.metrics.availability.mean },
  ]);
  expect(compared.code).toBe(2);
  const checked = faultline(["check", "s.yaml", "--seeds", "4"], at);
  expect(checked.err).toContain(`replay: npx faultline check s.yaml --architecture mine --seed ${failed[0].seed}`);
  expect(checked.err).toMatch(/were ended by policies of your own|was ended by policies of your own/);
  expect(checked.code).toBe(2);
});

test("when no run comes to an end, nothing is written and all is said", () => {
  const at = single({ request: "Math.random();" });
  const { code, err } = faultline(["run", "s.yaml", "--architecture", "mine", "--quiet", "--out", "out"], at);
  expect(err).toContain("mine.ts:12: error:");
  expect(err).toContain("no run was finished; nothing was written");
  expect(code).toBe(2);
});
