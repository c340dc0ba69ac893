import type { Somewhere } from "../topology/paths.js";
import { type PlaceFacts, placeFacts, regionFacts } from "../topology/places.js";
import type { RawScenario } from "./format.js";

/** A region or a users' place of a scenario, where on earth it is. */
export interface Place extends Somewhere {
  readonly utcOffset: number;
}

export function regionSites(raw: RawScenario): Somewhere[] {
  return [...(raw.topology?.regions ?? [])].map(([name, region]) => {
    const at = region?.at as [number, number] | undefined;
    const facts = regionFacts(name);
    return {
      name,
      continent: region?.continent ?? facts?.continent ?? "",
      latitude: at?.[0] ?? facts?.latitude ?? 0,
      longitude: at?.[1] ?? facts?.longitude ?? 0,
    };
  });
}

/** Those regions of which somebody says where they are, before the checks have said that all must be. */
export const locatedRegions = (raw: RawScenario): Somewhere[] =>
  regionSites(raw).filter(
    ({ name }) => raw.topology?.regions?.get(name)?.at !== undefined || regionFacts(name) !== undefined,
  );

/** Hours ahead of UTC that a place keeps that no catalogue knows. */
export const solarTime = (longitude: number): number => Math.round(longitude / 15);

export function placeSites(raw: RawScenario): Place[] {
  return (raw.users ?? []).flatMap((user) => {
    if (user?.place === undefined) return [];
    const at = user.at as [number, number] | undefined;
    const facts: PlaceFacts | undefined = placeFacts(user.place);
    const longitude = at?.[1] ?? facts?.longitude ?? 0;
    return [
      {
        name: user.place,
        continent: facts?.continent ?? "",
        latitude: at?.[0] ?? facts?.latitude ?? 0,
        longitude,
        utcOffset: user.utc_offset ?? facts?.utcOffset ?? solarTime(longitude),
      },
    ];
  });
}
