import { type RunRecord, isAcceptance } from "../../record/record.js";
import { type Verdict, holds, undecided, violated } from "../verdict.js";
import { Words } from "../words.js";
import { explainRows, withPendingSources, withReaders } from "./explain.js";
import type { ModelName } from "./model.js";
import { Models } from "./models.js";
import { type KeyVerdict, checkKey, decided } from "./one-key.js";
import { type Part, emptyPart, operationsByKey, partOf } from "./part.js";
import { SEARCH_LIMITS, type SearchLimits } from "./search.js";
import { ModelLimit } from "./states.js";

export interface LinearizableOptions {
  /** Of all keys; without one, for each key that which its operations suggest. */
  readonly model?: ModelName;
  /** Steps of all keys together, memory of one. */
  readonly limits?: SearchLimits;
}

/**
 * Does every operation seem to happen at one moment between its call and its return (Herlihy and Wing 1990)? Linearizable
 * is local: a history is if each key's part is. Stops at the first key that is not.
 */
export function checkLinearizable(
  record: RunRecord,
  { model: asked, limits = SEARCH_LIMITS }: LinearizableOptions = {},
): Verdict {
  const words = new Words(record);
  const models = new Models(record, asked);
  const accepted = acceptedByKey(record);
  const open: string[] = [];
  let steps = 0;
  let keys = 0;
  for (const [key, operations] of operationsByKey(record)) {
    const left = { ...limits, mostSteps: Math.max(0, limits.mostSteps - steps) };
    const { part, found } = judged(record, models, operations, accepted.get(key), left, words);
    steps += found.steps;
    keys++;
    if (found.verdict === "unknown") open.push(`${words.key(key)}: ${found.reason}`);
    if (found.verdict !== "false") continue;
    const rows = withReaders(record, part, withPendingSources(part, found.rows));
    const evidence = rows.map((row) => part.operation[row]!);
    const explanation = explainRows(record, words, part, rows, found.reason);
    return violated(`${words.key(key)} is not linearizable`, explanation, evidence, { keys, search_steps: steps });
  }
  const measured = { keys, search_steps: steps };
  if (open.length > 0) {
    const others = open.length === 1 ? "" : ` (and ${open.length - 1} more keys)`;
    return undecided(`${open[0]}${others}`, measured);
  }
  return holds(`${keys} ${keys === 1 ? "key is" : "keys are"} linearizable`, measured);
}

/** The verdict on the key with these operations. */
function judged(
  record: RunRecord,
  models: Models,
  rows: readonly number[],
  accepted: readonly number[] | undefined,
  limits: SearchLimits,
  words: Words,
): { readonly part: Part; readonly found: KeyVerdict } {
  const nothing = emptyPart(0);
  try {
    const model = models.of(rows);
    const refusal = models.refusal(model, rows, words);
    if (refusal !== null) return { part: nothing, found: decided("unknown", refusal) };
    const part = partOf(record, model, rows);
    const witness = accepted === undefined ? null : rowsOfPart(part, accepted);
    return { part, found: checkKey(part, model, witness, limits) };
  } catch (error) {
    if (!(error instanceof ModelLimit)) throw error;
    return { part: nothing, found: decided("unknown", error.message) };
  }
}

/** The operations that replicas accepted, by key, in the order in which they did: the witness to try first. */
function acceptedByKey({ versions, operations }: RunRecord): ReadonlyMap<number, readonly number[]> {
  const byKey = new Map<number, number[]>();
  const seen = new Set<number>();
  for (let row = 0; row < versions.time.length; row++) {
    const write = versions.write[row]!;
    if (!isAcceptance(versions.what[row]!) || seen.has(write)) continue;
    seen.add(write);
    const key = operations.key[write]!;
    const writes = byKey.get(key);
    if (writes === undefined) byKey.set(key, [write]);
    else writes.push(write);
  }
  return byKey;
}

/** Rows of the part for operations of the record; those that are no part of it are left out. */
function rowsOfPart(part: Part, operations: readonly number[]): number[] {
  const rowOf = new Map<number, number>();
  part.operation.forEach((operation, row) => rowOf.set(operation, row));
  return operations.flatMap((operation) => rowOf.get(operation) ?? []);
}
