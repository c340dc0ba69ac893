import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, faultline, start } from "./cli.js";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
const SCENARIO = join(folder, "small.yaml");
writeFileSync(
  SCENARIO,
  `question: What does an operator do?
duration: 10m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {}, us-west-2: {}, eu-west-1: {}, ap-southeast-1: {}}
users:
  - {place: New York, requests: 10/s, reads: 50%, sessions: 100}
architectures:
  one: {pattern: active-passive, primary: us-east-1, standbys: [us-west-2, eu-west-1, ap-southeast-1]}
`,
);

function script(lines: readonly string[], ...more: readonly string[]) {
  const file = join(folder, "script.txt");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return faultline(["console", SCENARIO, "--script", "script.txt", ...more], folder);
}

function piped(input: string) {
  const done = spawnSync(process.execPath, [`${ROOT}dist/cli/main.js`, "console", SCENARIO], {
    cwd: folder,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe("a script", () => {
  test("whose commands are all done ends with 0, and what it saved runs to the digests that it told", () => {
    const { code, out, err } = script([
      "# a drill",
      "",
      "advance 90s",
      "region promote us-west-2",
      "until promotion",
      "until end",
      "save drilled.yaml",
    ]);
    expect([code, err]).toEqual([0, ""]);
    const [, events, metrics] = /^digests {2}(\w+) (\w+)$/m.exec(out)!;
    const replayed = faultline(["run", "drilled.yaml", "--out", "r", "--quiet"], folder);
    expect(replayed.code).toBe(0);
    const { runs } = JSON.parse(readFileSync(join(folder, "r/drilled/manifest.json"), "utf8"));
    expect(runs[0].digests).toEqual({ events, metrics });
  });

  test("with wrong commands goes on, names the line of each, and ends with 2", () => {
    const { code, out, err } = script([
      "advance 1m",
      "regoin list",
      "region promote us-east-1",
      "until fault",
      "region list",
    ]);
    expect(code).toBe(2);
    expect(err.split("\n").slice(0, -1)).toEqual([
      expect.stringMatching(/^script\.txt:2:1: error: there is no command "regoin".*did you mean "region"\?$/),
      expect.stringMatching(/^script\.txt:3: error: refused: us-east-1 leads/),
      expect.stringMatching(/^script\.txt:4: error: no fault has come by the end of the run/),
    ]);
    expect(out).toContain("leads, takes writes");
  });

  test("ends at quit, and saves at the end if it was told to, but over nothing", () => {
    const quit = script(["advance 1m", "replication pause us-west-2", "quit", "nonsense"], "--save", "kept.yaml");
    expect([quit.code, quit.err]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "kept.yaml"), "utf8")).toContain("do: replication pause us-west-2");
    const again = script(["advance 1m"], "--save", "kept.yaml");
    expect(again.code).toBe(2);
    expect(again.err).toContain("kept.yaml is there already");
    expect(readFileSync(join(folder, "kept.yaml"), "utf8")).toContain("do: replication pause us-west-2");
    expect(script(["advance 1m"], "--save", "kept.yaml", "--force").code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith(".writing"))).toEqual([]);
  });

  test("that cannot be read is bad input", () => {
    const { code, err } = faultline(["console", SCENARIO, "--script", "nothing.txt"], folder);
    expect([code, err]).toEqual([2, expect.stringContaining("nothing.txt: there is no such file")]);
  });
});

test("a line without an end is cut where it is refused, and quit ends it while the other end is open", async () => {
  const child = start(["console", SCENARIO], folder);
  let told = "";
  child.stdout.on("data", (data) => (told += data));
  child.stderr.on("data", (data) => (told += data));
  // Longer than a string may be: it was kept whole once.
  const zeros = Buffer.alloc(1 << 26);
  for (let written = 0; written < 9; written++) await new Promise((resolve) => child.stdin.write(zeros, resolve));
  child.stdin.write("\nregion list\nquit\n");
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(2);
  expect(told).toContain("the line has 100000 characters");
  expect(told).toMatch(/us-east-1 +copy +leads/);
});

test("a console survives all that is typed at it", () => {
  const bad = [
    "\u001b[31mregion list\u001b[0m",
    "region promote ".padEnd(100_000, "x"),
    "\u0000\u0007\u202e",
    "region promote --name=__proto__",
    'save "',
    "save /nowhere/at/all.yaml",
    `save ${folder}`,
    "until",
    "advance 99999999999d",
    "chaos test --scenario=region-failure --region=mars-north-1",
    "health history --days=1e999",
    "region promote --name",
    "cost forecast --months=0",
    "cost forecast --months=600 --growth=50%",
    "💥",
  ];
  const { code, out, err } = piped(`${bad.join("\n")}\nadvance 1m\nregion list\n`);
  expect(code).toBe(2);
  expect(out).toContain("leads, takes writes");
  for (const harm of ["internal error", "\u001b", "\u0007", "\u202e", "undefined", "NaN"])
    expect(`${out}${err}`).not.toContain(harm);
  expect(err.split("\n").filter((line) => line.startsWith("line "))).toHaveLength(bad.length);
});

const SEEDS_COMMANDS = [
  "region list",
  "region add --name=eu-central-1 --type=replica",
  "region promote --name=eu-west-1",
  "region failover --from=us-east-1 --to=eu-west-1",
  "replication status",
  "replication pause --region=ap-southeast-1",
  "replication resume --region=ap-southeast-1",
  "replication reset --region=eu-west-1",
  "health check --all-regions",
  "health history --region=us-east-1 --days=7",
  "cost analyze --breakdown=region",
  "cost forecast --months=3",
  "chaos test --scenario=region-failure --region=us-west-2",
  "latency test --from=all --to=all",
  "failover test --dry-run",
];

