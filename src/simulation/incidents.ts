import type { FaultPlan } from "./plan.js";

/** A maximal set of faults whose intervals overlap: what people call one incident. */
export interface IncidentSpan {
  readonly start: number;
  readonly end: number;
  readonly faults: readonly number[];
}

export function incidentsOf(faults: readonly FaultPlan[]): readonly IncidentSpan[] {
  const order = faults.map((_, index) => index).toSorted((a, b) => faults[a]!.at - faults[b]!.at || a - b);
  const spans: { start: number; end: number; faults: number[] }[] = [];
  for (const index of order) {
    const { at, until } = faults[index]!;
    const open = spans.at(-1);
    if (open === undefined || at > open.end) spans.push({ start: at, end: until, faults: [index] });
    else {
      open.end = Math.max(open.end, until);
      open.faults.push(index);
    }
  }
  return spans;
}

/** The incident that had begun last at `time`, -1 before the first. */
export function incidentAt(incidents: readonly IncidentSpan[], time: number): number {
  let last = -1;
  while (last + 1 < incidents.length && incidents[last + 1]!.start <= time) last++;
  return last;
}
