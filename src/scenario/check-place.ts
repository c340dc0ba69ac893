import { allPlaces } from "../topology/places.js";
import { meant } from "./check.js";
import type { Source } from "./source.js";

/**
 * A place of users is known, and named once: `taken` holds the names before it, and gets this one. `otherwise` is what to do
 * where no name is near.
 */
export function checkPlace(
  place: string,
  path: string,
  known: boolean,
  taken: Set<string>,
  source: Source,
  otherwise?: string,
): void {
  if (!known) {
    const close = meant(
      place,
      allPlaces().map(({ name }) => name),
    );
    source.errorAt(
      path,
      `no catalogue knows the place "${place}"`,
      "a city of `faultline list places`",
      close ?? otherwise,
    );
  }
  if (taken.has(place))
    source.errorAt(path, `"${place}" stands here for the second time`, "each place once", "add what is asked there up");
  taken.add(place);
}
