import { type Catalogue, choose } from "../policies/catalogue.js";
import { judges } from "./judging.js";
import type { Plan } from "./plan.js";

/** Why an operation failed: exactly one each, so the causes sum to the failures. 0 is success. */
export const OK = 0;
/** No answer in time, and nothing below explains it. */
export const TIMED_OUT = 1;
/** The connection was reset, or nobody serves there. */
export const REFUSED = 2;
/** A cached answer or a kept connection led to a region that the authoritative answer had given up. */
export const STALE_DNS = 3;
/** Shed by a full queue, or still waiting for a worker or for the copy's disk when time was up. */
export const OVERLOAD = 4;
/** The region contacted was down, or no message could reach it. */
export const UNREACHABLE = 5;
/** The region contacted does not lead (any more). */
export const NOT_PRIMARY = 6;
/** The primary must not write: an order to fence, an expired lease, a switchover under way. */
export const FENCED = 7;
/** The region answered by an error: a grey failure, or a copy whose host is dead. */
export const ERROR = 8;
/** The name of the service resolved to nothing. */
export const UNRESOLVED = 9;
/** The answer came, but without the data: somebody has deleted what the user once stored. */
export const DATA_MISSING = 10;

/** The client's circuit breaker was open: nothing was sent. */
export const CIRCUIT_OPEN = 11;

/** Too few replicas answered the one that was asked; or they had not when time was up, whatever kept them. */
export const NO_QUORUM = 12;

/** The copy that was asked was not good enough, and nobody else was to be asked; or it was not yet when time was up. */
export const TOO_STALE = 13;

/** The region contacted may not hold data of this class, and could not ask one that may. */
export const RESIDENCY = 14;

export const CAUSE_NAMES: readonly string[] = [
  "ok",
  "timeout",
  "refused",
  "stale_dns",
  "overload",
  "unreachable",
  "not_primary",
  "fenced",
  "error",
  "unresolved",
  "data_missing",
  "circuit_open",
  "no_quorum",
  "too_stale",
  "residency",
];

interface Planned {
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

/** Whether an operation of this plan can fail by the cause: some need a fault or a setting that is rare. */
export function canFail({ plan, catalogue }: Planned, cause: number): boolean {
  const { faults, client } = plan;
  if (cause === RESIDENCY) return plan.governance?.enforced === true;
  if (cause === TOO_STALE) return judges(plan, catalogue);
  if (cause === NO_QUORUM) return waitsForOthers(plan, catalogue);
  if (cause === DATA_MISSING) return faults.some(({ hardships }) => hardships.data?.kind === "deletion");
  return cause !== OK && (cause !== CIRCUIT_OPEN || client.breaker !== null);
}

/** Whether the replication refuses any operation, or keeps it waiting, for want of what other copies say. */
export function waitsForOthers({ policies }: Plan, catalogue: Catalogue): boolean {
  const { name, options } = policies.replication;
  const { gives, lacksQuorum } = choose("replication", name, catalogue);
  return gives.confirms === true || lacksQuorum?.(options) === true;
}
