import { OK, type RunRecord } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import type { Digraph } from "../digraph.js";
import { Frontier, sessionsOf, walkSession } from "../sessions/sessions.js";
import { INITIAL, type Sources } from "../sources.js";

/**
 * Labels of edges: the session's order, and what was shown. Others that are positive name the read that demands that one
 * write is older than another; negative ones the replicas' row that says so (version-order.ts).
 */
export const IN_SESSION = 0x7fffffff;
export const WAS_SHOWN = 0x7ffffffe;
export const isCausal = (label: number): boolean => label === IN_SESSION || label === WAS_SHOWN;

/** The causal order is the closure of these edges: sessions, and from writes to those who were shown them. */
export interface CausalOrder {
  readonly record: RunRecord;
  readonly sources: Sources;
  /** Chains of operations that each precede the next; every operation that happened is in one, others in none (-1). */
  readonly chain: Int32Array;
  readonly chains: number;
}

/**
 * Adds the causal order to the graph, and, unless they are not wanted, the demands that need no clocks: what a session
 * itself knew of a key is older than what it is shown afterwards.
 */
export function causalOrder(record: RunRecord, sources: Sources, graph: Digraph, withDemands = true): CausalOrder {
  const { outcome, key } = record.operations;
  const chain = new Int32Array(rowsOf(record.operations)).fill(-1);
  const tails: number[] = [];
  for (const rows of sessionsOf(record)) {
    const session = new Frontier(record);
    const versions = new Map<number, Frontier>();
    walkSession(record, rows, {
      called: (row) => {
        if (outcome[row] !== OK && sources.happened[row] === 0) return;
        const before = session.latest;
        const follows = before.find((other) => tails[chain[other]!] === other);
        chain[row] = follows === undefined ? tails.length : chain[follows]!;
        tails[chain[row]!] = row;
        for (const other of before) graph.add(other, row, IN_SESSION);
        const source = sources.of[row]!;
        if (source < 0) return;
        graph.add(source, row, WAS_SHOWN);
        if (!withDemands) return;
        for (const other of versions.get(key[row]!)?.latest ?? []) {
          const known = sources.happened[other] === 1 ? other : sources.of[other]!;
          if (known >= 0 && known !== source) graph.add(known, source, row);
        }
      },
      returned: (row) => {
        session.returned(row);
        if (sources.happened[row] === 0 && sources.of[row]! < INITIAL) return;
        let frontier = versions.get(key[row]!);
        if (frontier === undefined) versions.set(key[row]!, (frontier = new Frontier(record)));
        frontier.returned(row);
      },
    });
  }
  return { record, sources, chain, chains: tails.length };
}
