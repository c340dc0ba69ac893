import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { formatDuration } from "../units/time.js";

/** By policy, its setting of how long a region is without a request until its fleet is shut down. */
const IDLE: Readonly<Record<string, string>> = { "idle-shutdown": "after", "target-utilisation": "shut_down_after" };

/**
 * Scaling that did nothing in any run, by architecture, for the notes of a result: what was asked for and had no effect is
 * said. Outcomes by seed and plan; null where there is none.
 */
export function stillFleets(plans: readonly Plan[], outcomes: readonly (readonly (Outcome | null)[])[]): string[] {
  return plans.flatMap(({ architecture, policies: { scaling } }, index) => {
    const runs = outcomes.flatMap((seed) => seed[index]?.scaled ?? []);
    if (runs.length === 0) return [];
    const notes: string[] = [];
    const idle = scaling.options[IDLE[scaling.name] ?? ""];
    if (typeof idle === "number" && Number.isFinite(idle) && runs.every(({ shutDowns }) => shutDowns === 0))
      notes.push(`in ${architecture} no region went ${formatDuration(idle)} without a request, so none was shut down`);
    if (scaling.name !== "idle-shutdown" && runs.every(({ changes }) => changes === 0))
      notes.push(`in ${architecture} scaling ${scaling.name} never changed the size of a fleet`);
    return notes;
  });
}
