import { NIL, REPLACED, type RunRecord, isBeside, isShownOver } from "../record/record.js";
import { rowsOf } from "../record/table.js";
import { Digraph, type Label } from "./digraph.js";

/** Labels of edges that come from rows of versions are negative: which row. */
export const labelOfVersion = (row: number): Label => -1 - row;
export const versionOfLabel = (label: Label): number => (label < 0 ? -1 - label : NIL);

/**
 * What the replicas say about the order of versions: one that replaced another is newer than it, and one that came and
 * was not shown is older than the one that was. What a rewind or a whole copy puts in place says nothing, and nothing what
 * stands side by side.
 */
export function addVersionEdges({ versions }: RunRecord, graph: Digraph): void {
  const { what, write, previous } = versions;
  for (let row = 0; row < what.length; row++) {
    if (previous[row] === NIL || previous[row] === write[row]) continue;
    if (isShownOver(what[row]!)) graph.add(previous[row]!, write[row]!, labelOfVersion(row));
    else if (isBeside(what[row]!) || what[row] === REPLACED)
      graph.add(write[row]!, previous[row]!, labelOfVersion(row));
  }
}

/** Whether any order of versions agrees with what all replicas say. */
export function isVersionOrder(record: RunRecord): boolean {
  const graph = new Digraph(rowsOf(record.operations));
  addVersionEdges(record, graph);
  return graph.order() !== null;
}

export const CONTRADICTING = "the replicas showed versions of one key in orders that contradict each other";

/**
 * The place of each operation in one order of all versions that every replica agrees with, in order of calls where none
 * of them says; null when they contradict each other.
 */
export function versionRanks(record: RunRecord): Int32Array | null {
  const graph = new Digraph(rowsOf(record.operations));
  addVersionEdges(record, graph);
  const order = graph.order();
  if (order === null) return null;
  const ranks = new Int32Array(order.length);
  order.forEach((row, rank) => {
    ranks[row] = rank;
  });
  return ranks;
}
