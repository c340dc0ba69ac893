import {
  BLOCK_HEADER_BYTES,
  BLOCK_SCHEMAS,
  COLUMN_HEADER_BYTES,
  FACTS_BLOCK,
  FORMAT_VERSION,
  HEADER_BYTES,
  LATE_RETURN,
  LATE_RETURNS_BLOCK,
  MAGIC,
  MOST_BLOCK_BYTES,
  MOST_ROWS,
  OPERATIONS_BLOCK,
  ROLES_BLOCK,
  SWAPS_BLOCK,
  TYPE_CODES,
  VERSIONS_BLOCK,
  inFileOrder,
  padded,
} from "./format.js";
import { type Packing, unpack } from "./packing.js";
import {
  CAS,
  OPERATION,
  READ,
  ROLE,
  type RecordFacts,
  type RunRecord,
  SWAP,
  UNKNOWN_REGION,
  VERSION,
} from "./record.js";
import { COLUMN_BYTES, type Column, type Schema, type Table, TableBuilder } from "./table.js";

/** A file that is no record, or a broken one; the message says where and what was expected. */
export class RecordError extends RangeError {}

/** Takes a record's file in chunks of any size. Throws a RecordError at the first thing that cannot be. */
export class RecordReader {
  private readonly tables: Readonly<Record<number, TableBuilder<Schema>>> = {
    [OPERATIONS_BLOCK]: new TableBuilder<Schema>(OPERATION),
    [VERSIONS_BLOCK]: new TableBuilder<Schema>(VERSION),
    [ROLES_BLOCK]: new TableBuilder<Schema>(ROLE),
    [LATE_RETURNS_BLOCK]: new TableBuilder<Schema>(LATE_RETURN),
    [SWAPS_BLOCK]: new TableBuilder<Schema>(SWAP),
  };
  private facts: RecordFacts | null = null;
  private waiting: Uint8Array = new Uint8Array(0);
  private offset = 0;

