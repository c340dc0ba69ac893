import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

const MOST_LINES = 350;
/** Tables, not prose: nobody reads them from top to bottom. */
const isTable = (file: string): boolean => file.includes("/data/") || file.endsWith("ziggurat-tables.ts");

const BANNED: readonly { readonly what: RegExp; readonly instead: string }[] = [
  { what: /\/(?:work|tmp)\//, instead: "take the path from the caller, or os.tmpdir() in src/cli" },
  { what: /\b(?:TODO|FIXME)\b/, instead: "do it now, or open an issue" },
  { what: /^\s*export\s+default\b|\bas\s+default\b/, instead: "export it by name" },
];

function complaintsAbout(file: string, text: string): string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const complaints = lines.flatMap((line, index) =>
    BANNED.filter(({ what }) => what.test(line)).map(
      ({ what, instead }) => `${file}:${index + 1} has ${line.match(what)![0].trim()}. Instead: ${instead}.`,
    ),
  );
  if (lines.length > MOST_LINES && !isTable(file)) {
    complaints.push(`${file} has ${lines.length} lines, more than ${MOST_LINES}. Instead: split it by subject.`);
  }
  return complaints;
}

const SRC = new URL("../../src/", import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort();

test("every source file keeps the house style", () => {
  expect(files.length).toBeGreaterThan(0);
  const complaints = files.flatMap((file) => complaintsAbout(`src/${file}`, readFileSync(new URL(file, SRC), "utf8")));
  expect(complaints).toEqual([]);
});

test.each([
  ["src/a.ts", "x;\n".repeat(MOST_LINES + 1)],
  ["src/a.ts", `const path = "${["", "work", "x"].join("/")}";`],
  ["src/a.ts", 'const path = "/tmp/x";'],
  ["src/a.ts", "// TODO: later"],
  ["src/topology/data/a.ts", "// FIXME"],
  ["src/a.ts", "export default 1;"],
  ["src/a.ts", "export { a as default };"],
])("the checker catches a bad %s (%#)", (file, text) => {
  expect(complaintsAbout(file, text)).toHaveLength(1);
});

test("tables may be long, and a file of the full length is fine", () => {
  expect(complaintsAbout("src/topology/data/a.ts", "x;\n".repeat(MOST_LINES + 1))).toEqual([]);
  expect(complaintsAbout("src/a.ts", "x;\n".repeat(MOST_LINES))).toEqual([]);
});
