import type { RunRecord } from "../record/record.js";
import { formatMoment } from "../units/time.js";
import type { Cause } from "./cause.js";
import type { VersionRows } from "./version-rows.js";
import type { FateWords } from "./words.js";

/** Who decided the fate of a write, in a sentence or two. */
export function decisionIn(
  cause: Cause,
  record: RunRecord,
  rows: VersionRows,
  words: FateWords,
  write: number,
): string {
  switch (cause.kind) {
    case "asynchronous":
    case "split-brain":
      return byFailover(cause, words);
    case "power-cut":
    case "disk-lost":
      return byFault(cause, words);
    case "restore":
      return `The restore at ${formatMoment(cause.time)}: every copy was given up for the backup as of ${formatMoment(cause.restored.asOf ?? 0)}, which does not have it.`;
    case "deletion":
      return byDeletion(cause, words, write);
    case "conflict":
      return `The conflict policy of ${words.region(cause.region)}, at ${formatMoment(cause.time)}: write ${cause.rival} won, which ${accepted(cause.rival, record, rows, words)} without having seen this one.`;
    case "clock":
      return `The conflict policy of ${words.region(cause.region)}, at ${formatMoment(cause.time)}: write ${cause.rival} won, which ${accepted(cause.rival, record, rows, words)}, and that was earlier: timestamps were wrong because of ${words.label(cause.fault.label)}.`;
    case "outage":
      return `${cause.fault === null ? "An outage" : words.label(cause.fault.label)}: whoever has it is down at the end.`;
  }
}

function accepted(write: number, { versions }: RunRecord, rows: VersionRows, words: FateWords): string {
  const [row] = rows.of(write);
  if (row === undefined) return "nobody accepted";
  return `${words.region(versions.region[row]!)} had accepted at ${formatMoment(versions.time[row]!)}`;
}

type Of<Kind extends Cause["kind"]> = Extract<Cause, { readonly kind: Kind }>;

function byFailover(
  { kind, failover, fault, region, time }: Of<"asynchronous" | "split-brain">,
  words: FateWords,
): string {
  const name = words.region(region);
  const because = fault === null ? "" : `, because of ${words.label(fault.label)} at ${formatMoment(fault.start)}`;
  if (failover === null)
    return `${name} gave it up at ${formatMoment(time)}, to follow a log that did not have it${because}.`;
  const chose = `The ${failover.planned ? "switchover" : "failover"} at ${formatMoment(failover.end)}${because}: it promoted ${words.region(failover.to)}, which did not have the write.`;
  const undone = `${name} gave it up at ${formatMoment(time)}, when it came back into line.`;
  return kind === "split-brain"
    ? `${chose} ${name} went on accepting after it was cut off. ${undone}`
    : `${chose} ${undone}`;
}

function byFault({ kind, fault, region, others }: Of<"power-cut" | "disk-lost">, words: FateWords): string {
  const name = words.region(region);
  const when = `${words.label(fault.label)} at ${formatMoment(fault.start)}`;
  const together = others.filter((other) => other.fault === fault).map((other) => other.region);
  const apart = others.filter((other) => other.fault !== fault);
  const them = words.regions([...together, region]);
  const alone = others.length === 0 ? ", and nobody else had the write" : "";
  const did =
    kind === "disk-lost"
      ? `took ${together.length > 0 ? `the disks of ${them}, which had it` : `the disk of ${name}${alone}`}`
      : `cut the power of ${them} before the write was on ${together.length > 0 ? "their disks" : "its disk"}`;
  return [`${when} ${did}.`, ...apart.map((other) => otherLoss(other, name, words))].join(" ");
}

function otherLoss(
  { region, time, by, fault }: Of<"power-cut" | "disk-lost">["others"][number],
  leader: string,
  words: FateWords,
): string {
  const name = words.region(region);
  if (fault !== null)
    return `${name}, which had it too, lost it at ${formatMoment(time)} by ${words.label(fault.label)}.`;
  if (by === "restore") return `${name} had it until the restore at ${formatMoment(time)}.`;
  return `${name}, which had it, gave it up at ${formatMoment(time)} to follow the log of ${leader}.`;
}

function byDeletion({ deletion, time, fault, restored }: Of<"deletion">, words: FateWords, write: number): string {
  const what = fault === null ? "An operator" : `${words.label(fault.label)}: an operator`;
  const told = `${what} deleted the key at ${formatMoment(time)} (write ${deletion}), and replication carried that to every copy.`;
  if (restored === null) return `${told} Nothing brought write ${write} back.`;
  return `${told} The backup restored at ${formatMoment(restored.time)}, as of ${formatMoment(restored.asOf ?? 0)}, did not have it either.`;
}
