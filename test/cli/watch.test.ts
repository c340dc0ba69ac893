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

test("a part of a run is not judged by what is promised of the whole", () => {
  const text = readFileSync(join(folder, "s.yaml"), "utf8");
  writeFileSync(join(folder, "promised.yaml"), `${text}\nexpect: {one: {operations: ">= 1000000000"}}\n`);
  const promised = (...args: readonly string[]): number | null =>
    faultline(["run", "promised.yaml", "--architecture", "one", "--quiet", ...args], folder).code;
  expect([promised(), promised("--until", "60s")]).toEqual([1, 0]);
});

test("--trace-policy tells what policies of one kind do and go by", () => {
  const kinds = (policy: string, ...until: readonly string[]): string[] => {
    const lines = one("--trace", "-", "--trace-policy", policy, ...until)
      .out.trimEnd()
      .split("\n");
    return [...new Set(lines.map((line) => line.slice(20).trim().split(" ")[0]!))].toSorted();
  };
  expect(kinds("replication", "--until", "30s")).toEqual(["letters", "writes"]);
  expect(kinds("failover")).toEqual(["faults", "health", "roles"]);
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
    [["--architecture", "one", "--trace", "x", "--trace-policy", "failovr"], 'did you mean "failover"?'],
    [["--architecture", "one", "--trace", "x", "--trace-policy", "failover", "--trace-kinds", "roles"], "leave one of"],
    [["--architecture", "one", "--trace", "x", "--trace-region", "mars"], "expected one of"],
    [["--architecture", "one", "--trace", "x", "--trace-lines", "0"], "from 1 to 10000000"],
    [["--architecture", "one", "--trace", "x", "--trace-from", "2m", "--trace-to", "1m"], "in order"],
    [["--architecture", "one", "--trace", "x", "--trace-from", "soon"], "expected a duration"],
    [["--architecture", "one", "--trace", "x", "--trace-from", "99h"], "is beyond the end of the run"],
    [["--trace-key", "3"], "is not given; add it, or leave this out"],
    [["--record-memory", "2 MB"], "is not given"],
    [["--record", "x", "--check", "all", "--record-memory", "2 MB"], "means nothing with --check"],
    [["--architecture", "one", "--record", "x", "--record-memory", "2"], "expected a size"],
    [["--architecture", "one", "--record", "x", "--record-memory", "2 KB"], "expected 1 MB or more"],
    [["--architecture", "one", "--record", "-"], "name a file"],
    [["--architecture", "one", "--record", "s.yaml"], "would overwrite the scenario"],
    [["--architecture", "one", "--trace", "./s.yaml"], "would overwrite the scenario"],
    [["--architecture", "one", "--record", "/dev/fd/2"], "no regular file"],
    [["--architecture", "one", "--record", ""], "cannot be written"],
    [["--architecture", "one", "--record", "x", "--perfetto", "./x"], "a file for each"],
    [["--architecture", "one", "--record", "nowhere/x"], "nowhere/x: error: it cannot be written (ENOENT)"],
    [["--architecture", "one", "--record", "."], "it cannot be written (EISDIR)"],
    [["--until", "9h"], "is not within the run"],
    [["--until", "0s"], "expected more than 0 s"],
    [["--architecture", "one", "--check", "liniarizable"], 'did you mean "linearizable"?'],
    [["--check", "durability"], "has 2 architectures"],
    [["--pin-faults", "--until", "1m"], "leave it out"],
    [["--pin-faults", "--record", "x"], "leave it out"],
  ])("%j", (args, says) => {
    const { code, err } = run(...args);
    expect([code, err.includes(says)]).toEqual([2, true]);
    expect(readdirSync(folder)).toEqual(["s.yaml"]);
  });
});

describe("checkers", () => {
  const check = (...args: readonly string[]) => faultline(["check-record", ...args], folder);
  const lines = (out: string): string[] =>
    out.split("\n").filter((line) => /^[a-z-]+ +(?:yes|NO|undecided) /.test(line));

  // Enough writes for the last ones before the outage to be on their way when it comes.
  beforeEach(() => writeFileSync(join(folder, "s.yaml"), GOOD.replace("10/s", "100/s, reads: 50%")));

  test("check-record says of each checker what holds, and exits with the worst", () => {
    one("--record", "a.rec");
    const all = check("a.rec");
    expect(all.code).toBe(1);
    expect(lines(all.out).length).toBeGreaterThan(10);
    expect(check("a.rec", "--check", "leader-per-term,residency")).toMatchObject({ code: 0, err: "" });
    // An asynchronous standby that is promoted lacks what the primary had just acknowledged.
    const lost = JSON.parse(check("a.rec", "--check", "durability", "--json").out);
    expect(lost).toMatchObject({ schema: "faultline/checks/1", checks: [{ check: "durability", verdict: "false" }] });
    const { architectures } = JSON.parse(read("results/s/summary.json"));
    expect(lost.checks[0].measured.lost_writes).toBe(architectures.one.metrics.lost_acknowledged_writes.mean);
    expect(lost.checks[0].measured.lost_writes).toBeGreaterThan(0);
  });

  test("what cannot be decided is exit code 4", () => {
    run("--architecture", "both", "--record", "a.rec");
    const { code, out } = check("a.rec", "--check", "leader-per-term");
    expect([code, lines(out)]).toEqual([4, [expect.stringMatching(/^leader-per-term {2}undecided {2}.*who led/)]]);
  });

  test("run --check asks at once, the same as afterwards, with or without a file", () => {
    const { code, out } = faultline(
      ["run", "s.yaml", "--architecture", "one", "--check", "all", "--record", "a.rec"],
      folder,
    );
    expect([code, lines(out)]).toEqual([1, lines(check("a.rec").out)]);
    expect(one("--check", "exactly-once,leader-per-term").code).toBe(0);
    expect(one("--check", "durability").code).toBe(1);
  });

  test.each([
    [["gone.rec"], "there is no such file; expected a record"],
    [["s.yaml"], 'at byte 0: this is no record; expected "FAULTREC" at its start'],
    [["."], "this is no file"],
    [["cut.rec"], "the file is truncated"],
    [["a.rec", "--check", "durabilty"], 'did you mean "durability"?'],
    [["a.rec", "--most-age", "old"], '--most-age "old" cannot be read'],
  ])("%j is exit code 2", (args, says) => {
    one("--record", "a.rec", "--until", "10s");
    writeFileSync(join(folder, "cut.rec"), readFileSync(join(folder, "a.rec")).subarray(0, -8));
    const { code, err } = check(...args);
    expect([code, err.includes(says)]).toEqual([2, true]);
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
