import { expect, test } from "vitest";
import { checkLinearizable } from "../../src/check/linearizable/linearizable.js";
import type { ModelName } from "../../src/check/linearizable/model.js";
import { operationsByKey, partOf } from "../../src/check/linearizable/part.js";
import { search } from "../../src/check/linearizable/search.js";
import { makeModel } from "../../src/check/linearizable/specifications.js";
import { isWitness } from "../../src/check/linearizable/witness.js";
import { zonesOf } from "../../src/check/linearizable/zones.js";
import { Streams } from "../../src/engine/random.js";
import {
  APPEND,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  NEVER,
  OK,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
  WRITE,
} from "../../src/record/record.js";
import { changed, linearizableHistory } from "./histories.js";
import { type Small, intervals, isLinearizable, lists, recordOf } from "./reference.js";

type Deed = Omit<Small, "call" | "returned">;

/** The verdict of the whole checker, and of the search alone, which the faster methods would otherwise spare. */
function verdictsOf(record: RunRecord, model: ModelName): string[] {
  const made = makeModel(model, record);
  const part = partOf(record, made, [...operationsByKey(record).values()][0]!);
  return [checkLinearizable(record, { model }).verdict, search(part, made).verdict];
}

function compare(deeds: readonly Deed[], count: number, model: ModelName): { tried: number; good: number } {
  let tried = 0;
  let good = 0;
  for (const shape of intervals(count)) {
    for (const list of lists(deeds, count)) {
      const operations = list.map((deed, at) => {
        const [call, returned] = shape[at]!;
        return { ...deed, process: at, call, returned };
      });
      const right = isLinearizable(operations, model);
      const found = verdictsOf(recordOf(operations), model);
      if (found.some((verdict) => verdict !== String(right))) {
        throw new Error(`${found.join("/")}, but it is ${right}: ${JSON.stringify(operations)}`);
      }
      tried++;
      if (right) good++;
    }
  }
  return { tried, good };
}

const reads = [-1, 0, 1].map((result): Deed => ({ kind: READ, result }));
const writes = [0, 1].map((argument): Deed => ({ kind: WRITE, argument }));
const lost = (deed: Deed): Deed => ({ ...deed, outcome: UNKNOWN });
const swap = (expected: number, argument: number, result: number): Deed => ({ kind: CAS, expected, argument, result });

test("every history of three operations on a cas register gets the verdict of trying every order", () => {
  const deeds = [
    ...[...reads, ...writes, { kind: DELETE }, ...writes.map(lost), { ...writes[0]!, outcome: FAIL }],
    ...[swap(0, 1, 1), swap(0, 1, 0), swap(-1, 0, 1), swap(1, 0, 0), lost(swap(0, 1, 0))],
  ];
  const { tried, good } = compare(deeds, 3, "cas-register");
  expect(tried).toBe(15 * 14 ** 3);
  expect(good).toBeGreaterThan(tried / 50);
});

test("every history of four operations on a register gets the verdict of trying every order", () => {
  const { tried, good } = compare([...reads.slice(1), ...writes, lost(writes[0]!)], 4, "register");
  expect(tried).toBe(105 * 5 ** 4);
  expect(good).toBeGreaterThan(tried / 50);
});

const TEXTS = ["a", "b", "ab", "ba", "#{a}", "#{b}", "#{a b}", "aa"];
const RANDOM = new Streams("small histories").sequence("test");
const below = (count: number): number => Math.floor(RANDOM.uniform() * count);
const of = (list: readonly (() => Deed)[]): Deed => list[below(list.length)]!();

const MAKERS: Readonly<
  Record<Exclude<ModelName, "versions">, { readonly names: readonly string[]; readonly deeds: (() => Deed)[] }>
> = {
  register: {
    names: [],
    deeds: [() => ({ kind: READ, result: below(4) - 1 }), () => ({ kind: WRITE, argument: below(3) })],
  },
  "cas-register": {
    names: [],
    deeds: [
      () => ({ kind: READ, result: below(4) - 1 }),
      () => ({ kind: WRITE, argument: below(3) }),
      () => ({ kind: CAS, expected: below(4) - 1, argument: below(3), result: below(2) }),
    ],
  },
  kv: {
    names: TEXTS,
    deeds: [
      () => ({ kind: READ, result: [-1, 0, 1, 2, 3, 7][below(6)]! }),
      () => ({ kind: WRITE, argument: below(2) }),
      () => ({ kind: APPEND, argument: below(2) }),
      () => ({ kind: DELETE }),
    ],
  },
  counter: {
    names: [],
    deeds: [
      () => ({ kind: READ, result: below(5) - 1 }),
      () => ({ kind: INCREMENT, argument: below(4) - 1 }),
      () => ({ kind: DELETE }),
    ],
  },
  set: {
    names: TEXTS,
    deeds: [
      () => ({ kind: READ, result: [-1, 4, 5, 6][below(4)]! }),
      () => ({ kind: SET_ADD, argument: below(2) }),
      () => ({ kind: DELETE }),
    ],
  },
};

