import type { Micros } from "../../units/time.js";
import {
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
  UNKNOWN_REGION,
  WRITE,
} from "../record.js";
import { argumentOf, expectedOf, resultOf } from "../values.js";

/** As the importer, Jepsen and Elle name them. */
const FUNCTIONS: Readonly<Record<number, string>> = {
  [READ]: "read",
  [WRITE]: "write",
  [DELETE]: "delete",
  [INCREMENT]: "increment",
  [CAS]: "cas",
  [SET_ADD]: "add",
  [APPEND]: "append",
};

/** An event as both formats tell it. Values are numbers where their text is a whole number, else strings. */
interface Line {
  readonly process: number;
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly f: string;
  readonly key?: string;
  readonly value: Value;
  /** Nanoseconds, as Jepsen has them; absent in a history without times. */
  readonly time?: number;
  readonly session?: number;
  readonly region?: string;
}
type Value = null | number | string | readonly Value[];

/** One JSON object an event, in real-time order. */
export function* jsonLines(record: RunRecord): Generator<string> {
  for (const line of linesOf(record)) yield JSON.stringify(line);
}

/** One EDN map an event, as Jepsen's history.edn has them. */
export function* ednLines(record: RunRecord): Generator<string> {
  const words = new Set(["type", "f"]);
  for (const line of linesOf(record)) {
    const fields = Object.entries(line).map(
      ([name, value]) => `:${name} ${words.has(name) ? `:${value}` : edn(value)}`,
    );
    yield `{${fields.join(", ")}}`;
  }
}

function* linesOf(record: RunRecord): Generator<Line> {
  const { process: processes, call } = record.operations;
  /** By process, the operation that it was never answered. */
  const open = new Map<number, number>();
  for (const event of eventsOf(record)) {
    const row = event >>> 1;
    const by = processes[row]!;
    if ((event & 1) === 1) {
      open.delete(by);
      yield lineOf(record, row, true, record.operations.return[row]!);
      continue;
    }
    // A process that goes on has given the last one up.
    const given = open.get(by);
    if (given !== undefined) yield lineOf(record, given, true, call[row]!);
    open.set(by, row);
    yield lineOf(record, row, false, call[row]!);
  }
}

/** Row * 2 for a call, row * 2 + 1 for a return; at equal times calls first, since intervals are closed. */
function eventsOf({ operations }: RunRecord): Float64Array {
  const { call, return: returned } = operations;
  const events: number[] = [];
  for (let row = 0; row < call.length; row++) {
    events.push(2 * row);
    if (returned[row] !== NEVER) events.push(2 * row + 1);
  }
  const time = (event: number): Micros => ((event & 1) === 1 ? returned : call)[event >>> 1]!;
  return Float64Array.from(events.sort((a, b) => time(a) - time(b) || (a & 1) - (b & 1) || a - b));
}

function lineOf(record: RunRecord, row: number, isReturn: boolean, at: Micros): Line {
  const { operations, names } = record;
  const { process: processes, kind, key, outcome, session, region } = operations;
  const keyText = names.keys.length === 0 ? String(key[row]) : names.keys[key[row]!]!;
  return {
    process: processes[row]!,
    type: isReturn ? typeOf(record, row) : "invoke",
    f: FUNCTIONS[kind[row]!]!,
    ...(keyText === "" ? {} : { key: keyText }),
    value: shownValue(record, row, isReturn && outcome[row] === OK),
    ...(record.clock === "events" ? {} : { time: at * 1000 }),
    ...(session[row] === NIL ? {} : { session: session[row]! }),
    ...(region[row] === UNKNOWN_REGION ? {} : { region: names.regions[region[row]!] ?? String(region[row]) }),
  };
}

function typeOf({ operations }: RunRecord, row: number): "ok" | "fail" | "info" {
  const { outcome, kind, value } = operations;
  if (outcome[row] === FAIL) return "fail";
  return kind[row] === CAS && value[row] === 0 ? "fail" : outcome[row] === OK ? "ok" : "info";
}

function shownValue(record: RunRecord, row: number, isAnswer: boolean): Value {
  const { kind } = record.operations;
  const { names } = record;
  const argument = argumentOf(record, row);
  const named = (id: number): Value => {
    if (id === NIL) return null;
    const text = names.values[id];
    if (text === undefined) return id;
    return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
  };
  if (kind[row] === READ) return isAnswer ? named(resultOf(record, row)) : null;
  if (kind[row] === CAS) return [named(expectedOf(record, row)), named(argument)];
  // A number by itself when there are no names: -1 is a count, and not NIL.
  if (kind[row] === INCREMENT && names.values.length === 0) return argument;
  return named(argument);
}

function edn(value: unknown): string {
  if (value === null) return "nil";
  if (Array.isArray(value)) return `[${value.map(edn).join(" ")}]`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
