import type { RunRecord } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Digraph } from "../digraph.js";
import { sourcesOf } from "../sources.js";
import { thinAir, untoldVerdict } from "../thin-air.js";
import { type Verdict, holds, undecided } from "../verdict.js";
import { CONTRADICTING, addVersionEdges, isVersionOrder } from "../version-order.js";
import { causalOrder } from "./causal-order.js";
import { CLOCK_LIMITS, type ClockLimits, addConflictEdges } from "./clocks.js";
import { cycleVerdict, resetVerdict } from "./explain.js";
import { isCausalReplication } from "./replication.js";

/**
 * Is the history causally consistent? The condition is *causal convergence* (CCv in Bouajjani, Enea, Guerraoui and Hamza
 * 2017), which is causal consistency with one order of versions for all (Lloyd and others 2011: causal+): there is one
 * order of all writes that contains the causal order and agrees with what the replicas' rows say of versions, if there are
 * any, and every read shows, of the writes of its key in its causal past, the last. Whatever breaks plain causal
 * consistency breaks it too, and so does a session that is not shown its own writes, or goes back.
 *
 * In this order: what sessions know by themselves, which finds most violations in near-linear time; whether the replicas
 * show that they replicated causally; at last clocks, which decide everything within their limits.
 */
export function checkCausal(record: RunRecord, limits: ClockLimits = CLOCK_LIMITS): Verdict {
  const sources = sourcesOf(record);
  const nowhere = thinAir(record, sources);
  if (nowhere !== null) return nowhere;
  const graph = new Digraph(rowsOf(record.operations));
  const order = causalOrder(record, sources, graph);
  const agree = isVersionOrder(record);
  if (agree) addVersionEdges(record, graph);
  const sequence = graph.order();
  if (sequence === null) return cycleVerdict(order, graph);
  const measured = { chains: order.chains };
  if (sources.untold.length === 0 && isCausalReplication(order)) {
    return holds("the order in which replicas received and showed versions explains it", measured);
  }
  const clocked = addConflictEdges(order, sequence, graph, limits);
  if (clocked.kind === "reset") return resetVerdict(order, graph, clocked.read, clocked.write);
  if (clocked.kind === "limit")
    return undecided(`${clocked.reason}; check a part of the history, by session or by time`);
  if (graph.order() === null) return cycleVerdict(order, graph);
  if (!agree) return undecided(CONTRADICTING, measured);
  if (sources.untold.length > 0) return untoldVerdict(record, sources.untold, measured);
  return holds("one order of all writes explains what every session was shown", measured);
}