test.each(Object.keys(MAKERS) as (keyof typeof MAKERS)[])(
  "%s: 6,000 histories with equal times, failures and lost answers",
  (model) => {
    const { names, deeds } = MAKERS[model];
    let good = 0;
    for (let round = 0; round < 6000; round++) {
      const operations = Array.from({ length: 2 + below(5) }, (_, process): Small => {
        const call = below(8);
        const outcome = [OK, OK, OK, OK, UNKNOWN, FAIL][below(6)]!;
        return { ...of(deeds), process, call, returned: outcome === UNKNOWN ? NEVER : call + below(5), outcome };
      }).toSorted((a, b) => a.call - b.call);
      const record = recordOf(operations, { values: names, keys: [], regions: [] });
      const right = isLinearizable(operations, model, names);
      if (right) good++;
      const found = verdictsOf(record, model);
      if (found.some((verdict) => verdict !== String(right))) {
        throw new Error(`${found.join("/")}, but it is ${right}: ${JSON.stringify(operations)}`);
      }
    }
    expect(good).toBeGreaterThan(300);
  },
);

test("a pending write of the value that is there may hide a write that nobody saw", () => {
  const operations: readonly Small[] = [
    { kind: WRITE, argument: 1, process: 0, call: 1, returned: 2 },
    { kind: WRITE, argument: 1, process: 1, call: 3, returned: NEVER, outcome: UNKNOWN },
    { kind: WRITE, argument: 3, process: 2, call: 4, returned: 7 },
    { kind: CAS, expected: 1, argument: 2, result: 1, process: 3, call: 5, returned: 6 },
    { kind: READ, result: 2, process: 4, call: 8, returned: 9 },
  ];
  expect(isLinearizable(operations, "cas-register")).toBe(true);
  expect(verdictsOf(recordOf(operations), "cas-register")).toEqual(["true", "true"]);
});

test("the evidence violates by itself, and no operation of it can be left out", () => {
  let found = 0;
  for (let round = 0; round < 3000; round++) {
    const operations = Array.from({ length: 8 }, (_, process): Small => {
      const call = below(20);
      return { ...of(MAKERS["cas-register"].deeds), process, call, returned: call + below(5) };
    }).toSorted((a, b) => a.call - b.call);
    const { verdict, evidence, explanation } = checkLinearizable(recordOf(operations), { model: "cas-register" });
    if (verdict !== "false") continue;
    found++;
    const kept = evidence.map((row) => operations[row]!);
    expect(isLinearizable(kept, "cas-register")).toBe(false);
    expect(explanation.length).toBeGreaterThan(20);
    // What is left out may still have happened at any time; then the rest must be possible.
    for (const row of evidence) {
      const rest = operations.map((operation, at) => {
        if (at !== row && evidence.includes(at)) return operation;
        const isChange = operation.kind === WRITE || (operation.kind === CAS && operation.result === 1);
        return { ...operation, outcome: isChange ? UNKNOWN : FAIL, returned: NEVER };
      });
      expect(isLinearizable(rest, "cas-register")).toBe(true);
    }
  }
  expect(found).toBeGreaterThan(500);
});

test("zones decide every history of unique values, with and without lost answers, without a search", () => {
  for (let round = 0; round < 20_000; round++) {
    const count = 2 + below(5);
    const operations = Array.from({ length: count }, (_, at): Small => {
      const call = below(9);
      const isLost = below(6) === 0;
      const result = below(count + 1) - 1;
      const luck = below(4);
      const kind = luck < 2 ? READ : luck === 2 ? WRITE : CAS;
      const rest = { argument: at, expected: below(count + 1) - 1, result: kind === CAS ? 1 : result };
      return { kind, ...rest, call, returned: isLost ? NEVER : call + below(5), outcome: isLost ? UNKNOWN : OK };
    }).toSorted((a, b) => a.call - b.call);
    const record = recordOf(operations);
    const model = makeModel("cas-register", record);
    const part = partOf(record, model, [...operations.keys()]);
    const zones = zonesOf(part, model);
    const right = isLinearizable(operations, "cas-register");
    if (zones.kind === "not-unique" || right !== (zones.kind === "order" && isWitness(part, model, zones.order))) {
      throw new Error(`${zones.kind}, but it is ${right}: ${JSON.stringify(operations)}`);
    }
  }
});

