import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { type ParseResult, parseScenario } from "../../src/scenario/scenario.js";
import { Observer } from "../../src/simulation/observer.js";
import { World } from "../../src/simulation/world.js";
import { parseRequestTrace } from "../../src/workload/request-trace.js";

const SCENARIO = `question: What would these users have met?
duration: 10m
topology: {regions: {us-east-1: {}, eu-west-1: {}}}
trace: ./requests.csv
users: [{place: London}, {place: New York}]
architectures: {both: {pattern: active-active}}
`;

const parsed = (csv: string | null, text = SCENARIO): ParseResult =>
  parseScenario(text, { file: "dir/s.yaml", read: () => csv });
const told = (result: ParseResult): string[] => (result.ok ? [] : result.problems.map((each) => formatProblem(each)));

test("each request comes at its time, from its place, with its key and kind, in the order of time", () => {
  const lines = Array.from({ length: 500 }, (_, row) => {
    const operation = ["get", "put", "delete", "increment", "compare-and-set", "decrement"][row % 6];
    return `${(499 - row) * 0.7},${row % 3 === 0 ? "London" : "New York"},user:${row % 7},${operation},s${row % 11}`;
  });
  const result = parsed(`time,place,key,operation,session\n${lines.join("\n")}\n`);
  if (!result.ok) throw new Error(told(result).join("\n"));
  const [plan] = compile(result.scenario).plans;
  const seen: string[] = [];
  class Watch extends Observer {
    override operationIssued(_place: number, operation: number): void {
      const { place, key, kind, session, reading, amount } = world.operations;
      seen.push(
        [
          world.engine.now / 1e6,
          place[operation],
          key[operation],
          kind[operation],
          reading[operation],
          session[operation],
          amount[operation],
        ].join(" "),
      );
    }
  }
  const world: World = new World(plan!, "1", [new Watch()]);
  world.run();
  const keys = new Map<string, number>();
  const sessions = [new Map<string, number>(), new Map<string, number>()];
  const number = (names: Map<string, number>, name: string): number => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const expected = lines.toReversed().map((line) => {
    const [time, placeName, name, operation, session] = line.split(",");
    const place = placeName === "London" ? 0 : 1;
    const kind = { get: 0, put: 1, delete: 2, increment: 3, "compare-and-set": 0, decrement: 3 }[operation!];
    const reading = operation === "compare-and-set" ? 1 : 0;
    return `${Number(Number(time).toFixed(6))} ${place} ${number(keys, name!)} ${kind} ${reading} ${number(sessions[place]!, session!)} ${operation === "decrement" ? -1 : 1}`;
  });
  expect(seen).toEqual(expected);
  expect(plan!.data.classes[0]!.keys).toBe(7);
});

describe("what is wrong with a trace is told at its line, all at once", () => {
  test("every kind of mistake", () => {
    const csv =
      "time,place,key,operation\nsoon,London,a,get\n1,Londn,b,put\n2,London,,get\n-3,London,c,fetch\n4,London,d\n";
    expect(told(parsed(csv))).toEqual([
      'dir/requests.csv:2:1: error: the time is "soon"; expected seconds since the start, as 12.5, or "250ms"',
      'dir/requests.csv:3:3: error: there is no place "Londn"; expected one of London, New York; did you mean "London"?',
      "dir/requests.csv:4:10: error: the key is empty; expected a text",
      'dir/requests.csv:5:1: error: the time is "-3"; expected seconds since the start, as 12.5, or "250ms"',
      expect.stringContaining('dir/requests.csv:5:13: error: there is no operation "fetch"; expected one of get, put'),
    ]);
  });

  test.each([
    ["", 'the header lacks "time"'],
    ["time,place,key\n", "the trace has no requests"],
    ["time,place\n1,London\n", 'the header lacks "key"'],
    ["time,time,place,key\n", '"time" is a column twice'],
    ["time,place,key\n1,London,a,b\n", "dir/requests.csv:2:12: error: the row has 4 fields; expected 3, as the header"],
    [
      "tme,place,key\n",
      'there is no column "tme"; expected one of time, place, operation, key, session; did you mean "time"?',
    ],
  ])("%j", (csv, message) => {
    expect(told(parsed(csv)).join("\n")).toContain(message);
  });

  test("a million requests and no more", () => {
    const { problems } = parseRequestTrace(`time,place,key\n${"1,London,a\n".repeat(1_000_001)}`, ["London"]);
    expect(problems).toEqual([
      { line: 1_000_002, column: 1, message: "the trace has 1000001 requests; expected at most 1000000" },
    ]);
  });

  test("requests that come when the run is over are said", () => {
    const result = parsed("time,place,key\n1,London,a\n600,London,a\n4000,London,b\n");
    if (!result.ok) throw new Error(told(result).join());
    expect(compile(result.scenario).notes.map(({ message }) => message)).toContain(
      "2 of the 3 requests of the trace come when the run is over",
    );
  });

  test("a file that is not there, one outside, rates beside it, classes beside it", () => {
    expect(told(parsed(null))[0]).toContain('dir/s.yaml:4:8: error: the trace "./requests.csv" cannot be read');
    expect(told(parsed("", SCENARIO.replace("./requests", "../requests")))[0]).toContain("leads out of");
    const good = "time,place,key\n1,London,a\n";
    expect(told(parsed(good, SCENARIO.replace("{place: London}", "{place: London, requests: 1/s}")))[0]).toContain(
      'dir/s.yaml:5:35: error: the trace says when these users ask; take "requests:" away',
    );
    expect(told(parsed(good, `${SCENARIO}data: {classes: {a: {share: 100%}}}\n`))[0]).toContain(
      "a trace names its keys",
    );
  });
});

test.each([
  ["is never closed", '1,"New York,k,get', 3],
  ["stands within a field", '1,London,k"ey,get', 11],
  ["closes before its field ends", '1,London,"k"ey,get', 10],
])("a quote that %s is told with its line and column", (_name, row, column) => {
  const { problems } = parseRequestTrace(`time,place,key,operation\n0,London,"a ""b""",get\n${row}\n`, [
    "London",
    "New York",
  ]);
  expect(problems).toEqual([{ line: 3, column, message: expect.stringContaining("does not enclose its field") }]);
});
