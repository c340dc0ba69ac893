import { type Part, weakened } from "./part.js";

/** Together the histories that are tried may have this many operations. */
const MOST_WORK = 4_000_000;

/**
 * Delta debugging (Zeller and Hildebrandt 2002): leaves out ever smaller pieces of the rows while the rest still cannot
 * be. A change that is left out may still happen at any time (see `weakened`), so what remains is a violation of the whole
 * history, and of itself. Bounded: what is returned always violates, but need not be the least.
 */
export function smallest(part: Part, start: readonly number[], stillFalse: (part: Part) => boolean): number[] {
  let kept = [...start];
  let work = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // At size 1 until a whole round leaves nothing out: then every row is needed.
    for (let again = true; again; ) {
      again = false;
      // Later operations first: the end of a history most often only adds to it.
      for (let end = kept.length; end > 0; end -= size) {
        const from = Math.max(0, end - size);
        const fewer = [...kept.slice(0, from), ...kept.slice(end)];
        if (fewer.length === 0) continue;
        const candidate = weakened(part, new Set(fewer));
        work += candidate.count;
        if (work > MOST_WORK) return kept;
        if (stillFalse(candidate)) {
          kept = fewer;
          again = size === 1;
        }
      }
    }
  }
  return kept;
}
