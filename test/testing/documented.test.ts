import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createJiti } from "jiti";
import { expect, test } from "vitest";
import * as policy from "../../src/policy.js";
import * as testing from "../../src/testing.js";
import { ROOT } from "../cli/cli.js";
import { folder } from "../plugins/own.js";

const page = readFileSync(join(ROOT, "docs/plugins.md"), "utf8");
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);

test("the example of the page runs as it stands, and its policy keeps the laws", async () => {
  const example = blocks.find((code) => code.includes("faultline/testing"))!;
  const homeWins = blocks.find((code) => code.includes('"home-wins"'))!;
  const at = folder({ "home-wins.ts": homeWins, "laws.ts": `${example}export { findings, held };\n` });
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    virtualModules: { "faultline/policy": policy, "faultline/testing": testing },
  });
  const { findings, held } = (await jiti.import(join(at, "laws.ts"))) as testing.Report;
  expect(findings).toEqual([]);
  expect(held["convergence"]).toBe(10);
});

test("the page names every suite", () => {
  for (const name of Object.keys(testing).filter((each) => each.startsWith("check")))
    expect(page).toContain(`\`${name}\``);
});
