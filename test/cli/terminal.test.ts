import { afterEach, expect, test, vi } from "vitest";
import { Terminal, wrap } from "../../src/cli/terminal.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.skipIf(process.stdout.columns !== undefined)("a pipe is as wide as COLUMNS says, within reason", () => {
  const widthFor = (columns: string | undefined): number => {
    vi.stubEnv("COLUMNS", columns);
    return new Terminal(false, true).width;
  };
  expect(["72", "9", "9999", "", "wide", undefined].map(widthFor)).toEqual([72, 40, 160, 100, 100, 100]);
});

test("a sentence is broken between its words and never within a figure", () => {
  const sentence = "b has availability -3.43 ± 0.87 pts and 12 MB a run";
  for (let width = 10; width < 60; width++) {
    const lines = wrap(sentence, width).split("\n");
    expect(lines.join(" ")).toBe(sentence);
    for (const line of lines) expect(line).not.toMatch(/^±|±$|^pts|^MB/);
  }
});
