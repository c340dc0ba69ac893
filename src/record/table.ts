/** Little-endian columns of plain numbers: what a history is made of in memory, between workers and in a file. */
export type ColumnType = "f64" | "i32" | "i16" | "u8";
export type Schema = Readonly<Record<string, ColumnType>>;

interface ArrayOf {
  readonly f64: Float64Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly i16: Int16Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
}
export type Column = ArrayOf[ColumnType];

/** One array a column, all of the same length: plain data, which survives structuredClone and a transfer. */
export type Table<S extends Schema> = { readonly [Name in keyof S]: ArrayOf[S[Name]] };

export const COLUMN_BYTES: Readonly<Record<ColumnType, number>> = { f64: 8, i32: 4, i16: 2, u8: 1 };

const FIRST_CAPACITY = 256;

export function makeColumn(type: ColumnType, length: number): Column {
  if (type === "f64") return new Float64Array(length);
  if (type === "i32") return new Int32Array(length);
  return type === "i16" ? new Int16Array(length) : new Uint8Array(length);
}

/** How many rows a table has. */
export function rowsOf(table: Table<Schema>): number {
  return Object.values(table)[0]?.length ?? 0;
}

/** Bytes of one row. */
export function rowBytes(schema: Schema): number {
  return Object.values(schema).reduce((sum, type) => sum + COLUMN_BYTES[type], 0);
}

/** A table that grows by doubling. Write into `columns[name][row]` with the row that `add` gave. */
export class TableBuilder<S extends Schema> {
  /** Longer than `count`, and replaced when they grow: do not keep them. */
  columns: Table<S>;
  count = 0;
  private capacity = FIRST_CAPACITY;

  constructor(readonly schema: S) {
    this.columns = allocate(schema, this.capacity);
  }

  /** The index of a new row. Its cells hold whatever was there: write every one. */
  add(): number {
    if (this.count === this.capacity) this.grow(this.capacity * 2);
    return this.count++;
  }

  /** Room for `rows` more, whose cells hold 0. Returns the index of the first. */
  addMany(rows: number): number {
    const first = this.count;
    this.count += rows;
    if (this.count > this.capacity) this.grow(Math.max(this.count, this.capacity * 2));
    return first;
  }

  clear(): void {
    this.count = 0;
  }

  /** Columns of exactly `count` rows, which share nothing with the builder. */
  finish(): Table<S> {
    const finished = allocate(this.schema, this.count) as Record<string, Column>;
    for (const name of Object.keys(this.schema)) {
      finished[name]!.set((this.columns[name] as Column).subarray(0, this.count) as never);
    }
    return finished as unknown as Table<S>;
  }

  private grow(capacity: number): void {
    const longer = allocate(this.schema, capacity) as Record<string, Column>;
    for (const [name, column] of Object.entries(this.columns)) longer[name]!.set(column as never);
    this.columns = longer as unknown as Table<S>;
    this.capacity = capacity;
  }
}

function allocate<S extends Schema>(schema: S, length: number): Table<S> {
  const columns: Record<string, Column> = {};
  for (const [name, type] of Object.entries(schema)) columns[name] = makeColumn(type, length);
  return columns as unknown as Table<S>;
}
