import type { Micros } from "../units/time.js";
import type { Circumstances } from "./circumstances.js";
import { type Table, rowsOf } from "./table.js";

/** No value: what a register holds before its first write and after a delete. */
export const NIL = -1;
/** Nobody said which. */
export const UNKNOWN_REGION = -1;
/** The return of an operation whose answer never came. */
export const NEVER = Number.POSITIVE_INFINITY;

/** What an operation does. `write` is a put, `read` a get. */
export const KINDS = ["read", "write", "delete", "increment", "cas", "set-add", "append"] as const;
export type Kind = (typeof KINDS)[number];
export const READ = 0;
export const WRITE = 1;
export const DELETE = 2;
export const INCREMENT = 3;
export const CAS = 4;
export const SET_ADD = 5;
export const APPEND = 6;

/**
 * How an operation ended: `ok` was answered, `fail` certainly did not happen, `unknown` may have taken effect at any time
 * after its call, or never. A compare-and-set that compared and found another value is `ok` with the result 0.
 */
export const OUTCOMES = ["ok", "fail", "unknown"] as const;
export const OK = 0;
export const FAIL = 1;
export const UNKNOWN = 2;

/**
 * The operations of clients, one row each, in the order of their calls. 36 bytes a row.
 *
 * `call` and `return`: time in the record's clock, closed interval; `return` is NEVER while unknown.
 * `process`: does one operation at a time. `session`: whose guarantees these are; NIL for the process itself.
 * `key`: an id, NIL for none; the names give it text.
 * `value`: of a read what it returned, of a cas 1 when it swapped and 0 when it did not (NIL while unknown), of any other
 * what it was asked to put there; `values.ts` tells them apart. An id, NIL for none; the names give it text. Of an increment
 * and of a counter's read it is the number itself, unless the names give it text. Without names a read of a set or a list
 * returns the number of the addition that made the version it was shown.
 */
export const OPERATION = {
  call: "f64",
  return: "f64",
  process: "i32",
  session: "i32",
  key: "i32",
  value: "i32",
  region: "i16",
  kind: "u8",
  outcome: "u8",
} as const;
export type Operations = Table<typeof OPERATION>;

/** What each cas compares with and puts in its place, in the order of their calls. 12 bytes a row. */
export const SWAP = { operation: "i32", expected: "i32", argument: "i32" } as const;
export type Swaps = Table<typeof SWAP>;

export const ACCEPTED = 0;
export const SHOWN = 1;
export const RECEIVED = 2;
export const UNDONE = 3;
export const INSTALLED = 4;
export const OUTDONE = 5;
export const PROPOSED = 6;
export const WAITING = 7;
export const JOINED = 8;
export const REPLACED = 9;

export const isAcceptance = (what: number): boolean => what === ACCEPTED || what === OUTDONE || what === PROPOSED;
/** The region shows the write from this row on: in place of what it showed, or JOINED, beside it. */
export const isShowing = (what: number): boolean =>
  what === ACCEPTED || what === SHOWN || what === INSTALLED || what === JOINED;
/** In place of all that it showed, and newer than that. */
export const isShownOver = (what: number): boolean => what === ACCEPTED || what === SHOWN;
/** The region has the write, and goes on showing the previous one. */
export const isBeside = (what: number): boolean => what === RECEIVED || what === OUTDONE;

/**
 * What happened to the versions of keys in the replicas, in order of time. 18 bytes a row.
 *
 * `write`: the row of its operation, which tells the key. `what`: ACCEPTED from a client and shown, OUTDONE (accepted, but
 * a newer or winning version stays; without a `previous` further rows say what came of it), PROPOSED (accepted, and not
 * shown before it is committed), SHOWN (came from another replica and became the register's value), RECEIVED but not shown,
 * UNDONE (rewound, or its disk lost), INSTALLED (shown since a whole copy came), WAITING (only at the end: received, and
 * not yet applied or committed; of several of one key and region the last one is what it will show), JOINED (shown beside
 * what the replica showed before, and whatever else it showed beside that), REPLACED (the replica ceases to show it, since
 * `previous` had seen it, which it shows).
 * `previous`: the write that the replica showed before; after UNDONE the one it shows again; NIL for none.
 */
export const VERSION = {
  time: "f64",
  write: "i32",
  previous: "i32",
  region: "u8",
  what: "u8",
} as const;
export type Versions = Table<typeof VERSION>;

export const BEGAN = 0;
export const ENDED = 1;
export const FENCED = 2;

/**
 * Who led: a region's leadership of a term began, ended by itself, or was fenced off; of one group of keys, where not all
 * are kept together. In order of time.
 */
export const ROLE = { time: "f64", term: "i32", region: "u8", what: "u8", group: "u8" } as const;
export type Roles = Table<typeof ROLE>;

/** The text behind ids; an empty list leaves ids as the numbers that they are. */
export interface Names {
  readonly values: readonly string[];
  readonly keys: readonly string[];
  readonly regions: readonly string[];
}

/** Which regions may hold a key, and which do: its class, and a bit a region for each class. */
export interface Residency {
  readonly classes: readonly ResidencyClass[];
  /** The class of each key; a key beyond the end, or NIL, has none. */
  readonly classOfKey: Int16Array<ArrayBuffer>;
}

export interface ResidencyClass {
  readonly name: string;
  readonly allowed: number;
  /** Regions that keep a copy, where it is not all that may; and the group of keys that it is kept with. */
  readonly kept?: number;
  readonly group?: number;
}

/** All that a run leaves for checkers: they read this and nothing else. */
export interface RunRecord extends Circumstances {
  /** Integer microseconds, or the number of the event in a history that came without times. */
  readonly clock: "microseconds" | "events";
  /** When recording stopped. */
  readonly end: Micros;
  readonly operations: Operations;
  readonly swaps: Swaps;
  readonly versions: Versions;
  readonly roles: Roles;
  readonly names: Names;
  readonly residency: Residency;
  /** Bit r: region r keeps a copy of every key. */
  readonly replicas: number;
  /** Bit r: region r was up at the end. */
  readonly alive: number;
}

/** What a record says beside its tables. */
export type RecordFacts = Omit<RunRecord, "operations" | "swaps" | "versions" | "roles">;

export const NO_NAMES: Names = { values: [], keys: [], regions: [] };

/** The buffers to hand over with postMessage(record, buffersOf(record)). */
export function buffersOf(record: RunRecord): ArrayBuffer[] {
  const { operations, swaps, versions, roles, residency } = record;
  return [operations, swaps, versions, roles]
    .flatMap((table) => Object.values<{ readonly buffer: ArrayBuffer }>(table).map(({ buffer }) => buffer))
    .concat(residency.classOfKey.buffer);
}

export const operationCount = (record: RunRecord): number => rowsOf(record.operations);
