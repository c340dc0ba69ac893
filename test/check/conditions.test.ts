import { expect, test } from "vitest";
import { causalOrder } from "../../src/check/causal/causal-order.js";
import { checkCausal } from "../../src/check/causal/causal.js";
import { addConflictEdges } from "../../src/check/causal/clocks.js";
import { addDemands } from "../../src/check/causal/windows.js";
import { Digraph } from "../../src/check/digraph.js";
import type { Model } from "../../src/check/linearizable/model.js";
import { operationsByKey } from "../../src/check/linearizable/part.js";
import { makeModel } from "../../src/check/linearizable/specifications.js";
import { programOf } from "../../src/check/sequential/program.js";
import { searchSequential } from "../../src/check/sequential/search.js";
import { SEQUENTIAL_LIMITS, checkSequential } from "../../src/check/sequential/sequential.js";
import { checkMonotonicReads, checkReadYourWrites } from "../../src/check/sessions/session-reads.js";
import { isChange, sourcesOf } from "../../src/check/sources.js";
import { checkBoundedStaleness } from "../../src/check/staleness/bounded-staleness.js";
import { missedReads } from "../../src/check/staleness/missed.js";
import { Streams } from "../../src/engine/random.js";
import {
  APPEND,
  CAS,
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
import { isCausal, isSequential, keepsReads, opsOf, stalenessOf } from "./conditions.js";
import { intervals, isLinearizable, lists, recordOf } from "./reference.js";

interface Deed {
  readonly kind: number;
  readonly key: number;
}
const read = (key: number): Deed => ({ kind: READ, key });
const write = (key: number): Deed => ({ kind: WRITE, key });

/** Every way to give operations to sessions, each named after its first operation. */
function* partitions(count: number): Generator<readonly number[]> {
  function* from(made: readonly number[]): Generator<readonly number[]> {
    if (made.length === count) {
      yield made;
      return;
    }
    for (let session = 0; session <= Math.max(-1, ...made) + 1; session++) yield* from([...made, session]);
  }
  yield* from([]);
}

/** Every history of `count` operations with these deeds, sessions one at a time, values unique, every answer possible. */
function* histories(deeds: readonly Deed[], count: number): Generator<RunRecord> {
  for (const list of lists(deeds, count)) {
    const reads = list.flatMap(({ kind }, at) => (kind === READ ? [at] : []));
    const answers = list.map(({ kind, key }) =>
      kind === READ
        ? [NIL, ...list.flatMap((other, at) => (other.kind === WRITE && other.key === key ? [at] : []))]
        : [NIL],
    );
    const total = reads.reduce((product, at) => product * answers[at]!.length, 1);
    for (const sessions of partitions(count)) {
      for (let choice = 0; choice < total; choice++) {
        let left = choice;
        const result = (at: number): number => {
          const of = answers[at]!;
          const chosen = of[left % of.length]!;
          left = Math.floor(left / of.length);
          return chosen;
        };
        yield recordOf(
          list.map(({ kind, key }, at) => {
            const answer = kind === READ ? result(at) : NIL;
            return {
              ...{ call: 2 * at + 1, returned: 2 * at + 2, process: at, session: sessions[at]!, key, kind },
              ...(kind === READ ? { result: answer } : { argument: at }),
            };
          }),
        );
      }
    }
  }
}

/** Intervals of any kind, sessions with several operations at once, answers that never came. */
function randomHistory(seed: string, count: number, keys: number): RunRecord {
  const random = new Streams(seed).sequence("history");
  const pick = (below: number): number => Math.floor(random.uniform() * below);
  const made = Array.from({ length: count }, (_, at) => {
    const call = at === 0 ? 0 : pick(3 * count);
    return { call, returned: call + pick(count), session: pick(3), key: pick(keys), isWrite: random.uniform() < 0.5 };
  }).toSorted((a, b) => a.call - b.call);
  const operations = made.map(({ call, returned, session, key, isWrite }, at) => {
    const isUnknown = random.uniform() < 0.15;
    const sources = made.flatMap((other, row) => (other.isWrite && other.key === key ? [row] : []));
    const result = random.uniform() < 0.2 || sources.length === 0 ? NIL : sources[pick(sources.length)]!;
    return {
      ...{ call, returned: isUnknown ? NEVER : returned, process: at, session, key, outcome: isUnknown ? UNKNOWN : OK },
      ...(isWrite ? { kind: WRITE, argument: at } : { kind: READ, result: isUnknown ? NIL : result }),
    };
  });
  return recordOf(operations);
}

function searchVerdict(record: RunRecord): string {
  return searchedAs(record, makeModel("register", record));
}

const searchedAs = (record: RunRecord, model: Model): string => {
  const models = new Map([...operationsByKey(record).keys()].map((key) => [key, model]));
  return searchSequential(programOf(record, models), SEQUENTIAL_LIMITS).verdict;
};

/** The clocks alone, or the windows of stale reads alone, without what sessions know by themselves. */
function causalVerdict(record: RunRecord, way: "clocks" | "windows"): string {
  const sources = sourcesOf(record);
  const graph = new Digraph(record.operations.call.length);
  const order = causalOrder(record, sources, graph, false);
  const sequence = graph.order();
  if (sequence === null) return "false";
  if (way === "windows") return String(addDemands(order, graph).kind === "explained");
  return String(addConflictEdges(order, sequence, graph).kind === "done" && graph.order() !== null);
}

const tally = new Map<string, number>();

function compare(record: RunRecord): void {
  const ops = opsOf(record);
  const [causal, sequential] = [isCausal(record), isSequential(ops)];
  const right: Record<string, boolean> = {
    causal,
    clocks: causal,
    windows: causal,
    sequential,
    search: sequential,
    ryw: keepsReads(record, "writes"),
    mr: keepsReads(record, "reads"),
  };
  const found: Record<string, string> = {
    causal: checkCausal(record).verdict,
    clocks: causalVerdict(record, "clocks"),
    windows: causalVerdict(record, "windows"),
    sequential: checkSequential(record).verdict,
    search: searchVerdict(record),
    ryw: checkReadYourWrites(record).verdict,
    mr: checkMonotonicReads(record).verdict,
  };
  for (const [name, value] of Object.entries(right)) {
    tally.set(`${name} ${value}`, (tally.get(`${name} ${value}`) ?? 0) + 1);
    if (found[name] === String(value)) continue;
    throw new Error(`${name}: ${found[name]}, but it is ${value}: ${JSON.stringify(ops)}`);
  }
}

test("all histories of four operations on two keys", () => {
  let tried = 0;
  for (let count = 1; count <= 4; count++) {
    for (const record of histories([read(0), read(1), write(0), write(1)], count)) {
      compare(record);
      tried++;
    }
  }
  expect(tried).toBe(12_514);
});

test("all histories of five operations on one key", () => {
  let tried = 0;
  for (const record of histories([read(0), write(0)], 5)) {
    compare(record);
    tried++;
  }
  expect(tried).toBe(27_924);
});

test("random histories with concurrency in sessions and answers that never came", () => {
  for (let seed = 0; seed < 4000; seed++) compare(randomHistory(`r${seed}`, 5 + (seed % 3), 1 + (seed % 2)));
  for (const name of ["causal", "sequential", "ryw", "mr"]) {
    expect(tally.get(`${name} true`)).toBeGreaterThan(1000);
    expect(tally.get(`${name} false`)).toBeGreaterThan(1000);
  }
});

test("staleness without the replicas' order lies between the least and the most of all orders that time allows", () => {
  const check = (record: RunRecord): void => {
    const ops = opsOf(record);
    const rows = ops.map((_, row) => row).filter((row) => ops[row]!.key === 0);
    for (const { read: row, versions, age } of missedReads(record, sourcesOf(record), rows, null)) {
      const right = stalenessOf(ops, row);
      const said = { least: Math.min(...right.versions), most: Math.max(...right.versions) };
      expect({ versions, age, ops }).toEqual({
        versions: said,
        age: { least: Math.min(...right.age), most: Math.max(...right.age) },
        ops,
      });
    }
  };
  for (const shape of intervals(4)) {
    for (const list of lists([-1, 0, 1], 2)) {
      const written = shape.map(([call, returned], at) => ({
        ...{ call, returned, process: at, session: at, key: 0 },
        ...(at % 2 === 0 ? { kind: WRITE, argument: at } : { kind: READ, result: NIL }),
      }));
      const sources = [NIL, 0, 2];
      written.forEach((op, at) => {
        if (op.kind === READ) (op as { result: number }).result = sources[list[(at - 1) / 2]! + 1]!;
      });
      check(recordOf(written));
    }
  }
  for (let seed = 0; seed < 3000; seed++) check(randomHistory(`s${seed}`, 6, 1));
});

test("what the evidence shows violates by itself", () => {
  let violations = 0;
  for (let seed = 0; seed < 1500; seed++) {
    const record = randomHistory(`e${seed}`, 8, 2);
    for (const check of [checkCausal, checkSequential, checkReadYourWrites, checkMonotonicReads]) {
      const { verdict, evidence, explanation } = check(record);
      if (verdict !== "false") continue;
      violations++;
      expect(explanation).not.toBe("");
      expect(evidence.length).toBeGreaterThan(0);
      expect({ seed, check: check.name, left: check(only(record, evidence)).verdict }).toEqual({
        ...{ seed, check: check.name, left: "false" },
      });
    }
  }
  expect(violations).toBeGreaterThan(500);
});

/** The record without all other operations: a change that is left out never was answered, the rest did not happen. */
function only(record: RunRecord, evidence: readonly number[]): RunRecord {
  const copy = structuredClone(record);
  for (let row = 0; row < copy.operations.call.length; row++) {
    if (evidence.includes(row)) continue;
    const { outcome, return: returned } = copy.operations;
    outcome[row] = isChange(record.operations, row) ? UNKNOWN : FAIL;
    if (outcome[row] === UNKNOWN) returned[row] = NEVER;
  }
  return copy;
}

test.each(["cas-register", "kv", "counter", "set"] as const)("%s: with a session each, any order will do", (model) => {
  const random = new Streams(`sequential/${model}`).sequence("history");
  const pick = (below: number): number => Math.floor(random.uniform() * below);
  const values = ["0", "1", "2", "01", "#{0}", "#{0 1}"];
  const changes = { "cas-register": [WRITE, CAS], kv: [WRITE, APPEND], counter: [INCREMENT], set: [SET_ADD] }[model];
  const names = { values: model === "counter" ? [] : values, keys: [], regions: [] };
  const answers = { true: 0, false: 0 };
  for (let tried = 0; tried < 1500; tried++) {
    const operations = Array.from({ length: 6 }, (_, at) => {
      const kind = random.uniform() < 0.5 ? READ : changes[pick(changes.length)]!;
      const isUnknown = kind !== READ && random.uniform() < 0.2;
      const result = kind === CAS ? pick(2) : pick(model === "set" ? 6 : 4) - 1;
      return {
        ...{ call: 0, returned: 100, process: at, session: at, key: 0, kind, argument: pick(3), expected: pick(3) },
        ...{ result: isUnknown ? NIL : result, outcome: isUnknown ? UNKNOWN : OK },
      };
    });
    const right = String(isLinearizable(operations, model, names.values)) as "true" | "false";
    const record = recordOf(operations, names);
    const found = searchedAs(record, makeModel(model, record));
    expect({ found, operations }).toEqual({ found: right, operations });
    answers[right]++;
    const { verdict, evidence } = checkSequential(record, { model });
    if (verdict === "false") expect(checkSequential(only(record, evidence), { model }).verdict).toBe("false");
  }
  expect(Math.min(answers.true, answers.false)).toBeGreaterThan(100);
});

test("a bound on staleness that some order of writes keeps and another breaks is undecided", () => {
  const record = recordOf([
    { call: 1, returned: 4, process: 0, kind: WRITE, argument: 0 },
    { call: 2, returned: 3, process: 1, kind: WRITE, argument: 1 },
    { call: 5, returned: 6, process: 2, kind: READ, result: 0 },
  ]);
  expect(checkBoundedStaleness(record, { mostVersions: 0 }).verdict).toBe("unknown");
  expect(checkBoundedStaleness(record, { mostVersions: 1 }).verdict).toBe("true");
  expect(checkBoundedStaleness(record).measured).toMatchObject({
    most_versions_behind: 0,
    possible_versions_behind: 1,
  });
});
