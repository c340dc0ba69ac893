import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareOutcomes } from "../../src/report/comparison.js";
import { page } from "../../src/report/html.js";
import { pageInput } from "../../src/report/page-input.js";
import { answer } from "../../src/report/sentence.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, outage, singlePrimary } from "../simulation/plans.js";
import { NAMES, synthetic } from "./synthetic.js";

const CHROMIUM = "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

if (!present) console.warn(`test/browser did NOT run: there is no ${CHROMIUM}`);

describe.skipIf(!present)(
  `the report in a browser${present ? "" : ` (not run: there is no ${CHROMIUM}; .ci/run installs it)`}`,
  () => {
    let browser: Browser;
    let file = "";
    let hard = "";

    beforeAll(async () => {
      const faults = [outage(0, 3 * MINUTE, 2)];
      const plans = [activeActive({ duration: 8 * MINUTE, faults }), singlePrimary({ duration: 8 * MINUTE, faults })];
      const seeds = ["1", "2", "3"];
      const outcomes = seeds.map((seed) => plans.map((plan) => run(plan, seed)));
      const facts = {
        question: "Does active-active earn its price over a pilot light?",
        scenario: "x",
        seeds,
        complete: true,
        digest: "0",
        expectations: [],
        faultTitles: new Map(),
      };
      const comparison = compareOutcomes(
        facts,
        plans.map(({ architecture }) => architecture),
        outcomes,
      );
      file = join(mkdtempSync(join(tmpdir(), "faultline-")), "report.html");
      writeFileSync(
        file,
        page(pageInput(comparison, answer(comparison), "npx faultline compare x.yaml --seed 1 --seeds 3", [])),
      );
      hard = file.replace("report.html", "hard.html");
      writeFileSync(hard, page(synthetic()));
      browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    });

    afterAll(async () => {
      await browser?.close();
    });

    test.each([
      [360, "light"],
      [360, "dark"],
      [1280, "light"],
      [1280, "dark"],
    ] as const)(
      "at %d px, %s: nothing scrolls sideways, nothing is refused, charts are drawn",
      async (width, colorScheme) => {
        const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
        const complaints: string[] = [];
        tab.on("console", (message) => complaints.push(message.text()));
        tab.on("pageerror", (error) => complaints.push(error.message));
        tab.on("request", (request) => {
          if (!request.url().startsWith("file:")) complaints.push(request.url());
        });
        await tab.goto(`file://${file}`);
        expect(complaints).toEqual([]);
        const seen = await tab.evaluate(() => {
          const lines = [...document.querySelectorAll<SVGPathElement>("figure path.line")];
          const ink = getComputedStyle(document.body);
          return {
            overflow: document.documentElement.scrollWidth - window.innerWidth,
            drawn: lines.filter((line) => line.getBoundingClientRect().width > 50).length,
            lines: lines.length,
            strokes: new Set(lines.map((line) => getComputedStyle(line).stroke)).size,
            fault: document.querySelector("rect.fault")?.getBoundingClientRect().width ?? 0,
            ink: ink.color,
            paper: ink.backgroundColor,
          };
        });
        expect(seen.overflow).toBeLessThanOrEqual(0);
        expect(seen.drawn).toBe(seen.lines);
        expect(seen.lines).toBe(8);
        expect(seen.strokes).toBe(2);
        expect(seen.fault).toBeGreaterThan(20);
        expect(seen.paper).toBe(colorScheme === "dark" ? "rgb(20, 23, 26)" : "rgb(255, 255, 255)");
        await tab.close();
      },
    );

    test.each([
      [360, "light"],
      [360, "dark"],
      [1280, "light"],
      [1280, "dark"],
    ] as const)(
      "at %d px, %s: no text of a chart lies over another or leaves its picture",
      async (width, colorScheme) => {
        for (const address of [file, hard]) {
          const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
          const complaints: string[] = [];
          tab.on("console", (message) => complaints.push(message.text()));
          await tab.goto(`file://${address}`);
          const seen = await tab.evaluate(misplaced);
          expect(seen.misplaced).toEqual([]);
          expect(seen.overflow).toBeLessThanOrEqual(0);
          expect(complaints).toEqual([]);
          await tab.close();
        }
      },
    );

    test("on a phone a comparison is told in full: every value with the name of its architecture, nothing to scroll for", async () => {
      const tab = await browser.newPage({ viewport: { width: 360, height: 800 } });
      await tab.goto(`file://${hard}`);
      const seen = await tab.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
        const boxes = [...document.querySelectorAll<HTMLElement>(".cards")];
        const cells = boxes.flatMap((box) => [...box.querySelectorAll("td")]);
        return {
          scrolling: boxes.filter((box) => box.scrollWidth > box.clientWidth).length,
          hidden: cells.filter((cell) => cell.getBoundingClientRect().right > window.innerWidth).length,
          names: cells.slice(0, 3).map((cell) => getComputedStyle(cell, "::before").content),
        };
      });
      expect(seen).toEqual({ scrolling: 0, hidden: 0, names: NAMES.map((name) => `"${name}"`) });
      await tab.close();
    });

    test("the details open without the page scrolling sideways, and scrolling boxes take the keyboard", async () => {
      const tab = await browser.newPage({ viewport: { width: 360, height: 800 } });
      await tab.goto(`file://${hard}`);
      const seen = await tab.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
        const boxes = [...document.querySelectorAll<HTMLElement>(".scroll, .chart, code")];
        return {
          overflow: document.documentElement.scrollWidth - window.innerWidth,
          deaf: boxes.filter((box) => box.scrollWidth > box.clientWidth && box.tabIndex !== 0).length,
          scrolling: boxes.filter((box) => box.scrollWidth > box.clientWidth).length,
        };
      });
      expect(seen.overflow).toBeLessThanOrEqual(0);
      expect(seen.deaf).toBe(0);
      expect(seen.scrolling).toBeGreaterThan(3);
      await tab.close();
    });
  },
);

/** Runs in the page: texts of the charts over one another, or cut off at the edge of their picture. */
function misplaced(): { misplaced: string[]; overflow: number } {
  const found = [...document.querySelectorAll("figure svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map((text) => ({
      box: text.getBoundingClientRect(),
      text: text.textContent,
    }));
    const outside = boxes
      .filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 3)
      .map(({ text }) => `${text} leaves its picture`);
    const over = boxes.flatMap(({ box: a, text }, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ box: b }) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
        )
        .map((b) => `${text} over ${b.text}`),
    );
    return [...outside, ...over];
  });
  return { misplaced: found, overflow: document.documentElement.scrollWidth - window.innerWidth };
}
