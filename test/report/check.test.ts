import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wrap } from "../../src/cli/terminal.js";
import { judgedCheck, seenChecks } from "../../src/report/check-promises.js";
import { checkText, tally } from "../../src/report/check-text.js";
import { type JudgedFile, jointVerdict } from "../../src/report/judged-file.js";
import { junit } from "../../src/report/junit.js";
import { judged, seen } from "../../src/report/promises.js";
import type { ExpectedCheck, ExpectedMetric } from "../../src/scenario/expectations.js";

const SEEDS = ["1", "2", "3"];
const durability = (holds: boolean): ExpectedCheck => ({
  ...({ kind: "check", architecture: "a", line: 7, path: "", check: "durability" } as const),
  ...{ holds, options: {} },
});
const verdicts = (...answers: ("true" | "false" | "unknown")[]) =>
  answers.map((verdict, seed) => ({ verdict, reason: `said of ${seed}`, explanation: "", evidence: [] }));

test("a checker that is to hold must hold in every seed; one that is to be broken, in one at least", () => {
  const cases = [
    [verdicts("true", "true", "true"), "kept", "broken", null],
    [verdicts("true", "false", "unknown"), "broken", "kept", "2"],
    [verdicts("unknown", "true", "false"), "broken", "kept", "3"],
    [verdicts("true", "unknown", "true"), "undecided", "undecided", "2"],
  ] as const;
  for (const [said, holding, broken, seed] of cases) {
    expect(judgedCheck(durability(true), SEEDS, said)).toMatchObject({ verdict: holding, seed });
    expect(judgedCheck(durability(false), SEEDS, said)).toMatchObject({ verdict: broken, seed });
  }
  const mixed = judgedCheck(durability(true), SEEDS, verdicts("unknown", "true", "false"));
  expect(mixed.reason).toBe("said of 2");
  expect(seenChecks(mixed)).toBe("broken in 1, undecided in 1, holding in 1 of 3 seeds");
});

const metric = (claim: ExpectedMetric["claim"], against: ExpectedMetric["against"] = null): ExpectedMetric => ({
  ...({ kind: "metric", architecture: "a", line: 9, path: "", metric: "conflicts", comparison: "…" } as const),
  ...{ claim, against },
});

describe("architectures are compared seed by seed", () => {
  // Seeds differ far more than the architectures do.
  const values: Record<string, number[]> = { a: [100, 2000, 30_000], b: [110, 2011, 30_009] };
  const observed = (architecture: string): number[] | undefined => values[architecture];

  test("so what they have in common is no noise", () => {
    const less = metric({ how: "mean", operator: "<", bound: 0 }, { architecture: "b", share: 1 });
    const [promise] = judged([less], SEEDS, observed);
    expect(promise).toMatchObject({ verdict: "kept", against: { difference: { mean: -10, n: 3 } } });
    expect(seen(promise!)).toMatch(/-10 ± 2 against b$/);
    // The same without pairs: the interval of a has that of b within.
    const mean = metric({ how: "mean", operator: "<", bound: 10_710 });
    expect(judged([mean], SEEDS, observed)[0]!.verdict).toBe("undecided");
  });

  test("a share is of the other in the same seed, and at the boundary equal is not less", () => {
    const of = (operator: "<" | "<=", share: number) => {
      const twice = { a: [1, 2, 3], b: [2, 4, 6] } as Record<string, number[]>;
      const claim = metric({ how: "mean", operator, bound: 0 }, { architecture: "b", share });
      return judged([claim], SEEDS, (name) => twice[name])[0]!.verdict;
    };
    expect([of("<", 0.5), of("<=", 0.5)]).toEqual(["broken", "kept"]);
    expect([of("<", 0.51), of("<=", 0.49)]).toEqual(["undecided", "undecided"]);
  });

  test("one that was not run is not judged", () => {
    const claim = metric({ how: "mean", operator: "<", bound: 0 }, { architecture: "c", share: 1 });
    expect(judged([claim], SEEDS, observed)).toEqual([]);
  });
});

