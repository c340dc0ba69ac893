import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { fibreFloor, greatCircleKm, vacuumFloor } from "../../src/topology/geography.js";
import { regionFacts } from "../../src/topology/places.js";
import { broken } from "./helpers.js";

const HEAD = "from,to,p10,p25,p50,p75,p90,p99";

function told(text: string, csv = ""): string[] {
  const result = parseScenario(text, { file: "s.yaml", read: () => csv });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

const latency = (name: string): string => broken("latency: aws-2024-04", `latency: ${name}`);
const oneWay = (laws: string): string => broken("latency: aws-2024-04", `one_way: {${laws}}`);
/** Between Virginia and Ireland. */
const KM = greatCircleKm(regionFacts("us-east-1")!, regionFacts("eu-west-1")!);

test("light in a vacuum is to light in fibre as the refractive index of glass, about 1.5", () => {
  expect(fibreFloor(KM) / vacuumFloor(KM)).toBeCloseTo(1.5, 2);
  // The Moon is 384,400 km away, and the echo of a radar pulse takes 2.56 s.
  expect(vacuumFloor(384_400) / 1000).toBeCloseTo(2.56, 2);
});

describe("a link without delay is refused with the physics and a way out", () => {
  test.each(["quantum", "quantum-entanglement", "entangled", "instant", "0", "0ms", "0.0 s"])("latency: %s", (name) => {
    const found = told(latency(name));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^s\.yaml:4:12: error: no link is instant: entangled pairs carry no message/);
    expect(found[0]).toContain(`from us-east-1 to eu-west-1 and back it takes ${vacuumFloor(KM).toFixed(1)} ms`);
    expect(found[0]).toContain("choose distance-classes");
  });

  test("a name that says nothing of the kind is only unknown", () => {
    expect(told(latency("quanta.cvs"))[0]).toContain('there is no latency table "quanta.cvs"');
    expect(told(latency("10ms"))[0]).toContain('there is no latency table "10ms"');
    expect(told(latency("./quantum.csv"), `${HEAD}\nus-east-1,eu-west-1,60,65,66,70,80,90`)).toEqual([]);
  });

  test.each([
    ["default: {constant: 0s}", true],
    ["default: {uniform: {from: 0s, to: 0s}}", true],
    ["default: {mixture: [{share: 50%, constant: 0s}, {share: 50%, constant: 0s}]}", true],
    ["default: {constant: 1us}", false],
    ["default: {uniform: {from: 0s, to: 2ms}}", false],
    ["default: {mixture: [{share: 50%, constant: 0s}, {share: 50%, constant: 1ms}]}", false],
  ])("one_way: {%s}", (laws, refused) => {
    const found = told(oneWay(laws));
    expect(found).toHaveLength(refused ? 1 : 0);
    if (refused) expect(found[0]).toMatch(/^s\.yaml:4:13: error: no link is instant: .*leave the law out/);
  });
});

describe("a row of a table", () => {
  const row = (p10: number): string => `${HEAD}\nus-east-1,eu-west-1,${p10},90,90,90,90,90`;

  test("below light in a vacuum is told why nothing helps", () => {
    const [found] = told(latency("./mine.csv"), row(0));
    expect(found).toMatch(/^mine\.csv:2:21: error: p10 of us-east-1 to eu-west-1 is 0 ms, faster than light itself/);
    expect(found).toContain("entangled pairs carry no message");
  });

  test("between vacuum and fibre is told that fibre is slower", () => {
    const [found] = told(latency("./mine.csv"), row(vacuumFloor(KM)));
    expect(found).toContain("faster than light in fibre allows");
    expect(found).not.toContain("entangled");
  });

  test("of a region whose place the scenario says is held against that place", () => {
    const wellington = latency("./mine.csv").replace("eu-west-1: {", "eu-west-1: {at: [-41.3, 174.8], ");
    expect(told(wellington, row(60))[0]).toContain("faster than light itself");
    expect(told(latency("./mine.csv"), row(60))).toEqual([]);
  });

  test("of a region that nobody can place is not judged", () => {
    const lost = latency("./mine.csv").replaceAll("eu-west-1", "atlantis");
    const found = told(lost, row(0).replace("eu-west-1", "atlantis"));
    expect(found.join("\n")).toContain('no catalogue knows the region "atlantis"');
    expect(found.join("\n")).not.toContain("light");
  });
});
