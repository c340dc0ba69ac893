/** Together the histories that are tried may have this many operations. */
const MOST_WORK = 4_000_000;

export interface Attempt {
  readonly isFalse: boolean;
  /** Operations that were looked at. */
  readonly work: number;
}

/**
 * Delta debugging (Zeller and Hildebrandt 2002): leaves out ever smaller pieces of the rows while the rest still cannot
 * be. `attempt` lets a change that is left out happen at any time or never, so what remains is a violation of the whole
 * history, and of itself. Bounded: what is returned always violates, but need not be the least.
 */
export function smallest(start: readonly number[], attempt: (kept: ReadonlySet<number>) => Attempt): number[] {
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
        if (work > MOST_WORK) return kept;
        const tried = attempt(new Set(fewer));
        work += tried.work;
        if (tried.isFalse) {
          kept = fewer;
          again = size === 1;
        }
      }
    }
  }
  return kept;
}
