import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { loadScenario } from "../../src/cli/load.js";
import { METRICS } from "../../src/measure/catalogue.js";
import { compile } from "../../src/scenario/compile.js";
import { GOOD, broken } from "../scenario/helpers.js";
import { ROOT, faultline, start } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
  file = join(folder, "s.yaml");
  writeFileSync(file, GOOD);
});

const FILES = ["manifest.json", "metrics.csv", "metrics.prom", "report.html", "summary.json", "timeseries.csv"];

describe("compare", () => {
  test("writes the six files and prints an answer, a table, the files and how to replay", () => {
    const { code, out } = faultline(["compare", "s.yaml", "--seeds", "2", "--workers", "2"], folder);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, "results", "s")).toSorted()).toEqual(FILES);
    for (const part of [
      "In this scenario, both gives availability",
      "Availability, worst place",
      "results/s/",
      "npx faultline compare s.yaml --seed 1 --seeds 2",
    ]) {
      expect(out).toContain(part);
    }
    for (const line of out.split("\n")) expect(line.length).toBeLessThan(140);
  });

  test("--json prints one document of the documented shape and nothing else", () => {
    const { code, out } = faultline(["compare", "s.yaml", "--seeds", "3", "--json"], folder);
    expect(code).toBe(0);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      schema: "faultline/compare/1",
      scenario: "s",
      seeds: ["1", "2", "3"],
      complete: true,
    });
    expect(Object.keys(document.architectures)).toEqual(["both", "one"]);
    for (const { metrics } of Object.values<{ metrics: Record<string, unknown> }>(document.architectures)) {
      expect(Object.keys(metrics)).toEqual(METRICS.map(({ name }) => name));
      expect(metrics["availability"]).toEqual({
        mean: expect.any(Number),
        ci95: [expect.any(Number), expect.any(Number)],
        n: 3,
        censored: 0,
      });
    }
    // Nobody leads in the first one: no failover is null with a count, never 0.
    expect(document.architectures.both.metrics.failover_duration_seconds).toEqual({
      mean: null,
      ci95: null,
      n: 0,
      censored: 3,
    });
    expect(document.differences[0]).toEqual({
      metric: "availability",
      architecture: "one",
      baseline: "both",
      difference: expect.any(Object),
    });
    expect(readFileSync(join(folder, "results/s/summary.json"), "utf8")).toBe(out);
  });

  test("the documents are shaped as docs/output.md shows them", () => {
    writeFileSync(file, `${GOOD}expect:\n  both: {availability: ">= 1%"}\n`);
    const printed = (...args: string[]): unknown => JSON.parse(faultline([...args, "--json"], folder).out);
    expect(pathsOf(printed("compare", "s.yaml", "--seeds", "2"))).toEqual(pathsOf(documented("compare")));
    expect(pathsOf(printed("run", "s.yaml", "--architecture", "one"))).toEqual(pathsOf(documented("run")));
  });

  test("the sources of the laws that a scenario takes stand in the document, in its file and in what explain says", () => {
    const law = "random: {between: cenic-partition, lasting: cenic-hardware}";
    writeFileSync(file, broken("at: 2m, for: 3m", law));
    const { out } = faultline(["run", "s.yaml", "--architecture", "one", "--json"], folder);
    const explained = JSON.parse(faultline(["explain", "s.yaml", "--json"], folder).out);
    for (const { notes } of [JSON.parse(out), explained]) {
      expect(notes).toHaveLength(2);
      expect(notes[0]).toMatch(/^the law "cenic-partition" of random faults: Turner et al\. 2010.* 1000 \/ 508 years/);
      expect(notes[1]).toContain("the mean is the published 8.2 hours");
    }
    expect(readFileSync(join(folder, "results/s/summary.json"), "utf8")).toBe(out);
    expect(faultline(["explain", "s.yaml"], folder).out).toContain('the law "cenic-hardware" of random faults: Turner');
  });

  test("one and two workers and another order of architectures give the same runs", () => {
    const swapped = GOOD.replace(/( {2}both.*\n)( {2}one.*\n)/, "$2$1");
    expect(swapped).not.toBe(GOOD);
    writeFileSync(join(folder, "t.yaml"), swapped);
    const digests = (name: string, workers: string): string[] => {
      faultline(["compare", name, "--seeds", "2", "--workers", workers, "--quiet"], folder);
      const { runs, digest } = JSON.parse(
        readFileSync(join(folder, "results", name.slice(0, 1), "manifest.json"), "utf8"),
      );
      return [digest, ...runs.map((run: object) => JSON.stringify(run)).toSorted()];
    };
    const one = digests("s.yaml", "1");
    expect(digests("s.yaml", "2")).toEqual(one);
    expect(digests("t.yaml", "2")).toEqual(one);
  });

  test("a third architecture changes no run of the other two", () => {
    const runs = (text: string): string[] => {
      writeFileSync(file, text);
      faultline(["compare", "s.yaml", "--seeds", "1", "--quiet"], folder);
      const manifest = JSON.parse(readFileSync(join(folder, "results/s/manifest.json"), "utf8"));
      return manifest.runs.map(
        (run: Record<string, string>) => `${run["architecture"]} ${run["events"]} ${run["metrics"]}`,
      );
    };
    const two = runs(GOOD);
    const three = runs(`${GOOD}  more: {pattern: pilot-light, primary: eu-west-1, standby: us-east-1}\n`);
    expect(three.slice(0, 2)).toEqual(two);
    expect(three).toHaveLength(3);
  });

  test("a broken promise is exit code 1, names the line, and stands with the kept ones wherever results are read", () => {
    writeFileSync(file, `${GOOD}expect:\n  both: {availability: ">= 1%", conflicts: "> 0"}\n`);
    const { code, err, out } = faultline(["compare", "s.yaml", "--seeds", "1"], folder);
    expect(code).toBe(1);
    expect(err).toContain("s.yaml:16: expectation failed: both conflicts was 0; expected > 0");
    expect(out).toMatch(/^ {2}kept {4}both {2}availability >= 1% {2}\d/m);
    expect(out).toMatch(/^ {2}broken {2}both {2}conflicts > 0 {7}0$/m);
    // What is expected of is shown, though it is no headline.
    expect(out).toMatch(/^Conflicts {2}/m);
    const { expectations } = JSON.parse(readFileSync(join(folder, "results/s/summary.json"), "utf8"));
    expect(expectations).toEqual([
      {
        architecture: "both",
        metric: "availability",
        expected: ">= 1%",
        mean: expect.any(Number),
        kept: true,
        verdict: "kept",
      },
      { architecture: "both", metric: "conflicts", expected: "> 0", mean: 0, kept: false, verdict: "broken" },
    ]);
    expect(readFileSync(join(folder, "results/s/report.html"), "utf8")).toContain('class="broken">broken</td>');
    const one = faultline(["run", "s.yaml", "--architecture", "one"], folder);
    expect(one).toMatchObject({ code: 0 });
    expect(one.out).not.toContain("Expected");
  });

  test("the first Ctrl-C writes the finished seeds, marked incomplete, and exits with 130", async () => {
    const child = start(["compare", "s.yaml", "--seeds", "100", "--workers", "2"], folder);
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += String(data);
    });
    child.stderr.on("data", (data) => {
      err += String(data);
      if (/^\d{2,3} of 200/m.test(err) && !err.includes("interrupted")) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    const document = JSON.parse(readFileSync(join(folder, "results/s/summary.json"), "utf8"));
    expect(document.complete).toBe(false);
    expect(document.seeds.length).toBeGreaterThan(0);
    const finished = document.seeds.length;
    expect(finished).toBeLessThan(100);
    // What was finished is what one command makes again, to the byte; another one finishes.
    expect(document.seeds).toEqual(Array.from({ length: finished }, (_, index) => String(index + 1)));
    expect(out).toContain(`Replay  npx faultline compare s.yaml --seed 1 --seeds ${finished}\n`);
    expect(out).toContain("Finish  npx faultline compare s.yaml --seed 1 --seeds 100\n");
    const { digest } = JSON.parse(
      faultline(["compare", "s.yaml", "--seeds", String(finished), "--json", "--quiet"], folder).out,
    );
    expect(digest).toBe(document.digest);
    expect(readdirSync(join(folder, "results", "s")).toSorted()).toEqual(FILES);
  });
});

