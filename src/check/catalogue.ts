import type { RunRecord } from "../record/record.js";
import { rowsOf } from "../record/table.js";
import type { Micros } from "../units/time.js";
import { checkCausal } from "./causal/causal.js";
import { checkLinearizable } from "./linearizable/linearizable.js";
import type { ModelName } from "./linearizable/model.js";
import { checkConsistentPrefix } from "./replicas/consistent-prefix.js";
import { checkConvergence } from "./replicas/convergence.js";
import { checkDurability } from "./replicas/durability.js";
import { checkExactlyOnce } from "./replicas/exactly-once.js";
import { checkExternalOrder } from "./replicas/external-order.js";
import { checkLeaderPerTerm, checkOnePrimary } from "./replicas/leaders.js";
import { checkResidency } from "./replicas/residency.js";
import { checkSequential } from "./sequential/sequential.js";
import { checkMonotonicReads, checkReadYourWrites } from "./sessions/session-reads.js";
import { checkMonotonicWrites, checkWritesFollowReads } from "./sessions/session-writes.js";
import { contradictionIn } from "./soundness.js";
import { checkBoundedStaleness } from "./staleness/bounded-staleness.js";
import { type Verdict, undecided } from "./verdict.js";

/** What may be asked of the checkers; each takes what it knows. */
export interface CheckOptions {
  /** What the operations should have done; without it what their kinds suggest. */
  readonly model?: ModelName;
  readonly mostVersions?: number;
  /** In the record's clock. */
  readonly mostAge?: Micros;
  /** In the record's clock. */
  readonly quiet?: Micros;
}

/** What a record must have beside its operations. */
export type Need = "versions" | "replicas" | "roles";

export interface Checker {
  readonly name: string;
  readonly question: string;
  readonly needs: readonly Need[];
  /** Which options it takes. */
  readonly takes?: readonly (keyof CheckOptions)[];
  /** Without any of them it measures, and nothing is ever broken. */
  readonly measures?: true;
  readonly check: (record: RunRecord, options: CheckOptions) => Verdict;
}

export const CHECKERS: readonly Checker[] = [
  {
    name: "linearizable",
    question: "Does every operation seem to happen at one moment between its call and its return?",
    needs: [],
    takes: ["model"],
    check: (record, { model }) => checkLinearizable(record, model === undefined ? {} : { model }),
  },
  {
    name: "sequential",
    question: "Is there one order of all operations that every session agrees with? (small histories)",
    needs: [],
    takes: ["model"],
    check: checkSequential,
  },
  {
    name: "causal",
    question: "Does every session see causes before their effects, and concurrent writes in one order?",
    needs: [],
    check: (record) => checkCausal(record),
  },
  {
    name: "read-your-writes",
    question: "Does a session always see its own writes, or newer ones?",
    needs: [],
    check: checkReadYourWrites,
  },
  {
    name: "monotonic-reads",
    question: "Does a session never see an older version than it has seen?",
    needs: [],
    check: checkMonotonicReads,
  },
  {
    name: "monotonic-writes",
    question: "Does every replica have a session's writes in the order in which it made them?",
    needs: ["versions", "replicas"],
    check: checkMonotonicWrites,
  },
  {
    name: "writes-follow-reads",
    question: "Does every replica have a write only with what its session had read before?",
    needs: ["versions", "replicas"],
    check: checkWritesFollowReads,
  },
  {
    name: "consistent-prefix",
    question: "Does every replica always show what a first part of one sequence of writes leaves?",
    needs: ["versions", "replicas"],
    check: checkConsistentPrefix,
  },
  {
    name: "external-order",
    question: "Is a write that began after another had completed always taken for the newer one?",
    needs: ["versions"],
    check: checkExternalOrder,
  },
  {
    name: "bounded-staleness",
    question: "Is every read at most so many versions and so much time behind?",
    needs: [],
    takes: ["mostVersions", "mostAge"],
    measures: true,
    check: checkBoundedStaleness,
  },
  {
    name: "convergence",
    question: "Do all live replicas show the same at the end, of keys that were left alone?",
    needs: ["versions", "replicas"],
    takes: ["quiet"],
    check: checkConvergence,
  },
  {
    name: "durability",
    question: "Is every acknowledged write still there at the end, or replaced by a newer one?",
    needs: ["versions", "replicas"],
    check: checkDurability,
  },
  {
    name: "leader-per-term",
    question: "Did at most one region lead in each term?",
    needs: ["roles"],
    check: checkLeaderPerTerm,
  },
  {
    name: "one-primary",
    question: "Was at most one region at a time primary and not fenced off?",
    needs: ["roles"],
    check: checkOnePrimary,
  },
  {
    name: "residency",
    question: "Was every version only where its key's class may be?",
    needs: ["versions"],
    check: checkResidency,
  },
  {
    name: "exactly-once",
    question: "Did every operation take effect at most once?",
    needs: ["versions"],
    check: checkExactlyOnce,
  },
];

/** Runs a checker on a record that may lack what it needs, or contradict itself: then the verdict is unknown. */
export function runChecker(checker: Checker, record: RunRecord, options: CheckOptions = {}): Verdict {
  const contradiction = contradictionIn(record);
  if (contradiction !== null) return undecided(`the record contradicts itself: ${contradiction}; record it again`);
  const lacking = checker.needs.find((need) => !HAS[need](record));
  return lacking === undefined ? checker.check(record, options) : undecided(LACKS[lacking]);
}

export interface Judgement {
  readonly check: string;
  readonly verdict: Verdict;
}

/** Whether the record has the rows that the checker needs. */
export const applicable = ({ needs }: Checker, record: RunRecord): boolean => needs.every((need) => HAS[need](record));

/** Runs the checkers of these names, in the order of the catalogue; null for all that the record has the rows for. */
export function runCheckers(
  record: RunRecord,
  names: readonly string[] | null,
  options: CheckOptions = {},
): Judgement[] {
  return CHECKERS.filter((checker) =>
    names === null ? applicable(checker, record) : names.includes(checker.name),
  ).map((checker) => ({ check: checker.name, verdict: runChecker(checker, record, options) }));
}

/** A checker by its name, and what it is to go by. */
export interface Asked {
  readonly check: string;
  readonly options: CheckOptions;
}

/** Runs checkers, each by options of its own, in the order of the catalogue. */
export function runAsked(record: RunRecord, asked: readonly Asked[]): Judgement[] {
  return CHECKERS.flatMap((checker) =>
    asked
      .filter(({ check }) => check === checker.name)
      .map(({ check, options }) => ({ check, verdict: runChecker(checker, record, options) })),
  );
}

const HAS: Readonly<Record<Need, (record: RunRecord) => boolean>> = {
  versions: ({ versions }) => rowsOf(versions) > 0,
  replicas: ({ replicas }) => replicas !== 0,
  roles: ({ roles }) => rowsOf(roles) > 0,
};

const LACKS: Readonly<Record<Need, string>> = {
  versions: "the record does not say what its replicas showed; give one that Faultline recorded",
  replicas: "the record does not say which regions are replicas; give one that Faultline recorded",
  roles: "the record does not say who led, or nobody did",
};
