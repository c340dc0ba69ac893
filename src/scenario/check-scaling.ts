import { optionsOf } from "./compile-options.js";
import type { Expanded } from "./expand.js";
import type { RawScenario } from "./format.js";
import type { Source } from "./source.js";

/**
 * What the chosen scaling has against its own options. A fleet of its own making is asked for as well, so that a policy of
 * the user's own that cannot tell is told of here, with its place.
 */
export function checkScaling(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const scaling = expanded.catalogue.scaling[expanded.policy("scaling")];
  if (scaling === undefined) return;
  const options = optionsOf("scaling", expanded, []);
  for (const { option, message, expected, hint } of [scaling.check?.(options) ?? []].flat()) {
    const at = [`${path}.scaling.${option}`, `${path}.scaling`].find((each) => source.has(each)) ?? path;
    source.errorAt(at, message, expected, hint);
  }
  for (const region of scenario.topology?.regions?.values() ?? [])
    scaling.fleet?.(options, { instances: region?.instances ?? 1, workers: region?.workers ?? 1 });
}
