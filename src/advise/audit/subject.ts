import { choose } from "../../policies/catalogue.js";
import type { Guarantees } from "../../policies/contract.js";
import { type ExpectedMetric, expectations } from "../../scenario/expectations.js";
import type { Scenario } from "../../scenario/scenario.js";
import { step } from "../../scenario/settings.js";
import { type GroupPlan, placementIn } from "../../simulation/placement-plan.js";
import { type Plan, serves } from "../../simulation/plan.js";
import { SECOND } from "../../units/time.js";

/** One architecture under audit: its plan, with what several rules ask of it. */
export interface Subject {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly groups: readonly GroupPlan[];
  readonly gives: Guarantees;
  /** Microseconds within which users are promised to be back, and for which writes may be lost; null where nothing is. */
  readonly rto: number | null;
  readonly rpo: number | null;
  /** The path of a setting of this architecture, or of what all share. */
  at(path: string): string;
  name(region: number): string;
}

export function subjectOf(scenario: Scenario, plan: Plan): Subject {
  const promised = expectations(scenario).filter(({ architecture }) => architecture === plan.architecture);
  const bounds = (metric: string): number[] =>
    promised.flatMap((each) => (each.kind === "metric" && each.metric === metric ? upperBound(each) : []));
  const least = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values));
  const nothingLost = bounds("lost_acknowledged_writes").includes(0);
  const rpo = least(bounds("rpo_seconds"));
  const rto = least(bounds("rto_seconds"));
  return {
    scenario,
    plan,
    groups: placementIn(plan).groups,
    gives: choose("replication", plan.policies.replication.name, scenario.policies).gives,
    rto: rto === null ? null : rto * SECOND,
    rpo: nothingLost ? 0 : rpo === null ? null : rpo * SECOND,
    at: (path) => `architectures.${step(plan.architecture)}.${path}`,
    name: (region) => plan.regions[region]!.name,
  };
}

/** What the value may be at most; nothing where another architecture says so, or it may be more. */
function upperBound({ claim, against }: ExpectedMetric): number[] {
  const isUpper = claim.operator === "<=" || claim.operator === "<" || claim.operator === "==";
  return isUpper && claim.how !== "sometimes" && against === null && claim.bound !== null ? [claim.bound] : [];
}

/** Regions that users are led to. */
export const servingRegions = ({ regions }: Plan): number[] =>
  regions.flatMap((region, id) => (serves(region) && region.drained !== true ? [id] : []));

/** Who may lead at the start: of each group of keys. */
export const leadersOf = ({ groups }: Subject): number[] => [
  ...new Set(groups.flatMap(({ primary }) => (primary < 0 ? [] : [primary]))),
];

/** Whether some controller replaces a leader that looks dead: elections need none. */
export const hasController = ({ plan }: Subject): boolean =>
  plan.policies.failover.name !== "none" && plan.policies.failover.name !== "consensus";
