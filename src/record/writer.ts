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
  MOST_ROWS,
  OPERATIONS_BLOCK,
  ROLES_BLOCK,
  SWAPS_BLOCK,
  TYPE_CODES,
  VERSIONS_BLOCK,
  inFileOrder,
  padded,
} from "./format.js";
import { pack, packingOf } from "./packing.js";
import type { OPERATION, ROLE, RecordFacts, RunRecord, SWAP, VERSION } from "./record.js";
import { COLUMN_BYTES, type Column, type Schema, TableBuilder } from "./table.js";

/** Turns tables into chunks of the binary format, and hands each to the sink, which may keep it. */
export class RecordWriter {
  private readonly late = new TableBuilder(LATE_RETURN);

  constructor(private readonly sink: (chunk: Uint8Array) => void) {
    const header = new Uint8Array(HEADER_BYTES);
    for (let at = 0; at < MAGIC.length; at++) header[at] = MAGIC.charCodeAt(at);
    new DataView(header.buffer).setUint16(MAGIC.length, FORMAT_VERSION, true);
    sink(header);
  }

  operations(first: number, table: TableBuilder<typeof OPERATION>): void {
    this.table(OPERATIONS_BLOCK, first, table);
  }

  swaps(table: TableBuilder<typeof SWAP>): void {
    this.table(SWAPS_BLOCK, 0, table);
  }

  versions(table: TableBuilder<typeof VERSION>): void {
    this.table(VERSIONS_BLOCK, 0, table);
  }

  roles(table: TableBuilder<typeof ROLE>): void {
    this.table(ROLES_BLOCK, 0, table);
  }

  lateReturn(operation: number, time: number, outcome: number, value: number, region: number): void {
    const row = this.late.add();
    const { columns } = this.late;
    columns.operation[row] = operation;
    columns.return[row] = time;
    columns.outcome[row] = outcome;
    columns.value[row] = value;
    columns.region[row] = region;
    if (this.late.count === MOST_ROWS) this.flushLate();
  }

  /** The last rows. */
  end(): void {
    this.flushLate();
  }

  close(facts: RecordFacts): void {
    this.end();
    const residency = { ...facts.residency, classOfKey: [...facts.residency.classOfKey] };
    const text = new TextEncoder().encode(JSON.stringify({ ...facts, residency }));
    const chunk = new Uint8Array(BLOCK_HEADER_BYTES + padded(text.length));
    this.blockHeader(chunk, FACTS_BLOCK, 0, 0, text.length);
    chunk.set(text, BLOCK_HEADER_BYTES);
    this.sink(chunk);
  }

  private flushLate(): void {
    this.table(LATE_RETURNS_BLOCK, 0, this.late);
    this.late.clear();
  }

  private table<S extends Schema>(block: number, first: number, table: TableBuilder<S>): void {
    for (let from = 0; from < table.count; from += MOST_ROWS) {
      const to = Math.min(table.count, from + MOST_ROWS);
      this.rows(block, first + from, table.columns as Readonly<Record<string, Column>>, from, to);
    }
  }

  private rows(
    block: number,
    first: number,
    columns: Readonly<Record<string, Column>>,
    from: number,
    to: number,
  ): void {
    const rows = to - from;
    const packed = Object.entries(BLOCK_SCHEMAS[block]!).map(([name, type]) => {
      const packing = packingOf(type, columns[name]!, from, to);
      return { column: columns[name]!, type, packing, bytes: rows * packing.width };
    });
    const bytes = packed.reduce((sum, column) => sum + COLUMN_HEADER_BYTES + padded(column.bytes), 0);
    const chunk = new Uint8Array(BLOCK_HEADER_BYTES + bytes);
    const view = new DataView(chunk.buffer);
    this.blockHeader(chunk, block, rows, first, bytes);
    let at = BLOCK_HEADER_BYTES;
    for (const [index, { column, type, packing, bytes }] of packed.entries()) {
      view.setUint16(at, index, true);
      view.setUint8(at + 2, TYPE_CODES[type]);
      view.setUint8(at + 3, packing.width);
      view.setUint32(at + 4, bytes, true);
      view.setFloat64(at + 8, packing.base, true);
      at += COLUMN_HEADER_BYTES;
      if (packing.width < COLUMN_BYTES[type]) pack(packing, column, from, to, view, at);
      else
        chunk.set(
          inFileOrder(new Uint8Array(column.buffer, column.byteOffset + from * packing.width, bytes), packing.width),
          at,
        );
      at += padded(bytes);
    }
    this.sink(chunk);
  }

  private blockHeader(chunk: Uint8Array, block: number, rows: number, first: number, bytes: number): void {
    const view = new DataView(chunk.buffer);
    view.setUint32(0, block, true);
    view.setUint32(4, rows, true);
    view.setFloat64(8, first, true);
    view.setUint32(16, bytes, true);
  }
}

/** A whole record as one file. */
export function writeRecord(record: RunRecord, sink: (chunk: Uint8Array) => void): void {
  const writer = new RecordWriter(sink);
  writer.operations(0, builderOf(record.operations, BLOCK_SCHEMAS[OPERATIONS_BLOCK] as typeof OPERATION));
  writer.swaps(builderOf(record.swaps, BLOCK_SCHEMAS[SWAPS_BLOCK] as typeof SWAP));
  writer.versions(builderOf(record.versions, BLOCK_SCHEMAS[VERSIONS_BLOCK] as typeof VERSION));
  writer.roles(builderOf(record.roles, BLOCK_SCHEMAS[ROLES_BLOCK] as typeof ROLE));
  const { operations: _operations, swaps: _swaps, versions: _versions, roles: _roles, ...facts } = record;
  writer.close(facts);
}

function builderOf<S extends Schema>(columns: TableBuilder<S>["columns"], schema: S): TableBuilder<S> {
  const builder = new TableBuilder(schema);
  builder.columns = columns;
  builder.count = Object.values<Column>(columns as never)[0]!.length;
  return builder;
}
