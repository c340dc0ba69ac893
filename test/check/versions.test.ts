import { expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { checkLinearizable } from "../../src/check/linearizable/linearizable.js";
import { checkSequential } from "../../src/check/sequential/sequential.js";
import { Streams } from "../../src/engine/random.js";
import {
  ACCEPTED,
  APPEND,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  NEVER,
  NIL,
  OK,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
  WRITE,
} from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { type Small, isLinearizable, recordOf } from "./reference.js";

interface Made {
  readonly record: RunRecord;
  /** The same operations with what versions contain in place of their numbers, for a reference that knows no versions. */
  readonly operations: readonly Small[];
  readonly texts: readonly string[];
}

/** One key in a few replicas that hear of each other's versions now and then, or of none; each takes what comes last. */
function storeHistory(seed: number, kind: typeof SET_ADD | typeof APPEND): Made {
  const random = new Streams(`versions ${seed}`).sequence("store");
  const below = (count: number): number => Math.floor(random.uniform() * count);
  const replicas = 1 + below(2);
  const holds: number[] = new Array<number>(replicas).fill(NIL);
  const count = 3 + below(4);
  const deeds = Array.from({ length: count }, (_, at) => {
    const call = at === 0 ? 0 : below(3 * count);
    const point = call + below(3);
    const isLost = below(7) === 0;
    const which = below(10);
    const does = which < 4 ? READ : which < 9 ? kind : DELETE;
    return {
      call,
      point,
      returned: isLost ? NEVER : point + below(3),
      isLost,
      does,
      replica: below(replicas),
      number: at,
    };
  })
    .toSorted((a, b) => a.call - b.call)
    .map((deed, number) => ({ ...deed, number }));
  const recorder = new Recorder();
  for (const { call, does, number } of deeds) {
    recorder.call({
      time: call,
      process: number,
      key: 0,
      kind: does,
      argument: does === READ || does === DELETE ? NIL : number,
    });
  }
  const content = new Map<number, readonly number[]>([[NIL, []]]);
  const results = new Map<number, number>();
  for (const { does, number, replica, point, isLost } of deeds.toSorted((a, b) => a.point - b.point)) {
    if (below(3) === 0) holds[replica] = holds[below(replicas)]!;
    const before = holds[replica]!;
    if (does === READ) results.set(number, before);
    else if (!isLost || below(2) === 0) {
      content.set(number, does === DELETE ? [] : [...content.get(before)!, number]);
      recorder.version(point, replica, number, ACCEPTED, before);
      holds[replica] = number;
    }
  }
  const isDeleted = (version: number): boolean => version !== NIL && deeds[version]!.does === DELETE;
  const texts = deeds.map(({ number }) => `<${number}>`);
  const named = (version: number): number => {
    const elements = content.get(version)!.map((number) => `<${number}>`);
    if (elements.length === 0) return NIL;
    return texts.push(kind === APPEND ? elements.join("") : `#{${elements.toSorted().join(" ")}}`) - 1;
  };
  const operations = deeds.map(({ number, call, returned, does, isLost }): Small => {
    const shown = results.get(number) ?? NIL;
    if (!isLost) recorder.complete(number, returned, OK, does === READ && !isDeleted(shown) ? shown : NIL);
    const result = does === READ ? named(shown) : NIL;
    return { call, returned, kind: does, argument: number, result, outcome: isLost ? UNKNOWN : OK };
  });
  return { record: recorder.finish({ end: 100, replicas: 3 }), operations, texts };
}

test.each([
  ["set", SET_ADD, "set"],
  ["list", APPEND, "kv"],
] as const)(
  "a %s by its versions gets the verdict of trying every order of what they contain",
  (_name, kind, model) => {
    const tally = { true: 0, false: 0 };
    for (let seed = 0; seed < 8000; seed++) {
      const { record, operations, texts } = storeHistory(seed, kind);
      const right = String(isLinearizable(operations, model, texts)) as "true" | "false";
      const found = checkLinearizable(record).verdict;
      if (found !== right) throw new Error(`${seed}: ${found}, but it is ${right}: ${JSON.stringify(operations)}`);
      tally[right]++;
    }
    expect(Math.min(tally.true, tally.false)).toBeGreaterThan(500);
  },
);

test("two additions to the same version, both shown, are told with the reads that show them", () => {
  const recorder = new Recorder();
  const calls = [
    [SET_ADD, NIL],
    [SET_ADD, NIL],
    [SET_ADD, NIL],
    [READ, 2],
    [READ, 1],
  ] as const;
  calls.forEach(([kind, result], number) => {
    const argument = kind === READ ? NIL : number;
    const row = recorder.call({ time: 10 * number, process: number, key: 0, kind, argument });
    recorder.complete(row, 100, OK, result);
  });
  // Regions 0 and 1 put 0 and 1 on nothing; 2 is put on 0.
  [
    [0, 0, NIL],
    [1, 1, NIL],
    [2, 0, 0],
  ].forEach(([write, region, below], at) => recorder.version(20 + at, region!, write!, ACCEPTED, below!));
  const { verdict, evidence, explanation } = checkLinearizable(recorder.finish({ end: 200, replicas: 3 }));
  expect([verdict, evidence]).toEqual(["false", [0, 1, 3, 4]]);
  expect(explanation).toContain("both took the place of the same value");
});

const base = { process: 0, call: 0 };

test("each key is judged by what its own operations do, and a counter's loss is found beside a register", () => {
  const mixed = (count: number): RunRecord =>
    recordOf([
      { ...base, kind: WRITE, argument: 0, returned: 1 },
      { ...base, kind: READ, result: 0, call: 2, returned: 3 },
      { ...base, key: 1, kind: INCREMENT, argument: 1, call: 4, returned: 5 },
      { ...base, key: 1, kind: INCREMENT, argument: 1, call: 6, returned: 7 },
      { ...base, key: 1, kind: READ, result: count, call: 8, returned: 9 },
      // Nobody changes these two: one shows what a counter begins with, one what a register does.
      { ...base, key: 2, kind: READ, result: 0, call: 10, returned: 11 },
      { ...base, key: 3, kind: READ, result: NIL, call: 12, returned: 13 },
    ]);
  for (const check of [checkLinearizable, checkSequential]) {
    expect(check(mixed(2)).verdict).toBe("true");
    expect(check(mixed(1)).verdict).toBe("false");
  }
});

test("what the record does not tell of a set is undecided, with the reason", () => {
  const names = { values: [], keys: [], regions: [] };
  const adds = (versions: readonly (readonly [write: number, below: number])[]): RunRecord => {
    const recorder = new Recorder();
    for (const [kind, argument] of [
      [SET_ADD, 0],
      [SET_ADD, 1],
      [READ, NIL],
    ] as const) {
      const row = recorder.call({ time: 0, process: argument + 1, key: 0, kind, argument });
      recorder.complete(row, 9, OK, kind === READ ? 1 : NIL);
    }
    versions.forEach(([write, below], at) => recorder.version(1 + at, 0, write, ACCEPTED, below));
    return recorder.finish({ end: 100, names });
  };
  expect(
    checkLinearizable(
      adds([
        [0, NIL],
        [1, 0],
      ]),
    ).verdict,
  ).toBe("true");
  const twice = checkLinearizable(
    adds([
      [0, NIL],
      [1, NIL],
      [1, 0],
    ]),
  );
  expect(twice).toMatchObject({ verdict: "unknown", reason: expect.stringContaining("not accepted exactly once") });
  const asked = checkLinearizable(
    adds([
      [0, NIL],
      [1, 0],
    ]),
    { model: "set" },
  );
  expect(asked).toMatchObject({ verdict: "unknown", reason: expect.stringContaining("choose the model versions") });
  const bare = checkLinearizable(adds([]), { model: "versions" });
  expect(bare).toMatchObject({ verdict: "unknown", reason: expect.stringContaining("upon which version") });
});

test("the reads of a list tell the session guarantees which version they were shown", () => {
  const recorder = new Recorder();
  const calls = [
    [APPEND, 0, NIL],
    [APPEND, 1, NIL],
    [READ, NIL, 1],
    [READ, NIL, 0],
  ] as const;
  calls.forEach(([kind, argument, result], at) => {
    const row = recorder.call({ time: 10 * at, process: 0, session: 0, key: 0, kind, argument });
    recorder.complete(row, 10 * at + 5, OK, result, 0);
  });
  recorder.version(1, 0, 0, ACCEPTED, NIL);
  recorder.version(11, 0, 1, ACCEPTED, 0);
  const record = recorder.finish({ end: 100, replicas: 1 });
  for (const name of ["monotonic-reads", "read-your-writes", "causal", "bounded-staleness"]) {
    const checker = CHECKERS.find((each) => each.name === name)!;
    expect([name, runChecker(checker, record, { mostVersions: 0 }).verdict]).toEqual([name, "false"]);
  }
});

test("a counter that leaves the numbers of its model, and texts beyond its memory, are undecided", () => {
  const counts = recordOf([
    { ...base, kind: INCREMENT, argument: 2_000_000_000, returned: 1 },
    { ...base, kind: READ, result: 2_000_000_000, call: 2, returned: 3 },
  ]);
  for (const check of [checkLinearizable, checkSequential]) {
    expect(check(counts, { model: "counter" })).toMatchObject({
      verdict: "unknown",
      reason: expect.stringContaining("2^30"),
    });
  }
  // Seven pieces, appended by three hundred at once, and a read that has them, one too often.
  const pieces = Array.from({ length: 7 }, (_, at) => `${at},`);
  const appends = Array.from(
    { length: 300 },
    (_, at): Small => ({ ...base, process: at, kind: APPEND, argument: at % 7, returned: 9 }),
  );
  const told = [...appends.map((_, at) => pieces[at % 7]!), pieces[0]!].join("");
  const read = { ...base, kind: READ, result: 7, call: 10, returned: 11 };
  const elsewhere = { ...base, key: 1, kind: APPEND, argument: 0, call: 12, returned: 13 };
  const many = recordOf([...appends, read, elsewhere], { values: [...pieces, told], keys: [], regions: [] });
  const verdict = checkLinearizable(many, { model: "kv" });
  expect(verdict).toMatchObject({ verdict: "unknown", reason: expect.stringContaining("characters") });
});

test("an answer with a piece that nobody appended, added or counted by then is found without a search", () => {
  const values = [...Array.from({ length: 30 }, (_, at) => `${at},`), "29,0,x", "#{0, nobody}", "29,0,30,", "30,"];
  const many = (kind: number, model: "kv" | "set" | "counter", result: number, late: readonly Small[] = []) => {
    const changes = Array.from(
      { length: 30 },
      (_, at): Small => ({ ...base, process: at, kind, argument: at, returned: 9 }),
    );
    const read = { ...base, kind: READ, result, call: 10, returned: 11 };
    const names = model === "counter" ? { values: [], keys: [], regions: [] } : { values, keys: [], regions: [] };
    return checkLinearizable(recordOf([...changes, read, ...late], names), { model });
  };
  const later: Small = { ...base, kind: APPEND, argument: 33, call: 12, returned: 13 };
  for (const verdict of [
    many(APPEND, "kv", 30),
    many(APPEND, "kv", 32, [later]),
    many(SET_ADD, "set", 31),
    many(INCREMENT, "counter", 500),
  ]) {
    expect(verdict).toMatchObject({ verdict: "false", evidence: [30], measured: { search_steps: 0 } });
  }
});

test("a pending write that somebody was shown is part of the evidence, and answers are told in their order", () => {
  const { evidence, explanation } = checkLinearizable(
    recordOf([
      { kind: WRITE, argument: 1, process: 0, call: 1, returned: NEVER, outcome: UNKNOWN },
      { kind: READ, result: 1, process: 1, call: 3, returned: 4 },
      { kind: READ, result: NIL, process: 1, call: 5, returned: 6 },
    ]),
  );
  expect(evidence).toEqual([0, 1, 2]);
  expect(explanation).toContain("(5 us to 6 us) returned nil although a read returned 1 at 4 us by process 1");
});

test("a comparison that should have succeeded is explained in words", () => {
  const { evidence, explanation } = checkLinearizable(
    recordOf([
      { kind: WRITE, argument: 1, process: 0, call: 1, returned: 2 },
      { kind: CAS, expected: 1, argument: 2, result: 0, process: 1, call: 3, returned: 4 },
      { kind: WRITE, argument: 5, process: 2, call: 3, returned: 4, outcome: FAIL },
    ]),
  );
  expect(evidence).toEqual([0, 1]);
  expect(explanation).toBe(
    "On key 0: process 1's cas 1 to 2 (3 us to 4 us) found another value than 1 although write 1 had completed at 2 us by process 0, before it began, and nothing that was called since can have left anything but 1.",
  );
});
