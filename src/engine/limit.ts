import { type Micros, formatDuration } from "../units/time.js";
import type { Slots } from "./slots.js";

/** Begins the message of every limit: it is the input's doing, and the message is all that crosses from thread to thread. */
export const GIVEN_UP = "the run is given up: ";

/** A run was given up because it would exhaust memory; the message names the likely cause. */
export class LimitError extends Error {
  override readonly name = "LimitError";

  constructor(message: string) {
    super(GIVEN_UP + message);
  }
}

export function tooManyPending(limit: number, now: Micros, slots: Slots, kinds: readonly string[]): LimitError {
  const counts = new Map<number, number>();
  for (let slot = 0; slot < slots.used; slot++) {
    if (slots.isPending(slot)) counts.set(slots.kind[slot]!, (counts.get(slots.kind[slot]!) ?? 0) + 1);
  }
  const most = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3);
  const causes = most.map(([kind, count]) => `${count} x ${kinds[kind] ?? `kind ${kind}`}`).join(", ");
  return new LimitError(
    `more than ${limit} events were pending at ${formatDuration(now)} of simulated time; most of them: ${causes}. ` +
      "Lower the rates or give the regions more capacity, or let periodic work (heartbeats, leases, health checks) happen less often.",
  );
}
