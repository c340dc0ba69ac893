import { Interner } from "../interner.js";
import { CAS, FAIL, INCREMENT, NIL, OK, READ, type RunRecord, SET_ADD, UNKNOWN_REGION } from "../record.js";
import { Recorder } from "../recorder.js";
import { type Add, type Event, eventOfForm, eventOfLine } from "./events.js";
import { type Form, FormReader, Sequence, canonical, setText } from "./forms.js";
import { type HistoryProblem, Lines, TextError } from "./problem.js";

/** Larger files are refused before they are read. */
export const MOST_HISTORY_BYTES = 64 * 1024 * 1024;
export const MOST_PROBLEMS = 50;

export interface ImportOptions {
  /** What ":f :add" is: a counter's increment, or a set's new element. */
  readonly add?: "increment" | "set-add";
  /**
   * What ":fail :cas" means: it compared and found another value, which is an answer like any other (the default, as in
   * Porcupine's etcd histories), or only that it did not happen, as Knossos reads it.
   */
  readonly failedCas?: "compared" | "did-not-happen";
}

export type Imported =
  | {
      readonly ok: true;
      readonly record: RunRecord;
      /** The line on which each operation was called. */
      readonly lines: Int32Array;
    }
  | {
      readonly ok: false;
      /** The first MOST_PROBLEMS, in order. */
      readonly problems: readonly HistoryProblem[];
      readonly count: number;
    };

/**
 * Reads a history that was recorded elsewhere: Jepsen's log lines, EDN maps (one a line, or a vector of them), or JSON
 * lines. Events are in real-time order, so the event's number is the record's clock.
 */