describe("wrong input is exit code 2, says what to do, and writes nothing", () => {
  test.each([
    [["compare", "gone.yaml"], "there is no such file"],
    [["compare", "."], "this is a folder"],
    [["compar", "s.yaml"], "Did you mean compare?"],
    [["compare", "s.yaml", "--sed", "1"], "sed"],
    [["compare", "s.yaml", "--seeds", "0"], "--seeds is 0"],
    [["compare", "s.yaml", "--seeds", "abc"], "--seeds is not a whole number; expected a whole number from 1 to 10000"],
    [["compare", "s.yaml", "--seeds"], "Not enough arguments following: seeds"],
    [["run", "s.yaml", "--workers", "0"], "--workers is 0; expected a whole number from 1 to 256"],
    [["compare", "s.yaml", "--seeds", "1", "--seeds", "0"], "--seeds is 0"],
    [["run", "s.yaml", "--architecture", "three"], "expected one of both, one"],
    [["list", "religions"], "religions"],
    [[], "To begin with:\n  faultline list scenarios"],
    [["compare", "partition-fencin"], 'did you mean "partition-fencing"?'],
  ])("%j", (args, message) => {
    const { code, err, out } = faultline(args, folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe("");
    expect(existsSync(join(folder, "results"))).toBe(false);
  });

  test("a broken file names file, line and column with the line below", () => {
    writeFileSync(file, broken("London", "Londn"));
    const { code, err } = faultline(["compare", "s.yaml"], folder);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^s\.yaml:9:13: error: no catalogue knows the place "Londn".*did you mean "London"\?\n {4}- \{place: Londn.*\n +\^/m,
    );
    expect(err).toContain("1 problem in s.yaml; nothing was run and nothing written");
    expect(existsSync(join(folder, "results"))).toBe(false);
  });

  test("a file over 4 MB is refused by its size", () => {
    writeFileSync(file, " ".repeat(4_000_001));
    const { code, err } = faultline(["validate", "s.yaml"], folder);
    expect(code).toBe(2);
    expect(err).toContain("4000001 bytes; expected at most 4000000");
  });

  test("an output folder that cannot be written is said before anything runs", () => {
    writeFileSync(join(folder, "results"), "a file in the way");
    const { code, err } = faultline(["compare", "s.yaml"], folder);
    expect(code).toBe(2);
    expect(err).toContain("the output folder cannot be written");
    expect(err).not.toContain("runs after");
  });
});

test("validate, explain, list and init do what they say", () => {
  expect(faultline(["validate", "s.yaml"], folder)).toMatchObject({ code: 0, err: "" });
  const explained = faultline(["explain", "s.yaml", "--architecture", "one"], folder).out;
  expect(explained).toMatch(/primary +us-east-1 +s\.yaml:14/);
  expect(explained).toMatch(/replication\.use +async +pattern pilot-light/);
  expect(explained).toMatch(/replication\.batch +250 ms +default of async/);
  expect(explained).toMatch(/dns\.ttl +1 m +default/);
  expect(faultline(["list", "regions"]).out).toContain("ap-southeast-1");
  expect(faultline(["list", "scenarios"]).out).toContain("Does active-active earn its price");
  for (const what of ["places", "policies", "patterns", "latency-tables", "metrics"]) {
    expect(JSON.parse(faultline(["list", what, "--json"]).out).length).toBeGreaterThan(1);
  }
  mkdirSync(join(folder, "new"));
  expect(faultline(["init", "new/mine.yaml"], folder).code).toBe(0);
  expect(faultline(["validate", "new/mine.yaml"], folder).code).toBe(0);
  expect(faultline(["init", "new/mine.yaml"], folder)).toMatchObject({ code: 2 });
});

test("every bundled scenario is fine, and its name stands for it in any folder, unless a file there has that name", () => {
  const names = JSON.parse(faultline(["list", "scenarios", "--json"], folder).out).map(
    ({ name }: { name: string }) => name,
  );
  expect(names).toHaveLength(readdirSync(join(ROOT, "scenarios")).filter((each) => each.endsWith(".yaml")).length);
  // By its name each is fine where it is read in this process as the command reads it; one is asked of the command itself.
  for (const name of names) expect(compile(loadScenario(name).scenario).plans.length, name).toBeGreaterThan(0);
  expect(faultline(["validate", "clock-skew"], folder)).toMatchObject({ code: 0 });
  writeFileSync(join(folder, "clock-skew"), "question: none");
  expect(faultline(["validate", "clock-skew"], folder)).toMatchObject({ code: 2 });
});

/** An example of docs/output.md. */
