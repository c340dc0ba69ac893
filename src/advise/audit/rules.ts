import type { Rule } from "./rule.js";
import { nMinusOne, retryBudget, zones } from "./rules/capacity.js";
import { lwwOnCounters, quorumHalts, wallClocks } from "./rules/consistency.js";
import { controllerFate, fencing, hairTrigger, vantagePoints } from "./rules/control-plane.js";
import { farUsers } from "./rules/distance.js";
import { backups, lagBound, rpoZero, semiSyncFallback } from "./rules/durability.js";
import { residencyGaps, residencySurvival } from "./rules/law.js";
import { bootTime, longTtl, noFailover, rtoBudget, staticStability } from "./rules/recovery.js";
import { lagAlert, transferBudget, untested } from "./rules/watching.js";

/** The deployment checklist and its pitfalls, in the order of the checklist: data, network, law and users, operations. */
export const RULES: readonly Rule[] = [
  ...[rpoZero, semiSyncFallback, lagBound, lwwOnCounters, wallClocks, quorumHalts],
  ...[rtoBudget, noFailover, bootTime, staticStability, longTtl, vantagePoints, hairTrigger, controllerFate, fencing],
  ...[residencyGaps, residencySurvival, farUsers],
  ...[nMinusOne, zones, retryBudget, backups, lagAlert, transferBudget, untested],
];

/** Policies of failover by which somebody is replaced, so that there is a way back. */
export const CONTROLLED: readonly string[] = ["automatic", "manual", "lock-service"];
