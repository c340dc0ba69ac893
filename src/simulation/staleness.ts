import type { Engine } from "../engine/engine.js";
import { DELETE } from "../record/record.js";
import type { Latest } from "./latest.js";
import type { Merging } from "./merging.js";
import type { Unsettled } from "./unsettled.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const NOTHING_SHOWN = -1;

/** Which answers were old, as the oracle knows. */
export class Staleness {
  /** Null where no answer is older than what a copy shows. */
  latest: Latest | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly writes: Writes,
    private readonly merging: Merging,
    private readonly unsettled: Unsettled,
    /** After it nobody waits for an operation. */
    private readonly deadline: number,
  ) {}

  /**
   * A write acknowledged before the read was issued is missing, and what was shown is no newer. Missing is what the region
   * that was asked does not show; of what was gathered, what would have stood in the place of what was shown. An answer of
   * nothing is as good as that of the newest deletion, whose tombstone may be gone.
   */
  isStale(region: number, key: number, shown: number, issuedAt: number, gathered: boolean): boolean {
    const { latest, unsettled, merging } = this;
    const { acceptedAt, kind } = this.writes;
    const isRemembered = gathered && latest !== null;
    if (!isRemembered && unsettled.heads[key] === NONE) return false;
    const isNothing = shown === NONE || kind[shown] === DELETE;
    let shownAt = shown === NONE ? NOTHING_SHOWN : acceptedAt[shown]!;
    if (isRemembered) return latest.missed(key, shownAt, issuedAt, isNothing);
    unsettled.prune(key, this.engine.now - this.deadline);
    const deletion = isNothing ? unsettled.newestDeletion(key) : NONE;
    if (deletion !== NONE) shownAt = Math.max(shownAt, acceptedAt[deletion]!);
    for (let write = unsettled.heads[key]!; write !== NONE; write = unsettled.next[write]!) {
      const acknowledged = unsettled.acknowledgedAt[write]!;
      if (acknowledged < 0 || acknowledged > issuedAt || acceptedAt[write]! <= shownAt) continue;
      const missed = gathered
        ? !merging.covers(shown, write) && !merging.covers(deletion, write)
        : !unsettled.sees(write, region);
      if (missed) return true;
    }
    return false;
  }
}
