import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultline } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

const PATHS = [
  "--users one-region",
  "--users global --latency relaxed --rto none",
  "--users global --latency relaxed --rto 1m",
  "--users global --latency sensitive --data-regulations yes",
  "--users global --latency sensitive --data-regulations no --write-heavy no",
  "--users global --latency sensitive --data-regulations no --write-heavy yes --conflict-tolerance low",
  "--users global --latency sensitive --data-regulations no --write-heavy yes --conflict-tolerance high",
];
const folder = mkdtempSync(join(tmpdir(), "faultline-"));
const decided = (flags: string, ...more: string[]) => faultline(["decide", ...flags.split(" "), ...more], folder);

test.each(PATHS.map((flags, index) => [flags, `${index}.yaml`] as const))(
  "what %s leads to keeps what it promises",
  (flags, file) => {
    const told = decided(flags, "--out", file);
    expect(told).toMatchObject({ code: 0, err: "" });
    expect(told.out).toContain(`${file} is written.`);
    // With flags for all that is asked no question is, and the way is shown.
    expect(told.out.split("\n").filter((line) => line.includes("? "))).toHaveLength(flags.split(" ").length / 2);
    expect(faultline(["check", file, "--seeds", "1", "--quiet"], folder)).toMatchObject({ code: 0 });
  },
  120_000,
);

test("without --out the scenario is what a pipe gets, and the way stands beside it", () => {
  const { code, out, err } = decided(PATHS[0]!);
  expect(code).toBe(0);
  expect(out).toMatch(/^# Decided: single region\.\n/);
  expect(err).toContain("→ single region");
});

test("a file that is there stays as it is, and nothing is left half-written", () => {
  writeFileSync(join(folder, "mine.yaml"), "mine");
  const { code, err } = decided(PATHS[0]!, "--out", "mine.yaml");
  expect(code).toBe(2);
  expect(err).toContain("mine.yaml: error: the file is there already");
  expect(readFileSync(join(folder, "mine.yaml"), "utf8")).toBe("mine");
  expect(decided(PATHS[0]!, "--out", "nowhere/x.yaml")).toMatchObject({ code: 2 });
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("with nobody to ask, a missing answer names its flag", () => {
  const { code, out, err } = decided("--users global --latency relaxed");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("--rto: error:");
  expect(err).toContain("expected --rto none or DURATION");
});

test("an answer that is none, and one to a question that was not asked, are both told", () => {
  expect(decided("--users everywhere")).toMatchObject({ code: 2, err: expect.stringContaining('"everywhere"') });
  expect(decided("--users one-region --rto 5m").err).toContain("so it changed nothing: --rto");
});

test("--json prints the documented document", () => {
  const { code, out, err } = decided("--users global --latency relaxed --rto none --write-heavy yes", "--json");
  expect([code, err]).toEqual([0, ""]);
  expect(pathsOf(JSON.parse(out))).toEqual(pathsOf(documented("decide")));
});
