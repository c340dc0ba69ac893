import type { RunRecord } from "../../record/record.js";
import type { Words } from "../words.js";
import { COMBINES, IS, IS_NOT, SWAPS } from "./model.js";
import type { Part } from "./part.js";

/** In words, why these rows of a part cannot be, for someone who has the table of them beside it. */
export function explainRows(record: RunRecord, words: Words, part: Part, rows: readonly number[], how: string): string {
  const key = words.key(record.operations.key[part.operation[rows[0]!]!]!);
  const read = readWithoutSource(record, words, part, rows) ?? staleRead(record, words, part, rows);
  if (read !== null) return `On ${key}: ${read}.`;
  const named = rows.slice(0, 8).map((row) => {
    const operation = part.operation[row]!;
    return `${words.whole(operation)} ${words.end(operation)}`;
  });
  const more = rows.length > named.length ? `; and ${rows.length - named.length} more` : "";
  return `On ${key} no order of these operations explains every answer (${how}): ${named.join("; ")}${more}.`;
}

/** A read whose value nothing in the whole part produced. */
function readWithoutSource(record: RunRecord, words: Words, part: Part, rows: readonly number[]): string | null {
  if (rows.length !== 1) return null;
  const operation = part.operation[rows[0]!]!;
  if (part.action[rows[0]!] === IS) {
    const value = words.value(record.operations.result[operation]!);
    return `the read by ${words.process(operation)} (${words.interval(operation)}) returned ${value}, which nothing that was called by then can have left`;
  }
  if (part.action[rows[0]!] !== SWAPS) return null;
  return `${words.whole(operation)} swapped, but nothing that was called by then can have left what it expects`;
}

/**
 * "returned 4 although write 5 had completed before the read began, and …": about the last read of the rows, if another
 * value was there, or was put there, after what it returned and before it began.
 */
function staleRead(record: RunRecord, words: Words, part: Part, rows: readonly number[]): string | null {
  const { result } = record.operations;
  const read = rows.findLast((row) => part.action[row] === IS);
  if (read === undefined) return null;
  const newer = rows
    .filter((row) => part.action[row] !== IS_NOT && part.returned[row]! < part.call[read]!)
    .filter((row) => part.action[row] === COMBINES || part.argument[row] !== part.argument[read])
    .toSorted((a, b) => part.returned[b]! - part.returned[a]!)[0];
  if (newer === undefined) return null;
  const operation = part.operation[read]!;
  const value = words.value(result[operation]!);
  const other = part.operation[newer]!;
  const deed = part.action[newer] === IS ? `a read ${words.end(other)}` : `${words.deed(other)} had completed`;
  const between = rows.every((row) => part.action[row] === IS || row === newer || part.call[row]! < part.call[newer]!);
  const afterwards = between
    ? `nothing that was called since can have left ${value}`
    : `no order of the operations around it leaves ${value}`;
  return (
    `the read by ${words.process(operation)} (${words.interval(operation)}) returned ${value} although ${deed} ` +
    `at ${words.time(part.returned[newer]!)} by ${words.process(other)}, before the read began, and ${afterwards}`
  );
}
