import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CHECKERS } from "../../src/check/catalogue.js";
import { READ, type RunRecord } from "../../src/record/record.js";
import { jsonLines } from "../../src/record/text/export.js";
import { writeRecord } from "../../src/record/writer.js";
import { largeRecord } from "../check/large.js";
import { faultline } from "./cli.js";

const folder = mkdtempSync(join(tmpdir(), "faultline-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function recordFile(name: string, record: RunRecord): string {
  const chunks: Uint8Array[] = [];
  writeRecord(record, (chunk) => chunks.push(chunk));
  writeFileSync(join(folder, name), Buffer.concat(chunks));
  return join(folder, name);
}

const good = largeRecord({ operations: 2000, keys: 40, sessions: 20, regions: 3 });
const goodFile = recordFile("good.rec", good);
const broken = structuredClone(good);
const read = broken.operations.value.findLastIndex((value, row) => broken.operations.kind[row] === READ && value >= 0);
broken.operations.value[read] = 1_000_000;
const brokenFile = recordFile("broken.rec", broken);

test("binary records are checked by name, the exit code says how it went", () => {
  const told = faultline(["check-history", goodFile, brokenFile, "--check", "causal", "--check", "durability,causal"]);
  expect([told.code, told.err]).toEqual([1, ""]);
  expect(told.out).toMatch(/^causal {6}yes {8}one order of all writes explains/m);
  expect(told.out).toMatch(/^causal {6}NO {9}a value came from nowhere/m);
  expect(told.out.match(/^durability /gm)).toHaveLength(2);
  expect(told.out).toContain("returned 1000000");

  expect(faultline(["check-history", goodFile, "--check", "sequential", "--model", "counter"]).code).toBe(4);
  expect(faultline(["check-history", goodFile, "--check", "bounded-staleness", "--most-age", "40ms"]).code).toBe(1);
  expect(faultline(["check-history", goodFile, "--check", "bounded-staleness", "--most-age", "50ms"]).code).toBe(0);
});

test("a file that cannot be read leaves no document, whatever the others are", () => {
  const { code, out, err } = faultline(["check-history", `${folder}/none`, goodFile, "--check", "causal", "--json"]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("there is no such file");
});

test("all checkers as one JSON document", () => {
  const { code, out } = faultline(["check-history", brokenFile, "--check", "all", "--json"]);
  expect(code).toBe(1);
  const document = JSON.parse(out);
  expect(document.schema).toBe("faultline/checks/1");
  expect(document.checks.map(({ check }: { check: string }) => check)).toEqual(CHECKERS.map(({ name }) => name));
  const causal = document.checks.find(({ check }: { check: string }) => check === "causal");
  expect(causal.evidence).toMatchObject([{ row: read, region: expect.stringContaining("region"), operation: "read" }]);
});

test("a text history is checked too; what it lacks leaves the verdict open", () => {
  const file = join(folder, "history.jsonl");
  writeFileSync(file, [...jsonLines(good)].join("\n"));
  const { code, out } = faultline(["check-history", file, "--check", "monotonic-reads,convergence"]);
  expect(code).toBe(4);
  expect(out).toMatch(/^monotonic-reads {2}yes/m);
  expect(out).toMatch(/^convergence {6}undecided {2}the record does not say what its replicas showed/m);
});

test("what cannot be read or asked is refused with what to do", () => {
  const cut = join(folder, "cut.rec");
  const chunks: Uint8Array[] = [];
  writeRecord(good, (chunk) => chunks.push(chunk));
  writeFileSync(cut, Buffer.concat(chunks).subarray(0, -100));
  const refused = (args: readonly string[]) => {
    const { code, err } = faultline(["check-history", ...args]);
    expect(code).toBe(2);
    return err;
  };
  expect(refused([cut, "--check", "causal"])).toMatch(/cut\.rec: error: at byte \d+: the file is truncated; expected/);
  expect(refused([goodFile, "--check", "casual"])).toContain('did you mean "causal"?');
  expect(refused([goodFile])).toContain("--model is missing");
  expect(refused([goodFile, "--check", "bounded-staleness", "--most-age", "fast"])).toContain(
    "a duration with its unit",
  );
  expect(refused([join(folder, "none"), "--check", "causal"])).toContain("there is no such file");
});
