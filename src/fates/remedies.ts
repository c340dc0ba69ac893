import type { AnswersFact, ScenarioFact } from "../record/circumstances.js";
import { formatRounded } from "../units/time.js";
import type { Cause } from "./cause.js";
import type { AnswerSource } from "./stale-reads.js";

/** A setting of an architecture as a scenario file has it: a house test has each of them compiled. */
export interface Setting {
  readonly text: string;
  /** It is meant for architectures of this pattern. */
  readonly pattern: "pilot-light" | "active-active";
}
const setting = (text: string, pattern: Setting["pattern"] = "pilot-light"): Setting => ({ text, pattern });

const LEASE = setting("failover: {use: automatic, fencing: lease}");
const NO_FAILOVER = setting("failover: none");
const EACH_COMMIT = setting("storage: {sync: each-commit}");
const BACKUPS = setting("backups: {interval: 24h, point_in_time: 1m}");
const QUICK_RESTORE = setting("backups: {interval: 24h, point_in_time: 1m, respond: 1m, restore: 1 GB/s}");
const TO_THE_PRIMARY = setting("routing: primary");
const ONE_PRIMARY = setting("replication: async");
const NO_RETRIES = setting("client: {retries: {attempts: 1}}");
const RAFT = setting("replication: raft, failover: consensus");
/** Acknowledge only what a second region has, so that any heir has it. */
const SECOND_REGION: readonly Setting[] = [RAFT];
/** Keep or merge both of two concurrent versions. */
const KEEP_BOTH: readonly Setting[] = [setting("conflict: dotted-version-vectors", "active-active")];
/** Ask the current leader before a read is answered, or pass it on to him. */
const CONFIRMED_READS: readonly Setting[] = [
  setting("replication: raft, failover: consensus, consistency: linearizable"),
];
/** Show a session at least what it has written itself. */
const OWN_WRITES: readonly Setting[] = [];
const TOLD_CACHES = setting("caching: {use: lru, invalidation: true}", "active-active");
const BRIEF_CACHES = setting("caching: {use: ttl, lifetime: 5s}", "active-active");
const STATIC_CACHES = setting("caching: {use: ttl, answers: static}", "active-active");
const QUICK_MODEL = setting("storage: {apply: {rate: 5_000/s, workers: 4}}");
const NO_MODEL = setting("storage: {apply: {own: false}}");
const STRICT_QUORUMS = setting(
  "replication: {use: quorum, read: quorum, write: quorum, sloppy: false}",
  "active-active",
);
/** Know a retry by its operation and accept it once. */
const ONCE_ONLY: readonly Setting[] = [RAFT];

/** All that a remedy names. */
export const SETTINGS: readonly Setting[] = [
  ...[LEASE, NO_FAILOVER, EACH_COMMIT, BACKUPS, QUICK_RESTORE, TO_THE_PRIMARY, ONE_PRIMARY, NO_RETRIES],
  ...[TOLD_CACHES, BRIEF_CACHES, STATIC_CACHES, QUICK_MODEL, NO_MODEL, STRICT_QUORUMS],
  ...[SECOND_REGION, KEEP_BOTH, CONFIRMED_READS, OWN_WRITES, ONCE_ONLY].flat(),
];

/** " (a, or b)" of settings that do it, or that none here does. */
const by = (settings: readonly Setting[]): string =>
  settings.length === 0 ? " (no setting here does that)" : ` (${settings.map(({ text }) => text).join(", or ")})`;

/** A stale read: who answered it, and whose write it missed. */
export interface StaleTrouble {
  readonly kind: "stale";
  /** The region led when it answered, another one did, or the architecture has no leader. */
  readonly answeredBy: "leader" | "former leader" | "follower" | "nobody leads";
  /** What it answered from. */
  readonly from: AnswerSource;
  readonly isOwnWrite: boolean;
}
/** What went wrong with an operation, as far as a setting could have helped. */
export type Trouble = Cause | { readonly kind: "duplicate" } | StaleTrouble;

/** Which setting would have saved it, given what was chosen. Empty where there is nothing to say. */
export function remedyFor(trouble: Trouble, chosen: ScenarioFact | null): string {
  switch (trouble.kind) {
    case "asynchronous":
      return ofFailover(trouble.failover !== null, chosen);
    case "split-brain":
      return ofSplitBrain(chosen);
    case "power-cut":
      return chosen?.sync === "each-commit"
        ? `an acknowledgement that waits for a second region${by(SECOND_REGION)}: nothing that was acknowledged may be on one disk only.`
        : `${EACH_COMMIT.text} instead of ${chosen?.sync ?? "later syncs"}: it acknowledges only what is on the disk.`;
    case "disk-lost":
      return trouble.others.length > 0
        ? `${BACKUPS.text}, away from these regions: a second region had it, and no number of copies outlives the loss of all of them.`
        : `an acknowledgement that waits for a second region${by(SECOND_REGION)}: no setting of one disk outlives the disk.`;
    case "restore":
      return ofRestore(trouble.isAfterDeletion, chosen);
    case "deletion":
      return ofDeletion(chosen);
    case "conflict":
      return `one primary that orders the writes of a key (${ONE_PRIMARY.text}) instead of ${chosen?.replication ?? "several"}; or a conflict policy that keeps both${by(KEEP_BOTH)} instead of ${chosen?.conflict ?? "one winner"}.`;
    case "clock":
      return `an order that does not trust wall clocks: one primary (${ONE_PRIMARY.text}), or both versions kept${by(KEEP_BOTH)}; or clocks that are watched, and a region whose clock is off taken out.`;
    case "outage":
      return "nothing needs saving if the region comes back with its disk.";
    case "duplicate":
      return `a server that knows a retry by its operation${by(ONCE_ONLY)}; or no retry of what may have been accepted: ${NO_RETRIES.text}; or a compare-and-set, which fails the second time.`;
    case "stale":
      return ofStaleRead(trouble, chosen);
  }
}

