import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SHOWN, WRITE } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { writeRecord } from "../../src/record/writer.js";
import { GOOD } from "../scenario/helpers.js";
import { faultline } from "./cli.js";

/** Enough writes for the last ones before the outage to be on their way when it comes. */
const SCENARIO = GOOD.replace("10/s", "100/s, reads: 50%");
const folder = mkdtempSync(join(tmpdir(), "faultline-"));
const path = (name: string): string => join(folder, name);
const why = (...args: readonly string[]) => faultline(["why", ...args], folder);
const run = (...args: readonly string[]) => faultline(["run", "s.yaml", "--quiet", ...args], folder);

beforeAll(() => {
  writeFileSync(path("s.yaml"), SCENARIO);
  expect(run("--architecture", "one", "--record", "one.rec", "--out", "of-one").code).toBe(0);
  expect(run("--seeds", "2", "--until", "5m").code).toBe(0);
});

describe("a lost write", () => {
  test("is told on a page of 80 columns: acceptance, fault, failover, who decided, what would have helped", () => {
    const { code, out } = why("one.rec", "--lost");
    const { architectures } = JSON.parse(readFileSync(path("of-one/s/summary.json"), "utf8"));
    const lost = architectures.one.metrics.lost_acknowledged_writes.mean;
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe(`Of ${lost} lost acknowledged writes, the first:`);
    for (const part of [
      / of key \d+ by London \(session \d+\): lost\./,
      /us-east-1 accepts it/,
      / {4}02 m 00\.000000 s {2}fault: region-outage us-east-1 begins/,
      /failover from us-east-1 to eu-west-1: eu-west-1 leads/,
      /It never came to eu-west-1\./,
      /Decided by {2}The failover at 0[23] m /,
      /Remedy {6}an acknowledgement that waits for a second region/,
    ])
      expect(out).toMatch(part);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("is the same by its number, from the results, and as JSON", () => {
    const { out } = why("one.rec", "--lost");
    const number = /^Write (\d+) /m.exec(out)![1]!;
    const page = out.slice(out.indexOf("Write "));
    expect(why("one.rec", "--write", number).out).toBe(page);
    const replayed = why("of-one/s", "--lost").out;
    expect(replayed).toMatch(/^one, seed 1: run again and recorded; its digests are those of the results\.\n/);
    expect(replayed.endsWith(page)).toBe(true);
    const document = JSON.parse(why("of-one/s", "--lost", "--json").out);
    expect(document).toMatchObject({ schema: "faultline/why/1", operation: Number(number), found: expect.any(Number) });
    expect(document.story.life.length).toBeGreaterThan(3);
  });
});

test("a page has no two empty lines in a row, also of a read of which nothing else is to be said", () => {
  for (let operation = 0; operation < 12; operation++)
    expect(why("one.rec", "--write", `${operation}`).out).not.toMatch(/\n\n\n/);
});

test("results of several runs have one chosen, ended where they were", () => {
  const { code, out } = why("results/s", "--conflict", "--architecture", "both", "--seed", "2");
  expect([code, out.startsWith("both, seed 2: run again")]).toEqual([0, true]);
  expect(out).toMatch(/^There are no writes overwritten|: overwritten by a conflict\./m);
});

test("a record that contradicts itself is refused and not walked through", () => {
  const recorder = new Recorder();
  recorder.call({ time: 1, process: 0, key: 0, kind: WRITE, argument: 0 });
  recorder.version(2, 0, 99, SHOWN);
  const chunks: Uint8Array[] = [];
  writeRecord(recorder.finish({ end: 3, replicas: 1 }), (chunk) => chunks.push(chunk));
  writeFileSync(path("false.rec"), Buffer.concat(chunks));
  const { code, err } = why("false.rec", "--write", "0");
  expect([code, err.includes("contradicts itself: version row 0 is of operation 99")]).toEqual([2, true]);
});

describe("what cannot be told is exit code 2 and says what to do", () => {
  test.each([
    [["one.rec"], "expected exactly one of --write ID, --lost"],
    [["one.rec", "--lost", "--stale"], "expected exactly one of"],
    [["one.rec", "--write", "12345678"], 'has no operation "12345678"; expected a whole number from 0 to '],
    [["one.rec", "--write", "1.5"], 'has no operation "1.5"'],
    [["one.rec", "--lost", "--seed", "1"], "a record is of one run"],
    [["gone", "--lost"], "there is no such file"],
    [["s.yaml", "--lost"], "this is no record"],
    [[".", "--lost"], "manifest.json: error: there is no such file; expected the folder of a run's results"],
    [["results/s", "--lost"], "4 such runs; choose one with --architecture (both, one) and --seed (1, 2)"],
    [["results/s", "--lost", "--architecture", "none"], "no such run"],
  ])("%j", (args, says) => {
    const { code, err } = why(...args);
    expect([code, err.includes(says)]).toEqual([2, true]);
  });

  test("results whose scenario has changed, or whose digests come out otherwise", () => {
    writeFileSync(path("s.yaml"), `${SCENARIO}# changed\n`);
    expect(why("of-one/s", "--lost")).toMatchObject({
      code: 2,
      err: expect.stringContaining("s.yaml has changed since"),
    });
    writeFileSync(path("s.yaml"), SCENARIO);
    const manifest = readFileSync(path("of-one/s/manifest.json"), "utf8");
    writeFileSync(path("of-one/s/manifest.json"), manifest.replace(/"events": "\w{4}/, '"events": "0000'));
    expect(why("of-one/s", "--lost")).toMatchObject({ code: 2, err: expect.stringContaining("has other digests") });
    writeFileSync(path("of-one/s/manifest.json"), "{}");
    expect(why("of-one/s", "--lost")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no manifest of Faultline"),
    });
  });
});
