import { step } from "../../../scenario/settings.js";
import type { Plan } from "../../../simulation/plan.js";
import { greatCircleKm } from "../../../topology/geography.js";
import { allRegions, placeFacts, regionFacts } from "../../../topology/places.js";
import { MILLISECOND } from "../../../units/time.js";
import type { Rule } from "../rule.js";
import { servingRegions } from "../subject.js";

/** A round trip across an ocean and beyond; an answer of two of them is late for whoever waits for it. */
const FAR = 150 * MILLISECOND;
const MOST_NAMED = 3;

export const farUsers: Rule = {
  name: "far-users",
  about: "Users have a region within a round trip that they do not notice.",
  check({ plan, name }) {
    const all = plan.places.reduce((total, { rate }) => total + rate, 0);
    const far = plan.places
      .map((place, index) => ({ place, index, ...nearest(plan, index) }))
      .filter(({ trip, place }) => trip > FAR && place.rate > 0)
      .toSorted((a, b) => b.trip - a.trip);
    const [farthest] = far;
    if (farthest === undefined) return [];
    const share = far.reduce((total, { place }) => total + place.rate, 0) / all;
    const named = far
      .slice(0, MOST_NAMED)
      .map(({ place, trip, region }) => `${place.name} ${ms(trip)} from ${name(region)}`);
    const others = far.length - MOST_NAMED;
    const more = others > 0 ? ` and ${others} more ${others === 1 ? "place" : "places"}` : "";
    return [
      {
        severity: "advice",
        path: `users.${step(String(farthest.index))}`,
        what: `${percent(share)} of the requests come from far away: ${named.join(", ")}${more}`,
        why: "the median of one round trip to the region that serves them, before any work; a new connection takes three",
        change: suggestion(plan, farthest.place.name),
        shows: ["compare", "FILE"],
      },
    ];
  },
};

/** Of the regions that a place may be led to the one that is the fewest milliseconds away; with one primary it is that. */
function nearest(plan: Plan, place: number): { readonly region: number; readonly trip: number } {
  const { routing, primary } = plan.policies;
  const regions = routing.name === "primary" && primary >= 0 ? [primary] : servingRegions(plan);
  const sites = plan.regions.length + plan.places.length;
  const trips = regions.map((region) => {
    const law = plan.network.laws[(plan.regions.length + place) * sites + region];
    // Where there is no path nobody is served from there.
    return { region, trip: law == null ? Number.POSITIVE_INFINITY : law.quantiles[law.quantiles.length >> 1]! };
  });
  const best = trips.reduce((a, b) => (b.trip < a.trip ? b : a), { region: 0, trip: Number.POSITIVE_INFINITY });
  return Number.isFinite(best.trip) ? best : { region: best.region, trip: 0 };
}

/** The nearest region of the providers that the scenario is on, where the place is one of the catalogue. */
function suggestion(plan: Plan, place: string): string {
  const here = placeFacts(place);
  const providers = new Set(plan.regions.map(({ name }) => regionFacts(name)?.provider));
  const near = allRegions().filter(({ provider }) => providers.has(provider));
  const general = "a region, a copy that answers reads, or a cache near them (tier: edge)";
  if (here === undefined || near.length === 0) return general;
  const closest = near.reduce((a, b) => (greatCircleKm(here, b) < greatCircleKm(here, a) ? b : a));
  return `${general}: ${closest.name} is the nearest to ${place}`;
}

const ms = (micros: number): string => `${Math.round(micros / MILLISECOND)} ms`;
const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))} %`;