const HOSTILE = `<a & "b"> ]]> 'c' \u001b[31m\u0000\ud800\ufffe é 東`;
function hostile(): JudgedFile {
  const check = {
    ...judgedCheck(durability(true), SEEDS, verdicts("false", "unknown", "true")),
    ...{ architecture: HOSTILE, explanation: HOSTILE.repeat(20) },
  };
  const open = { ...judgedCheck(durability(true), SEEDS, verdicts("true", "unknown", "true")), architecture: "b" };
  const [kept] = judged([metric({ how: "always", operator: ">", bound: 0 })], SEEDS, () => [1, 2, 3]);
  return {
    ...{
      file: `${HOSTILE}.yaml`,
      scenario: HOSTILE,
      question: HOSTILE,
      seeds: SEEDS,
      runs: 6,
      digest: "",
      notes: [HOSTILE],
    },
    promises: [check, open, kept!].map((promise) => ({ promise, replay: `npx faultline check '${HOSTILE}'` })),
  };
}

/** A strict reader of what XML 1.0 this needs: throws at whatever is not well-formed. */
function elements(xml: string): { readonly name: string; readonly attributes: Record<string, string> }[] {
  const legal = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
  if (!legal.test(xml)) throw new Error("a character that XML has no place for");
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const text = (raw: string): string =>
    raw
      .replace(/[<&]|]]>/g, (at) => (at === "&" ? at : `\u0000${at}`))
      .replace(/&(?:(amp|lt|gt|quot|#39);)?/g, (whole, name) => {
        if (name === undefined) throw new Error(`a bare & in ${raw}`);
        return { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }[name as string] ?? whole;
      });
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "");
  let at = 0;
  for (const tag of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (text(body.slice(at, tag.index)).includes("\u0000")) throw new Error(`stray markup before ${tag[0]}`);
    at = tag.index + tag[0].length;
    const [, closing, name, attributes, empty] = tag;
    if (closing === "/" && open.pop() !== name) throw new Error(`${tag[0]} closes what is not open`);
    if (closing === "/") continue;
    if (empty === "") open.push(name!);
    const pairs = [...attributes!.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(
      ([, key, value]) => [key!, text(value!)] as const,
    );
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice in ${tag[0]}`);
    found.push({ name: name!, attributes: Object.fromEntries(pairs) });
  }
  if (open.length > 0 || body.slice(at).trim() !== "") throw new Error("the end is missing");
  return found;
}

describe("JUnit XML", () => {
  test("is well-formed whatever the names are, and counts what it holds", () => {
    const found = elements(junit([hostile(), hostile()]));
    expect(found.map(({ name }) => name).join(" ")).toBe(
      `testsuites${" testsuite testcase failure testcase error testcase".repeat(2)}`,
    );
    expect(found[0]!.attributes).toMatchObject({ tests: "6", failures: "2", errors: "2", skipped: "0" });
    expect(found[1]!.attributes).toMatchObject({ tests: "3", failures: "1", errors: "1" });
    expect(found[2]!.attributes["classname"]).toContain(`<a & "b"> ]]> 'c'`);
  });

  test.each(["<a", "<a></b>", "<a>&</a>", '<a b="<"></a>', "<a>\u0000</a>", '<a b="1" b="2"></a>', "<a>]]></a>"])(
    "the reader of this test refuses %j",
    (bad) => {
      expect(() => elements(bad)).toThrow();
    },
  );

  const xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].find((path) => existsSync(path));
  test.skipIf(xmllint === undefined)("xmllint reads it (not run where there is none)", () => {
    const file = join(mkdtempSync(join(tmpdir(), "faultline-")), "junit.xml");
    writeFileSync(file, junit([hostile()]));
    expect(spawnSync(xmllint!, ["--noout", file], { encoding: "utf8" }).stderr).toBe("");
  });
});

test("no line but a command to copy is wider than asked, and every promise has its verdict", () => {
  const [promise] = judged(
    [
      {
        ...metric({ how: "mean", operator: "<", bound: 0 }, { architecture: "b", share: 0.07 }),
        metric: "user_request_latency_ms_p999",
      },
    ],
    SEEDS,
    () => [1e6, 2e6, 3e6],
  );
  const all = { ...hostile(), promises: [...hostile().promises, { promise: promise!, replay: "again" }] };
  for (const width of [48, 60, 80, 160]) {
    const lines = checkText(all, width, wrap)
      .split("\n")
      .filter((line) => !line.includes("Replay  "));
    const names = new Set([`${HOSTILE}.yaml`, HOSTILE]);
    for (const line of lines) if (!names.has(line)) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => /^ {2}(?:kept|BROKEN|undecided) {2,}\S/.test(line))).toHaveLength(4);
  }
  expect(tally([all])).toBe("1 of 4 promises kept, 1 broken, 2 undecided");
  expect(jointVerdict([all])).toBe("broken");
});
