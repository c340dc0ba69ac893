import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { ROOT, faultline } from "./cli.js";

const README = readFileSync(join(ROOT, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "faultline-"));

/** What the README shows below a command: its block of text. */
function shownBelow(command: string): string {
  const from = README.indexOf(`    npx faultline ${command}`);
  if (from < 0) throw new Error(`the README has no "${command}"`);
  const begin = README.indexOf("```text\n", from) + "```text\n".length;
  return README.slice(begin, README.indexOf("\n```", begin));
}

/** Carried out where the README carries it out: in a folder of one's own. */
const told = (command: string): string => faultline(command.split(" "), folder).out;

beforeAll(() => {
  told("run partition-fencing --architecture no-fence --record no-fence.rec");
});

test.each([
  "why results/partition-fencing --lost",
  "check-record no-fence.rec --check convergence,leader-per-term,one-primary",
  "run partition-fencing --architecture lease --trace - --trace-kinds roles,faults --trace-from 8m --quiet",
  "failover test planned-maintenance --at 10m --dry-run",
])("the README shows what `faultline %s` prints", (command) => {
  expect(told(command)).toContain(shownBelow(command));
});

test("the README shows what cannot be, as `faultline recommend` says it", () => {
  const command = "recommend scenarios/requirements/too-near-for-light.yaml";
  // At the width of a page.
  vi.stubEnv("COLUMNS", "80");
  const { out } = faultline(command.split(" "));
  vi.unstubAllEnvs();
  expect(out).toContain(shownBelow(command));
});
