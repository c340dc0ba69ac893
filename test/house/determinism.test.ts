import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** The rooms where the same seed has to give the same bytes on every machine and every Node. */
const ROOMS = [
  ...["units", "engine", "topology", "network", "workload"],
  ...["policies", "architectures", "faults", "simulation", "measure", "record", "check", "fates", "trace", "testing"],
];

const BANNED: readonly { readonly what: RegExp; readonly instead: string }[] = [
  { what: /\bDate\b/, instead: "use the engine's clock (engine.now, integer microseconds)" },
  { what: /\bperformance\b/, instead: "use the engine's clock; measure real time in src/cli or benchmarks" },
  { what: /\bMath\s*\.\s*random\b/, instead: "draw from a named stream of engine/random" },
  { what: /\bcrypto\b/, instead: "draw from a named stream of engine/random" },
  {
    what: /\bMath\s*\.\s*pow\b/,
    instead: "multiply, or Math.exp(y * Math.log(x)): a power's last bits differ between Nodes",
  },
  {
    // Powers of two are exact: "2 ** 31" and "2 ** (octave + 1)" may stay, "2 ** 0.5" may not.
    what: /(?<!(?<![\w.$])2\s*)\*\*|\*\*\s*-?\d*\.\d/,
    instead: "multiply, or Math.exp(y * Math.log(x)); only 2 ** integer is exact on every Node",
  },
  {
    what: /\b(?:set|clear)(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/,
    instead: "schedule an event on the engine",
  },
  { what: /(?<!\bthis\.)\bprocess\s*(?:\.|\?\.|\[)/, instead: "have the caller pass the value in the plan" },
  { what: /["'`]node:/, instead: "have the caller pass the text or a reader; node:* belongs in src/cli" },
  { what: /\bPromise\b|\basync\b|\bawait\b/, instead: "schedule an event on the engine; a run is synchronous" },
];

const TOKEN = new RegExp(
  [
    String.raw`\/\/.*`,
    String.raw`\/\*[\s\S]*?\*\/`,
    // A regular expression: a slash where a value may begin.
    String.raw`(?<=(?:[(,=:\[!&|?{};]|\breturn)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\/\\\n\[])+\/\w*`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    "`(?:\\\\[\\s\\S]|[^`\\\\])*`",
  ].join("|"),
  "g",
);

/** The code alone, line for line: no comments, and of strings only "node:" names and what a template interpolates. */
function codeOf(text: string): string {
  return text.replace(TOKEN, (token) => {
    const lines = token.replace(/[^\n]/g, "");
    if (/^["'`]node:/.test(token)) return token;
    if (token.startsWith("`"))
      return `\`${(token.match(/\$\{[^}]*\}?/g) ?? []).join(" ").replaceAll("\n", " ")}\`${lines}`;
    return token.startsWith("/") ? ` ${lines}` : '""';
  });
}

/** Everything in a text that could make two runs differ. */
function complaintsAbout(file: string, text: string): string[] {
  return codeOf(text)
    .split("\n")
    .flatMap((line, index) =>
      BANNED.flatMap(({ what, instead }) => {
        const found = line.match(what)?.[0];
        return found === undefined ? [] : [`${file}:${index + 1} uses ${found.trim()}. Instead: ${instead}.`];
      }),
    );
}

const SRC = new URL("../../src/", import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && ROOMS.includes(path.split("/")[0]!))
  .sort();

test("nothing in the model depends on the machine, the clock or chance", () => {
  expect(files.length).toBeGreaterThan(0);
  const complaints = files.flatMap((file) => complaintsAbout(`src/${file}`, readFileSync(new URL(file, SRC), "utf8")));
  expect(complaints).toEqual([]);
});

test.each([
  "const now = Date.now();",
  "const now = performance.now();",
  "const luck = Math.random();",
  "const id = crypto.randomUUID();",
  "const area = Math.pow(side, 2);",
  "const area = side ** 2;",
  "const area = x2 ** 2;",
  "const area = 1.2 ** 2;",
  "const root = 2 ** 0.5;",
  "area **= 2;",
  "setTimeout(tick, 5);",
  "setInterval(tick, 5);",
  "const home = process.env.HOME;",
  'import { readFileSync } from "node:fs";',
  "function later(): Promise<void> {}",
  "const later = async () => 1;",
  "const text = `at ${Date.now()}`;",
  "const slash = /[`'\"]/; const now = Date.now();",
  "const url = /\\/\\//; const now = Date.now();",
  "const half = a / 2; const third = Date.now() / b;",
])("the checker catches %s", (bad) => {
  const complaints = complaintsAbout("bad.ts", `/** A comment\n of two lines. */\n${bad}\n`);
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(/^bad\.ts:3 uses .*\. Instead: .+\.$/);
});

test.each([
  "// Date.now() and Math.random() are banned",
  "/**\n * Math.pow differs between versions of Node.\n */",
  'import { asynchronous } from "./replication/async.js";',
  'const name = "async"; const url = "https://process.example";',
  "const csv = `name\nDate, process.x, 2 * 3 ** 4\n`;",
  "const HIGH = 2 ** 31; return 2 ** (octave + 1);",
  "const update = candidate + outDated + this.process.length;",
])("the checker lets pass %s", (good) => {
  expect(complaintsAbout("good.ts", good)).toEqual([]);
});
