import { expect, test } from "vitest";
import { faultline } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

test("the findings of the ladder have a place, a reason, a change and what shows them", () => {
  const { code, out, err } = faultline(["audit", "ladder", "--architecture", "warm-standby"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^ladder:\d+:\d+: critical: boot-time \(warm-standby\)\n/);
  for (const part of [
    "  why  ",
    "  change  ",
    "  see it  npx faultline compare ladder",
    "What no simulation can judge:",
  ])
    expect(out).toContain(part);
  expect(out).toMatch(/\n\d+ critical, \d+ warnings?, \d+ advice; \d+ questions that only people can answer\n$/);
});

test("--strict is for CI: exit code 1 when anything is found", () => {
  expect(faultline(["audit", "ladder", "--strict"]).code).toBe(1);
});

test("--json prints the documented document, and nothing else", () => {
  const { code, out, err } = faultline(["audit", "ladder", "--json"]);
  expect([code, err]).toEqual([0, ""]);
  const paths = (document: unknown): string[] => pathsOf(document).map((path) => path.replace(/\.\d+(?=\.|$)/g, ".*"));
  const found = new Set(paths(JSON.parse(out)));
  for (const path of new Set(paths(documented("audit")))) expect(found).toContain(path);
});

test("an architecture that is not there, and a file that is none, are told", () => {
  expect(faultline(["audit", "ladder", "--architecture", "nine"])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no architecture "nine"; expected one of single-region'),
  });
  expect(faultline(["audit", "laddr"]).err).toContain('did you mean "ladder"?');
});