export function importHistory(bytes: Uint8Array, options: ImportOptions = {}): Imported {
  if (bytes.length > MOST_HISTORY_BYTES) {
    return refused(
      `the history has ${bytes.length} bytes`,
      `at most ${MOST_HISTORY_BYTES}`,
      "check a part of it, by key or by time",
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder("utf-8").decode(bytes);
    const { line, column } = new Lines(lossy).at(lossy.indexOf("\ufffd"));
    return refused("this is not UTF-8", "text", "save the history as UTF-8", line, column);
  }
  return new Importer(
    text,
    options.add === "set-add" ? SET_ADD : INCREMENT,
    options.failedCas !== "did-not-happen",
  ).run();
}

function refused(message: string, expected: string, hint: string, line = 0, column = 0): Imported {
  return { ok: false, problems: [{ line, column, message, expected, hint }], count: 1 };
}

/** A time that an event told, in the clock of its history. */
interface Told {
  readonly time: number;
  readonly offset: number;
}

interface Open {
  readonly operation: number;
  readonly event: Event;
}

class Importer {
  private readonly lines: Lines;
  private readonly recorder = new Recorder();
  private readonly values = new Interner();
  private readonly keys = new Interner();
  private readonly regions = new Interner();
  private readonly open = new Map<number, Open>();
  private readonly callLines: number[] = [];
  private readonly problems: HistoryProblem[] = [];
  private problemCount = 0;
  private clock = 0;
  /** Something happened, though it be to no operation: a nemesis may have struck a system that nobody used. */
  private happened = false;
  private latestCall: Told | null = null;
  private latestReturn: Told | null = null;

  constructor(
    private readonly text: string,
    private readonly add: Add,
    private readonly failedCasCompared: boolean,
  ) {
    this.lines = new Lines(text);
  }

  run(): Imported {
    this.readAll();
    if (this.problemCount === 0 && !this.happened) {
      return refused("the file holds no operation", "operations, one a line", "give another file");
    }
    if (this.problemCount > 0) return { ok: false, problems: this.problems, count: this.problemCount };
    const names = { values: this.values.texts, keys: this.keys.texts, regions: this.regions.texts };
    const record = this.recorder.finish({ clock: "events", end: this.clock, names });
    return { ok: true, record, lines: Int32Array.from(this.callLines) };
  }

  /** Every event of the text; after a problem it goes on with the next event, or line if it is not known where that begins. */
  private readAll(): void {
    const { text } = this;
    const brackets: { readonly closer: string; readonly offset: number }[] = [];
    const reader = new FormReader(text);
    for (;;) {
      reader.skipBlanks();
      const start = reader.offset;
      if (start >= text.length) break;
      let next = Math.max(this.endOfLine(start), start + 1);
      try {
        const first = text[start]!;
        if (/^(?:\/\/|#[\s!#])/.test(text.slice(start, start + 2))) reader.offset = this.endOfLine(start);
        else if (first === "[" || first === "(") {
          if (brackets.length > 0) throw new TextError(start, "this is no operation", "a map", "take it out");
          brackets.push({ closer: first === "[" ? "]" : ")", offset: start });
          reader.offset++;
        } else if (first === brackets[brackets.length - 1]?.closer) {
          brackets.pop();
          reader.offset++;
        } else if (first === "{" || first === "#") {
          const form = reader.read();
          next = reader.offset;
          this.take(eventOfForm(form, start, this.add));
        } else {
          reader.offset = this.endOfLine(start);
          this.take(eventOfLine(text.slice(start, reader.offset).trimEnd(), start, this.add));
        }
      } catch (error) {
        if (!(error instanceof TextError)) throw error;
        this.problem(error);
        reader.offset = next;
      }
    }
    const left = brackets.pop();
    if (left !== undefined) {
      this.problem(
        new TextError(
          left.offset,
          "this bracket is never closed",
          `"${left.closer}" at the end`,
          "copy the file again",
        ),
      );
    }
  }

  private endOfLine(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.text.length : end;
  }

  private take(event: Event | null | undefined): void {
    if (event === undefined) return;
    this.happened = true;
    if (event === null) return;
    this.clock++;
    this.follow(event);
    const open = this.open.get(event.process);
    if (event.type === "invoke") {
      if (open !== undefined) {
        this.wrong(
          event,
          `process ${event.process} calls again while its :${open.event.f} of line ${this.lineOf(open.event)} is open`,
          "its return first",
          "give every operation that runs at the same time a process of its own",
        );
      }
      this.open.set(event.process, { operation: this.call(event), event });
      return;
    }
    this.open.delete(event.process);
    if (open === undefined) {
      this.wrong(
        event,
        `process ${event.process} returns from a :${event.f} that it never called`,
        "an :invoke before it",
        "the file may begin too late: copy it from its start",
      );
    } else if (open.event.kind !== event.kind) {
      this.wrong(
        event,
        `process ${event.process} returns from a :${event.f}`,
        `a return from the :${open.event.f} of line ${this.lineOf(open.event)}`,
        "correct one of the two",
      );
    } else this.complete(open, event);
  }

  /**
   * Events stand in real-time order. Where they tell times, these may disagree about two calls or two returns, as happens
   * where threads take the time first and write it down later: nothing hangs on that. Whether one operation returned before
   * another was called must be told by both alike.
   */
  private follow(event: Event): void {
    const { time, offset, type } = event;
    // What is never answered precedes nothing.
    if (time === null || type === "info") return;
    const [own, other] =
      type === "invoke" ? [this.latestCall, this.latestReturn] : [this.latestReturn, this.latestCall];
    if (other !== null && time < other.time) {
      const what = type === "invoke" ? "a call" : "a return";
      this.wrong(
        event,
        `the event happened at ${time}, before ${type === "invoke" ? "the return" : "the call"} of line ${this.lineOf(other)}`,
        `${what} at ${other.time} or later`,
        "bring the events into the order of their times, or take the times away",
      );
    }
    if (own !== null && time < own.time) return;
    if (type === "invoke") this.latestCall = { time, offset };
    else this.latestReturn = { time, offset };
  }

  private call(event: Event): number {
    const { key, value } = keyAndValue(event);
    const [expected, argument] = event.kind === CAS ? pairOf(value, event) : [null, value];
    if (event.kind === INCREMENT && !Number.isInteger(argument ?? 1)) {
      throw new TextError(event.offset, "the increment is no integer", "an integer", "correct the value");
    }
    this.callLines.push(this.lineOf(event));
    return this.recorder.call({
      time: this.clock,
      process: event.process,
      session: event.session ?? NIL,
      key: this.keys.id(key === null ? "" : canonical(key)),
      kind: event.kind,
      argument: event.kind === READ ? NIL : this.value(event.kind === INCREMENT ? (argument ?? 1) : argument),
      expected: this.value(expected),
      region: event.region === null ? UNKNOWN_REGION : this.regions.id(event.region),
    });
  }

  private complete(open: Open, event: Event): void {
    const { operation, event: called } = open;
    // Never answered: it may take effect at any time, or never.
    if (event.type === "info") return;
    if (event.type === "fail") {
      const compared = event.kind === CAS && this.failedCasCompared;
      this.recorder.complete(operation, this.clock, compared ? OK : FAIL, compared ? 0 : NIL);
      return;
    }
    const before = keyAndValue(called);
    const after = keyAndValue(event, called);
    if (event.kind === READ) {
      this.recorder.complete(operation, this.clock, OK, this.value(after.value));
      return;
    }
    if (after.value !== null && before.value !== null && canonical(before.value) !== canonical(after.value)) {
      throw new TextError(
        event.offset,
        `the :${event.f} returns with the value ${canonical(after.value).slice(0, 40)}`,
        `${canonical(before.value).slice(0, 40)}, with which it was called`,
        "correct one of the two",
      );
    }
    this.recorder.complete(operation, this.clock, OK, event.kind === CAS ? 1 : NIL);
  }

  private value(form: Form): number {
    if (form === null) return NIL;
    if (this.add === SET_ADD && form instanceof Sequence) {
      return this.values.id(setText(form.items.map(canonical)));
    }
    return this.values.id(canonical(form));
  }

  private lineOf({ offset }: { readonly offset: number }): number {
    return this.lines.at(offset).line;
  }

  /** Of an event that can be read and cannot be; those behind it may be as they should. */
  private wrong({ offset }: Event, message: string, expected: string, hint: string): void {
    this.problem(new TextError(offset, message, expected, hint));
  }

  private problem(error: TextError): void {
    this.problemCount++;
    if (this.problems.length === MOST_PROBLEMS) return;
    const { line, column } = this.lines.at(error.offset);
    this.problems.push({ line, column, message: error.message, expected: error.expected, hint: error.hint });
  }
}

/**
 * The key that a map names; else that of a tuple [key value] as jepsen.independent writes them; else none. A cas has a
 * pair as its value already, so its tuple is [key [expected new]].
 */
function keyAndValue(event: Event, called: Event = event): { readonly key: Form; readonly value: Form } {
  const { key, value } = event;
  if ((called.key ?? key) !== undefined) return { key: called.key ?? key ?? null, value };
  if (!(value instanceof Sequence) || value.isSet || value.items.length !== 2) return { key: null, value };
  const [first, second] = value.items as [Form, Form];
  const isTuple = event.kind === CAS ? isPair(second) : called === event || isPair(called.value);
  return isTuple ? { key: first, value: second } : { key: null, value };
}

const isPair = (form: Form): form is Sequence => form instanceof Sequence && !form.isSet && form.items.length === 2;

function pairOf(value: Form, event: Event): readonly [Form, Form] {
  if (isPair(value)) return value.items as [Form, Form];
  throw new TextError(event.offset, "the cas does not say what it compares", "[expected new]", "give it both values");
}