test("a witness is accepted exactly when its order of the writes explains all reads", () => {
  let accepted = 0;
  for (let round = 0; round < 10_000; round++) {
    const operations = Array.from({ length: 5 }, (): Small => {
      const call = below(9);
      const isRead = below(2) === 0;
      return { kind: isRead ? READ : WRITE, argument: below(2), result: below(3) - 1, call, returned: call + below(6) };
    }).toSorted((a, b) => a.call - b.call);
    const record = recordOf(operations);
    const model = makeModel("register", record);
    const part = partOf(record, model, [...operations.keys()]);
    const order = [...operations.keys()].filter((at) => operations[at]!.kind === WRITE).toSorted(() => below(3) - 1);
    // Fixing the order of writes: give each a place of its own on a line, where reads must find room.
    const right = hasRoom(operations, order, -1, []);
    expect(isWitness(part, model, order)).toBe(right);
    if (right) accepted++;
  }
  expect(accepted).toBeGreaterThan(500);
});

/** Tries every order that keeps the order of the writes. */
function hasRoom(operations: readonly Small[], writesLeft: readonly number[], state: number, done: number[]): boolean {
  if (done.length === operations.length) return true;
  return operations.some(({ call, kind, result, argument }, at) => {
    if (done.includes(at) || (kind === WRITE && at !== writesLeft[0])) return false;
    if (operations.some((other, before) => !done.includes(before) && before !== at && other.returned < call))
      return false;
    if (kind === READ) return result === state && hasRoom(operations, writesLeft, state, [...done, at]);
    return hasRoom(operations, writesLeft.slice(1), argument!, [...done, at]);
  });
}

test.each([
  { values: "unique", cas: 0 },
  { values: "unique", cas: 0.25 },
  { values: 5, cas: 0 },
  { values: 5, cas: 0.25 },
  { values: 100, cas: 0.25 },
] as const)("100,000 operations at Zipf 0.99, 1 in 100 unknown: %j is linearizable, and broken it is not", (given) => {
  const recipe = { seed: "hot", operations: 100_000, keys: 1000, processes: 100, unknown: 0.01, reads: 0.5, ...given };
  const record = linearizableHistory(recipe);
  const started = performance.now();
  const verdict = checkLinearizable(record, { model: "cas-register" });
  const took = performance.now() - started;
  expect(verdict).toMatchObject({ verdict: "true", evidence: [] });

  // A read on a key of middling popularity returns what nothing ever wrote there.
  const { kind, key, outcome } = record.operations;
  const read = kind.findIndex((each, at) => each === READ && outcome[at] === OK && key[at] === 20 && at > 50_000);
  const again = performance.now();
  const broken = checkLinearizable(changed(record, read, { value: 1_000_000 }), { model: "cas-register" });
  const tookBroken = performance.now() - again;
  expect(broken).toMatchObject({ verdict: "false", evidence: [read] });
  console.info(`${JSON.stringify(given)}: good ${took.toFixed(0)} ms, broken ${tookBroken.toFixed(0)} ms`);
});

test("a stale read is explained in words", () => {
  const record = recordOf([
    { kind: WRITE, argument: 4, process: 1, call: 100_000, returned: 200_000 },
    { kind: WRITE, argument: 5, process: 5, call: 1_000_000, returned: 1_200_000 },
    { kind: READ, result: 4, process: 3, call: 1_500_000, returned: 1_600_000 },
    { kind: READ, result: 5, process: 4, call: 1_700_000, returned: 1_800_000 },
  ]);
  const { evidence, explanation } = checkLinearizable(record, { model: "register" });
  expect(evidence).toEqual([0, 1, 2]);
  expect(explanation).toBe(
    "On key 0: the read by process 3 (1.5 s to 1.6 s) returned 4 although write 5 had completed at 1.2 s by process 5, before the read began, and nothing that was called since can have left 4.",
  );
});

test("a search that needs more than its limits says so", () => {
  const deeds = Array.from(
    { length: 24 },
    (_, at): Small => ({ kind: WRITE, argument: at % 3, call: at, returned: 90 - at }),
  );
  const asks = [0, 1, 2, 0, 2, 1].map(
    (result, at): Small => ({ kind: READ, result, call: 30 + 2 * at, returned: 31 + 2 * at }),
  );
  const record = recordOf([
    ...deeds,
    ...asks,
    { kind: READ, result: 9, call: 95, returned: 96 },
    { kind: WRITE, argument: 9, call: 97, returned: 98 },
  ]);
  const limited = checkLinearizable(record, { model: "register", limits: { mostSteps: 5, mostBytes: 1 << 20 } });
  expect(limited.verdict).toBe("unknown");
  expect(limited.reason).toContain("5 steps");
});

test("a model that does not know an operation says so", () => {
  const record = recordOf([{ kind: CAS, expected: 1, argument: 2, call: 1, returned: 2 }]);
  const { verdict, reason } = checkLinearizable(record, { model: "register" });
  expect(verdict).toBe("unknown");
  expect(reason).toContain("does not specify process 0's cas 1 to 2");
});
