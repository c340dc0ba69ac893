import { CAS, type RunRecord } from "../../record/record.js";
import { expectedOf } from "../../record/values.js";
import type { Words } from "../words.js";
import { BECOMES, COMBINES, IS, IS_NOT, SWAPS } from "./model.js";
import type { Part } from "./part.js";
import { NO_ORDER } from "./search.js";

/** In words, why these rows of a part cannot be, for someone who has the table of them beside it. */
export function explainRows(
  record: RunRecord,
  words: Words,
  part: Part,
  found: readonly number[],
  how: string,
): string {
  // In the order of their calls.
  const rows = found.toSorted((a, b) => a - b);
  const key = words.key(record.operations.key[part.operation[rows[0]!]!]!);
  const answer = answerWithoutSource(record, words, part, rows) ?? contradictedAnswer(record, words, part, rows);
  if (answer !== null) return `On ${key}: ${answer}.`;
  const named = rows.slice(0, 8).map((row) => {
    const operation = part.operation[row]!;
    return `${words.whole(operation)} ${words.end(operation)}`;
  });
  const more = rows.length > named.length ? `; and ${rows.length - named.length} more` : "";
  const why = how === NO_ORDER ? "" : ` (${how})`;
  return `On ${key} no order of these operations explains every answer${why}: ${named.join("; ")}${more}.`;
}

/**
 * With the changes that nobody acknowledged and that yet must have happened, because one of the rows was shown what only
 * they can have left: without them the rest of the evidence would seem to come from nowhere.
 */
export function withPendingSources(part: Part, rows: readonly number[]): number[] {
  const all = new Set(rows);
  for (const row of all) {
    const action = part.action[row]!;
    if (action !== IS && action !== SWAPS) continue;
    const value = action === IS ? part.argument[row]! : part.expected[row]!;
    const leaves = (other: number): boolean =>
      (part.action[other] === BECOMES || part.action[other] === SWAPS) && part.argument[other] === value;
    const source = part.argument.findIndex((_, other) => leaves(other));
    if (source === -1 || part.optional[source] === 0) continue;
    if (part.argument.findLastIndex((_, other) => leaves(other)) === source) all.add(source);
  }
  return [...all];
}

/**
 * With a read that contains each addition among the rows: an addition is a swap only because somebody was shown it, by
 * itself or below another.
 */
export function withReaders(record: RunRecord, part: Part, rows: readonly number[]): number[] {
  const all = new Set(rows);
  for (const row of rows) {
    if (part.action[row] !== SWAPS || record.operations.kind[part.operation[row]!] === CAS) continue;
    let above = [part.argument[row]!];
    let reader = -1;
    while (reader === -1 && above.length > 0) {
      const versions = new Set(above);
      reader = part.action.findIndex((action, other) => action === IS && versions.has(part.argument[other]!));
      above = [];
      part.action.forEach((action, other) => {
        if (action === SWAPS && versions.has(part.expected[other]!)) above.push(part.argument[other]!);
      });
    }
    if (reader !== -1) all.add(reader);
  }
  return [...all];
}

/** A read, or a swap, of a value that nothing in the whole part produced. */
function answerWithoutSource(record: RunRecord, words: Words, part: Part, rows: readonly number[]): string | null {
  if (rows.length !== 1) return null;
  const operation = part.operation[rows[0]!]!;
  if (part.action[rows[0]!] === IS) {
    const value = words.value(record.operations.value[operation]!);
    return `the read by ${words.process(operation)} (${words.interval(operation)}) returned ${value}, which nothing that was called by then can have left`;
  }
  if (part.action[rows[0]!] !== SWAPS) return null;
  if (record.operations.kind[operation] === CAS)
    return `${words.whole(operation)} swapped, but nothing that was called by then can have left what it expects`;
  return `${words.whole(operation)} was put upon a version that nothing which was called by then can have left`;
}

/**
 * "returned 4 although write 5 had completed before the read began, and …": about the last answer of the rows, if what it
 * rules out was there, or was put there, before its operation began.
 */
function contradictedAnswer(record: RunRecord, words: Words, part: Part, rows: readonly number[]): string | null {
  const asker = rows.findLast((row) => part.action[row] === IS || part.action[row] === IS_NOT);
  if (asker === undefined) return null;
  const isRead = part.action[asker] === IS;
  const rulesOut = (row: number): boolean =>
    isRead
      ? part.action[row] === COMBINES || part.argument[row] !== part.argument[asker]
      : part.action[row] !== COMBINES && part.argument[row] === part.expected[asker];
  const newer = rows
    .filter((row) => part.action[row] !== IS_NOT && part.returned[row]! < part.call[asker]! && rulesOut(row))
    .toSorted((a, b) => part.returned[b]! - part.returned[a]!)[0];
  if (newer === undefined) return null;
  const operation = part.operation[asker]!;
  const other = part.operation[newer]!;
  const deed = part.action[newer] === IS ? `a read ${words.end(other)}` : `${words.deed(other)} had completed`;
  const before = `although ${deed} at ${words.time(part.returned[newer]!)} by ${words.process(other)}, before`;
  const between = rows.every(
    (row) =>
      row === newer || part.action[row] === IS || part.action[row] === IS_NOT || part.call[row]! < part.call[newer]!,
  );
  if (!isRead) {
    const value = words.value(expectedOf(record, operation));
    const afterwards = between
      ? `nothing that was called since can have left anything but ${value}`
      : `no order of the operations around it leaves anything but ${value}`;
    return `${words.whole(operation)} found another value than ${value} ${before} it began, and ${afterwards}`;
  }
  const value = words.value(record.operations.value[operation]!);
  const afterwards = between
    ? `nothing that was called since can have left ${value}`
    : `no order of the operations around it leaves ${value}`;
  return (
    `the read by ${words.process(operation)} (${words.interval(operation)}) returned ${value} ` +
    `${before} the read began, and ${afterwards}`
  );
}
