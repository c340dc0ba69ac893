import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { answer } from "../../src/console/answers.js";
import { completions } from "../../src/console/completion.js";
import { Session } from "../../src/console/session.js";
import { understand } from "../../src/operate/parse.js";
import { formatValue } from "../../src/report/numbers.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { bundledTable } from "../../src/topology/latency-table.js";
import { MINUTE } from "../../src/units/time.js";

const TEXT = `# A small system, to be operated by hand.
question: What does an operator do?
duration: 12m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {}, eu-west-1: {}, ap-southeast-1: {}}
users:
  - {place: New York, requests: 15/s, reads: 50%, sessions: 100}  # the only ones
architectures:
  one: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1, ap-southeast-1]}
  both: {pattern: active-active}
  agreed: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1, ap-southeast-1], replication: raft,
    failover: consensus, consistency: linearizable}
  beside: {pattern: active-active, conflict: dotted-version-vectors}
expect:
  one: {availability: ">= 99.9%"}
`;

interface Typing {
  readonly architecture?: string;
  readonly text?: string;
  readonly pause?: () => Promise<boolean>;
}

function session({ architecture = "one", text = TEXT, pause = () => Promise.resolve(false) }: Typing = {}): Session {
  const read = parseScenario(text);
  if (!read.ok) throw new Error(read.problems[0]!.message);
  const facts = { file: "s.yaml", text, scenario: read.scenario, architecture, seed: "1" };
  return new Session({ ...facts, parse: (written) => parseScenario(written), pause });
}

/** What is said to each line; lines that are not done are marked. */
async function typed(on: Session, ...lines: readonly string[]): Promise<string[]> {
  const said: string[] = [];
  for (const line of lines) {
    const names = { regions: on.plan.regions.map(({ name }) => name), places: ["New York"] };
    const read = understand(line, names);
    if (!read.ok) throw new Error(`${line}: ${read.complaint.message}`);
    const { lines: told, fine } = await answer(on, read.command, line);
    said.push(`${fine ? "" : "NOT DONE "}${told.join("\n")}`);
  }
  return said;
}

const digestsOf = (text: string, architecture: string) => {
  const read = parseScenario(text);
  if (!read.ok) throw new Error(read.problems[0]!.message);
  return run(compile(read.scenario).plans.find((plan) => plan.architecture === architecture)!, "1").digests;
};

