import type { FaultPlan, Plan } from "./plan.js";

/** The faults that begin at one instant: what recovery is measured from. Those that begin later are incidents of their own. */
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
    if (open === undefined || at > open.start) spans.push({ start: at, end: until, faults: [index] });
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

/** For each region, in order, the incidents that could keep its copy from the others: it was dark, or a path to them was bad. */
export function incidentsByRegion(plan: Plan, incidents: readonly IncidentSpan[]): readonly (readonly number[])[] {
  const regions = plan.regions.length;
  const sites = regions + plan.places.length;
  const struck: number[][] = plan.regions.map(() => []);
  const darkUntil = new Float64Array(regions);
  for (const [incident, { start, faults }] of incidents.entries()) {
    const here = new Set<number>();
    for (const index of faults) {
      const { hardships, links, until, ...fault } = plan.faults[index]!;
      // What is deleted is deleted everywhere.
      if (hardships.data !== null) for (const region of plan.regions.keys()) here.add(region);
      const between = links.map((link) => [Math.floor(link / sites), link % sites] as const);
      const paths = between.filter(([from, to]) => from < regions && to < regions).flat();
      // To a region that is dark already a bad path does nothing more.
      if (hardships.link !== null) for (const region of paths) if (darkUntil[region]! <= start) here.add(region);
      const { region: inRegion } = hardships;
      if (inRegion === null || !(inRegion.dark || inRegion.hostDead || inRegion.hostPaused || inRegion.zones !== 0))
        continue;
      for (const region of fault.regions) {
        here.add(region);
        darkUntil[region] = Math.max(darkUntil[region]!, until);
      }
    }
    for (const region of here) struck[region]!.push(incident);
  }
  return struck;
}
