import {
  ACCEPTED,
  APPEND,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  INSTALLED,
  JOINED,
  NEVER,
  NIL,
  OK,
  OUTDONE,
  PROPOSED,
  READ,
  RECEIVED,
  REPLACED,
  type RunRecord,
  SET_ADD,
  SHOWN,
  UNDONE,
  UNKNOWN,
  UNKNOWN_REGION,
  WAITING,
  WRITE,
  isShowing,
} from "../record/record.js";
import { argumentOf, expectedOf } from "../record/values.js";
import type { Micros } from "../units/time.js";
import { MILLISECOND, SECOND } from "../units/time.js";

/** Operations in words, for explanations. */
export class Words {
  constructor(private readonly record: RunRecord) {}

  value(id: number): string {
    return id === NIL ? "nil" : shortened(this.record.names.values[id] ?? String(id));
  }

  /** "key x", or "the register" in a history without keys. */
  key(id: number): string {
    const name = this.record.names.keys[id] ?? String(id);
    return name === "" ? "the register" : `key ${shortened(name)}`;
  }

  region(id: number): string {
    return this.record.names.regions[id] ?? `region ${id}`;
  }

  /** "1.2 s", or "event 12" in a history without times. */
  time(time: Micros): string {
    if (time === NEVER) return "never";
    return this.record.clock === "events" ? `event ${time}` : exactDuration(time);
  }

  /** A difference of times: "1.2 s", or "3 events". */
  span(span: Micros): string {
    return this.record.clock === "events" ? `${span} events` : exactDuration(span);
  }

  process(operation: number): string {
    const { process: processes } = this.record.operations;
    return `process ${processes[operation]}`;
  }

  /** What was done, as a noun: "write 5", "cas 3 to 4", "read". */
  deed(operation: number): string {
    const { kind } = this.record.operations;
    const value = this.value(argumentOf(this.record, operation));
    switch (kind[operation]) {
      case READ:
        return "read";
      case WRITE:
        return `write ${value}`;
      case DELETE:
        return "delete";
      case INCREMENT:
        return this.isTakenAway(operation) ? `decrement ${-argumentOf(this.record, operation)}` : `increment ${value}`;
      case CAS:
        return `cas ${this.value(expectedOf(this.record, operation))} to ${value}`;
      case SET_ADD:
        return `add ${value}`;
      case APPEND:
        return `append ${value}`;
      default:
        return "operation";
    }
  }

  /** A number by itself, where there are no names for numbers. */
  private isTakenAway(increment: number): boolean {
    return this.record.names.values.length === 0 && argumentOf(this.record, increment) < 0;
  }

  /** How it ended: "returned 4", "swapped", "found another value", "has no answer". */
  end(operation: number): string {
    const { kind, outcome, value } = this.record.operations;
    if (outcome[operation] === UNKNOWN) return "never answered";
    if (outcome[operation] === FAIL) return "did not happen";
    if (kind[operation] === READ) return `returned ${this.value(value[operation]!)}`;
    if (kind[operation] === CAS) return value[operation] === 0 ? "found another value" : "swapped";
    return outcome[operation] === OK ? "completed" : "";
  }

  /** "process 3's write 5 (event 7 to event 9)". */
  whole(operation: number): string {
    return `${this.process(operation)}'s ${this.deed(operation)} (${this.interval(operation)})`;
  }

  /** "session 4", or "process 3" when the record tells no session. */
  session(operation: number): string {
    const session = this.record.operations.session[operation]!;
    return session === NIL ? this.process(operation) : `session ${session}`;
  }

  /** "the read of key x by session 4 in eu-west-1 (1.2 s to 1.3 s) returned 5". */
  told(operation: number): string {
    const { key, region } = this.record.operations;
    const where = region[operation] === UNKNOWN_REGION ? "" : ` in ${this.region(region[operation]!)}`;
    const what = `the ${this.deed(operation)} of ${this.key(key[operation]!)} by ${this.session(operation)}${where}`;
    return `${what} (${this.interval(operation)}) ${this.end(operation)}`;
  }

  /** A version that a replica shows, by what made it: "write 5"; "nothing" for none. */
  version(write: number): string {
    return write === NIL ? "nothing" : this.deed(write);
  }

  /** Of those that stand side by side: "write 5 and write 7". */
  versions(writes: readonly number[]): string {
    return writes.length === 0 ? "nothing" : writes.map((write) => this.deed(write)).join(" and ");
  }

  /** "eu-west-1 accepted write 5 at 1.2 s". */
  versionRow(row: number): string {
    const { time, write, region, what } = this.record.versions;
    return `${this.region(region[row]!)} ${DONE[what[row]!]} ${this.deed(write[row]!)} at ${this.time(time[row]!)}`;
  }

  /** " over write 4", of what a row replaced, or " beside" it when that stayed. */
  besides(row: number): string {
    const { what, previous } = this.record.versions;
    if (previous[row] === NIL) return "";
    return `${isShowing(what[row]!) && what[row] !== JOINED ? " over" : " beside"} ${this.deed(previous[row]!)}`;
  }

  capital(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  interval(operation: number): string {
    const { call, return: returned } = this.record.operations;
    const end = returned[operation]!;
    return end === NEVER
      ? `${this.time(call[operation]!)}, never answered`
      : `${this.time(call[operation]!)} to ${this.time(end)}`;
  }
}

const DONE: Readonly<Record<number, string>> = {
  [ACCEPTED]: "accepted",
  [OUTDONE]: "accepted but did not show",
  [PROPOSED]: "accepted but had not committed",
  [WAITING]: "held, not yet applied,",
  [SHOWN]: "showed",
  [RECEIVED]: "received but did not show",
  [UNDONE]: "undid",
  [INSTALLED]: "installed with a whole copy",
  [JOINED]: "showed beside others",
  [REPLACED]: "ceased to show",
};

/** To the microsecond, as far as that says something: "904.758679 s", "91.9 ms", "40 us". */
function exactDuration(time: Micros): string {
  if (time < MILLISECOND) return `${time} us`;
  const [unit, name, digits] = time < SECOND ? [MILLISECOND, "ms", 3] : [SECOND, "s", 6];
  const rest = String(time % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return `${Math.floor(time / unit)}${rest === "" ? "" : `.${rest}`} ${name}`;
}

const MOST_SHOWN = 60;

const shortened = (text: string): string =>
  text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN / 2)}…${text.slice(-MOST_SHOWN / 2)}`;
