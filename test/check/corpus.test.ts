import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkLinearizable } from "../../src/check/linearizable/linearizable.js";
import { importHistory } from "../../src/record/text/import.js";

/** The labelled histories lie beside the repository; FAULTLINE_SHARED names the folder where they lie elsewhere. */
const SHARED = process.env["FAULTLINE_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const FOLDER = `${SHARED}/histories/`;
const isThere = existsSync(`${FOLDER}labels.csv`);
if (!isThere)
  console.warn(`the labelled histories were NOT checked: ${FOLDER}labels.csv is missing; set FAULTLINE_SHARED`);

const title = isThere ? "every labelled history gets its label" : `every labelled history (NOT RUN: no ${FOLDER})`;
test.skipIf(!isThere)(title, () => {
  const labels = readFileSync(`${FOLDER}labels.csv`, "utf8").trim().split("\n").slice(1);
  const started = performance.now();
  const wrong = labels.flatMap((line) => {
    const [file, label] = line.split(",") as [string, string];
    const imported = importHistory(readFileSync(FOLDER + file));
    if (!imported.ok) return [`${file}: ${JSON.stringify(imported.problems[0])}`];
    const model = file.endsWith(".txt") ? "kv" : "cas-register";
    const { verdict, evidence } = checkLinearizable(imported.record, { model });
    const expected = label === "linearizable" ? "true" : "false";
    if (verdict === "false" && evidence.length === 0) return [`${file} has no evidence`];
    return verdict === expected ? [] : [`${file} is ${label}, the verdict ${verdict}`];
  });
  console.info(`${labels.length} labelled histories: ${(performance.now() - started).toFixed(0)} ms`);
  expect(wrong).toEqual([]);
  expect(labels.length).toBeGreaterThan(0);
});
