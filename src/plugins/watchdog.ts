import { availableParallelism } from "node:os";
import type { PluginSource } from "../simulation/plan.js";
import { failureAt } from "./guard.js";
import { lineUnderWay } from "./inspect.js";
import type { PolicyFailure } from "./policy-error.js";
import { Progress } from "./progress.js";
import { Work } from "./work.js";

const TICK_MS = 250;
/** Seconds of work without any progress. */
const MOST_SECONDS = 5;
const TIGHT_BYTES = 1_500_000_000;

/** A run that a policy of a user's own takes part in, as the thread sees it that started it. */
export class Watched {
  readonly progress = new Progress();
  /** Ends the thread of the run. */
  readonly stop = new AbortController();
  failure: PolicyFailure | null = null;
  private calls = -1;
  private idle = 0;
  private isGivenUp = false;

  constructor(private readonly plugins: readonly PluginSource[]) {}

  /** Whether one and the same call has been under way for too long. */
  isStuck(worked: number): boolean {
    const { calls, isInside } = this.progress;
    this.idle = isInside && calls === this.calls ? this.idle + worked : 0;
    this.calls = calls;
    if (this.isGivenUp || this.idle < MOST_SECONDS) return false;
    this.isGivenUp = true;
    return true;
  }

  /** What the call that is under way, or was last, has done wrong. */
  failureOf(
    what: string,
    instead: string,
    place: { readonly path: string; readonly line: number } | null,
  ): PolicyFailure {
    return failureIn(this.plugins, this.progress.hook, this.progress.time, place, what, instead);
  }
}

/** The same of a call into one of these policies that is known by its hook, as progress.ts names it. */
export function failureIn(
  plugins: readonly PluginSource[],
  call: string,
  time: number,
  place: { readonly path: string; readonly line: number } | null,
  what: string,
  instead: string,
): PolicyFailure {
  const [kind, file, hook = ""] = call.split("\t");
  const plugin = plugins.find((each) => each.kind === kind && each.file === file) ?? plugins[0]!;
  return failureAt(plugin, place, hook, time, what, instead);
}

/** Looks after runs with policies of a user's own, and ends those that make no progress any more. */
export class Watchdog {
  private readonly runs = new Set<Watched>();
  private readonly work = new Work();
  private readonly timer = setInterval(() => this.look(), TICK_MS);

  /** Looks after a run until it has come to an end. */
  async watch<T>(run: Watched, act: () => Promise<T>): Promise<T> {
    this.runs.add(run);
    try {
      return await act();
    } finally {
      this.runs.delete(run);
    }
  }

  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const busy = [...this.runs].filter(({ progress }) => progress.isInside).length;
    const worked = this.work.since(Math.min(busy, availableParallelism()));
    for (const run of this.runs) if (run.isStuck(worked)) void this.giveUp(run);
  }

  private async giveUp(run: Watched): Promise<void> {
    const { failure } = run.progress;
    if (failure !== null) {
      // What it had done wrong before is why, and has its line.
      run.failure = failure;
      return run.stop.abort();
    }
    // A thread that fights for memory answers nobody in time.
    const isTight = process.memoryUsage.rss() > TIGHT_BYTES;
    const place = isTight ? null : await lineUnderWay(run.progress.thread);
    run.failure = run.failureOf(`has not come to an end after ${MOST_SECONDS} s of work`, "end every loop", place);
    run.stop.abort();
  }
}
