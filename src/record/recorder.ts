import { assert } from "../units/assert.js";
import type { Micros } from "../units/time.js";
import type { Circumstances } from "./circumstances.js";
import { MOST_ROWS } from "./format.js";
import { RecordReader } from "./reader.js";
import {
  CAS,
  NEVER,
  NIL,
  NO_NAMES,
  type Names,
  OPERATION,
  READ,
  ROLE,
  type RecordFacts,
  type Residency,
  type RunRecord,
  SWAP,
  UNKNOWN,
  UNKNOWN_REGION,
  VERSION,
} from "./record.js";
import { TableBuilder, rowBytes } from "./table.js";
import { RecordWriter } from "./writer.js";

/** What a call tells. `session` is NIL for the process itself, `expected` is of a cas only. */
export interface Call {
  readonly time: Micros;
  readonly process: number;
  readonly session?: number;
  readonly key: number;
  readonly kind: number;
  readonly argument: number;
  readonly expected?: number;
  readonly region?: number;
}

/** What the record says of the whole run, known at its end. */
export interface Facts extends Circumstances {
  readonly clock?: RunRecord["clock"];
  readonly end: Micros;
  readonly names?: Names;
  readonly residency?: Residency;
  readonly replicas?: number;
  readonly alive?: number;
}

/** What is beyond `mostBytes` goes to `sink` in the binary format of writer.ts; without a sink all stays in memory. */
export interface Streaming {
  readonly mostBytes: number;
  readonly sink: (chunk: Uint8Array) => void;
}

const OPERATION_BYTES = rowBytes(OPERATION);
const SWAP_BYTES = rowBytes(SWAP);
const VERSION_BYTES = rowBytes(VERSION);
const ROLE_BYTES = rowBytes(ROLE);

/** Writes a run down while it happens, in blocks of the binary format, which is the narrowest form. Times must not decrease. */
export class Recorder {
  private readonly operations = new TableBuilder(OPERATION);
  private readonly swaps = new TableBuilder(SWAP);
  private readonly versions = new TableBuilder(VERSION);
  private readonly roles = new TableBuilder(ROLE);
  private readonly writer: RecordWriter;
  private readonly mostBytes: number;
  private readonly sink: Streaming["sink"] | null;
  /** Blocks that are not in the sink yet. */
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  /** Operations that have left for the sink: the row of operation i is i less these. */
  private streamed = 0;
  private streamedVersions = 0;

  constructor(streaming?: Streaming) {
    this.sink = streaming?.sink ?? null;
    this.writer = new RecordWriter((chunk) => {
      this.held.push(chunk);
      this.heldBytes += chunk.length;
    });
    this.mostBytes = streaming?.mostBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Bytes held in memory, at most `mostBytes` and a row when they stream. */
  get bytes(): number {
    return (
      this.heldBytes +
      this.operations.count * OPERATION_BYTES +
      this.swaps.count * SWAP_BYTES +
      this.versions.count * VERSION_BYTES +
      this.roles.count * ROLE_BYTES
    );
  }

  /** The operation's number, by which its return and its versions name it. */
  call(call: Call): number {
    this.makeRoom();
    const row = this.operations.add();
    const { columns } = this.operations;
    const { process: processes } = columns;
    columns.call[row] = call.time;
    columns.return[row] = NEVER;
    processes[row] = call.process;
    columns.session[row] = call.session ?? NIL;
    columns.key[row] = call.key;
    columns.value[row] = call.kind === CAS ? NIL : call.argument;
    columns.region[row] = call.region ?? UNKNOWN_REGION;
    columns.kind[row] = call.kind;
    columns.outcome[row] = UNKNOWN;
    if (call.kind === CAS) this.swap(this.streamed + row, call.expected ?? NIL, call.argument);
    return this.streamed + row;
  }

  /** OK or FAIL with the time of the answer; an operation that never gets one stays unknown, its return NEVER. */
  complete(operation: number, time: Micros, outcome: number, result = NIL, region = UNKNOWN_REGION): void {
    const row = operation - this.streamed;
    assert(row < this.operations.count && operation >= 0, `operation ${operation} returned, but was never called`);
    const ended = outcome === UNKNOWN ? NEVER : time;
    if (row < 0) {
      this.writer.lateReturn(operation, ended, outcome, result, region);
      return;
    }
    const { columns } = this.operations;
    columns.return[row] = ended;
    columns.outcome[row] = outcome;
    if (columns.kind[row] === READ || columns.kind[row] === CAS) columns.value[row] = result;
    if (region !== UNKNOWN_REGION) columns.region[row] = region;
  }

  private swap(operation: number, expected: number, argument: number): void {
    const row = this.swaps.add();
    const { columns } = this.swaps;
    columns.operation[row] = operation;
    columns.expected[row] = expected;
    columns.argument[row] = argument;
  }

  /** Rows of versions so far. */
  get versionRows(): number {
    return this.streamedVersions + this.versions.count;
  }

  version(time: Micros, region: number, write: number, what: number, previous = NIL): void {
    this.makeRoom();
    const row = this.versions.add();
    const { columns } = this.versions;
    columns.time[row] = time;
    columns.region[row] = region;
    columns.write[row] = write;
    columns.what[row] = what;
    columns.previous[row] = previous;
  }

  role(time: Micros, region: number, term: number, what: number, group = 0): void {
    this.makeRoom();
    const row = this.roles.add();
    const { columns } = this.roles;
    columns.time[row] = time;
    columns.region[row] = region;
    columns.term[row] = term;
    columns.what[row] = what;
    columns.group[row] = group;
  }

  /** The record, unpacked. Only for a recorder that does not stream. */
  finish(facts: Facts): RunRecord {
    assert(this.sink === null, "a record that streams is read back from its file");
    this.flush();
    this.writer.end();
    const reader = new RecordReader();
    for (const chunk of this.held) reader.push(chunk);
    this.held = [];
    return { ...complete(facts), ...reader.rowsSoFar() };
  }

  /** Sends what is left, and the facts that close the file. */
  close(facts: Facts): void {
    assert(this.sink !== null, "a record in memory is finished, not closed");
    this.flush();
    this.writer.close(complete(facts));
    this.send(this.sink);
  }

  private makeRoom(): void {
    if (this.sink !== null && this.bytes >= this.mostBytes) {
      this.flush();
      this.send(this.sink);
    } else if (this.operations.count === MOST_ROWS || this.versions.count === MOST_ROWS) this.flush();
  }

  private send(sink: Streaming["sink"]): void {
    for (const chunk of this.held) sink(chunk);
    this.held = [];
    this.heldBytes = 0;
  }

  private flush(): void {
    this.writer.operations(this.streamed, this.operations);
    this.writer.swaps(this.swaps);
    this.writer.versions(this.versions);
    this.writer.roles(this.roles);
    this.streamed += this.operations.count;
    this.streamedVersions += this.versions.count;
    for (const table of [this.operations, this.swaps, this.versions, this.roles]) table.clear();
  }
}

function complete(facts: Facts): RecordFacts {
  return {
    ...facts,
    clock: facts.clock ?? "microseconds",
    names: facts.names ?? NO_NAMES,
    residency: facts.residency ?? { classes: [], classOfKey: new Int16Array(0) },
    replicas: facts.replicas ?? 0,
    alive: facts.alive ?? facts.replicas ?? 0,
  };
}
