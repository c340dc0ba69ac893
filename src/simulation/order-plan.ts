import type { Micros } from "../units/time.js";
import type { FaultPlan, Plan } from "./plan.js";

/** What an operator orders. Regions are those of the plan; `NOBODY` for whom the failover controller would choose. */
export type Order =
  /** A planned hand-over, which loses nothing; with `force` as a failover from whoever leads. */
  | { readonly kind: "promote"; readonly to: number; readonly force: boolean }
  | { readonly kind: "failover"; readonly from: number; readonly to: number }
  | { readonly kind: "pause" | "resume" | "reset"; readonly region: number }
  /** A region that was no part of the system so far. */
  | { readonly kind: "add"; readonly region: number }
  /** A fault that somebody brings about on purpose, from the moment of the order on. */
  | { readonly kind: "fault"; readonly fault: FaultPlan };

/** An order and its moment: it comes after everything else that happens in the same microsecond. */
export interface ActionPlan {
  readonly at: Micros;
  /** Which entry of the scenario's list it comes from, and in the operator's words. */
  readonly entry: number;
  readonly label: string;
  readonly order: Order;
}

/** Faults that an operator brings about within the run, in the order of his actions. */
export const broughtFaults = ({ actions, duration }: Plan): FaultPlan[] =>
  (actions ?? []).flatMap(({ at, order }) => (order.kind === "fault" && at < duration ? [order.fault] : []));

/** Why an order is refused. */
export type Refused =
  /** By how the architecture is made, whenever it is given. */
  | "no-leader"
  | "follows"
  | "no-copy"
  | "asks-others"
  | "only-copy"
  | "fixed-members"
  | "kept-apart"
  | "kept-by-law"
  | "takes-no-writes"
  | "no-edge"
  | "lock-keepers"
  /** By how things stand, as the control plane believes. */
  | "silent"
  | "automation-paused"
  | "call-fails"
  | "busy"
  | "leads"
  | "fenced"
  | "leads-not"
  | "believed-down"
  | "leader-down"
  | "unheard"
  | "behind"
  | "replication-paused"
  | "added-already"
  /** What is so already: nothing is done. */
  | "paused-already"
  | "not-paused"
  | "no-candidate";

/** What the control plane has answered to an order. */
export interface Reply {
  readonly at: Micros;
  /** Null where the order is being carried out: what comes of it the regions have yet to report. */
  readonly refused: Refused | null;
  /** Whom it is about; who leads there, as is believed, and NOBODY where nobody does; by how many writes he is behind. */
  readonly region: number;
  readonly leader: number;
  readonly behind: number;
}
