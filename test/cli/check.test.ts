import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GOOD } from "../scenario/helpers.js";
import { ROOT, faultline, start } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

/** Users on both sides of an ocean who write the same few keys. */
const BUSY = GOOD.replace(
  "  - {place: London, requests: 10/s}",
  "  - {place: London, requests: 40/s}\n  - {place: New York, requests: 40/s}",
).replace("users:", "data: {keys: 20}\nusers:");

/** Where nothing depends on what happens: a tenth of that. */
const SHORT = GOOD.replace("duration: 10m", "duration: 1m").replace("at: 2m, for: 3m", "at: 10s, for: 20s");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
});

function promise(text: string, name = "s.yaml", scenario = BUSY): void {
  writeFileSync(join(folder, name), `${scenario}expect:\n${text}\n`);
}
const check = (...args: readonly string[]) => faultline(["check", ...args], folder);
interface Document {
  readonly verdict: string;
  readonly files: readonly {
    readonly file: string;
    readonly verdict: string;
    readonly digest: string;
    readonly runs: number;
    readonly promises: readonly Record<string, unknown>[];
  }[];
}
const printed = (...args: readonly string[]): Document => JSON.parse(check(...args, "--json").out);

test("kept, broken and undecided are told apart by the exit code, and a broken one outweighs", () => {
  promise('  both: {user_request_latency_ms_p50: ">= 1ms"}', "kept.yaml", SHORT);
  promise('  both: {user_request_latency_ms_p50: "<= 1ms"}', "broken.yaml", SHORT);
  const [mean] = printed("kept.yaml", "--seeds", "3").files[0]!.promises;
  const { mean: value } = mean!["value"] as { mean: number };
  // The mean itself is within its interval.
  promise(`  both: {user_request_latency_ms_p50: ">= ${value}ms"}`, "open.yaml", SHORT);
  const codes = (...files: string[]) => check(...files, "--seeds", "3", "--quiet").code;
  expect([codes("kept.yaml"), codes("broken.yaml"), codes("open.yaml")]).toEqual([0, 1, 4]);
  expect([codes("kept.yaml", "open.yaml"), codes("open.yaml", "broken.yaml", "kept.yaml")]).toEqual([4, 1]);
});

test("a promise at the very value of a run is kept, and a digit beside it broken", () => {
  promise('  both: {conflicts: ">= 0"}');
  const [seen] = printed("s.yaml", "--seeds", "1").files[0]!.promises;
  const { mean } = seen!["value"] as { mean: number };
  promise(`  both: {conflicts: ["<= ${mean}", ">= ${mean}", "== ${mean}"]}`);
  expect(check("s.yaml", "--seeds", "1", "--quiet").code).toBe(0);
  promise(`  both: {conflicts: "> ${mean}"}`);
  expect(check("s.yaml", "--seeds", "1", "--quiet").code).toBe(1);
});

const MIXED = `  both:
    availability: [">= 90%", "> one"]
    sometimes: [conflict, failover]
    checks: {linearizable: true, convergence: true}
  one: {failovers: "== 1", checks: {one-primary: true, durability: false}}`;

