import type { Level } from "./format.js";

/** A pattern with its replication: what is combined with regions, a primary and a consistency. */
export interface Form {
  /** As a table names it. */
  readonly name: string;
  /** Of the catalogue of architectures; absent where policies are composed without one. */
  readonly pattern?: string;
  readonly replication: "async" | "semi-sync" | "raft" | "quorum" | "multi-primary";
  /** Whether one region leads at the start. */
  readonly led: boolean;
  /** Whether users are led to it, or to the nearest region. */
  readonly routing: "primary" | "latency";
  /** What its reads can show; the first is the least. */
  readonly levels: readonly Level[];
  readonly least: number;
  readonly most: number;
  /** Share of a standby's full fleet that runs before it is promoted. */
  readonly standing: number;
}

const MANY = Number.POSITIVE_INFINITY;
/** Reads at the one primary show the latest whatever they ask for. */
const AT_THE_PRIMARY: readonly Level[] = ["strong"];

const standby = (pattern: string, standing: number, least = 2, most = MANY): Form => ({
  ...{ name: pattern, pattern, replication: "async", led: true, routing: "primary" },
  ...{ levels: AT_THE_PRIMARY, least, most, standing },
});

/** With a second standby, since the first one to be promoted needs another that confirms its writes. */
const confirmed = (form: Form): Form => ({
  ...form,
  ...{ name: `${form.name}, semi-sync`, replication: "semi-sync", least: 3 },
  levels: form.levels.filter((level) => level !== "session"),
});

const readReplicas: Form = {
  ...standby("read-replicas", 1),
  routing: "latency",
  levels: ["eventual", "session", "strong"],
};

export const FORMS: readonly Form[] = [
  standby("single-region", 1, 1, 1),
  standby("backup-and-restore", 0, 2, 2),
  ...[standby("pilot-light", 0), standby("warm-standby", 0.3), standby("active-passive", 1), readReplicas].flatMap(
    (form) => [form, confirmed(form)],
  ),
  {
    ...{ name: "geo-partitioned", pattern: "geo-partitioned", replication: "async", led: false, routing: "latency" },
    ...{ levels: ["eventual", "strong"], least: 2, most: MANY, standing: 1 },
  },
  {
    ...{
      name: "active-active",
      pattern: "active-active",
      replication: "multi-primary",
      led: false,
      routing: "latency",
    },
    ...{ levels: ["eventual", "session"], least: 2, most: MANY, standing: 1 },
  },
  {
    ...{ name: "consensus", replication: "raft", led: true, routing: "latency" },
    ...{ levels: ["eventual", "strong"], least: 3, most: MANY, standing: 1 },
  },
  {
    ...{ name: "quorum", replication: "quorum", led: false, routing: "latency" },
    ...{ levels: ["eventual", "strong"], least: 3, most: MANY, standing: 1 },
  },
];

const FAMILIES = new Map(FORMS.map((form) => [form, form.name.split(",")[0]!]));

/** The pattern's own name, whatever its replication. */
export const familyOf = (form: Form): string => FAMILIES.get(form)!;
