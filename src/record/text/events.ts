import { nearest } from "../../units/text.js";
import { APPEND, CAS, DELETE, INCREMENT, READ, SET_ADD, WRITE } from "../record.js";
import { type Form, FormReader, Keyword, Mapping, Sequence, Symbolic } from "./forms.js";
import { TextError, quoted } from "./problem.js";

/** One line of a history: a process calls an operation, or it returns. */
export interface Event {
  readonly offset: number;
  readonly process: number;
  readonly session: number | null;
  readonly region: string | null;
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly kind: number;
  /** As the file names the operation, for messages. */
  readonly f: string;
  /** Undefined when the event names no key. */
  readonly key: Form | undefined;
  readonly value: Form;
  /** In the clock of the history, where it has one. */
  readonly time: number | null;
}

const TYPES = ["invoke", "ok", "fail", "info"] as const;
const FIELDS = ["process", "type", "f"] as const;

/** "add" is either a set's or a counter's: the importer is told. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  read: READ,
  get: READ,
  r: READ,
  write: WRITE,
  put: WRITE,
  w: WRITE,
  set: WRITE,
  cas: CAS,
  "compare-and-set": CAS,
  append: APPEND,
  delete: DELETE,
  remove: DELETE,
  increment: INCREMENT,
  incr: INCREMENT,
  inc: INCREMENT,
  "set-add": SET_ADD,
};

export type Add = typeof INCREMENT | typeof SET_ADD;

/** The event of a map; null for those of the nemesis and other processes without a number. Throws a TextError. */
export function eventOfForm(form: Form, offset: number, add: Add): Event | null {
  if (!(form instanceof Mapping)) {
    throw new TextError(offset, "this is no operation", "a map {:process 0, :type :invoke, …}", "write one map a line");
  }
  const fields = new Map<string, Form>();
  for (const [key, value] of form.entries) {
    const name = key instanceof Keyword ? key.name : String(key);
    if (fields.has(name) && name !== "error") {
      throw new TextError(offset, `"${name}" stands twice in one map`, "each key once", "take one of them out");
    }
    fields.set(name, value);
  }
  for (const name of FIELDS) {
    if (!fields.has(name)) {
      throw new TextError(offset, `the map has no "${name}"`, ":process, :type and :f", `add :${name}`);
    }
  }
  const session = fields.get("session");
  const region = fields.get("region");
  const time = fields.get("time");
  return eventOf(
    {
      offset,
      process: fields.get("process")!,
      type: wordOf(fields.get("type")!),
      f: wordOf(fields.get("f")!),
      key: fields.get("key"),
      value: fields.get("value") ?? null,
      time: typeof time === "number" ? time : null,
      session: typeof session === "number" && Number.isInteger(session) ? session : null,
      region: region === undefined || region === null ? null : wordOf(region),
    },
    add,
  );
}

/** Up to the value. Matched against the head of a line only: nobody's process is named in ten megabytes. */
const LOG_LINE = /^(?:.*?[\s:]-?\s*|)((?!-\s)[^\s:]\S*)\s+:(\S+)\s+:(\S+)(?:\s+|$)/;
const HEAD = 400;
const LOGGER = /jepsen\.util/;
const LEVEL = /^\S*[^\r\n]{0,40}\b(?:TRACE|DEBUG|INFO|WARN|ERROR)\b/;

/** The event of a Jepsen log line "INFO  jepsen.util - 0\t:invoke\t:read\tnil"; null for those of the nemesis, undefined for lines of other loggers. */
export function eventOfLine(line: string, offset: number, add: Add): Event | null | undefined {
  const head = line.slice(0, HEAD);
  const found = LOG_LINE.exec(head);
  if (found === null) {
    if (LEVEL.test(head) && !LOGGER.test(head)) return;
    throw new TextError(
      offset,
      `${quoted(line)} is no operation`,
      'an EDN map, a JSON object, or "INFO  jepsen.util - 0 :invoke :read nil"',
      'correct the line, or make it a comment with ";"',
    );
  }
  const [before, process, type, f] = found;
  const value = before.length === line.length ? null : new FormReader(line, before.length);
  const number = /^\d+$/.test(process!) ? Number(process) : new Symbolic(process!);
  if (value === null && needsValue(type!, kindNamed(f!, add))) {
    throw new TextError(
      offset,
      `${quoted(line)} ends before its value`,
      `a value behind :${f}`,
      "the file may be truncated: copy it again",
    );
  }
  try {
    const given = value === null ? null : value.read();
    return eventOf(
      {
        offset,
        process: number,
        type: type!,
        f: f!,
        key: undefined,
        value: given,
        time: null,
        session: null,
        region: null,
      },
      add,
    );
  } catch (error) {
    if (!(error instanceof TextError) || error.offset === offset) throw error;
    throw new TextError(offset + error.offset, error.message, error.expected, error.hint);
  }
}

/** What is asked for, and what never was answered, may say nothing; an answer and a write say what. */
const needsValue = (type: string, kind: number | undefined): boolean =>
  kind !== undefined && kind !== DELETE && (type === "ok" || (type === "invoke" && kind !== READ));

const kindNamed = (f: string, add: Add): number | undefined =>
  f === "add" ? add : FUNCTIONS[f.replaceAll("_", "-").toLowerCase()];

interface Raw extends Omit<Event, "process" | "type" | "kind"> {
  readonly process: Form;
  readonly type: string;
}

function eventOf(raw: Raw, add: Add): Event | null {
  const { offset, type, f } = raw;
  // A number in quotes is one too.
  const process = typeof raw.process === "string" && /^\d+$/.test(raw.process) ? Number(raw.process) : raw.process;
  // The nemesis and its like break things, which is told as :info; they operate on nothing.
  if (isNamed(process) && (type === "info" || wordOf(process) === "nemesis")) return null;
  if (typeof process !== "number" || !Number.isInteger(process) || process < 0 || process > 0x7fffffff) {
    throw new TextError(offset, "the process has no number", "an integer from 0 to 2147483647", "number the processes");
  }
  if (!TYPES.includes(type as never)) {
    throw new TextError(offset, `the type ${quoted(type)} is unknown`, TYPES.join(", "), meant(type, TYPES));
  }
  const kind = kindNamed(f, add);
  if (kind === undefined) {
    const known = Object.keys(FUNCTIONS);
    throw new TextError(offset, `the operation ${quoted(f)} is unknown`, known.join(", "), meant(f, known));
  }
  return { ...raw, process, type: type as Event["type"], kind };
}

const isNamed = (process: Form): boolean =>
  process instanceof Keyword || process instanceof Symbolic || typeof process === "string";

const wordOf = (form: Form): string =>
  form instanceof Keyword || form instanceof Symbolic ? form.name : form instanceof Sequence ? "[…]" : String(form);

function meant(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close === undefined ? "use one of those" : `did you mean "${close}"?`;
}
