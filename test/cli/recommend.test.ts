import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, faultline } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
const NEEDS = `users:
  - {place: New York, requests: 60/s}
  - {place: Frankfurt, requests: 40/s}
latency: {p95: 400ms}
recovery: {rto: 3m, rpo: 10s}
data: {size: 50 GB}
candidates: [us-east-1, us-west-2, eu-west-1]
regions: 2
`;
writeFileSync(join(folder, "needs.yaml"), NEEDS);

test("a front, a pick that is the cheapest of it, a sentence on each other pattern, and counts that add up", () => {
  const { code, out, err } = faultline(
    ["recommend", "needs.yaml", "--json", "--out", "picked", "--candidates", "5", "--runs", "1"],
    folder,
  );
  expect([code, out === "" ? err : ""]).toEqual([0, ""]);
  const found = JSON.parse(out);
  expect(pathsOf(found).map(unlisted)).toEqual(expect.arrayContaining(pathsOf(documented("recommend")).map(unlisted)));
  const costs = found.front.map(
    (each: { figures: { monthly_cost_usd: { mean: number } } }) => each.figures.monthly_cost_usd.mean,
  );
  expect(costs).toEqual(costs.toSorted((a: number, b: number) => a - b));
  expect(found.pick.regions).toEqual(found.front[0].regions);
  // Ten patterns, of which one is picked, and four that are no choice of regions.
  expect(found.rejected).toHaveLength(9 + 4);
  const { candidates, pruned, simulated, not_simulated: not } = found.search;
  const all = Object.values<number>(pruned).reduce((sum, count) => sum + count, 0);
  expect(all + simulated + not.worse + not.open).toBe(candidates);
  expect(readdirSync(join(folder, "picked")).toSorted()).toEqual([
    ...["pick-ordinary.yaml", "pick.yaml", "recommendation.html", "recommendation.json"],
  ]);
  expect(readFileSync(join(folder, "picked", "recommendation.json"), "utf8")).toBe(out);
  const page = readFileSync(join(folder, "picked", "recommendation.html"), "utf8");
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('<circle class="best"');
  // What was picked is a scenario that can be audited.
  expect(faultline(["audit", join("picked", "pick.yaml")], folder).code).toBe(0);
  // The same question, the same bytes.
  expect(
    faultline(["recommend", "needs.yaml", "--json", "--candidates", "5", "--runs", "1", "--workers", "1"], folder).out,
  ).toBe(out);
}, 300_000);

const unlisted = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, ".*");

test("what cannot be is told with what stands in the way, and exit code 1", () => {
  const { code, out } = faultline(["recommend", join(ROOT, "scenarios/requirements/too-near-for-light.yaml")]);
  expect(code).toBe(1);
  const words = out.replace(/\s+/g, " ");
  expect(words).toContain("No architecture can keep these requirements:");
  expect(words).toContain(
    "p95 of 20 ms for Tokyo is below light in fibre: 93 ms to eu-central-1, the nearest candidate.",
  );
});

test("a file that is no set of requirements is told with places, and nothing is written", () => {
  writeFileSync(join(folder, "bad.yaml"), "users: [{place: Londn, requests: 5/s}]\n");
  const { code, out, err } = faultline(["recommend", "bad.yaml", "--out", "nothing"], folder);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain('bad.yaml:1:17: error: no catalogue knows the place "Londn"');
  expect(readdirSync(folder)).not.toContain("nothing");
  expect(faultline(["recommend", "none.yaml"], folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining("there is no such file"),
  });
});
