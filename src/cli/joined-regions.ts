import { clock } from "../console/layout.js";
import type { Joined, Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { formatBytes } from "../units/format.js";
import { SECOND } from "../units/time.js";

/** Regions that were added, by architecture, for the notes of a result: how far they came, and when. Outcomes by seed and plan. */
export function joinedRegions(plans: readonly Plan[], outcomes: readonly (readonly (Outcome | null)[])[]): string[] {
  return plans.flatMap(({ architecture }, index) => {
    const runs = outcomes.flatMap((seed) => seed[index]?.joined ?? []);
    const names = [...new Set(runs.map(({ region }) => region))];
    return names.flatMap((name) => {
      const all = runs.filter(({ region, ordered }) => region === name && ordered !== null);
      if (all.length === 0) return [];
      const serving = all.flatMap(({ serves }) => serves ?? []);
      const often = serving.length === all.length ? "" : ` in ${serving.length} of ${all.length} seeds`;
      const led =
        serving.length === 0
          ? "until the end nobody is led there"
          : `users are led there${often} from ${span(serving)} on`;
      return [`in ${architecture} ${name}, added at ${clock(all[0]!.ordered!)}, ${stages(all)}; ${led}`];
    });
  });
}

/** The boot and the copy, as far as all runs have come. */
function stages(all: readonly Joined[]): string {
  const up = all.flatMap(({ up }) => up ?? []);
  const admitted = all.flatMap(({ admitted }) => admitted ?? []);
  if (up.length === 0) return "never has an instance up";
  const first = `has its first instance up at ${span(up)}`;
  if (admitted.length > 0) return `${first} and all that it needs at ${span(admitted)}`;
  const [copy] = all.flatMap((each) => each.copy ?? []);
  const sent =
    copy === undefined ? "" : `: ${formatBytes(copy.sent)} of ${formatBytes(copy.whole)} had been sent there`;
  return `${first} and is never level${sent}`;
}

/** "6m56s", or what it is between in several seeds. */
function span(moments: readonly number[]): string {
  const [least, most] = [Math.min(...moments), Math.max(...moments)].map((each) =>
    clock(Math.round(each / SECOND) * SECOND),
  );
  return least === most ? least! : `${least} to ${most}`;
}
