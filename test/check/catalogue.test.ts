import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CHECKERS } from "../../src/check/catalogue.js";
import { BLOCK_HEADER_BYTES, COLUMN_HEADER_BYTES, HEADER_BYTES, LATE_RETURN, MAGIC } from "../../src/record/format.js";
import { OPERATION, ROLE, VERSION } from "../../src/record/record.js";
import { COLUMN_BYTES, type ColumnType } from "../../src/record/table.js";
import { writeRecord } from "../../src/record/writer.js";
import { recordOf } from "./reference.js";

const page = readFileSync(fileURLToPath(new URL("../../docs/checking.md", import.meta.url)), "utf8");

/** The cells of the table that begins with this heading. */
function tableOf(heading: string): string[][] {
  const lines = page.slice(page.indexOf(`\n| ${heading} |`) + 1).split("\n");
  const rows = lines.slice(2, lines.indexOf(""));
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("the page on checking has the checkers of the catalogue, with their questions and needs", () => {
  const rows = CHECKERS.map(({ name, question, needs }) => [`\`${name}\``, question, needs.join(", ")]);
  expect(tableOf("name")).toEqual(rows);
  for (const { name } of CHECKERS) expect(page).toMatch(new RegExp(`^\\*\\*.*\\b${name}\\b|\\*\\*${name}\\*\\*`, "m"));
});

test.each([
  ["operations", OPERATION],
  ["versions", VERSION],
  ["roles", ROLE],
  ["late returns", LATE_RETURN],
])("the page on checking has the columns of %s", (heading, schema) => {
  expect(tableOf(heading).map(([name, type]) => [name, type])).toEqual(
    Object.entries(schema).map(([name, type]) => [`\`${name}\``, type]),
  );
});

test("a file is what the page says, read by its words alone", () => {
  const chunks: Uint8Array[] = [];
  writeRecord(recordOf([{ call: 3, returned: 5, kind: 1, argument: 7 }]), (chunk) => chunks.push(chunk));
  const bytes = Buffer.concat(chunks);
  expect(tableOf("header").map(([at]) => Number(at))).toEqual([0, MAGIC.length, MAGIC.length + 2]);
  expect(bytes.toString("ascii", 0, 8)).toBe("FAULTREC");
  expect(bytes.readUInt16LE(8)).toBe(4);
  expect([HEADER_BYTES, BLOCK_HEADER_BYTES, COLUMN_HEADER_BYTES]).toEqual([16, 24, 16]);
  const found: (string | number)[] = [];
  for (let at = 16; at < bytes.length; ) {
    const [what, rows, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 16)];
    found.push(what, rows, bytes.readDoubleLE(at + 8));
    const content = bytes.subarray(at + 24, at + 24 + length);
    if (what === 6) found.push(JSON.parse(content.toString("utf8")).clock);
    else {
      const types: readonly ColumnType[] = ["f64", "i32", "i16", "u8"];
      for (let column = 0, from = 0; from < length; column++) {
        const type = types[content.readUInt8(from + 2) - 1]!;
        expect([content.readUInt16LE(from), type]).toEqual([column, Object.values(OPERATION)[column]]);
        const [width, size] = [content.readUInt8(from + 3), content.readUInt32LE(from + 4)];
        expect([size, width <= COLUMN_BYTES[type]]).toEqual([rows * width, true]);
        const numbers = content.subarray(from + 16);
        const isBare = width === COLUMN_BYTES[type];
        if ([0, 1, 5].includes(column)) {
          expect([isBare, width]).toEqual([false, 1]);
          found.push(content.readDoubleLE(from + 8) + numbers.readUIntLE(0, width));
        }
        from += 16 + Math.ceil(size / 8) * 8;
      }
    }
    at += 24 + Math.ceil(length / 8) * 8;
  }
  expect(found).toEqual([1, 1, 0, 3, 5, 7, 6, 0, 0, "microseconds"]);
});
