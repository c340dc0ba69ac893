import type { Expanded } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import type { Cell } from "./groups.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** Regions to which no user is led have to leave one that serves, and a primary to which all are led is none of them. */
export function checkDrained(
  cells: readonly Cell[],
  expanded: Expanded,
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const regions = [...scenario.topology!.regions!.keys()];
  const drained = new Set(raw.drained);
  if (drained.size === 0 || regions.every((name) => drained.has(name))) return;
  const at = `${path}.drained`;
  if (raw.primary !== undefined && drained.has(raw.primary) && expanded.policy("routing") === "primary")
    source.errorAt(
      at,
      `${raw.primary} is drained, and routing primary leads every user to it, the primary`,
      "another primary, or another routing",
      "choose routing: latency, with misdirected: forward, or take it away",
    );
  const left = ledTo(cells, expanded, scenario).filter((name) => !drained.has(name));
  if (left.length === 0)
    source.errorAt(
      at,
      "every region that could serve is drained, so nobody serves",
      "one region or more that is not",
      "take one away",
    );
}

/** Where users may be led, were nothing drained. */
function ledTo(cells: readonly Cell[], expanded: Expanded, scenario: RawScenario): string[] {
  const routing = expanded.policy("routing");
  const regions = [...scenario.topology!.regions!.keys()];
  if (routing === "failover-order") return [...(expanded.names("routing.regions") ?? regions)];
  const isWeighed =
    routing === "weighted" && [...expanded.all.keys()].some((key) => key.startsWith("routing.weights."));
  const coordinates = expanded.catalogue.replication[expanded.policy("replication")]?.gives.coordinates === true;
  return regions.filter((name, region) => {
    if (isWeighed) return ((expanded.get(`routing.weights.${step(name)}`) as number | undefined) ?? 0) > 0;
    const isEdge = scenario.topology!.regions!.get(name)?.tier === "edge";
    return coordinates || isEdge || cells.some(({ holders }) => holders.includes(region));
  });
}
