import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { mixQuantile, mixing } from "../../src/topology/copula.js";
import { constantLaw, lawFromMedian, lawFromPercentiles, roundTrip } from "../../src/topology/delay-law.js";
import { DISTANCE_CLASSES, distanceClass } from "../../src/topology/distance-classes.js";
import { fibreFloor, greatCircleKm } from "../../src/topology/geography.js";
import { bundledTable, bundledTables, parseLatencyTable } from "../../src/topology/latency-table.js";
import { accessLaw, regionPath } from "../../src/topology/paths.js";
import { allPlaces, allRegions, placeFacts, regionFacts } from "../../src/topology/places.js";
import { ksCritical, ksDistance, uniformCdf } from "../statistics.js";

const table = bundledTable("aws-2024-04")!;
const QUANTILES = { p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9, p99: 0.99 } as const;

test("the law of each of the 441 rows goes through its percentiles within 0.5 %, and rises", () => {
  expect(table.rows.size).toBe(441);
  for (const [pair, row] of table.rows) {
    const law = lawFromPercentiles({ floor: row.p10 * 0.95, ...row });
    for (const [name, u] of Object.entries(QUANTILES)) {
      const error = Math.abs(roundTrip(law, u) / 1000 / row[name as keyof typeof row] - 1);
      // Between two cells the table is straight: a steep tail is off by a part of a cell.
      const steepness = (row.p99 - row.p90) / 2.3 / 100 / row[name as keyof typeof row];
      expect(error, `${pair} ${name}`).toBeLessThan(0.005 + steepness);
    }
    let last = 0;
    let falls = 0;
    for (let step = 0; step < 4096; step++) {
      const value = roundTrip(law, step / 4096);
      if (value < last || !Number.isInteger(value)) falls++;
      last = value;
    }
    expect(falls, pair).toBe(0);
  }
});

test("each bundled table knows its regions, is not faster than light, and has figures of both directions", () => {
  const found = bundledTables.map(({ name }) => [name, bundledTable(name)!.rows] as const);
  expect(found.map(([name, { size }]) => [name, size])).toEqual([
    ["aws-2024-04", 441],
    ["gcp-2020-06", 400],
    // 2350 as published; what is published in one direction only holds for both.
    ["azure-2026-03", 2452],
  ]);
  for (const [name, rows] of found)
    for (const [pair, { p10 }] of rows) {
      const [from, to] = pair.split(">").map((region) => regionFacts(region)!);
      expect(p10, `${name} ${pair}`).toBeGreaterThan(0.9 * fibreFloor(greatCircleKm(from!, to!)) - 1e-9);
    }
  // As Microsoft's page has them.
  const { rows } = bundledTable("azure-2026-03")!;
  expect([rows.get("eastus>westeurope")!.p50, rows.get("westeurope>eastus")!.p99]).toEqual([83, 85]);
});

test("each region of the catalogue has its law whole and a number of zones", () => {
  for (const { name, jurisdiction, zones } of allRegions()) {
    expect(zones, name).toBeGreaterThanOrEqual(1);
    expect(jurisdiction, name).toMatch(/^[^()]+(?: \([^()]+\))?$/);
  }
});

test("a constant law is constant, and an exponential tail goes on beyond p99", () => {
  for (const u of [0, 0.3, 0.99, 0.9999999]) expect(roundTrip(constantLaw(7), u)).toBe(7000);
  const law = lawFromMedian(10, 20, 60);
  // One e-fold of the tail between 1-u = 0.001 and 0.001/e.
  const fold = roundTrip(law, 1 - 0.001 / Math.E) - roundTrip(law, 1 - 0.001);
  expect(fold / law.tail).toBeCloseTo(1, 2);
});

function mix(slow: number, fast: number, share: number): number {
  const cells = mixing(share);
  cells.set([fast, slow]);
  mixQuantile(cells);
  return cells[0]!;
}

test.each([0, 0.3, 0.7, 1])("quantiles mixed with a slow share of %d are uniform", (share) => {
  const luck = new Streams("copula").keyed("x");
  const mixed = Array.from({ length: 50_000 }, (_, id) => mix(luck.normal(id, 0), luck.uniform(id, 1), share));
  expect(ksDistance(mixed, uniformCdf(0, 1))).toBeLessThan(ksCritical(mixed.length));
});

test("two exchanges under one slow state resemble each other by the slow share", () => {
  const luck = new Streams("copula").keyed("y");
  let same = 0;
  const count = 20_000;
  for (let id = 0; id < count; id++) {
    const slow = luck.normal(id, 0);
    const [a, b] = [mix(slow, luck.uniform(id, 1), 0.5), mix(slow, luck.uniform(id, 2), 0.5)];
    if (a > 0.5 === b > 0.5) same++;
  }
  // Orthant probability of two normals with correlation 1/2: 1/4 + asin(1/2) / 2 pi, twice.
  expect(same / count).toBeCloseTo(2 / 3, 1);
});

