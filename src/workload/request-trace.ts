import { KINDS } from "../record/record.js";
import { BROKEN_QUOTE, parseCsv } from "../topology/csv.js";
import { type Parsed, parseDuration } from "../units/parse.js";
import { nearest } from "../units/text.js";
import type { Micros } from "../units/time.js";

/** Requests as they were recorded somewhere, in order of time, as columns. */
export interface RequestTrace {
  readonly times: Float64Array;
  readonly places: Int32Array;
  /** Of the place, from 0; -1 where the file names none. */
  readonly sessions: Int32Array;
  readonly keys: Int32Array;
  /** Of the record's kinds. */
  readonly kinds: Uint8Array;
  /** What an increment adds: 1 or -1. */
  readonly amounts: Int8Array;
  /** Different keys in all, and different sessions of each place. */
  readonly keyCount: number;
  readonly sessionCounts: readonly number[];
}

export interface TraceProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const MOST_ROWS = 1_000_000;
const COLUMNS = ["time", "place", "operation", "key", "session"] as const;
type ColumnName = (typeof COLUMNS)[number];
const NEEDED: readonly ColumnName[] = ["time", "place", "key"];
/** Words that logs use for the record's kinds; what takes away is an increment of -1. */
const DECREMENT = "decrement";
const WORDS: Readonly<Record<string, string>> = {
  get: "read",
  put: "write",
  "compare-and-set": "cas",
  [DECREMENT]: "increment",
};

/**
 * Reads a CSV of requests with a header: `time` (seconds from the start, or with a unit), `place`, `key` (any text), and if
 * wanted `operation` (get where left out) and `session`. All that is wrong with it comes at once. Later rows may come first.
 */
export function parseRequestTrace(
  text: string,
  places: readonly string[],
): { readonly trace: RequestTrace; readonly problems: readonly TraceProblem[] } {
  const problems: TraceProblem[] = [];
  const rows = parseCsv(text);
  for (const { line, broken } of rows)
    if (broken > 0)
      problems.push({ line, column: broken, message: `${BROKEN_QUOTE.message}; expected ${BROKEN_QUOTE.expected}` });
  if (problems.length > 0) return { trace: traceOf([], places), problems };
  const header = rows.shift();
  const at = columnsOf(header?.fields ?? [], (message, field) =>
    problems.push({ line: header?.line ?? 1, column: header?.columns[field] ?? 1, message }),
  );
  if (problems.length > 0) return { trace: traceOf([], places), problems };
  if (rows.length > MOST_ROWS) {
    const { line } = rows[MOST_ROWS]!;
    problems.push({ line, column: 1, message: `the trace has ${rows.length} requests; expected at most ${MOST_ROWS}` });
    return { trace: traceOf([], places), problems };
  }
  const requests: Request[] = [];
  for (const { line, fields, columns } of rows) {
    const cell = (name: ColumnName): string => (at[name] === undefined ? "" : (fields[at[name]!] ?? ""));
    const complain = (name: ColumnName, message: string): void => {
      problems.push({ line, column: columns[at[name] ?? 0] ?? 1, message });
    };
    const width = header!.fields.length;
    if (fields.length > width) {
      const column = columns[width] ?? 1;
      problems.push({ line, column, message: `the row has ${fields.length} fields; expected ${width}, as the header` });
    }
    const time = timeOf(cell("time"));
    if (!time.ok) complain("time", `the time is ${shown(cell("time"))}; expected ${time.expected}`);
    const place = places.indexOf(cell("place"));
    if (place < 0) complain("place", unknown("place", cell("place"), places));
    const word = cell("operation").toLowerCase().replaceAll("_", "-");
    const kind = (KINDS as readonly string[]).indexOf(WORDS[word] ?? (word === "" ? "read" : word));
    if (kind < 0) complain("operation", unknown("operation", cell("operation"), [...Object.keys(WORDS), ...KINDS]));
    if (cell("key") === "") complain("key", "the key is empty; expected a text");
    if (time.ok)
      requests.push({
        ...{ time: time.value, place, kind, key: cell("key"), session: cell("session") },
        amount: word === DECREMENT ? -1 : 1,
      });
  }
  if (rows.length === 0)
    problems.push({ line: 1, column: 1, message: "the trace has no requests; expected one a line" });
  requests.sort((a, b) => a.time - b.time);
  return { trace: traceOf(problems.length > 0 ? [] : requests, places), problems };
}

interface Request {
  readonly time: Micros;
  readonly place: number;
  readonly kind: number;
  readonly amount: number;
  readonly key: string;
  readonly session: string;
}

function columnsOf(
  header: readonly string[],
  complain: (message: string, field: number) => void,
): Partial<Record<ColumnName, number>> {
  const at: Partial<Record<ColumnName, number>> = {};
  for (const [field, raw] of header.entries()) {
    const name = raw.toLowerCase() as ColumnName;
    if (!COLUMNS.includes(name)) complain(unknown("column", raw, COLUMNS), field);
    else if (at[name] !== undefined) complain(`"${name}" is a column twice; expected each once`, field);
    else at[name] = field;
  }
  for (const name of NEEDED)
    if (at[name] === undefined) complain(`the header lacks "${name}"; expected ${COLUMNS.join(",")}`, 0);
  return at;
}

/** A bare number is seconds. */
function timeOf(text: string): Parsed<number> {
  const parsed = parseDuration(/^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text);
  return parsed.ok ? parsed : { ok: false, expected: 'seconds since the start, as 12.5, or "250ms"' };
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  const meant = close === undefined ? "" : `; did you mean "${close}"?`;
  return `there is no ${what} ${shown(name)}; expected one of ${known.slice(0, 20).join(", ")}${meant}`;
}

const shown = (text: string): string => (text === "" ? "empty" : `"${text.slice(0, 40)}"`);

/** Keys and sessions by number, in the order in which they first come. */
function traceOf(requests: readonly Request[], places: readonly string[]): RequestTrace {
  const count = requests.length;
  const trace = {
    times: new Float64Array(count),
    places: new Int32Array(count),
    sessions: new Int32Array(count).fill(-1),
    keys: new Int32Array(count),
    kinds: new Uint8Array(count),
    amounts: new Int8Array(count),
  };
  const keys = new Map<string, number>();
  const sessions = places.map(() => new Map<string, number>());
  const numbered = (names: Map<string, number>, name: string): number => {
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    return number;
  };
  for (const [row, { time, place, kind, amount, key, session }] of requests.entries()) {
    trace.times[row] = time;
    trace.places[row] = place;
    trace.kinds[row] = kind;
    trace.amounts[row] = amount;
    trace.keys[row] = numbered(keys, key);
    if (session !== "") trace.sessions[row] = numbered(sessions[place]!, session);
  }
  return { ...trace, keyCount: keys.size, sessionCounts: sessions.map(({ size }) => size) };
}
