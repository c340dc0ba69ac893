import { smallest } from "../shrink.js";
import { firstFromNowhere } from "./leavings.js";
import { IS_NOT, type Model } from "./model.js";
import { type Part, weakened } from "./part.js";
import { SEARCH_LIMITS, type SearchLimits, search } from "./search.js";
import { ModelLimit } from "./states.js";
import { isWitness } from "./witness.js";
import { type Zones, zonesOf } from "./zones.js";

export interface KeyVerdict {
  readonly verdict: "true" | "false" | "unknown";
  /** Which method decided, or why none did. */
  readonly reason: string;
  /** Rows of the part: the smallest set found that violates by itself. */
  readonly rows: readonly number[];
  /** Steps of the search, 0 when it was not needed. */
  readonly steps: number;
}

/** While shrinking, a candidate that takes longer is taken to be fine. */
const SHRINKING: SearchLimits = { mostSteps: 20_000, mostBytes: 32 * 1024 * 1024 };

/**
 * Is one key linearizable? First, in near-linear time, by the witness that the replicas left, if there is one; then by
 * zones, which decide registers with unique values; at last by search.
 */
export function checkKey(
  part: Part,
  model: Model,
  witness: readonly number[] | null,
  limits: SearchLimits = SEARCH_LIMITS,
): KeyVerdict {
  if (witness !== null && isWitness(part, model, witness)) return decided("true", "the order of versions explains it");
  const zones = model.isRegister ? zonesOf(part, model) : NOT_UNIQUE;
  if (zones.kind === "violation") return { ...decided("false", zones.how), rows: shrunk(part, model, zones.rows) };
  if (zones.kind === "order" && isWitness(part, model, zones.order)) {
    return decided("true", "the order of unique values explains it");
  }
  const nowhere = firstFromNowhere(part, model);
  if (nowhere !== -1) return { ...decided("false", "nothing made that value"), rows: [nowhere] };
  const { verdict, reason, stuck, steps } = search(part, model, limits);
  if (verdict !== "false") return { ...decided(verdict, reason), steps };
  return { ...decided(verdict, reason), rows: shrunk(part, model, calledBefore(part, stuck)), steps };
}

const NOT_UNIQUE: Zones = { kind: "not-unique" };

export const decided = (verdict: KeyVerdict["verdict"], reason: string): KeyVerdict => ({
  verdict,
  reason,
  rows: [],
  steps: 0,
});

/** What had been called when the operation returned for which no order went on: what came later cannot matter. */
function calledBefore(part: Part, stuck: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < part.count; row++) {
    if (stuck === -1 || part.call[row]! <= part.returned[stuck]!) rows.push(row);
  }
  return rows;
}

function shrunk(part: Part, model: Model, start: readonly number[]): number[] {
  const stillFalse = (candidate: Part): boolean => isFalse(candidate, model);
  // The start itself must violate: the search may have looked at more than these.
  const whole = start.length === part.count || stillFalse(weakened(part, new Set(start)));
  const from = whole ? start : Array.from({ length: part.count }, (_, row) => row);
  return smallest(from, (kept) => {
    const candidate = weakened(part, kept);
    return { isFalse: stillFalse(candidate), work: candidate.count };
  });
}

function isFalse(part: Part, model: Model): boolean {
  try {
    const zones = model.isRegister ? zonesOf(part, model) : NOT_UNIQUE;
    if (zones.kind === "violation") return true;
    if (zones.kind === "order" && !part.action.includes(IS_NOT)) return false;
    return search(part, model, SHRINKING).verdict === "false";
  } catch (error) {
    // Too much to say: then it is taken to be fine, as what takes too long is.
    if (!(error instanceof ModelLimit)) throw error;
    return false;
  }
}
