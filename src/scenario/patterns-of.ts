import { hyphenated } from "./expand.js";
import type { Scenario } from "./scenario.js";

/** By architecture, the pattern that it began as; those that name none are left out. */
export const patternsOf = ({ raw }: Scenario): ReadonlyMap<string, string> =>
  new Map(
    [...raw.architectures!].flatMap(([name, architecture]) =>
      architecture?.pattern === undefined ? [] : [[name, hyphenated(architecture.pattern)] as const],
    ),
  );