describe("a file with promises of every kind", () => {
  /** One run for people and one for programs: what is looked at in them is told apart below. */
  let told: ReturnType<typeof check>;
  let document: Document;
  let xml = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "faultline-"));
    promise(MIXED);
    vi.stubEnv("COLUMNS", "80");
    told = check("s.yaml", "--seeds", "2");
    vi.unstubAllEnvs();
    document = printed("s.yaml", "--seeds", "2", "--junit", "out.xml");
    xml = readFileSync(join(folder, "out.xml"), "utf8");
  });

  test("is told a promise a line, with why and the command that shows the same alone", () => {
    const { code, out, err } = told;
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}kept {7}availability >= 90% +\d.* %$/m);
    expect(out).toMatch(/^ {2}kept {7}availability > one\s+[\d.]+ .* pts against one$/m);
    expect(out).toMatch(/^ {2}kept {7}conflicts sometimes > 0 +[\d,]+ in seed 1$/m);
    expect(out).toMatch(/^ {2}BROKEN {5}failovers sometimes > 0 +in none of 2 seeds$/m);
    expect(out).toMatch(/^ {2}BROKEN {5}linearizable holds +broken in 2 of 2 seeds$/m);
    expect(out).toMatch(/s\.yaml:21: seed 1: key \d+ is not linearizable\. On key/);
    expect(out).toMatch(/^ {2}kept {7}failovers == 1 +1$/m);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(
      /^\d of 9 promises kept, \d broken \(1 file, 2 seeds, 4 runs, [\d.]+ s\)$/,
    );
    expect(err).not.toContain("linearizable");
    const replay = /Replay {2}npx faultline (check s\.yaml --architecture both --seed 1 --seeds 1)$/m.exec(out)![1]!;
    promise(MIXED);
    vi.stubEnv("COLUMNS", "80");
    const again = faultline(replay.split(" "), folder);
    vi.unstubAllEnvs();
    expect(again.code).toBe(1);
    const story = (text: string): string => /seed 1: (key [\s\S]*?)Replay/.exec(text)![1]!;
    expect(story(again.out)).toBe(story(out));
  });

  test("no colours and no carriage returns in a pipe, and no line but a command beyond 80 columns", () => {
    const { out, err } = told;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(out + err).not.toMatch(/[\u001b\r]/);
    for (const line of out.split("\n").filter((each) => !each.includes("Replay")))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test("--quiet says only what is not kept, a line each, and nothing is written", () => {
    promise(MIXED);
    const { out, err } = check("s.yaml", "--seeds", "1", "--quiet");
    expect(out).toBe("");
    expect(err).toMatch(
      /^s\.yaml:20: broken: both failovers sometimes > 0: in none of 1 seed; replay: npx faultline check /m,
    );
    expect(
      err
        .trimEnd()
        .split("\n")
        .every((line) => /^s\.yaml:\d+: broken: /.test(line)),
    ).toBe(true);
    expect(readdirSync(folder)).toEqual(["s.yaml"]);
  });

  test("recording changes no run: the digest is that of compare, on one thread and on two", () => {
    promise(MIXED);
    faultline(["compare", "s.yaml", "--seeds", "2", "--quiet"], folder);
    const { digest } = JSON.parse(readFileSync(join(folder, "results/s/summary.json"), "utf8"));
    expect(document.files[0]!.digest).toBe(digest);
    expect(printed("s.yaml", "--seeds", "2", "--workers", "2").files[0]!.digest).toBe(digest);
  });

  test("the document is shaped as docs/output.md shows it", () => {
    const { promises, ...file } = document.files[0]!;
    const kinds = ["metric", "check"].map(
      (kind) => promises.find((each) => each["kind"] === kind && each["against"] !== null)!,
    );
    const shown = documented("check") as Document;
    expect(kinds.map(pathsOf)).toEqual(shown.files[0]!.promises.map(pathsOf));
    expect(Object.keys({ promises, ...file }).toSorted()).toEqual(Object.keys(shown.files[0]!).toSorted());
  });

  test("only what something is promised of is run, and what it is compared with", () => {
    promise('  one: {availability: "<= 100%"}', "s.yaml", SHORT);
    expect(printed("s.yaml", "--seeds", "2").files[0]!.runs).toBe(2);
    promise('  one: {availability: "< both"}', "s.yaml", SHORT);
    expect(printed("s.yaml", "--seeds", "2").files[0]!.runs).toBe(4);
    promise(MIXED, "s.yaml", SHORT);
    const one = printed("s.yaml", "--seeds", "1", "--architecture", "one").files[0]!;
    expect([one.runs, one.promises.length]).toEqual([1, 3]);
  });

  test("--junit writes a case a promise, whole or not at all", () => {
    expect(xml.match(/<testcase /g)).toHaveLength(9);
    expect(xml.match(/<failure /g)!.length).toBe(
      document.files[0]!.promises.filter(({ verdict }) => verdict === "broken").length,
    );
    promise('  both: {availabilty: ">= 5%"}');
    expect(check("s.yaml", "--junit", "other.xml").code).toBe(2);
    expect(existsSync(join(folder, "other.xml"))).toBe(false);
    promise(MIXED);
    expect(check("s.yaml", "--junit", "s.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("would be overwritten"),
    });
  });
});

test("a bound of a checker that is exceeded is broken, and one above it is kept", () => {
  promise("  both: {checks: {bounded-staleness: {most_versions: 0}}}");
  const seen = check("s.yaml", "--seeds", "1");
  expect(seen.code).toBe(1);
  const most = Number(/behind is (\d+) versions?/.exec(seen.out.replace(/\s+/g, " "))![1]);
  expect(most).toBeGreaterThan(0);
  promise(`  both: {checks: {bounded-staleness: {most_versions: ${most}}}}`);
  expect(check("s.yaml", "--seeds", "1", "--quiet").code).toBe(0);
  promise(`  both: {checks: {bounded-staleness: {most_versions: ${most - 1}}}}`);
  expect(check("s.yaml", "--seeds", "1", "--quiet").code).toBe(1);
});

test("a checker that cannot decide leaves the promise undecided, whatever is expected", () => {
  // Nobody leads where every region accepts writes.
  for (const holds of [true, false]) {
    promise(`  both: {checks: {one-primary: ${holds}}}`, "s.yaml", SHORT);
    const { code, out } = check("s.yaml", "--seeds", "1");
    expect(code).toBe(4);
    expect(out).toContain("the record does not say who led");
  }
});