describe("a session saved as a scenario", () => {
  test.each([
    [
      "one",
      [
        "advance 100s",
        "replication pause --region=ap-southeast-1",
        "advance 73ms",
        "region promote ap-southeast-1",
        "region promote eu-west-1",
        "until promotion",
        "chaos test --scenario=region-failure --region=us-east-1 --for=90s",
        "replication resume --region=ap-southeast-1",
        "until heal",
        "replication reset --region=us-east-1",
        "chaos test --scenario=loss --from=us-east-1 --to=eu-west-1 --probability=20% --for=1m",
        "failover test",
        "until promotion",
        "until 9m30s",
        "region failover --from=ap-southeast-1 --to=us-east-1",
      ],
    ],
  ] as const)("runs to the digests of the session: %s", async (architecture, lines) => {
    const on = session({ architecture });
    const told = await typed(on, ...lines);
    expect(told.filter((each) => each.startsWith("NOT DONE error"))).toEqual([]);
    await typed(on, "until end");
    expect(on.orders).toBe(lines.filter((line) => !/^(?:advance|until)/.test(line)).length);
    expect(on.outcome!.digests).toEqual(digestsOf(on.text, architecture));
    expect(on.outcome!.digests).not.toEqual(digestsOf(TEXT, architecture));
  });

  test("has the text as it was, comments and all, and can be continued", async () => {
    const first = session();
    await typed(first, "advance 1m", "replication pause eu-west-1");
    expect(first.text.startsWith(TEXT)).toBe(true);
    const second = session({ text: first.text });
    await typed(second, "advance 2m", "replication resume eu-west-1", "until end");
    expect(parseYaml(second.text).actions).toEqual([
      { at: "1m", do: "replication pause eu-west-1", in: "one" },
      { at: "2m", do: "replication resume eu-west-1", in: "one" },
    ]);
    expect(second.text).toContain("# the only ones");
    expect(second.outcome!.digests).toEqual(digestsOf(second.text, "one"));
    // Of another architecture nothing was ordered.
    expect(digestsOf(second.text, "both")).toEqual(digestsOf(TEXT, "both"));
  });

  test("runs to the digests of the session, whatever was typed and whenever", { timeout: 60_000 }, async () => {
    const region = fc.constantFrom("us-east-1", "eu-west-1", "ap-southeast-1");
    const orders = fc.oneof(
      region.map((name) => `region promote ${name}`),
      region.map((name) => `region failover --to=${name}`),
      fc.constantFrom("region failover", "failover test", "until belief", "until promotion"),
      fc
        .tuple(fc.constantFrom("pause", "resume", "reset"), region)
        .map(([verb, name]) => `replication ${verb} ${name}`),
      fc
        .tuple(
          fc.constantFrom("region-failure", "network-partition", "host-crash"),
          region,
          fc.integer({ min: 1, max: 90 }),
        )
        .map(([fault, name, seconds]) => `chaos test --scenario=${fault} --region=${name} --for=${seconds}s`),
      fc.integer({ min: 1, max: 60_000 }).map((time) => `advance ${time}ms`),
    );
    const lines = fc.array(orders, { minLength: 2, maxLength: 9 });
    const where = fc.constantFrom("one", "both", "agreed");
    await fc.assert(
      fc.asyncProperty(where, lines, async (architecture, all) => {
        const on = session({ architecture, text: TEXT.replace("12m", "4m") });
        await typed(on, ...all);
        while (on.outcome === null) await on.advance(on.plan.duration);
        expect(on.outcome.digests).toEqual(digestsOf(on.text, architecture));
      }),
      // What is ordered before time has passed at all is where it has gone wrong once.
      {
        numRuns: 9,
        seed: 27,
        examples: [
          [
            "one",
            ["chaos test --scenario=network-partition --region=us-east-1 --for=31s", "replication pause us-east-1"],
          ],
        ],
      },
    );
  });

  test("has the regions that were added in it, and what was ordered of them", { timeout: 60_000 }, async () => {
    const on = session({ text: TEXT.replace("users:", "data: {size: 500 MB}\nusers:") });
    const told = await typed(
      on,
      "advance 61s",
      "region add --name=ap-northeast-1 --type=replica",
      "region add ap-northeast-1",
      "region add us-east-1",
      "region list",
      "latency test --from=ap-northeast-1 --to=all",
      "until belief",
      "region promote ap-northeast-1",
      "until promotion",
      "region list",
      "until end",
    );
    expect(told.map((each) => each.startsWith("NOT DONE"))).toEqual([
      ...[false, false, true, true, false, false, false, false, false, false, false],
    ]);
    expect(told[1]).toContain("4 instances of ap-northeast-1 are launched");
    expect(told[2]).toContain("has been added already");
    expect(told[3]).toContain("is in this scenario already");
    expect(told[4]).toMatch(/ap-northeast-1 +copy +launching: nothing heard of it +nothing runs there/);
    expect(told[5]).toMatch(/ap-northeast-1 +us-east-1 +1\d\d\.\d/);
    expect(told[6]).toMatch(/its first instance is up.*is one of the regions that users are led to/s);
    expect(told[9]).toMatch(/ap-northeast-1 +copy .*leads/);
    expect(on.outcome!.digests).toEqual(digestsOf(on.text, "one"));
    expect(parseYaml(on.text).actions.map((each: { do: string }) => each.do)).toEqual([
      "region add --name=ap-northeast-1 --type=replica",
      "region add ap-northeast-1",
      "region promote ap-northeast-1",
    ]);
  });

  test("without orders is the scenario", () => {
    expect(session().text).toBe(TEXT);
  });
});