  push(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.waiting.length + chunk.length);
    joined.set(this.waiting);
    joined.set(chunk, this.waiting.length);
    let at = 0;
    for (;;) {
      const used = this.take(joined.subarray(at));
      if (used === 0) break;
      at += used;
      this.offset += used;
    }
    this.waiting = joined.slice(at);
  }

  finish(): RunRecord {
    if (this.facts === null || this.waiting.length > 0) {
      this.refuse("the file is truncated", "a block of facts at its end", "record the run again");
    }
    return { ...this.facts, ...this.rowsSoFar() };
  }

  /** The tables alone, of a file whose facts have not come. */
  rowsSoFar(): Pick<RunRecord, "operations" | "swaps" | "versions" | "roles"> {
    const operations = this.tables[OPERATIONS_BLOCK]!.finish() as Table<typeof OPERATION>;
    this.applyLateReturns(operations);
    return {
      operations,
      swaps: this.tables[SWAPS_BLOCK]!.finish() as Table<typeof SWAP>,
      versions: this.tables[VERSIONS_BLOCK]!.finish() as Table<typeof VERSION>,
      roles: this.tables[ROLES_BLOCK]!.finish() as Table<typeof ROLE>,
    };
  }

  /** Bytes used of what is there; 0 when more must come first. */
  private take(bytes: Uint8Array): number {
    if (this.offset === 0) return this.header(bytes);
    if (bytes.length < BLOCK_HEADER_BYTES) return 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const block = view.getUint32(0, true);
    const length = view.getUint32(16, true);
    if (this.facts !== null) this.refuse("something follows the block of facts", "the end of the file", "cut it off");
    if (block !== FACTS_BLOCK && BLOCK_SCHEMAS[block] === undefined) {
      this.refuse(`block ${block} is unknown`, `a block from 1 to ${FACTS_BLOCK}`, "read it with a newer Faultline");
    }
    if (length > MOST_BLOCK_BYTES) {
      this.refuse(`a block has ${length} bytes`, `at most ${MOST_BLOCK_BYTES}`, "record the run again");
    }
    const whole = BLOCK_HEADER_BYTES + padded(length);
    if (bytes.length < whole) return 0;
    const payload = bytes.subarray(BLOCK_HEADER_BYTES, BLOCK_HEADER_BYTES + length);
    if (block === FACTS_BLOCK) this.facts = this.factsOf(payload);
    else this.rows(block, view.getUint32(4, true), view.getFloat64(8, true), payload);
    return whole;
  }

  private header(bytes: Uint8Array): number {
    const known = Math.min(bytes.length, MAGIC.length);
    for (let at = 0; at < known; at++) {
      if (bytes[at] !== MAGIC.charCodeAt(at)) {
        this.refuse("this is no record", `"${MAGIC}" at its start`, "give a file that Faultline recorded");
      }
    }
    if (bytes.length < HEADER_BYTES) return 0;
    const version = bytes[MAGIC.length]! + 256 * bytes[MAGIC.length + 1]!;
    if (version !== FORMAT_VERSION) {
      this.refuse(`the record has version ${version}`, `version ${FORMAT_VERSION}`, "use the Faultline that wrote it");
    }
    return HEADER_BYTES;
  }

  private rows(block: number, rows: number, first: number, payload: Uint8Array): void {
    const schema = BLOCK_SCHEMAS[block]!;
    const table = this.tables[block]!;
    if (rows > MOST_ROWS) this.refuse(`a block has ${rows} rows`, `at most ${MOST_ROWS}`, "record the run again");
    if (block === OPERATIONS_BLOCK && first !== table.count) {
      this.refuse(`operations from ${first} on come next`, `those from ${table.count} on`, "record the run again");
    }
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    const columns = this.columnsOf(schema, rows, view);
    const row = table.addMany(rows);
    for (const { name, packing, at } of columns) {
      const column = table.columns[name] as Column;
      const { width } = packing;
      if (width < column.BYTES_PER_ELEMENT) unpack(packing, view, at, rows, column, row);
      else new Uint8Array(column.buffer).set(inFileOrder(payload.subarray(at, at + rows * width), width), row * width);
    }
  }

  /** Where in a block each column stands, and how. */
  private columnsOf(schema: Schema, rows: number, view: DataView) {
    let at = 0;
    const columns = Object.entries(schema).map(([name, type], index) => {
      if (at + COLUMN_HEADER_BYTES > view.byteLength) {
        this.refuse(`a block of ${view.byteLength} bytes ends before "${name}"`, "all columns", "record the run again");
      }
      if (view.getUint16(at, true) !== index || view.getUint8(at + 2) !== TYPE_CODES[type]) {
        this.refuse(`column ${index} is not "${name}"`, `"${name}" of type ${type}`, "record the run again");
      }
      const packing: Packing = { width: view.getUint8(at + 3), base: view.getFloat64(at + 8, true) };
      const [width, most] = [packing.width, COLUMN_BYTES[type]];
      if (![1, 2, 4, 8].includes(width) || width > most) {
        this.refuse(
          `numbers of "${name}" have ${width} bytes`,
          `1, 2, 4 or 8, at most ${most}`,
          "record the run again",
        );
      }
      const bytes = view.getUint32(at + 4, true);
      if (bytes !== rows * width) {
        this.refuse(`${rows} numbers of "${name}" have ${bytes} bytes`, `${rows * width}`, "record the run again");
      }
      const found = { name, packing, at: at + COLUMN_HEADER_BYTES };
      at = found.at + padded(rows * width);
      return found;
    });
    if (at !== view.byteLength) {
      this.refuse(`a block of ${rows} rows has ${view.byteLength} bytes`, `${at}`, "record the run again");
    }
    return columns;
  }

  private factsOf(payload: Uint8Array): RecordFacts {
    try {
      const facts = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
      const { names, residency } = facts;
      const lists = [names.values, names.keys, names.regions, residency.classes, residency.classOfKey];
      const told = [facts.faults, facts.failovers, facts.places, facts.copies, facts.rests].filter(
        (list) => list !== undefined,
      );
      if (![...lists, ...told].every(Array.isArray) || typeof facts.end !== "number")
        throw new TypeError("fields are missing");
      const entries = [...residency.classes, ...told.flat()];
      const isGroup = (entry: unknown): boolean => typeof entry === "object" && entry !== null;
      const hasLists = ({ regions, paths }: { regions?: unknown; paths?: unknown }): boolean =>
        Array.isArray(regions) && Array.isArray(paths);
      if (!entries.every(isGroup) || !(facts.faults ?? []).every(hasLists)) throw new TypeError("entries are broken");
      return { ...facts, residency: { ...residency, classOfKey: Int16Array.from(residency.classOfKey) } };
    } catch (error) {
      const reason = (error as Error).message;
      return this.refuse(
        `the facts cannot be read (${reason})`,
        "names, residency and the end",
        "record the run again",
      );
    }
  }

  private applyLateReturns(operations: Table<typeof OPERATION>): void {
    const late = this.tables[LATE_RETURNS_BLOCK]!.finish() as Table<typeof LATE_RETURN>;
    for (let row = 0; row < late.operation.length; row++) {
      const operation = late.operation[row]!;
      if (operation < 0 || operation >= operations.call.length) {
        this.refuse(`operation ${operation} returned`, "an operation that was called", "record the run again");
      }
      operations.return[operation] = late.return[row]!;
      operations.outcome[operation] = late.outcome[row]!;
      const kind = operations.kind[operation];
      if (kind === READ || kind === CAS) operations.value[operation] = late.value[row]!;
      if (late.region[row] !== UNKNOWN_REGION) operations.region[operation] = late.region[row]!;
    }
  }

  private refuse(what: string, expected: string, instead: string): never {
    throw new RecordError(`at byte ${this.offset}: ${what}; expected ${expected}; ${instead}`);
  }
}
