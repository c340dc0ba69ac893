import { parseCsv } from "./csv.js";
import { CITIES } from "./data/cities.js";
import { REGIONS } from "./data/regions.js";

/** Degrees north and east. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface RegionFacts extends Point {
  readonly provider: string;
  readonly name: string;
  readonly place: string;
  readonly country: string;
  readonly continent: string;
  readonly jurisdiction: string;
  readonly zones: number;
}

export interface PlaceFacts extends Point {
  readonly name: string;
  readonly country: string;
  readonly continent: string;
  /** Hours of standard time ahead of UTC; daylight saving is not modelled. */
  readonly utcOffset: number;
}

const regions = new Map<string, RegionFacts>();
const places = new Map<string, PlaceFacts>();

/** The first provider of a name keeps it; "gcp/europe-west1" always names one of them. */
function loadRegions(): Map<string, RegionFacts> {
  if (regions.size > 0) return regions;
  for (const { fields } of parseCsv(REGIONS).slice(1)) {
    const [provider, name, place, country, continent, latitude, longitude, jurisdiction, zones] = fields as string[];
    const facts: RegionFacts = {
      provider: provider!,
      name: name!,
      place: place!,
      country: country!,
      continent: continent!,
      latitude: Number(latitude),
      longitude: Number(longitude),
      jurisdiction: jurisdiction!,
      // "0/1 (no zones)" is one zone to itself; where nothing is known, the usual three.
      zones: zones === "" ? 3 : Math.max(1, Number.parseInt(zones!, 10)),
    };
    if (!regions.has(facts.name)) regions.set(facts.name, facts);
    regions.set(`${facts.provider}/${facts.name}`, facts);
  }
  return regions;
}

function loadPlaces(): Map<string, PlaceFacts> {
  if (places.size > 0) return places;
  for (const { fields } of parseCsv(CITIES).slice(1)) {
    const [name, country, continent, latitude, longitude, utcOffset] = fields as string[];
    places.set(name!, {
      name: name!,
      country: country!,
      continent: continent!,
      latitude: Number(latitude),
      longitude: Number(longitude),
      utcOffset: Number(utcOffset),
    });
  }
  return places;
}

export const regionFacts = (name: string): RegionFacts | undefined => loadRegions().get(name);
export const placeFacts = (name: string): PlaceFacts | undefined => loadPlaces().get(name);
export const allRegions = (): RegionFacts[] => [...new Set(loadRegions().values())];
export const allPlaces = (): PlaceFacts[] => [...loadPlaces().values()];
