import { NEVER } from "./record.js";
import { COLUMN_BYTES, type Column, type ColumnType } from "./table.js";

/**
 * The numbers of a block lie close together, so most columns are written as what each is above the least of them, in as few
 * bytes as that takes: frames of reference (Goldstein, Ramakrishnan & Shaft 1998).
 */
export interface Packing {
  /** Bytes of each number as written. As wide as its type, it stands there as it is. */
  readonly width: number;
  readonly base: number;
}

const WIDTHS = [1, 2, 4] as const;
/** The largest number of a width stands for NEVER. */
const last = (width: number): number => 2 ** (8 * width) - 1;

/** The narrowest that holds the rows from `from` up to `to`, of which there is one at least. */
export function packingOf(type: ColumnType, column: Column, from: number, to: number): Packing {
  const full = COLUMN_BYTES[type];
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    const value = column[row]!;
    if (value === NEVER) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    if (value !== Math.floor(value)) return { width: full, base: 0 };
  }
  if (most === Number.NEGATIVE_INFINITY) return { width: 1, base: 0 };
  const isExact = Number.isSafeInteger(least) && Number.isSafeInteger(most);
  const width = isExact ? WIDTHS.find((each) => each < full && most - least < last(each)) : undefined;
  return width === undefined ? { width: full, base: 0 } : { width, base: least };
}

/** Writes the rows little-endian from byte `at` on. */
export function pack(packing: Packing, column: Column, from: number, to: number, view: DataView, at: number): void {
  const { width, base } = packing;
  for (let row = from; row < to; row++) {
    const value = column[row]!;
    const above = value === NEVER ? last(width) : value - base;
    const place = at + (row - from) * width;
    if (width === 1) view.setUint8(place, above);
    else if (width === 2) view.setUint16(place, above, true);
    else view.setUint32(place, above, true);
  }
}

/** Reads `rows` numbers from byte `at` on into the column from `row` on. */
export function unpack(packing: Packing, view: DataView, at: number, rows: number, column: Column, row: number): void {
  const { width, base } = packing;
  const never = column instanceof Float64Array ? last(width) : Number.NaN;
  for (let index = 0; index < rows; index++) {
    const place = at + index * width;
    const above =
      width === 1 ? view.getUint8(place) : width === 2 ? view.getUint16(place, true) : view.getUint32(place, true);
    column[row + index] = above === never ? NEVER : base + above;
  }
}
