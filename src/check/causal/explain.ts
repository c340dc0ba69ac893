import { NIL } from "../../record/record.js";
import type { Digraph, Edge, Label } from "../digraph.js";
import { type Verdict, violated } from "../verdict.js";
import { versionOfLabel } from "../version-order.js";
import { Words } from "../words.js";
import { type CausalOrder, IN_SESSION, WAS_SHOWN, isCausal } from "./causal-order.js";

const MOST_SAID = 8;

/** What the edges of a cycle say, and the operations without which they could not be drawn. */
export function cycleVerdict({ record, sources }: CausalOrder, graph: Digraph): Verdict {
  const words = new Words(record);
  const cycle = graph.cycle()!;
  const isDemand = (label: Label): boolean => label >= 0 && !isCausal(label);
  const demands = cycle.filter(({ label }) => isDemand(label));
  const evidence = cycle.flatMap((edge) => {
    if (!isDemand(edge.label)) return [edge.from, edge.to];
    const read = edge.label;
    return [edge.from, edge.to, read, ...rowsAlong(graph.path(edge.from, read, isCausal) ?? [])];
  });
  const said = cycle.slice(0, MOST_SAID).map((edge) => edgeWords(words, edge));
  const more = cycle.length > said.length ? `; and ${cycle.length - said.length} steps more back to the first` : "";
  const sessions = new Set(demands.map(({ label }) => words.session(label)));
  const isOfCauses = cycle.every(({ label }) => isCausal(label));
  const reason = isOfCauses
    ? "causes and effects go in a circle"
    : demands.length === 0
      ? "a replica took an effect for older than its cause"
      : demands.length === 1 || sessions.size === 1
        ? "a session was shown a version although it knew of a newer one"
        : "sessions were shown the same versions in different orders";
  const shown = demands.map(({ label }) => sources.of[label]!).filter((row) => row >= 0);
  return violated(reason, `${words.capital(reason)}: ${said.join("; ")}${more}.`, [...evidence, ...shown], {
    cycle_length: cycle.length,
  });
}

/** A read of the initial value although a write of its key was in its causal past. */
export function resetVerdict({ record }: CausalOrder, graph: Digraph, read: number, write: number): Verdict {
  const words = new Words(record);
  const path = graph.path(write, read, isCausal)!;
  const said = path.slice(0, MOST_SAID).map((edge) => edgeWords(words, edge));
  return violated(
    "a session was shown nothing although it knew of a write",
    `${words.capital(words.told(read))} although it knew of the ${words.deed(write)}: ${said.join("; ")}.`,
    [read, write, ...rowsAlong(path)],
    { cycle_length: path.length + 1 },
  );
}

const rowsAlong = (path: readonly Edge[]): number[] => path.flatMap(({ from, to }) => [from, to]);

function edgeWords(words: Words, { from, to, label }: Edge): string {
  if (label === IN_SESSION) return `${words.told(from)}, and then ${words.told(to)}`;
  if (label === WAS_SHOWN) return `${words.told(to)}, which ${words.session(from)} wrote (${words.interval(from)})`;
  const row = versionOfLabel(label);
  if (row !== NIL) return words.versionRow(row) + words.besides(row);
  return `${words.told(label)} although it knew of the ${words.deed(from)}, so that is the older one`;
}
