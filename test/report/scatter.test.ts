import { expect, test } from "vitest";
import { scatterChart } from "../../src/report/svg/scatter-chart.js";

const chart = (front: readonly (readonly [number, number])[]): string =>
  scatterChart(
    {
      ...{ title: "cost & latency", about: "of all", x: "USD", y: "ms", others: [] },
      front: front.map(([x, y], index) => ({ x, y, label: String(index + 1), title: `<b>${index}` })),
    },
    "s0",
  );
const labels = (svg: string): string[] => [...svg.matchAll(/row-label"[^>]*>(\d+)</g)].map(([, label]) => label!);

test("every point is drawn, and labels that would stand on each other are left out", () => {
  const near = chart([
    [1000, 300],
    [1001, 300],
    [2000, 100],
  ]);
  expect(near.match(/<circle class="best"/g)).toHaveLength(3);
  expect(labels(near)).toEqual(["1", "3"]);
});

test("names are escaped, and one point alone has a place", () => {
  const one = chart([[5, 5]]);
  expect(one).toContain("&lt;b&gt;0");
  expect(one).not.toContain("NaN");
});
