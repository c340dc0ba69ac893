import { performance } from "node:perf_hooks";
import * as v8 from "node:v8";
import * as vm from "node:vm";

/**
 * What a thread may hold between two calls, in the heap and outside of it. Its own limit is twice that: it stops a single
 * call that hoards, but V8 may end the whole program when something large comes on top.
 */
const MOST_MEGABYTES = 1024;
/** Milliseconds in which even who fills memory as fast as it can does not come to hold much more. */
const LOOK_EVERY = 5;
/** These are taken here, before policies are kept from them. */
const { getHeapStatistics, setFlagsFromString } = v8;
const { runInNewContext } = vm;
const clock = performance.now.bind(performance);

/** Keeps policies of a user's own from holding more and more. */
export class Memory {
  /** Beyond it the garbage is collected, and what is left counts. */
  private suspect = MOST_MEGABYTES * 1e6;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private isNear = false;
  private collect: (() => void) | null = null;

  /** Asked after every call; looks only now and then while little is held, since looking costs more than a short call. */
  isSuspect(): boolean {
    const time = clock();
    if (!this.isNear && time - this.lookedAt < LOOK_EVERY) return false;
    this.lookedAt = time;
    const now = held();
    this.isNear = now > this.suspect / 2;
    return now > this.suspect;
  }

  weigh(guard: { fail(what: string, instead: string, stack: string): never }): void {
    if (this.collect === null) {
      setFlagsFromString("--expose-gc");
      this.collect = runInNewContext("gc") as () => void;
    }
    // What lies outside of the heap is given back at the next collection after the one that found it free.
    this.collect();
    if (getHeapStatistics().used_heap_size <= MOST_MEGABYTES * 1e6) this.collect();
    const left = held();
    if (left > MOST_MEGABYTES * 1e6)
      guard.fail(`has come to hold more than ${MOST_MEGABYTES} MB of memory`, "let go of what is no longer needed", "");
    // A run that makes garbage at this rate is not to be stopped at every call.
    this.suspect = Math.max(MOST_MEGABYTES * 1e6, left * 1.5);
  }
}

function held(): number {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
  return heap + outside;
}