describe("geography", () => {
  test("great circles are those of any atlas", () => {
    expect(greatCircleKm(placeFacts("New York")!, placeFacts("London")!)).toBeGreaterThan(5540);
    expect(greatCircleKm(placeFacts("New York")!, placeFacts("London")!)).toBeLessThan(5600);
    expect(greatCircleKm(placeFacts("Sydney")!, placeFacts("Santiago")!)).toBeGreaterThan(11_200);
    expect(greatCircleKm(placeFacts("Sydney")!, placeFacts("Santiago")!)).toBeLessThan(11_500);
  });

  test("no measured pair is faster than light in fibre", () => {
    for (const [pair, { p10 }] of table.rows) {
      const [from, to] = pair.split(">") as [string, string];
      expect(p10, pair).toBeGreaterThan(0.9 * fibreFloor(greatCircleKm(regionFacts(from)!, regionFacts(to)!)));
    }
  });

  test("every region and place lies on earth, under one name", () => {
    expect(allRegions()).toHaveLength(128);
    expect(allPlaces().length).toBeGreaterThan(250);
    for (const { latitude, longitude } of [...allRegions(), ...allPlaces()]) {
      expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
    }
    for (const { longitude, utcOffset, name } of allPlaces()) {
      expect(Math.abs(utcOffset - longitude / 15), name).toBeLessThan(4);
    }
  });

  test.each([
    ["us-east-1", "eu-west-1", "cross-Atlantic"],
    ["us-west-2", "ap-northeast-1", "cross-Pacific"],
    ["us-east-1", "us-west-2", "same continent"],
    ["eu-west-1", "eu-central-1", "same continent"],
    ["us-east-1", "ap-southeast-1", "opposite side"],
    ["sa-east-1", "ap-northeast-1", "opposite side"],
    ["us-east-1", "us-east-1", "same region"],
  ])("%s to %s is %s", (from, to, name) => {
    expect(distanceClass(regionFacts(from)!, regionFacts(to)!).name).toBe(name);
  });

  test("a distance class becomes floor, median and p99", () => {
    for (const each of DISTANCE_CLASSES) {
      const law = lawFromMedian(each.minimum, each.typical, each.degraded);
      expect(roundTrip(law, 0)).toBe(each.minimum * 1000);
      expect(roundTrip(law, 0.5)).toBe(each.typical * 1000);
      expect(roundTrip(law, 0.99) / (each.degraded * 1000)).toBeCloseTo(1, 2);
    }
  });

  test("a pair that is not measured is estimated from the distance, and that is said", () => {
    const source = { kind: "table", table } as const;
    const path = regionPath(regionFacts("us-east-1")!, regionFacts("eastus")!, source);
    expect(path.provenance).toBe("estimated");
    expect(path.note).toContain("not in the table aws-2024-04");
    expect(regionPath(regionFacts("us-east-1")!, regionFacts("eu-west-1")!, source).provenance).toBe("measured");
  });

  test("a user's round trip is the last mile plus the stretched distance", () => {
    const law = accessLaw(placeFacts("London")!, regionFacts("us-east-1")!, {
      lastMile: 12,
      lastMileP99: 60,
      stretch: 1.7,
    });
    const distance = 1.7 * fibreFloor(greatCircleKm(placeFacts("London")!, regionFacts("us-east-1")!));
    expect(roundTrip(law, 0.5) / 1000).toBeCloseTo(12 + distance, 1);
    expect(roundTrip(law, 0.99) / 1000).toBeCloseTo(60 + distance, 0);
  });
});

describe("a user's table", () => {
  const about = { name: "mine", date: "", source: "" };
  const head = "from,to,p10,p25,p50,p75,p90,p99\n";

  test("holds for both directions, and takes quotes, comments and any order of columns", () => {
    const text = '# mine\nto,from,p10,p25,p50,p75,p90,p99\n"eu-west-1", us-east-1,70,71,72,73,74,90\n';
    const { table: mine, problems } = parseLatencyTable(text, about);
    expect(problems).toEqual([]);
    expect(mine.rows.get("us-east-1>eu-west-1")!.p50).toBe(72);
    expect(mine.rows.get("eu-west-1>us-east-1")!.p50).toBe(72);
  });

  test.each([
    ["an open quote", `${head}"a,b,1,2,3,4,5,6`, "this quote does not enclose its field"],
    ["a gap", `${head}a,b,1,2,,4,5,6`, "p50 of a to b is empty"],
    ["a word", `${head}a,b,1,2,x,4,5,6`, 'p50 of a to b is "x"'],
    ["a missing column", "from,to,p50\na,b,1", "missing: p10, p25, p75, p90, p99"],
    ["a pair twice", `${head}a,b,1,2,3,4,5,6\na,b,1,2,3,4,5,6`, "for the second time"],
    ["falling percentiles", `${head}a,b,1,2,3,2,5,6`, "p75 (2) is below p50 (3)"],
    ["no name", `${head},b,1,2,3,4,5,6`, "needs two regions"],
    ["no row", head, "the table has no rows"],
    ["a column twice", "from,to,p10,p25,p50,p75,p90,p99,p50\n", 'column "p50" stands here for the second time'],
    ["an unknown column", "from,to,p10,p25,p50,p75,p90,p99,max\n", 'an unknown column "max"'],
    ["a number that is not decimal", `${head}a,b,0x50,90,91,92,93,94`, 'p10 of a to b is "0x50"'],
    ["an exponent", `${head}a,b,1e1,90,91,92,93,94`, 'p10 of a to b is "1e1"'],
  ])("%s is refused", (_, text, message) => {
    expect(parseLatencyTable(text, about).problems[0]!.message).toContain(message);
  });
});
