import type { LinkHardship } from "../network/links.js";

/** What a fault does to a region while it lasts. */
export interface RegionHardship {
  /** Nothing runs there and nothing reaches it. */
  readonly dark: boolean;
  /** What of the data survives that: everything, what was synced, or nothing. */
  readonly disks: Disks;
  /** Microseconds added to the region's wall clock. */
  readonly skew: number;
}
export type Disks = "kept" | "synced" | "lost";

export const NO_LINK_HARDSHIP: LinkHardship = {
  cut: false,
  factor: 1,
  extra: 0,
  loss: 0,
  bandwidth: Number.POSITIVE_INFINITY,
};
export const NO_REGION_HARDSHIP: RegionHardship = { dark: false, disks: "kept", skew: 0 };

/**
 * All that a fault can do, as plain data: the simulation knows hardships, never the names of faults. Each kind of
 * target (links, regions) keeps a list of those that weigh on it and composes them anew whenever one comes or goes, so
 * every fault composes with every other and heals only itself.
 */
export interface Hardships {
  readonly link: LinkHardship | null;
  readonly region: RegionHardship | null;
}
