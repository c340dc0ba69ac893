import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * What a thread may hold between two calls, in the heap and outside of it. Its own limit is twice that: it stops a single
 * call that hoards, but V8 may end the whole program when something large comes on top.
 */
const MOST_MEGABYTES = 1024;
const LOOK_EVERY = 64;

/** Keeps policies of a user's own from holding more and more. */
export class Memory {
  /** Beyond it the garbage is collected, and what is left counts. */
  private suspect = MOST_MEGABYTES * 1e6;
  private until = 0;
  private collect: (() => void) | null = null;

  /** Asked after every call; looks only now and then while little is held, since looking costs more than a short call. */
  isSuspect(): boolean {
    if (--this.until > 0) return false;
    const now = held();
    this.until = now > this.suspect / 2 ? 1 : LOOK_EVERY;
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