describe("bad input is exit code 2, all of all files at once, and nothing runs", () => {
  test("files that cannot be judged", () => {
    promise('  both: {availabilty: ">= 5%"}', "a.yaml", GOOD);
    promise("  both: {checks: {causl: true}}", "b.yaml", GOOD);
    writeFileSync(join(folder, "c.yaml"), GOOD);
    const { code, err, out } = check("a.yaml", "b.yaml", "c.yaml", "d.yaml");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('a.yaml:16:10: error: there is no metric "availabilty"');
    expect(err).toContain('b.yaml:16:19: error: there is no checker "causl"');
    expect(err).toContain("c.yaml: error: it promises nothing, so there is nothing to judge");
    expect(err).toContain("d.yaml: error: ");
    expect(err).not.toContain("runs after");
  });

  test("a record beyond what may be held, where the checker stands", () => {
    const large = GOOD.replace("10m", "30d").replace("10/s", "500/s");
    promise('  both:\n    checks: {durability: true, causal: true}\n  one: {failovers: "== 1"}', "s.yaml", large);
    const { code, err } = check("s.yaml");
    expect(code).toBe(2);
    expect(err).toMatch(
      /s\.yaml:17:14: error: durability needs the record of both, which takes about [\d.]+ GB in memory; expected at most 256 MB; lower the rates/,
    );
    expect(err).toMatch(/s\.yaml:17:32: error: causal needs the record of both/);
  });

  test.each([
    [["--architecture", "nobody"], 'has no architecture "nobody"; expected one of both, one'],
    [["--architecture", "one"], 'promises nothing of "one"; expected one of both'],
    [["--seeds", "0"], "--seeds is 0"],
    [["--record-memory", "much"], '--record-memory is "much"'],
    [["--junit", "no/such/folder/x.xml"], "it cannot be written (ENOENT)"],
  ])("%s", (args, message) => {
    promise('  both: {availability: ">= 5%"}');
    expect(check("s.yaml", ...args)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
  });
});

test("what asks for a record is left to check by compare and run", () => {
  promise("  both: {checks: {linearizable: true}, sometimes: [failover]}", "s.yaml", SHORT);
  expect(faultline(["compare", "s.yaml", "--seeds", "1", "--quiet"], folder).code).toBe(0);
});

test("a mean that its seeds do not decide is exit code 4 of compare too", () => {
  promise('  both: {user_request_latency_ms_p50: ">= 1ms"}', "s.yaml", SHORT);
  const [seen] = printed("s.yaml", "--seeds", "3").files[0]!.promises;
  promise(
    `  both: {user_request_latency_ms_p50: ">= ${(seen!["value"] as { mean: number }).mean}ms"}`,
    "s.yaml",
    SHORT,
  );
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "3", "--quiet"], folder);
  expect(code).toBe(4);
  expect(err).toMatch(/^s\.yaml:16: expectation undecided, run more seeds: both user_request_latency_ms_p50 was /m);
});

test("Ctrl-C judges nothing of the file at hand, and leaves no file", async () => {
  promise('  both: {availability: ">= 5%"}');
  const child = start(["check", "s.yaml", "--seeds", "3000", "--junit", "out.xml"], folder);
  let out = "";
  child.stdout.on("data", (data) => {
    out += String(data);
  });
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (data) => {
      if (/runs after/.test(String(data))) {
        child.kill("SIGINT");
        resolve();
      }
    });
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect(code).toBe(130);
  expect(out).toBe("");
  expect(readdirSync(folder)).toEqual(["s.yaml"]);
});

test("a lease taken away breaks what a bundled scenario promises of it, and only that", () => {
  const text = readFileSync(join(ROOT, "scenarios/partition-fencing.yaml"), "utf8");
  const without = text.replace("fencing: lease, lease: 10s, clock_margin: 1s", "fencing: none");
  expect(without).not.toBe(text);
  writeFileSync(join(folder, "s.yaml"), without);
  const { promises } = printed("s.yaml", "--seeds", "1", "--architecture", "lease").files[0]!;
  const broken = promises.flatMap(({ verdict, promise: said }) => (verdict === "broken" ? [said] : []));
  expect(broken).toEqual([
    "split_brain_writes <= 5% of no-fence",
    "rto_seconds <= 50% of stonith",
    "one-primary holds",
  ]);
}, 120_000);

test("bundled scenarios keep what they promise", () => {
  const { code, out } = check("remirroring-storm", "global-poison", "--seeds", "2");
  expect(out).toMatch(/^9 of 9 promises kept \(2 files, 2 seeds, 8 runs, /m);
  expect(code).toBe(0);
}, 300_000);
