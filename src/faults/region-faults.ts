import { choice, numberOption, shift } from "../policies/options.js";
import { type Disks, type Hardships, NO_REGION_HARDSHIP, type RegionHardship } from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

export const onRegions = (hardship: Partial<RegionHardship>): Hardships => ({
  link: null,
  region: { ...NO_REGION_HARDSHIP, ...hardship },
});

export const regionOutage: FaultKind = {
  name: "region_outage",
  about: "The region goes dark: what it was doing is gone, nothing reaches it, and its control plane is silent.",
  target: "regions",
  options: { disks: choice(["kept", "lost"], "whether the region's disks survive") },
  hardships: (values) => onRegions({ dark: true, disks: values["disks"] as Disks }),
};

export const clockSkew: FaultKind = {
  name: "clock_skew",
  about: "The wall clock of the region is off by a constant.",
  target: "regions",
  options: { by: shift(0, "by how much") },
  needs: ["by"],
  hardships: (values) => onRegions({ skew: numberOption(values, "by") }),
};
