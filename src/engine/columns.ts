/** Bytes of one line of the processor's caches, twice over: the next line is often fetched with it. */
const STEP = 128;
/** What lies as far apart as this competes for the same few lines of the first cache. */
const PAGE = 4096;
let begin = 0;

/** A new column of 32-bit integers, all 0. */
export const integers = (length: number): Int32Array<ArrayBuffer> =>
  new Int32Array(new ArrayBuffer(4 * length + PAGE), beginning(), length);

/** A longer column that begins with what is in the shorter one; the rest is 0. */
export function lengthened(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const longer = integers(length);
  longer.set(column);
  return longer;
}

export function lengthenedDoubles(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(new ArrayBuffer(8 * length + PAGE), beginning(), length);
  longer.set(column);
  return longer;
}

export function lengthenedBytes(column: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(new ArrayBuffer(length + PAGE), beginning(), length);
  longer.set(column);
  return longer;
}

/**
 * Where in its buffer the next column begins. Long buffers begin at the beginning of a page, all of them: one row of thirty
 * columns would be in thirty places that drive each other out of the first cache. So each column begins a little later
 * than the last one.
 */
function beginning(): number {
  begin = (begin + STEP) % PAGE;
  return begin;
}