test.each(["one", "both", "agreed", "beside"])(
  "who only looks changes nothing, dry runs included: %s",
  async (architecture) => {
    const looks = [
      "region list",
      "replication status",
      "health check --all-regions",
      "health history --days=7",
      "latency test --from=all --to=all",
      "failover test --dry-run",
      "chaos test --scenario=region-failure --region=us-east-1 --dry-run",
      "status",
      "help",
    ];
    const on = session({ architecture });
    for (const minutes of [1, 5, 12])
      await typed(on, ...looks.filter((each) => minutes === 5 || !each.startsWith("chaos")), `until ${minutes}m`);
    expect(on.outcome!.digests).toEqual(digestsOf(TEXT, architecture));
    expect(on.orders).toBe(0);
  },
);

test("a session that is interrupted on its way stands where it is, and goes on as if nothing had been", async () => {
  let turns = 0;
  const on = session({ pause: () => Promise.resolve(++turns % 7 === 0) });
  const [told] = await typed(on, "advance 10m");
  expect(told).toMatch(/^NOT DONE .*stopped/s);
  expect(on.now).toBeGreaterThan(0);
  expect(on.now).toBeLessThan(10 * MINUTE);
  while (on.outcome === null) await typed(on, "until end");
  expect(on.outcome.digests).toEqual(digestsOf(TEXT, "one"));
});

