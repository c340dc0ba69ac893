import fc from "fast-check";
import { expect, test } from "vitest";
import { CAS, FAIL, INCREMENT, KINDS, NIL, type RunRecord, SET_ADD, UNKNOWN } from "../../src/record/record.js";
import { ednLines, jsonLines } from "../../src/record/text/export.js";
import { type ImportOptions, MOST_HISTORY_BYTES, importHistory } from "../../src/record/text/import.js";
import { argumentOf, expectedOf, resultOf } from "../../src/record/values.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function good(text: string, options?: ImportOptions): RunRecord {
  const imported = importHistory(bytes(text), options);
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
  return imported.record;
}

function bad(text: string | Uint8Array): string[] {
  const imported = importHistory(typeof text === "string" ? bytes(text) : text);
  if (imported.ok) throw new Error("it was read");
  for (const { expected, hint } of imported.problems) expect([expected, hint].every((part) => part !== "")).toBe(true);
  return imported.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** Each operation in short: kind, key, argument, expected, result, outcome, call, return. */
function short(record: RunRecord): string[] {
  const { operations, names } = record;
  const value = (id: number): string => (id === NIL ? "nil" : names.values[id]!);
  return [...operations.call.keys()].map((at) =>
    [
      `${operations.process[at]} ${KINDS[operations.kind[at]!]} ${names.keys[operations.key[at]!]}`,
      `${value(expectedOf(record, at))} ${value(argumentOf(record, at))}`,
      `${operations.kind[at] === CAS ? resultOf(record, at) : value(resultOf(record, at))}`,
      `${["ok", "fail", "unknown"][operations.outcome[at]!]} ${operations.call[at]}..${operations.return[at]}`,
    ].join(" | "),
  );
}

const LOG = `INFO  jepsen.util - 0\t:invoke\t:read\tnil
INFO  jepsen.core - Worker 1 starting
INFO  jepsen.util - 1\t:invoke\t:write\t4

INFO  jepsen.util - :nemesis\t:info\t:start\t"cut off"
INFO  jepsen.util - 0\t:ok\t:read\tnil
INFO  jepsen.util - 1\t:ok\t:write\t4
INFO  jepsen.util - 0\t:invoke\t:cas\t[4 2]
INFO  jepsen.util - 0\t:fail\t:cas\t[4 2]
INFO  jepsen.util - 1\t:invoke\t:write\t3
INFO  jepsen.util - 1\t:info\t:write\t:timed-out
INFO  jepsen.util - 1\t:invoke\t:read\tnil
`;
test("Jepsen's log lines: the first read is nil, a failed cas compared, what got no answer stays open", () => {
  expect(short(good(LOG))).toEqual([
    "0 read  | nil nil | nil | ok 1..3",
    "1 write  | nil 4 | nil | ok 2..4",
    "0 cas  | 4 2 | 0 | ok 5..6",
    "1 write  | nil 3 | nil | unknown 7..Infinity",
    "1 read  | nil nil | nil | unknown 9..Infinity",
  ]);
});

test("a failed cas can be read as one that did not happen", () => {
  const { operations } = good(LOG, { failedCas: "did-not-happen" });
  expect(operations.outcome[2]).toBe(FAIL);
});

const MAPS = [
  '{:process 0, :type :invoke, :f :append, :key "x", :value "a \\"b\\" \\u00fc", :time 12, :index 0}',
  '{:process 0, :type :ok, :f :append, :key "x", :value "a \\"b\\" \\u00fc", :error [:none {:a 1}]}',
  "#jepsen.history.Op{:process 1 :type :invoke :f :cas :value [7 [1 2]]}",
  "{:process 1 :type :ok :f :cas :value [7 [1 2]]}",
  "{:process 2 :type :invoke :f :read :value [7 nil]}",
  "{:process 2 :type :ok :f :read :value [7 2]}",
];
const MAPS_READ = [
  '0 append x | nil a "b" ü | nil | ok 1..2',
  "1 cas 7 | 1 2 | 1 | ok 3..4",
  "2 read 7 | nil nil | 2 | ok 5..6",
];

test.each([
  ["one a line", MAPS.join("\n")],
  ["with comments and blank lines", `; a comment\n\n# another\n// a third\n${MAPS.join("\n\n; and\n")}\n`],
  ["in a vector", `[${MAPS.join("\n ")}]`],
  ["in a list on one line, commas between", `(${MAPS.join(", ")})`],
  ["over several lines each", MAPS.join("\n").replaceAll(" :f", "\n  :f")],
])("EDN maps %s", (_, text) => {
  expect(short(good(text))).toEqual(MAPS_READ);
});

test("JSON lines, and a JSON array of the same", () => {
  const lines = [
    '{"process":0,"type":"invoke","f":"write","key":"x","value":1}',
    '{"process": 0, "type": "ok", "f": "write", "key": "x", "value": 1, "extra": {"a": [null, true, 1.5e3]}}',
    '{"process":1,"type":"invoke","f":"get","key":"x","value":null,"session":4,"region":"eu"}',
    '{"process":1,"type":"ok","f":"get","key":"x","value":1}',
  ];
  const expected = ["0 write x | nil 1 | nil | ok 1..2", "1 read x | nil nil | 1 | ok 3..4"];
  for (const text of [lines.join("\n"), `[${lines.join(",\n")}]`]) {
    const record = good(text);
    expect(short(record)).toEqual(expected);
    expect([...record.operations.session]).toEqual([NIL, 4]);
    expect(record.names.regions[record.operations.region[1]!]).toBe("eu");
  }
});

test("add is a counter's or a set's, as the caller says", () => {
  const text = "{:process 0 :type :invoke :f :add :value 1}\n{:process 0 :type :ok :f :add :value 1}\n";
  expect(good(text).operations.kind[0]).toBe(INCREMENT);
  expect(good(text, { add: "set-add" }).operations.kind[0]).toBe(SET_ADD);
  const read = "{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :read :value #{2 1}}";
  expect(good(read, { add: "set-add" }).names.values).toEqual(["#{1 2}"]);
});

test.each<[string, string | Uint8Array, string[]]>([
  ["nothing", "; nothing\n", ["0:0 the file holds no operation"]],
  ["a log of something else", "INFO  jepsen.core - Worker 3 starting\n", ["0:0 the file holds no operation"]],
  ["a return without a call", MAPS[1]!, ["1:1 process 0 returns from a :append that it never called"]],
  [
    "a second call of a busy process",
    `${MAPS[0]}\n${MAPS[0]}`,
    ["2:1 process 0 calls again while its :append of line 1 is open"],
  ],
  [
    "a return from something else",
    `${MAPS[0]}\n{:process 0 :type :ok :f :read :value 1}`,
    ["2:1 process 0 returns from a :read"],
  ],
  [
    "a return with another value",
    "{:process 0 :type :invoke :f :write :value 1}\n{:process 0 :type :ok :f :write :value 2}",
    ["2:1 the :write returns with the value 2"],
  ],
  ["an unknown type", "{:process 0 :type :invok :f :read}", ['1:1 the type "invok" is unknown']],
  ["an unknown operation", "\n  {:process 0 :type :invoke :f :reed}", ['2:3 the operation "reed" is unknown']],
  ["a missing field", "{:process 0 :f :read}", ['1:1 the map has no "type"']],
  ["a key twice", "{:process 0 :process 1 :type :invoke :f :read}", ['1:1 "process" stands twice in one map']],
  ["a client with a name", '{"process": "worker-1", "type": "invoke", "f": "read"}', ["1:1 the process has no number"]],
  ["a bad process", "{:process 0.5 :type :invoke :f :read}", ["1:1 the process has no number"]],
  [
    "a cas without its pair",
    "{:process 0 :type :invoke :f :cas :value 1}",
    ["1:1 the cas does not say what it compares"],
  ],
  ["a map cut off", `${MAPS[0]}\n{:process 0 :type`, ["2:1 this is not complete"]],
  ["a string cut off", '{:process 0 :type :ok :f :read :value "abc', ["1:39 this is not complete"]],
  ["a vector cut off", `[${MAPS[0]}`, ["1:1 this bracket is never closed"]],
  ["a bracket too many", `${MAPS[0]}}`, ['1:95 "}" is no operation']],
  ["the wrong bracket", "{:process 0 :value [1 2) }", ['1:24 ")" closes nothing']],
  ["a key without a value", "{:process 0 :type}", ["1:1 a key of this map has no value"]],
  ["a number", "[1 2]", ['1:2 "1 2]" is no operation', "1:1 this bracket is never closed"]],
  ["a log line cut off", "INFO  jepsen.util - 0\t:inv", ['1:1 "INFO  jepsen.util - 0\t:inv" is no operation']],
  [
    "an answer cut off before its value",
    "INFO  jepsen.util - 0\t:invoke\t:write\t1\nINFO  jepsen.util - 0\t:ok\t:write\t",
    ['2:1 "INFO  jepsen.util - 0\t:ok\t:write" ends before its value'],
  ],
  [
    "of several problems only what is one by itself",
    `[{:process 0
  :type :invok :f :read}
 {:process 0 :type :invoke :f :write :value 1}
 {:process 0 :type :invoke :f :write :value 2} {:process 0 :type :ok :f :write :value 2}
 {:process 0 :type :ok :f :write :value 2}]`,
    [
      '1:2 the type "invok" is unknown',
      "4:2 process 0 calls again while its :write of line 3 is open",
      "5:2 process 0 returns from a :write that it never called",
    ],
  ],
  [
    "a call that is told to come before what stands behind it",
    `{:process 0 :type :invoke :f :write :value 1 :time 10}
{:process 0 :type :ok :f :write :value 1 :time 30}
{:process 1 :type :invoke :f :read :time 20}`,
    ["3:1 the event happened at 20, before the return of line 2"],
  ],
  [
    "a time that runs backwards",
    "{:process 0 :type :invoke :f :write :value 1 :time 100}\n{:process 0 :type :ok :f :write :value 1 :time 50}",
    ["2:1 the event happened at 50, before the call of line 1"],
  ],
  ["prose", "hello world", ['1:1 "hello world" is no operation']],
  ["deep nesting", `{:process ${"[".repeat(100)}`, ["1:75 values are nested too deeply"]],
  ["no UTF-8", new Uint8Array([0x7b, 0x0a, 0x20, 0xff, 0xfe]), ["2:2 this is not UTF-8"]],
])("%s is an error with its place", (_, text, expected) => {
  expect(bad(text)).toEqual(expected);
});

test("two calls may be written down in another order than that of their times, and so may two returns", () => {
  const text = `{:process 0 :type :invoke :f :write :value 1 :time 101}
{:process 1 :type :invoke :f :read :time 100}
{:process 1 :type :ok :f :read :value 1 :time 203}
{:process 0 :type :ok :f :write :value 1 :time 202}
{:process 2 :type :invoke :f :write :value 2 :time 300}
{:process 2 :type :info :f :write :value 2 :time 900}
{:process 3 :type :invoke :f :read :time 400}
{:process 3 :type :ok :f :read :value 2 :time 500}`;
  expect(good(text).operations.outcome).toEqual(Uint8Array.of(0, 0, UNKNOWN, 0));
});

test("a process may be a number in quotes", () => {
  expect(short(good('{"process": "3", "type": "invoke", "f": "write", "value": 1}'))).toEqual([
    "3 write  | nil 1 | nil | unknown 1..Infinity",
  ]);
});

test("a history in which only the nemesis did something has no operation, and nothing wrong with it", () => {
  expect(good("[{:process :nemesis, :type :info, :f :kill, :value nil}]").operations.call).toHaveLength(0);
});

test("a line of ten megabytes is refused in little time, whatever is in it", () => {
  for (const text of ["a", ":", " ", "a ", ": :", "[", '"', "{", "{:a ", "#", "\\"]) {
    const line = text.repeat(Math.ceil(10_000_000 / text.length));
    for (const message of bad(line)) expect(message.length).toBeLessThan(200);
  }
  expect(bad(`{:process 0 :type :invoke :f :write :value "${"x".repeat(10_000_000)}"}`)).toEqual([
    "1:44 this value is too long",
  ]);
});

test("of many problems the first fifty are listed and all are counted; larger files are not read", () => {
  const imported = importHistory(bytes("nonsense\n".repeat(120)));
  expect(imported).toMatchObject({ ok: false, count: 120 });
  expect(!imported.ok && imported.problems.length).toBe(50);
  expect(bad(new Uint8Array(MOST_HISTORY_BYTES + 1))).toEqual([`0:0 the history has ${MOST_HISTORY_BYTES + 1} bytes`]);
});

test("no text whatever crashes the importer", () => {
  const words = fc.constantFrom(
    ...["{", "}", "[", "]", "(", ")", "#", "#_", "#{", '"', "\\", ":", ";", ",", "\n", "\t", " ", "nil", "\u0000"],
    ...[
      ":process 0",
      ":type :invoke",
      ":type :ok",
      ":f :read",
      ":f :cas",
      ":value [1 2]",
      "INFO jepsen.util - ",
      "1e9",
    ],
  );
  const texts = fc
    .array(fc.oneof(words, fc.string({ maxLength: 3 })), { maxLength: 30 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const imported = importHistory(bytes(text));
      expect(imported.ok || imported.count > 0).toBe(true);
    }),
    { numRuns: 3000, seed: 7 },
  );
});

test("what is exported is read back as the same operations", () => {
  const record = good(`${LOG}${MAPS.join("\n").replaceAll(":process ", ":process 1")}`);
  for (const lines of [jsonLines(record), ednLines(record)]) {
    const again = good([...lines].join("\n"));
    expect(short(again)).toEqual(
      short(record).map((line) => line.replace(/unknown (\d+)\.\..*/, "unknown $1..Infinity")),
    );
  }
  expect(record.operations.outcome.filter((outcome) => outcome === UNKNOWN).length).toBe(2);
});
