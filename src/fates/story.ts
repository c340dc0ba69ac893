import { mayKeep } from "../check/replicas/registers.js";
import { NIL, type RunRecord, isAcceptance } from "../record/record.js";
import { type Micros, formatRounded } from "../units/time.js";
import { type Cause, causeOf } from "./cause.js";
import { decisionIn } from "./decision.js";
import type { Happening } from "./encounters.js";
import type { Ledger } from "./ledger.js";
import { isWriting, lifeOf } from "./life.js";
import { leaderAt } from "./losses.js";
import { type StaleTrouble, type Trouble, remedyFor } from "./remedies.js";
import { missedBy, servedWith } from "./stale-reads.js";
import type { VersionRows } from "./version-rows.js";
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
    this.rows = ledger.rows;
    this.words = new FateWords(this.record);
  }

  write(write: number): Story {
    const { record, words, ledger } = this;
    const fate = ledger.fateOf(write);
    const key = words.key(record.operations.key[write]!);
    const cause = fate === null ? null : causeOf(ledger, this.rows, write, fate);
    const twice = ledger.acceptances[write]! > 1;
    const trouble: Trouble | null = cause ?? (twice ? { kind: "duplicate" } : null);
    return {
      title: `Write ${write} of ${key} by ${words.user(write)}: ${FATES[fate ?? "unacknowledged"]}${twice ? ", accepted more than once" : ""}.`,
      life: lifeOf(record, this.rows, words, write, this.decidedAt(write, cause, twice)),
      findings: this.findings(write, cause),
      decided: cause === null ? this.undisputed(write, twice) : decisionIn(cause, record, this.rows, words, write),
      remedy: trouble === null ? "" : remedyFor(trouble, record.scenario ?? null),
    };
  }

  read(read: number): Story {
    const { record, words } = this;
    const { operations } = record;
    const [call, end, result] = [operations.call[read]!, operations.return[read]!, operations.value[read]!];
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
    const told = lifeOf(record, this.rows, words, missed, end).map(
      ({ time, text, met }): Happening => ({ time, text: met === true ? text : `write ${missed}: ${text}` }),
    );
    const trouble = this.staleTrouble(read, missed);
    return {
      title: `${title}: stale.`,
      life: [...told.filter(({ time }) => time <= end), ...life].toSorted((a, b) => a.time - b.time),
      findings: [
        `Write ${missed} was acknowledged ${formatRounded(call - operations.return[missed]!)} before the read began.`,
        this.arrival(missed, read),
        trouble.isOwnWrite ? "It is the session's own write." : "It is a write of another session.",
      ],
      decided: `${region} ${this.answering(read, missed, trouble)}.`,
      remedy: remedyFor(trouble, record.scenario ?? null),
    };
  }

  /** What the region answered with, and why that was not what it should have been. */
  private answering(read: number, missed: number, { from, answeredBy }: StaleTrouble): string {
    const { operations, scenario } = this.record;
    const result = operations.value[read]!;
    const version = result === NIL ? "that there was nothing" : this.words.version(result);
    switch (from) {
      case "copy":
        return `${ANSWERERS[answeredBy]} from its own copy, which write ${missed} had not reached`;
      case "others":
        return `answered with the newest that it was told by other copies, ${version}: none of those had write ${missed}`;
      case "model":
        return `answered from its read model, which still showed ${version}: write ${missed} was yet to be applied to it`;
      case "past":
        return `answered as of ${formatRounded(scenario!.answers!.asOf!)} before, when it showed ${version}: it came to show write ${missed} after that moment`;
      case "cache":
        return scenario?.answers?.caching?.invalidation === true
          ? `answered from its cache, which still kept ${version}: word of write ${missed} had not come yet, or had come before an older answer that was still on its way`
          : `answered from its cache, which still kept ${version} and is told of no write`;
    }
  }

  private staleTrouble(read: number, missed: number): StaleTrouble {
    const { operations, roles } = this.record;
    const region = operations.region[read]!;
    const end = operations.return[read]!;
    const leader = leaderAt(this.record, operations.key[read]!, end);
    const hasLed = roles.region.some((each, row) => each === region && roles.time[row]! <= end);
    const other = hasLed ? "former leader" : "follower";
    return {
      kind: "stale",
      answeredBy: leader === NIL ? "nobody leads" : leader === region ? "leader" : other,
      from: servedWith(this.record, read, this.rows).from,
      isOwnWrite: operations.session[read] !== NIL && operations.session[read] === operations.session[missed],
    };
  }

  private arrival(write: number, read: number): string {
    const { versions, operations } = this.record;
    const [region, end] = [operations.region[read]!, operations.return[read]!];
    const { to, from } = servedWith(this.record, read, this.rows);
    const name = this.words.region(region);
    const rows = this.rows.of(write).filter((each) => versions.region[each] === region);
    const before = rows.find((each) => each < to);
    if (from !== "copy" && before !== undefined)
      return `The copy of ${name} had it ${formatRounded(end - versions.time[before]!)} before the read had its answer.`;
    const row = rows.find((each) => each >= to);
    if (from === "cache" && row === undefined && this.rows.shownBy(region, operations.key[read]!).length === 1)
      return `${name} keeps no copy of the key.`;
    if (row === undefined) return `${name} never had it afterwards.`;
    const late = versions.time[row]! - end;
    return late > 0
      ? `${name} had it ${formatRounded(late)} after the read had its answer.`
      : `${name} had it when the answer was on its way already.`;
  }

  /** Where it never came, and who still has it. */
  private findings(write: number, cause: Cause | null): string[] {
    const { record, words, rows, ledger } = this;
    const own = rows.of(write);
    if (own.length === 0) return ["No region ever accepted it."];
    const reached = new Set(own.map((row) => record.versions.region[row]!));
    const never = [...record.names.regions.keys()].filter(
      (id) => mayKeep(record, id, record.operations.key[write]!) && !reached.has(id),
    );
    const holders = ledger.holders(write);
    const carrier = cause !== null && "carrier" in cause && cause.carrier !== write ? cause.carrier : null;
    return [
      ...(carrier === null
        ? []
        : [`Write ${carrier}, made on top of it by one who had seen it, was the last to hold it, and was lost too.`]),
      ...(never.length === 0 ? [] : [`It never came to ${words.regions(never)}.`]),
      holders.length === 0
        ? "At the end no region has it."
        : `At the end it is in the history of ${words.regions(holders)}.`,
    ];
  }

  private undisputed(write: number, twice: boolean): string {
    if (twice) return "A retry was accepted as if it were a new write.";
    return this.ledger.fateOf(write) === "lost" ? "The record does not tell what took it." : "Nothing took it away.";
  }

  /** When nothing could change any more; null where that is not one moment. */
  private decidedAt(write: number, cause: Cause | null, twice: boolean): Micros | null {
    const { versions } = this.record;
    if (cause?.kind === "deletion") return cause.restored?.time ?? cause.time;
    if (cause !== null) return "time" in cause ? cause.time : null;
    const last = this.rows.of(write).findLast((row) => isAcceptance(versions.what[row]!));
    return twice && last !== undefined ? versions.time[last]! : null;
  }
}

const ANSWERERS = {
  leader: "led, and answered",
  "former leader": "led no more, and answered",
  follower: "follows another region, and answered",
  "nobody leads": "answered",
} as const;

const FATES = {
  surviving: "surviving",
  superseded: "superseded",
  overwritten: "overwritten by a conflict",
  unavailable: "unavailable",
  lost: "lost",
  unacknowledged: "never acknowledged",
} as const;
