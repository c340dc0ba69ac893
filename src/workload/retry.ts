const BUDGET_SECONDS = 10;

/**
 * When a client may try again. The budget is a token bucket: each first attempt earns a share of a token, each retry
 * costs one, so that retries stay a bounded share of the load however much fails.
 */
export class RetryBudget {
  /** A double in a typed array: a field would be boxed at every change. */
  private readonly tokens: Float64Array;

  constructor(
    private readonly perAttempt: number,
    private readonly burst: number,
  ) {
    this.tokens = new Float64Array([burst]);
  }

  /** For so many operations a second: may be saved up for ten seconds of load, but for ten tokens at least. */
  static ofLoad(perAttempt: number, rate: number): RetryBudget {
    return new RetryBudget(perAttempt, Math.max(10, rate * perAttempt * BUDGET_SECONDS));
  }

  earn(): void {
    const tokens = this.tokens[0]! + this.perAttempt;
    this.tokens[0] = tokens < this.burst ? tokens : this.burst;
  }

  spend(): boolean {
    if (this.tokens[0]! < 1) return false;
    this.tokens[0]! -= 1;
    return true;
  }
}

/** Exponential back-off with full jitter: uniform on [0, min(cap, first * 2^(retry - 1))). */
export function backoff(first: number, cap: number, retry: number, uniform: number): number {
  let limit = first;
  for (let doubled = 1; doubled < retry && limit < cap; doubled++) limit *= 2;
  return Math.floor(uniform * (limit < cap ? limit : cap));
}
