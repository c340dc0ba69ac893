import type { MetricFacts } from "./catalogue.js";

/** What stands before the copies, and what it takes: counted where a site keeps answers, and where a fleet is scaled. */
export const FLEETS_AND_CACHES: readonly MetricFacts[] = [
  {
    name: "cache_hit_rate",
    title: "Cache hit rate",
    unit: "fraction",
    better: "higher",
    about:
      "Reads answered from a cache, at the site to which their user came or at its parent, over those that could have been.",
    alarm: true,
  },
  { name: "cache_hits", title: "Cache hits", unit: "count", better: "higher", about: "Reads answered from a cache." },
  {
    name: "stale_hits",
    title: "Stale hits",
    unit: "count",
    better: "lower",
    about: "Those of the stale reads that a cache answered.",
  },
  {
    name: "cache_invalidations",
    title: "Cache invalidations",
    unit: "count",
    better: "neither",
    about: "Words that a key has changed which have come to a site with a cache.",
  },
  {
    name: "server_hours",
    title: "Server hours",
    unit: "hours",
    better: "lower",
    about:
      "Hours of instances from their launch on, all regions; counted where an architecture of the scenario scales its fleets.",
    alarm: true,
  },
  {
    name: "server_utilisation",
    title: "Server utilisation",
    unit: "fraction",
    better: "neither",
    about: "Share of the workers that were busy, over all regions and all the time.",
  },
  {
    name: "instance_launches",
    title: "Instance launches",
    unit: "count",
    better: "neither",
    about: "Instances that were launched during the run.",
  },
  {
    name: "n_minus_1_head_room",
    title: "N-1 head-room",
    unit: "fraction",
    better: "higher",
    about:
      "Share of the workers that would have been free at the busiest moment, had the region with the most of them been lost; negative where the others could not have carried it all.",
  },
];
