import { CAS, DELETE, NIL, READ, type RunRecord, type Swaps } from "./record.js";

type Recorded = Pick<RunRecord, "operations" | "swaps">;

/** What the operation was asked to put there: of an increment the number, NIL of a read and of a deletion. */
export function argumentOf({ operations: { kind, value }, swaps }: Recorded, row: number): number {
  if (kind[row] === READ || kind[row] === DELETE) return NIL;
  return kind[row] === CAS ? swaps.argument[swapOf(swaps, row)]! : value[row]!;
}

/** What a cas compares with; NIL of any other. */
export const expectedOf = ({ operations: { kind }, swaps }: Recorded, row: number): number =>
  kind[row] === CAS ? swaps.expected[swapOf(swaps, row)]! : NIL;

/** What a read returned, and whether a cas swapped (1) or not (0); NIL of any other, and while it is unknown. */
export const resultOf = ({ operations: { kind, value } }: Recorded, row: number): number =>
  kind[row] === READ || kind[row] === CAS ? value[row]! : NIL;

/** The row of the cas: they stand in order. */
function swapOf({ operation }: Swaps, row: number): number {
  let low = 0;
  for (let high = operation.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (operation[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
