import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { RecordReader } from "../../src/record/reader.js";
import { type RunRecord, operationCount } from "../../src/record/record.js";
import { GOOD } from "../scenario/helpers.js";
import { faultline, start } from "./cli.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
  writeFileSync(join(folder, "s.yaml"), GOOD);
});

const run = (...args: readonly string[]) => faultline(["run", "s.yaml", "--quiet", ...args], folder);
const one = (...args: readonly string[]) => run("--architecture", "one", ...args);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

function recordIn(name: string): RunRecord {
  const reader = new RecordReader();
  reader.push(readFileSync(join(folder, name)));
  return reader.finish();
}
interface Manifest {
  readonly runs: readonly { readonly digests: { readonly events: string }; readonly requests: number }[];
  readonly replay: string;
}
const manifest = (): Manifest => JSON.parse(read("results/s/manifest.json"));

test("a run is recorded, traced and drawn at once, and is the run that it would have been", () => {
  expect(one().code).toBe(0);
  const [plain] = manifest().runs;
  expect(one("--record", "a.rec", "--trace", "a.txt", "--perfetto", "a.json").code).toBe(0);
  expect(manifest().runs[0]!.digests).toEqual(plain!.digests);
  const record = recordIn("a.rec");
  expect(operationCount(record)).toBe(plain!.requests);
  expect(record.scenario).toMatchObject({ name: "s", architecture: "one", seed: "1", events: plain!.digests.events });
  expect(
    read("a.txt")
      .split("\n")
      .filter((line) => / asks to /.test(line)),
  ).toHaveLength(plain!.requests);
  expect(JSON.parse(read("a.json")).traceEvents.length).toBeGreaterThan(plain!.requests);
  expect(readdirSync(folder).toSorted()).toEqual(["a.json", "a.rec", "a.txt", "results", "s.yaml"]);
});

test("a record is the same whatever of it is held in memory", () => {
  writeFileSync(join(folder, "s.yaml"), GOOD.replace("10/s", "100/s"));
  one("--record", "large.rec");
  one("--record", "small.rec", "--record-memory", "1 MB");
  expect(readFileSync(join(folder, "small.rec")).length).toBeGreaterThan(
    readFileSync(join(folder, "large.rec")).length,
  );
  expect(recordIn("small.rec")).toEqual(recordIn("large.rec"));
});

test("--trace - prints the trace and nothing else, and says where it was cut", () => {
  const { code, out, err } = faultline(
    [
      "run",
      "s.yaml",
      "--architecture",
      "one",
      "--trace",
      "-",
      "--trace-kinds",
      "faults,operations",
      "--trace-lines",
      "50",
    ],
    folder,
  );
  expect(code).toBe(0);
  const lines = out.trimEnd().split("\n");
  expect(lines).toHaveLength(51);
  for (const line of lines.slice(0, 50)) expect(line).toMatch(/^ {4}\d\d m \d\d\.\d{6} s {2}(?:faults|operations) /);
  expect(lines[50]).toMatch(/^The trace ends here: 50 lines are the most; narrow it /);
  expect(err).toContain("In this scenario, one gives");
});

test("--until ends a run early: all before it is as it was, and the replay says so", () => {
  const trace = (...args: readonly string[]): string[] =>
    one("--trace", "-", "--trace-to", "60s", ...args).out.split("\n");
  const whole = trace();
  expect(trace("--until", "65s")).toEqual(whole);
  expect(whole.length).toBeGreaterThan(1000);
  expect(manifest().replay).toContain("--until 65s");
  one("--record", "a.rec", "--until", "65s");
  const { operations } = recordIn("a.rec");
  expect(Math.max(...operations.call)).toBeLessThan(65e6);
});

describe("what makes no sense is exit code 2, says what to do, and leaves nothing", () => {
  test.each([
    [["--record", "x"], "has 2 architectures; choose one of both, one"],
    [["--architecture", "one", "--record", "x", "--seeds", "2"], "leave --seeds out"],
    [["--architecture", "one", "--trace", "-", "--json"], "give the trace a file"],
    [["--architecture", "one", "--trace", "x", "--trace-kinds", "leters"], 'did you mean "letters"?'],
    [["--architecture", "one", "--trace", "x", "--trace-region", "mars"], "expected one of"],
    [["--architecture", "one", "--trace", "x", "--trace-lines", "0"], "from 1 to 10000000"],
    [["--architecture", "one", "--trace", "x", "--trace-from", "2m", "--trace-to", "1m"], "in order"],
    [["--architecture", "one", "--trace", "x", "--trace-from", "soon"], "expected a duration"],
    [["--trace-key", "3"], "is not given; add it, or leave this out"],
    [["--record-memory", "2 MB"], "is not given"],
    [["--architecture", "one", "--record", "x", "--record-memory", "2"], "expected a size"],
    [["--architecture", "one", "--record", "x", "--record-memory", "2 KB"], "expected 1 MB or more"],
    [["--architecture", "one", "--record", "-"], "name a file"],
    [["--architecture", "one", "--record", "x", "--perfetto", "./x"], "a file for each"],
    [["--architecture", "one", "--record", "nowhere/x"], "nowhere/x: error: it cannot be written (ENOENT)"],
    [["--architecture", "one", "--record", "."], "it cannot be written (EISDIR)"],
    [["--until", "9h"], "is not within the run"],
    [["--until", "0s"], "expected more than 0 s"],
    [["--pin-faults", "--until", "1m"], "leave it out"],
    [["--pin-faults", "--record", "x"], "leave it out"],
  ])("%j", (args, says) => {
    const { code, err } = run(...args);
    expect([code, err.includes(says)]).toEqual([2, true]);
    expect(readdirSync(folder)).toEqual(["s.yaml"]);
  });
});

test("after Ctrl-C there is no record, no half of one, and no trace of either", async () => {
  writeFileSync(join(folder, "long.yaml"), GOOD.replace(/duration: \S+/, "duration: 24h"));
  const child = start(
    ["run", "long.yaml", "--architecture", "one", "--record", "a.rec", "--record-memory", "1MB"],
    folder,
  );
  let err = "";
  child.stderr.on("data", (text) => (err += text));
  // Only once it writes.
  const writing = (): string | undefined => readdirSync(folder).find((name) => name.startsWith(".writing-"));
  while (writing() === undefined || !existsSync(join(folder, writing()!, "a.rec")))
    await new Promise((resume) => setTimeout(resume, 20));
  child.kill("SIGINT");
  const code = await new Promise((resume) => child.on("exit", resume));
  expect([code, err.includes("interrupted")]).toEqual([130, true]);
  expect(readdirSync(folder).toSorted()).toEqual(["long.yaml", "s.yaml"]);
});