describe("what is shown", () => {
  test("tells belief from truth: a cut leader is believed down and goes on writing", async () => {
    const on = session({
      text: TEXT.replace("pattern: active-passive,", "pattern: active-passive, failover: {fencing: none},"),
    });
    await typed(on, "advance 2m", "chaos test --scenario=network-partition --region=us-east-1");
    const before = (await typed(on, "advance 5s", "region list"))[1]!
      .split("\n")
      .find((line) => line.startsWith("us-east-1"))!;
    expect(before).toMatch(/leads, healthy +leads, takes writes/);
    const after = (await typed(on, "advance 3m", "region list"))[1]!.split("\n");
    expect(after.find((line) => line.startsWith("us-east-1"))).toMatch(/down for .* +leads, takes writes/);
    expect(after.find((line) => line.startsWith("eu-west-1"))).toMatch(/leads, healthy +leads, takes writes/);
    for (const line of after) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("a paused copy falls behind by what is written, as reported and in truth", async () => {
    const on = session();
    await typed(on, "advance 2m", "replication pause ap-southeast-1", "advance 4m");
    const [told] = await typed(on, "replication status");
    const line = told!.split("\n").find((each) => each.startsWith("ap-southeast-1"))!;
    const [, reported, truly] = /(\d+) behind for .*paused.* (\d+) behind, paused/.exec(line)!.map(Number);
    const { leads, follows } = { leads: on.world.replicas.hosts[0]!, follows: on.world.replicas.hosts[2]! };
    expect(truly).toBe(leads.log.end - follows.log.end);
    // Some four writes a second for four minutes; a report is a second or two old.
    expect(truly).toBeGreaterThan(800);
    expect(Math.abs(truly! - reported!)).toBeLessThan(40);
  });

  test("what is paused already, or goes on anyway, is not ordered again, unless the letter may have been lost", async () => {
    const on = session();
    const pause = "replication pause ap-southeast-1";
    const resume = "replication resume ap-southeast-1";
    const said = await typed(on, "advance 1m", resume, pause, pause, "advance 5s", pause, resume, "advance 5s", resume);
    expect(said.map((line) => line.startsWith("nothing is done"))).toEqual([
      ...[false, true, false, false, false, true, false, false, true],
    ]);
    expect(said[1]).toContain("is not paused, as the control plane believes");
    expect(said[5]).toContain("is paused already, as it reports; `replication resume --region=ap-southeast-1`");
  });

  test("who is being replaced does not lead any more: to promote it is refused as long as that is under way", async () => {
    const on = session();
    const promote = "region promote us-east-1";
    const down = "chaos test --scenario=region-failure --region=us-east-1";
    const said = await typed(on, "advance 1m", promote, down, "until promotion", promote, "advance 1m", promote);
    expect(said[1]).toMatch(/^NOT DONE refused: us-east-1 leads/);
    expect(said[4]).toMatch(/^NOT DONE refused: a failover or a hand-over is under way/);
    expect(said[6]).toMatch(/^NOT DONE refused: us-east-1 is believed down/);
  });

  test("the history of a region tells what befell it and what was ordered of it, and not of others", async () => {
    const on = session();
    await typed(on, "advance 1m", "replication pause ap-southeast-1", "region promote eu-west-1", "advance 30s");
    const of = async (region: string) => (await typed(on, `health history --region=${region}`))[0]!;
    expect(await of("us-east-1")).toContain("order: region promote eu-west-1");
    expect(await of("us-east-1")).not.toContain("ap-southeast-1");
    expect(await of("ap-southeast-1")).toContain("order: replication pause ap-southeast-1");
    expect(await of("ap-southeast-1")).not.toContain("promote");
  });

  test("the latency test finds what was measured, and never less than fibre allows", async () => {
    const on = session();
    const [told] = await typed(on, "latency test --from=all --to=all --samples=20000");
    const rows = told!.split("\n").flatMap((line) => {
      const cells = line.trim().split(/ {2,}/);
      return cells.length === 7 && /^\d/.test(cells[2]!) ? [cells] : [];
    });
    expect(rows).toHaveLength(6);
    const table = bundledTable("aws-2024-04")!;
    for (const [from, to, p50, p99, sim50, sim99, fibre] of rows) {
      const row = table.rows.get(`${from}>${to}`)!;
      expect([Number(p50), Number(p99)]).toEqual([Number(row.p50.toFixed(1)), Number(row.p99.toFixed(1))]);
      expect(Math.abs(Number(sim50) / row.p50 - 1)).toBeLessThan(0.01);
      expect(Math.abs(Number(sim99) / row.p99 - 1)).toBeLessThan(0.02);
      expect(Number(fibre)).toBeLessThan(Number(sim50));
    }
    await typed(on, "advance 1m", "chaos test --scenario=degraded-latency --from=us-east-1 --to=eu-west-1 --add=100ms");
    const [slow] = await typed(on, "latency test --from=us-east-1 --to=eu-west-1");
    // Each way takes 100 ms more.
    expect(Number(slow!.split("\n")[2]!.trim().split(/ {2,}/)[4])).toBeGreaterThan(260);
  });

  test("a dry run names whom the failover then promotes, and counts what it loses", async () => {
    const on = session();
    const cut = "chaos test --scenario=network-partition --from=us-east-1 --to=ap-southeast-1";
    await typed(on, "advance 2m", cut, "advance 2m");
    const [told] = await typed(on, "failover test --dry-run");
    expect(told).toMatch(/promote {2}eu-west-1/);
    const [, reported, truly] = /lose (\d+) writes? as reported, (\d+) in truth/.exec(told!)!.map(Number);
    expect(truly).toBeLessThan(30);
    expect(Math.abs(truly! - reported!)).toBeLessThan(30);
    await typed(on, "chaos test --scenario=region-failure --region=us-east-1", "until promotion");
    expect(on.chronicle.met!.text).toContain("eu-west-1: leads");
    await typed(on, "until end");
    expect(
      Math.abs(on.outcome!.summary["unavailable_writes"]! + on.outcome!.summary["lost_acknowledged_writes"]! - truly!),
    ).toBeLessThan(15);
  });

  test.each([
    ["chaos test --scenario=failover-call", /promote, the call that promotes a region is refused/],
    ["chaos test --scenario=automation", /somebody has paused it/],
    ["chaos test --scenario=dns-updates --how=refused", /reroute, the name servers take no update/],
  ])("a dry run says which step would fail: %s", async (line, what) => {
    const on = session();
    const [fine] = await typed(on, "failover test --dry-run", "advance 1m", line);
    expect(fine).not.toMatch(what);
    expect((await typed(on, "failover test --dry-run"))[0]).toMatch(what);
  });

  test("a chaos test is judged as the fault is that stands in the scenario", async () => {
    // A microsecond after all that happens every second.
    const at = "180.000001s";
    const on = session();
    const [, told] = await typed(
      on,
      `until ${at}`,
      "chaos test --scenario=region-failure --region=us-east-1 --for=4m --dry-run",
    );
    const planned = parseScenario(`${TEXT}faults: [{region_outage: us-east-1, at: ${at}, for: 4m}]\n`);
    const { summary } = run(compile(planned.ok ? planned.scenario : (null as never)).plans[0]!, "1");
    expect(told).toContain(`RTO                        ${formatValue(summary["rto_seconds"]!, "seconds")} `);
    expect(told).toMatch(/Of 1 expectation 0 hold/);
    expect(told).toContain("broken: availability >= 99.9%");
    expect(on.orders).toBe(0);
  });

  test("a chaos test says who goes without, and that the control plane goes too where it does", async () => {
    const on = session({ text: TEXT.replace("12m", "5m") });
    const dry = (region: string, fault: string) =>
      `chaos test --scenario=${fault} --region=${region} --for=1m --dry-run`;
    const [, standby, cut, alone] = await typed(
      on,
      "advance 1m",
      dry("eu-west-1", "region-failure"),
      dry("eu-west-1", "network-partition"),
      dry("ap-southeast-1", "region-failure"),
    );
    expect(standby).toMatch(/Verdict: operations that fail with it alone: \d+; all users are served again after \d+ s/);
    expect(standby).toContain("The control plane lives in eu-west-1, which this takes down: nobody fails over");
    expect(cut).toContain("The control plane lives in eu-west-1, which this cuts off");
    expect(alone).toContain("Verdict: nobody is served worse than without it, and no acknowledged write is lost.");
    expect(alone).not.toContain("control plane");
  });

  test("health history says what exists, of one region or all", async () => {
    const on = session();
    await typed(
      on,
      "advance 1m",
      "chaos test --scenario=region-failure --region=ap-southeast-1 --for=2m",
      "advance 5m",
    );
    const [all, one] = await typed(on, "health history --days=7", "health history us-east-1");
    expect(all).toContain("This run is 6m old: nothing is older than its beginning.");
    expect(all).toMatch(/ap-southeast-1: is believed down[\s\S]*ap-southeast-1: is believed healthy/);
    expect(one).not.toContain("ap-southeast-1: is believed");
  });
});

test("time only goes on, and a run that is over takes no order", async () => {
  const on = session();
  const [, back, nonsense] = await typed(on, "advance 2m", "until 1m", "until failovr");
  expect(back).toMatch(/^NOT DONE 1m is over/);
  expect(nonsense).toContain('did you mean "failover"?');
  const [late, idle] = await typed(on, "until failover --within=30s", "until 3m --within=30s");
  expect(late).toContain("no failover has come within 30s");
  expect(on.now).toBe(2.5 * MINUTE);
  expect(idle).toMatch(/^NOT DONE 3m is no happening/);
  const [never] = await typed(on, "until failover");
  expect(never).toContain("no failover has come by the end of the run");
  const told = await typed(
    on,
    "until end",
    "advance 1s",
    "region promote eu-west-1",
    "chaos test --scenario=surge --place='New York' --times=2",
  );
  for (const each of told.slice(1)) expect(each).toMatch(/^NOT DONE the run is over/);
  expect(on.outcome!.digests).toEqual(digestsOf(TEXT, "one"));
});

test("completion knows commands, their options, and what stands behind them", () => {
  const regions = ["us-east-1", "eu-west-1"];
  expect(completions("reg", regions)).toEqual([["region "], "reg"]);
  expect(completions("region pro", regions)).toEqual([["promote "], "pro"]);
  expect(completions("region promote e", regions)).toEqual([["eu-west-1 "], "e"]);
  expect(completions("chaos test --scenario=region-f", regions)[0]).toEqual(["--scenario=region-failure "]);
  expect(completions("latency test --from=a", regions)[0]).toEqual(["--from=all "]);
  expect(completions("until f", regions)[0]).toEqual(["failover ", "fault "]);
  expect(completions("__proto__ constructor --__proto__=", regions)[0]).toEqual([]);
});
