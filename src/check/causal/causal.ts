import type { RunRecord } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Digraph } from "../digraph.js";
import { sourcesOf } from "../sources.js";
import { thinAir, untoldVerdict } from "../thin-air.js";
import { type Verdict, holds, undecided } from "../verdict.js";
import { CONTRADICTING, addVersionEdges, isVersionOrder } from "../version-order.js";
import { type CausalOrder, causalOrder } from "./causal-order.js";
import { addConflictEdges } from "./clocks.js";
import { cycleVerdict, resetVerdict } from "./explain.js";
import { type Windowed, addDemands } from "./windows.js";

/** Operations times chains up to which clocks are the better way. */
const MOST_CLOCKED = 500_000_000;

/**
 * Is the history causally consistent? The condition is *causal convergence* (CCv in Bouajjani, Enea, Guerraoui and Hamza
 * 2017), which is causal consistency with one order of versions for all (Lloyd and others 2011: causal+): there is one
 * order of all writes that contains the causal order and agrees with what the replicas' rows say of versions, if there are
 * any, and every read shows, of the writes of its key in its causal past, the last. Whatever breaks plain causal
 * consistency breaks it too, and so does a session that is not shown its own writes, or goes back.
 *
 * What sessions know by themselves finds most violations at once. The rest is decided by clocks where sessions are few,
 * and by looking through the past of stale reads where they are many.
 */
export function checkCausal(record: RunRecord, mostClocked = MOST_CLOCKED): Verdict {
  const sources = sourcesOf(record);
  const nowhere = thinAir(record, sources);
  if (nowhere !== null) return nowhere;
  const graph = new Digraph(rowsOf(record.operations));
  const order = causalOrder(record, sources, graph);
  const agree = isVersionOrder(record);
  if (agree) addVersionEdges(record, graph);
  const sequence = graph.order();
  if (sequence === null) return cycleVerdict(order, graph);
  const isFew = order.chains * rowsOf(record.operations) <= mostClocked;
  const found = isFew ? byClocks(order, sequence, graph) : addDemands(order, graph);
  if (found.kind === "cycle") return cycleVerdict(order, graph);
  if (found.kind === "reset") return resetVerdict(order, graph, found.read, found.write);
  if (found.kind === "limit") return undecided(`${found.reason}; check a part of the history, by session or by time`);
  const measured = { chains: order.chains };
  if (!agree) return undecided(CONTRADICTING, measured);
  if (sources.untold.length > 0) return untoldVerdict(record, sources.untold, measured);
  return holds("one order of all writes explains what every session was shown", measured);
}

function byClocks(order: CausalOrder, sequence: Int32Array, graph: Digraph): Windowed {
  const clocked = addConflictEdges(order, sequence, graph);
  if (clocked.kind !== "done") return clocked;
  return { kind: graph.order() === null ? "cycle" : "explained" };
}
