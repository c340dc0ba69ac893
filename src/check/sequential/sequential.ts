import { type RunRecord, VERSION } from "../../record/record.js";
import { TableBuilder } from "../../record/table.js";
import { checkCausal } from "../causal/causal.js";
import { checkLinearizable } from "../linearizable/linearizable.js";
import type { Model, ModelName } from "../linearizable/model.js";
import { Models } from "../linearizable/models.js";
import { operationsByKey } from "../linearizable/part.js";
import type { SearchLimits } from "../linearizable/search.js";
import { ModelLimit } from "../linearizable/states.js";
import { smallest } from "../shrink.js";
import { type Verdict, holds, undecided, violated } from "../verdict.js";
import { Words } from "../words.js";
import { hasTies, programOf } from "./program.js";
import { searchSequential } from "./search.js";

export interface SequentialOptions {
  /** Of all keys; without one, for each key that which its operations suggest. */
  readonly model?: ModelName;
  readonly limits?: SearchLimits & { readonly mostOperations: number };
}

export const SEQUENTIAL_LIMITS = { mostOperations: 2000, mostSteps: 200_000, mostBytes: 64 * 1024 * 1024 };

/** While shrinking, a candidate that takes longer is taken to be fine. */
const SHRINKING: SearchLimits = { mostSteps: 5_000, mostBytes: 16 * 1024 * 1024 };

/**
 * Is there one order of all operations that every session agrees with and that explains every answer (Lamport 1979)? What
 * is linearizable is; what is not causal is not. What lies between is searched, in small histories only: unlike
 * linearizability this is not decided key by key.
 */
export function checkSequential(record: RunRecord, options: SequentialOptions = {}): Verdict {
  const { model: asked, limits = SEQUENTIAL_LIMITS } = options;
  const words = new Words(record);
  const models = new Models(record, asked);
  /** By key. */
  const chosen = new Map<number, Model>();
  for (const [key, rows] of operationsByKey(record)) {
    const model = models.of(rows);
    const refusal = models.refusal(model, rows, words);
    if (refusal !== null) return undecided(`${words.key(key)}: ${refusal}`);
    chosen.set(key, model);
  }
  if (
    !hasTies(record) &&
    checkLinearizable(record, options.model === undefined ? {} : { model: options.model }).verdict === "true"
  ) {
    return holds("it is even linearizable");
  }
  if ([...chosen.values()].some(({ isRegister }) => isRegister)) {
    // The order of all operations need not be the replicas'.
    const causal = checkCausal({ ...record, versions: new TableBuilder(VERSION).finish() });
    if (causal.verdict === "false") return { ...causal, reason: `it is not even causal: ${causal.reason}` };
  }
  const count = record.operations.call.length;
  if (count > limits.mostOperations) {
    return undecided(
      `it is causal but not shown to be linearizable, and ${count} operations are too many to search; at most ${limits.mostOperations} are: check a part of the history`,
    );
  }
  return searched(record, chosen, limits, words);
}

function searched(record: RunRecord, models: ReadonlyMap<number, Model>, limits: SearchLimits, words: Words): Verdict {
  try {
    const whole = programOf(record, models);
    const { verdict, reason, steps } = searchSequential(whole, limits);
    const measured = { search_steps: steps };
    if (verdict === "true") return holds(reason, measured);
    if (verdict === "unknown") return undecided(reason, measured);
    const rows = smallest([...whole.operation], (kept) => {
      const fewer = programOf(record, models, kept);
      const tried = searchSequential(fewer, SHRINKING);
      return { isFalse: tried.verdict === "false", work: fewer.count * (1 + tried.steps) };
    });
    const said = rows.slice(0, 8).map((row) => words.told(row));
    const more = rows.length > said.length ? `; and ${rows.length - said.length} more` : "";
    return violated(
      "no one order of all operations agrees with every session",
      `No order of these operations that keeps each session's own explains every answer: ${said.join("; ")}${more}.`,
      rows,
      measured,
    );
  } catch (error) {
    if (!(error instanceof ModelLimit)) throw error;
    return undecided(error.message);
  }
}
