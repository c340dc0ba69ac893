import { hasBit } from "../check/replicas/registers.js";
import { NIL, type RunRecord } from "../record/record.js";
import { formatMoment, formatRounded } from "../units/time.js";
import { type Cause, causeOf } from "./cause.js";
import type { Ledger } from "./ledger.js";
import { type Happening, isWriting, lifeOf } from "./life.js";
import { type Trouble, remedyFor } from "./remedies.js";
import { missedBy } from "./stale-reads.js";
import { VersionRows } from "./version-rows.js";
import { FateWords } from "./words.js";

/** The life of one operation, in words. */
export interface Story {
  readonly title: string;
  readonly life: readonly Happening[];
  /** What follows from it, sentence by sentence. */
  readonly findings: readonly string[];
  readonly decided: string;
  /** Empty when nothing had to be saved. */
  readonly remedy: string;
}

export function storyOf(ledger: Ledger, operation: number): Story {
  const teller = new Teller(ledger);
  return isWriting(ledger.record, operation) ? teller.write(operation) : teller.read(operation);
}

class Teller {
  private readonly record: RunRecord;
  private readonly rows: VersionRows;
  private readonly words: FateWords;

  constructor(private readonly ledger: Ledger) {
    this.record = ledger.record;
    this.rows = new VersionRows(this.record);
    this.words = new FateWords(this.record);
  }

  write(write: number): Story {
    const { record, words, ledger } = this;
    const fate = ledger.fateOf(write);
    const key = words.key(record.operations.key[write]!);
    const cause = fate === null ? null : causeOf(record, this.rows, write, fate);
    const twice = ledger.acceptances[write]! > 1;
    const trouble: Trouble | null = cause?.kind ?? (twice ? "duplicate" : null);
    return {
      title: `Write ${write} of ${key} by ${words.user(write)}: ${FATES[fate ?? "unacknowledged"]}${twice ? ", accepted more than once" : ""}.`,
      life: lifeOf(record, this.rows, words, write),
      findings: this.findings(write),
      decided: this.decided(cause, twice),
      remedy: trouble === null ? "" : remedyFor(trouble, record.scenario ?? null),
    };
  }

  read(read: number): Story {
    const { record, words } = this;
    const { operations } = record;
    const [call, end, result] = [operations.call[read]!, operations.return[read]!, operations.result[read]!];
    const region = words.region(operations.region[read]!);
    const missed = missedBy(record, read, this.rows);
    const asked: Happening = { time: call, text: `${words.user(read)} asks ${region} to read` };
    const life = [
      asked,
      { time: end, text: `it is shown ${words.version(result)}, ${formatRounded(end - call)} after asking` },
    ];
    const title = `Read ${read} of ${words.key(operations.key[read]!)} by ${words.user(read)}`;
    if (missed === NIL)
      return {
        title: `${title}: not stale.`,
        life,
        findings: [],
        decided: "It missed no acknowledged write.",
        remedy: "",
      };
    const told = lifeOf(record, this.rows, words, missed).map(
      ({ time, text, met }): Happening => ({ time, text: met === true ? text : `write ${missed}: ${text}` }),
    );
    return {
      title: `${title}: stale.`,
      life: [...told.filter(({ time }) => time <= end), ...life].toSorted((a, b) => a.time - b.time),
      findings: [
        `Write ${missed} was acknowledged ${formatRounded(call - operations.return[missed]!)} before the read began.`,
        this.arrival(missed, operations.region[read]!, end),
      ],
      decided: `${region} answered from its own copy, which write ${missed} had not reached.`,
      remedy: remedyFor("stale", record.scenario ?? null),
    };
  }

  private arrival(write: number, region: number, after: number): string {
    const { versions } = this.record;
    const row = this.rows.of(write).find((each) => versions.region[each] === region && versions.time[each]! > after);
    const name = this.words.region(region);
    if (row === undefined) return `${name} never had it afterwards.`;
    return `${name} had it ${formatRounded(versions.time[row]! - after)} after the read had its answer.`;
  }

  /** Where it never came, and who still has it. */
  private findings(write: number): string[] {
    const { record, words, rows, ledger } = this;
    const own = rows.of(write);
    if (own.length === 0) return ["No region ever accepted it."];
    const reached = new Set(own.map((row) => record.versions.region[row]!));
    const never = [...record.names.regions.keys()].filter((id) => hasBit(record.replicas, id) && !reached.has(id));
    const holders = ledger.holders(write);
    return [
      ...(never.length === 0 ? [] : [`It never came to ${words.regions(never)}.`]),
      holders.length === 0
        ? "At the end no region has it."
        : `At the end it is in the history of ${words.regions(holders)}.`,
    ];
  }

  private decided(cause: Cause | null, twice: boolean): string {
    const { words } = this;
    if (cause === null) return twice ? "A retry was accepted as if it were a new write." : "Nothing took it away.";
    switch (cause.kind) {
      case "asynchronous":
      case "split-brain":
        return this.decidedByFailover(cause);
      case "power-cut":
        return `${words.label(cause.fault.label)} at ${formatMoment(cause.fault.start)} cut the power of ${words.region(cause.region)} before the write was on its disk.`;
      case "disk-lost":
        return `${words.label(cause.fault.label)} at ${formatMoment(cause.fault.start)} took the disk of ${words.region(cause.region)}, and nobody else had the write.`;
      case "conflict":
        return `The conflict policy of ${words.region(cause.region)}, at ${formatMoment(cause.time)}: write ${cause.rival} won, which ${this.accepted(cause.rival)} without having seen this one.`;
      case "clock":
        return `The conflict policy of ${words.region(cause.region)}, at ${formatMoment(cause.time)}: write ${cause.rival} won, which ${this.accepted(cause.rival)}, and that was earlier: timestamps were wrong because of ${words.label(cause.fault.label)}.`;
      case "outage":
        return `${cause.fault === null ? "An outage" : words.label(cause.fault.label)}: whoever has it is down at the end.`;
    }
  }

  private accepted(write: number): string {
    const [row] = this.rows.of(write);
    if (row === undefined) return "nobody accepted";
    const { region, time } = this.record.versions;
    return `${this.words.region(region[row]!)} had accepted at ${formatMoment(time[row]!)}`;
  }

  private decidedByFailover({
    kind,
    failover,
    fault,
    region,
    time,
  }: Extract<Cause, { readonly failover: unknown }>): string {
    const { words } = this;
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
}

const FATES = {
  surviving: "surviving",
  superseded: "superseded",
  overwritten: "overwritten by a conflict",
  unavailable: "unavailable",
  lost: "lost",
  unacknowledged: "never acknowledged",
} as const;
