import { OPERATION, ROLE, SWAP, VERSION } from "./record.js";
import type { ColumnType, Schema } from "./table.js";

/**
 * The binary format of a record, little-endian throughout; docs/checking.md shows it byte by byte. A file is a header and
 * blocks. A block is a part of one table, column after column, so that a run can be written while it happens and read in
 * pieces of any size. The block of facts closes the file: without it the file is truncated.
 */
export const MAGIC = "FAULTREC";
export const FORMAT_VERSION = 4;
export const HEADER_BYTES = 16;
export const BLOCK_HEADER_BYTES = 24;
export const COLUMN_HEADER_BYTES = 16;
/** Rows of one block at most, so that a reader needs little memory beside the record itself. */
export const MOST_ROWS = 1 << 16;
/** No writer makes longer blocks; a reader refuses them before it waits for them. */
export const MOST_BLOCK_BYTES = 1 << 28;

/** Returns of operations that had left for the file before they returned. */
export const LATE_RETURN = { return: "f64", operation: "i32", value: "i32", region: "i16", outcome: "u8" } as const;

export const OPERATIONS_BLOCK = 1;
export const VERSIONS_BLOCK = 2;
export const ROLES_BLOCK = 3;
export const LATE_RETURNS_BLOCK = 4;
export const SWAPS_BLOCK = 5;
export const FACTS_BLOCK = 6;

export const BLOCK_SCHEMAS: Readonly<Record<number, Schema>> = {
  [OPERATIONS_BLOCK]: OPERATION,
  [VERSIONS_BLOCK]: VERSION,
  [ROLES_BLOCK]: ROLE,
  [LATE_RETURNS_BLOCK]: LATE_RETURN,
  [SWAPS_BLOCK]: SWAP,
};

export const TYPE_CODES: Readonly<Record<ColumnType, number>> = { f64: 1, i32: 2, i16: 3, u8: 4 };

/** Blocks and columns begin at multiples of 8 bytes. */
export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The bytes of numbers of `width` bytes each, as they stand in a file; on a little-endian machine they stand so already. */
export function inFileOrder(bytes: Uint8Array, width: number): Uint8Array {
  if (width === 1 || LITTLE_ENDIAN) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  return swapped;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
