import { greatCircleKm, vacuumFloor } from "./geography.js";
import type { Point } from "./places.js";

/** Why entanglement is no link: the no-communication theorem of quantum mechanics, and the speed of light. */
export const NOTHING_IS_INSTANT =
  "entangled pairs carry no message (the no-communication theorem): what is done at one end is known at the other no sooner than light gets there";

/** Names that a link without delay is given: the quantum ones, and a delay of nothing. */
export const soundsInstant = (name: string): boolean =>
  /quantum|entangle|instant|teleport|^0+(?:\.0+)?\s*(?:us|µs|ms|s)?$/i.test(name);

/** The two of them that are farthest apart, with the round trip of light between them, milliseconds; null below two. */
export function farthestApart<Named extends Point & { readonly name: string }>(
  sites: readonly Named[],
): { readonly from: string; readonly to: string; readonly light: number } | null {
  const pairs = sites.flatMap((from, index) =>
    sites.slice(index + 1).map((to) => ({ from: from.name, to: to.name, light: vacuumFloor(greatCircleKm(from, to)) })),
  );
  return pairs.reduce<(typeof pairs)[number] | null>(
    (longest, pair) => (longest === null || pair.light > longest.light ? pair : longest),
    null,
  );
}
