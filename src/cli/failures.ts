import { failureText } from "../plugins/words.js";
import type { FailedRun } from "../sweep/sweep.js";

/** Of so many runs all is said; the others are counted. */
const MOST_SHOWN = 20;

interface Replays {
  replayOne(architecture: string, seed: string): string;
}

/** What policies of the user's own have done wrong, by run, each with the command that shows it again. */
export function failureLines(failed: readonly FailedRun[], { replayOne }: Replays): string[] {
  if (failed.length === 0) return [];
  const lines = failed.slice(0, MOST_SHOWN).flatMap(({ architecture, seed, failure }) => {
    const [where, ...what] = failureText(failure).split(": ");
    return [
      `${where}: error: ${what.join(": ")}`,
      `  ended architecture ${architecture}, seed ${seed}; replay: ${replayOne(architecture, seed)}`,
    ];
  });
  const more = failed.length - MOST_SHOWN;
  const many = failed.length === 1 ? "1 run was" : `${failed.length} runs were`;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : []), `${many} ended by policies of your own`];
}
