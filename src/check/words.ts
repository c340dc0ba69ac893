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
  UNKNOWN,
  WRITE,
} from "../record/record.js";
import type { Micros } from "../units/time.js";
import { formatDuration } from "../units/time.js";

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
    return this.record.clock === "events" ? `event ${time}` : formatDuration(time);
  }

  process(operation: number): string {
    const { process: processes } = this.record.operations;
    return `process ${processes[operation]}`;
  }

  /** What was done, as a noun: "write 5", "cas 3 to 4", "read". */
  deed(operation: number): string {
    const { kind, argument, expected } = this.record.operations;
    const value = this.value(argument[operation]!);
    switch (kind[operation]) {
      case READ:
        return "read";
      case WRITE:
        return `write ${value}`;
      case DELETE:
        return "delete";
      case INCREMENT:
        return `increment ${value}`;
      case CAS:
        return `cas ${this.value(expected[operation]!)} to ${value}`;
      case SET_ADD:
        return `add ${value}`;
      case APPEND:
        return `append ${value}`;
      default:
        return "operation";
    }
  }

  /** How it ended: "returned 4", "swapped", "found another value", "has no answer". */
  end(operation: number): string {
    const { kind, outcome, result } = this.record.operations;
    if (outcome[operation] === UNKNOWN) return "never answered";
    if (outcome[operation] === FAIL) return "did not happen";
    if (kind[operation] === READ) return `returned ${this.value(result[operation]!)}`;
    if (kind[operation] === CAS) return result[operation] === 0 ? "found another value" : "swapped";
    return outcome[operation] === OK ? "completed" : "";
  }

  /** "process 3's write 5 (event 7 to event 9)". */
  whole(operation: number): string {
    return `${this.process(operation)}'s ${this.deed(operation)} (${this.interval(operation)})`;
  }

  interval(operation: number): string {
    const { call, return: returned } = this.record.operations;
    const end = returned[operation]!;
    return end === NEVER
      ? `${this.time(call[operation]!)}, never answered`
      : `${this.time(call[operation]!)} to ${this.time(end)}`;
  }
}

const MOST_SHOWN = 60;

const shortened = (text: string): string =>
  text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN / 2)}…${text.slice(-MOST_SHOWN / 2)}`;
