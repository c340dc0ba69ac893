import type { Keyed } from "../engine/random.js";

const LOSS = 7;

/** The time-out before the retransmission number `tries` (0 for the first): doubling up to the cap. */
export function retransmitAfter(first: number, cap: number, tries: number): number {
  let timeout = first;
  for (let doubled = 0; doubled < tries && timeout < cap; doubled++) timeout *= 2;
  return timeout < cap ? timeout : cap;
}

/**
 * Delay that loss costs a message on a reliable channel: each lost copy is sent again after its retransmission
 * time-out. `id` and `purpose` name the message among the draws of `luck`; the purposes that follow are its next tries.
 * Once the delay has reached `limit` nobody waits for more.
 */
export function lossDelay(
  luck: Keyed,
  id: number,
  probability: number,
  first: number,
  cap: number,
  purpose = LOSS,
  limit = Number.POSITIVE_INFINITY,
): number {
  if (probability === 0) return 0;
  let delay = 0;
  for (let tries = 0; delay < limit && luck.uniform(id, purpose + tries) < probability; tries++)
    delay += retransmitAfter(first, cap, tries);
  return delay;
}