// One of each way through the program: the console below has all of them.
const IN_SHELL = SEEDS_COMMANDS.filter((line) =>
  /^(?:region (?:list|add|promote)|health history|chaos|latency|failover)/.test(line),
);

test.each(IN_SHELL)("the seed's `%s` from the shell", (line) => {
  const [noun, verb, ...more] = line.split(" ");
  const { code, out, err } = faultline([noun!, verb!, SCENARIO, ...more], folder);
  expect([code, err]).toEqual([0, ""]);
  // Tables fit a narrow terminal.
  for (const text of out.split("\n").filter((each) => / {2}/.test(each) && !/ m \d\d\./.test(each)))
    expect(text.length).toBeLessThanOrEqual(80);
});

test("the seed's commands, one after the other in the console", () => {
  const lines = SEEDS_COMMANDS.map((line) =>
    // By then somebody else leads.
    line.startsWith("region failover") ? "region failover --from=eu-west-1 --to=us-east-1" : line,
  );
  const spaced = lines.flatMap((line) => ["advance 30s", line]);
  const { code, err } = script(spaced);
  expect([code, err]).toEqual([0, ""]);
});

test("the seed's `cost optimize --suggest` tries each change with the orders of the session", () => {
  const short = join(folder, "short.yaml");
  writeFileSync(short, readFileSync(SCENARIO, "utf8").replace("10m", "1m").replace("10/s", "2/s"));
  writeFileSync(
    join(folder, "optimise.txt"),
    "advance 10s\nregion failover --to=us-west-2\nreplication pause us-west-2\ncost optimize --suggest\n",
  );
  const { code, out, err } = faultline(["console", short, "--script", "optimise.txt"], folder);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/standby_instances: 30%\n/);
  expect(out).toMatch(/pattern: single-region, primary: us-east-1 \(without 2 of your 2 orders/);
});

test.each([
  [["region", "list"], "lacks its scenario"],
  [["region", "lst", "x"], "list|add|promote|failover"],
  [["region", "promote", SCENARIO, "eu-wst-1"], 'did you mean "eu-west-1"?'],
  [["region", "promote", SCENARIO, "eu-west-1", "--at", "11m"], "not within the run"],
  [["region", "promote", SCENARIO, "us-east-1"], "refused: us-east-1 leads"],
  [["replication", "status", SCENARIO, "--architecture", "two"], "expected one of one"],
  [["chaos", "test", SCENARIO, "--scenario=region-failure", "--region=eu-central-1"], "region add eu-central-1"],
  [["chaos", "test", SCENARIO, "--scenario=surge", "--place=Rome", "--times=2"], "Rome"],
  [["chaos", "test", SCENARIO, "--scenario=region-failure", "--region=us-west-2", "--seeds", "0"], "1 to 1000"],
])("faultline %j is refused with a way out", (args, what) => {
  const { code, err } = faultline(args, folder);
  expect(code).toBe(2);
  expect(err).toContain(what);
});

test("a chaos test that breaks what is expected ends as a check does", () => {
  const promised = join(folder, "promised.yaml");
  writeFileSync(
    promised,
    `${readFileSync(SCENARIO, "utf8")}expect: {one: {availability: ">= 99.9%", failovers: "== 0"}}\n`,
  );
  const test = ["chaos", "test", promised, "--scenario=region-failure", "--for=2m"];
  expect(faultline([...test, "--region=ap-southeast-1"], folder).code).toBe(0);
  const { code, out } = faultline([...test, "--region=us-east-1"], folder);
  expect(code).toBe(1);
  expect(out).toMatch(/Of 2 expectations 0 hold\.\n {2}broken: availability >= 99\.9%/);
});

test("an order of a scenario that is refused is a note of the result, and what looks is shown below it", () => {
  const acting = join(folder, "acting.yaml");
  const actions = "[{at: 2m, do: region promote us-east-1}, {at: 3m, do: replication status us-east-1}]";
  writeFileSync(acting, `${readFileSync(SCENARIO, "utf8")}actions: ${actions}\n`);
  const { code, out } = faultline(["run", acting, "--out", "r"], folder);
  expect(code).toBe(0);
  expect(out.replaceAll("\n", " ")).toMatch(
    /in one the order "region promote us-east-1" at 2m is refused: us-east-1 leads/,
  );
  expect(out).toMatch(
    /one, seed 1, at 3m of 10m: replication status us-east-1\n.*\n.*\nus-east-1 +leads +.* ago +level/,
  );
});

test("Ctrl-C in the middle of time that passes ends the session with 130, and what was ordered is saved whole", async () => {
  const long = join(folder, "long.yaml");
  writeFileSync(long, readFileSync(SCENARIO, "utf8").replace("10m", "300d"));
  const child = start(["console", long, "--save", "interrupted.yaml"], folder);
  child.stdin.write("advance 200d\n");
  setTimeout(() => child.kill("SIGINT"), 3000);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect(code).toBe(130);
  expect(readFileSync(join(folder, "interrupted.yaml"), "utf8")).toBe(readFileSync(long, "utf8"));
});

test("a reader that goes away ends it without noise", async () => {
  const child = start(["console", SCENARIO], folder);
  let noise = "";
  child.stderr.on("data", (data) => (noise += data));
  child.stdout.destroy();
  child.stdin.on("error", () => {});
  child.stdin.write(`${"region list\nadvance 1s\n".repeat(200)}`);
  child.stdin.end();
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(0);
  expect(noise).toBe("");
});