function ofFailover(isFailover: boolean, chosen: ScenarioFact | null): string {
  const waits = `an acknowledgement that waits for a second region${by(SECOND_REGION)}, instead of ${chosen?.replication ?? "asynchronous"}: then whoever is promoted has it, at the price of a round trip a write`;
  if (!isFailover || chosen?.failover === "none") return `${waits}.`;
  return `${waits}; or ${NO_FAILOVER.text}: the users wait until the region is back, with the write on its disk.`;
}

function ofSplitBrain(chosen: ScenarioFact | null): string {
  const waits = `a commit that needs a second region${by(SECOND_REGION)}`;
  return chosen?.fencing === "lease"
    ? `${waits}: a lease ends on the primary's own clock, and what it acknowledges until then is not yet anywhere else.`
    : `${LEASE.text} instead of ${chosen?.fencing ?? "none"}: a primary that nobody can reach stops by itself before another one is promoted. ${waits.charAt(0).toUpperCase()}${waits.slice(1)} would have refused the write.`;
}

function ofRestore(isAfterDeletion: boolean, chosen: ScenarioFact | null): string {
  const pointInTime = chosen?.backups?.pointInTime ?? null;
  if (pointInTime === null)
    return `${BACKUPS.text}: with its log archived, a backup can be restored as of the moment before the damage, and not only as of the last full one${every(chosen)}.`;
  return isAfterDeletion
    ? `a restore that is called for and done sooner (${QUICK_RESTORE.text}): all that is written between the moment restored and the cut-over is lost with it.`
    : `${BACKUPS.text}, or a shorter interval still than now (${formatRounded(pointInTime)}): what is not archived yet is lost with the last disk.`;
}

function ofDeletion(chosen: ScenarioFact | null): string {
  return `${BACKUPS.text}${chosen?.backups == null ? "" : `, instead of full backups only${every(chosen)}`}: replication carries a deletion everywhere, and only a restore as of the moment before it brings the data back.`;
}

const every = (chosen: ScenarioFact | null): string =>
  chosen?.backups == null ? "" : `, every ${formatRounded(chosen.backups.interval)}`;

function ofStaleRead({ answeredBy, from, isOwnWrite }: StaleTrouble, chosen: ScenarioFact | null): string {
  if (from === "cache") return ofCache(chosen?.answers?.caching ?? null);
  if (from === "model")
    return `a projection that keeps up with the writes (${QUICK_MODEL.text}); or reads that the copy itself answers (${NO_MODEL.text}), at the price of what a read costs there.`;
  if (from === "past")
    return `a shorter interval${chosen?.answers?.asOf === undefined ? "" : ` than ${formatRounded(chosen.answers.asOf)}`}, which copies that are farther behind cannot keep; or reads that the current leader confirms${by(CONFIRMED_READS)} for what must be new.`;
  if (from === "others" && chosen?.answers?.gathered === true)
    return `reads and writes whose quorums have a copy in common, and no stand-ins for its owners (${STRICT_QUORUMS.text}): who then finds too few of them fails in place of answering.`;
  const own = isOwnWrite ? ` As it was the session's own write, one that remembers it would do${by(OWN_WRITES)}.` : "";
  const confirmed = `reads that the current leader confirms${by(CONFIRMED_READS)} instead of ${chosen?.consistency ?? "local"} ones`;
  switch (answeredBy) {
    case "leader":
      return `an acknowledgement that waits for a second region${by(SECOND_REGION)}: the leader itself lacked the write, so no way of reading would have found it.`;
    case "former leader":
      return `${confirmed}: the region had led, and answered without knowing what another one had accepted since.${own}`;
    case "follower":
      return chosen?.routing === "primary"
        ? `${confirmed}: the users were led to a region that does not lead, or not any more.${own}`
        : `${TO_THE_PRIMARY.text} instead of ${chosen?.routing ?? "the nearest region"}, so that the primary answers; or ${confirmed}.${own}`;
    case "nobody leads":
      return `one primary (${ONE_PRIMARY.text}, ${TO_THE_PRIMARY.text}) instead of ${chosen?.replication ?? "several"}: where every region accepts writes, each is behind the others.${own}`;
  }
}

function ofCache(caching: AnswersFact["caching"]): string {
  const brief = `answers that are kept for a shorter time (${BRIEF_CACHES.text})${caching?.lifetime == null ? "" : ` than ${formatRounded(caching.lifetime)}`}`;
  const fresh = `what must be fresh not kept at all (${STATIC_CACHES.text})`;
  return caching?.invalidation === true
    ? `${brief}, which bounds what word of a write that comes too late can do; or ${fresh}.`
    : `word of each write to the sites that keep answers (${TOLD_CACHES.text}); or ${brief}; or ${fresh}.`;
}
