import { choice, fraction, number, numberOption, shift } from "../policies/options.js";
import {
  type Disks,
  type Hardships,
  NO_HARDSHIPS,
  NO_REGION_HARDSHIP,
  type RegionHardship,
  ZONES,
} from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

export const onRegions = (hardship: Partial<RegionHardship>): Hardships => ({
  ...NO_HARDSHIPS,
  region: { ...NO_REGION_HARDSHIP, ...hardship },
});

const disks = choice(
  ["kept", "synced", "lost"],
  "what of the data survives: all, what was synced (a power cut), or nothing",
);

/** One option for both: a fault's options are known by their names. */
const slowdown = number(1, "service times, or those of the disk, are multiplied by this", { above: 0, most: 10_000 });

export const regionOutage: FaultKind = {
  name: "region_outage",
  about: "The region goes dark: what it was doing is gone, nothing reaches it, and its control plane is silent.",
  target: "regions",
  options: { disks },
  hardships: (values) => onRegions({ dark: true, disks: values["disks"] as Disks }),
};

export const zoneOutage: FaultKind = {
  name: "zone_outage",
  about:
    "One zone of the region is lost with every instance in it, and with the copy where `copy_zone` puts it there; what those instances were working on is gone.",
  target: "regions",
  options: { zone: choice(ZONES, "which zone"), disks },
  hardships: (values) =>
    onRegions({ zones: 1 << ZONES.indexOf(String(values["zone"])), abrupt: true, disks: values["disks"] as Disks }),
};

export const hostCrash: FaultKind = {
  name: "host_crash",
  about:
    "The host of the region's copy dies and restarts when the fault ends. The region's instances live on, and refuse what needs the copy.",
  target: "regions",
  options: { disks },
  hardships: (values) => onRegions({ hostDead: true, disks: values["disks"] as Disks }),
};

export const hostPause: FaultKind = {
  name: "host_pause",
  about:
    "The host of the region's copy stands still, as in a garbage collection or a live migration: timers, letters and operations wait, and it does not know that time has passed.",
  target: "regions",
  options: {},
  ends: true,
  hardships: () => onRegions({ hostPaused: true }),
};

export const slowRegion: FaultKind = {
  name: "slow_region",
  about: "Everything that the region serves takes longer, while it passes its health checks.",
  target: "regions",
  options: { slowdown },
  needs: ["slowdown"],
  hardships: (values) => onRegions({ service: numberOption(values, "slowdown") }),
};

export const slowDisk: FaultKind = {
  name: "slow_disk",
  about: "The disk under the region's copy is slow: syncs and bulk writes take longer, and commits wait for them.",
  target: "regions",
  options: { slowdown },
  needs: ["slowdown"],
  hardships: (values) => onRegions({ disk: numberOption(values, "slowdown") }),
};

export const capacityLoss: FaultKind = {
  name: "capacity_loss",
  about: "Only a share of the region's instances is left: drained and taken away, or crashed with what they held.",
  target: "regions",
  options: {
    remains: fraction(1, "of the instances"),
    way: choice(["drained", "crashed"], "how the others go"),
  },
  needs: ["remains"],
  hardships: (values) => onRegions({ capacity: numberOption(values, "remains"), abrupt: values["way"] === "crashed" }),
};

export const greyFailure: FaultKind = {
  name: "grey_failure",
  about:
    "Requests fail or hang while the health probes pass: nothing that watches the region sees why its users complain.",
  target: "regions",
  options: {
    failing: fraction(0, "of the requests, answered by an error"),
    hanging: fraction(0, "of the requests, never answered"),
  },
  needs: ["failing", "hanging"],
  hardships: (values) =>
    onRegions({
      failing: numberOption(values, "failing"),
      hanging: numberOption(values, "hanging"),
      probes: "pass",
    }),
};

export const badDeploy: FaultKind = {
  name: "bad_deploy",
  about:
    "A bad version is rolled out: a share of the instances crashes, a share of the requests fails, until it is rolled back. With `stagger` it comes region after region, and those whose turn comes after the rollback are spared.",
  target: "regions",
  options: {
    crashing: fraction(0, "of the instances, with what they held"),
    failing: fraction(0, "of the requests, answered by an error"),
  },
  needs: ["crashing", "failing"],
  hardships: (values) =>
    onRegions({
      capacity: 1 - numberOption(values, "crashing"),
      abrupt: true,
      failing: numberOption(values, "failing"),
    }),
};

export const falseAlarm: FaultKind = {
  name: "false_alarm",
  about: "Health probes of the region fail while its requests pass: whatever acts on probes takes good capacity away.",
  target: "regions",
  options: {},
  hardships: () => onRegions({ probes: "fail" }),
};

export const launchesRefused: FaultKind = {
  name: "instance_launches_refused",
  about: "No instance can be launched in the region: what runs goes on, what must boot waits until this ends.",
  target: "regions",
  options: {},
  hardships: () => onRegions({ noLaunches: true }),
};

export const clockSkew: FaultKind = {
  name: "clock_skew",
  about:
    "The wall clock of the region is off by a constant; with a short `for` it is a clock that jumps and comes back.",
  target: "regions",
  options: { by: shift(0, "by how much", { not: 0, hint: "that is no fault: take it away" }) },
  needs: ["by"],
  hardships: (values) => onRegions({ skew: numberOption(values, "by") }),
};

export const clockDrift: FaultKind = {
  name: "clock_drift",
  about: "The wall clock of the region runs too fast or too slow; it is set right when the fault ends.",
  target: "regions",
  options: {
    gains: shift(0, "in every second of true time", {
      least: -500_000,
      most: 500_000,
      not: 0,
    }),
  },
  needs: ["gains"],
  hardships: (values) => onRegions({ drift: numberOption(values, "gains") }),
};

export const byzantine: FaultKind = {
  name: "byzantine",
  about:
    "The host of the region's copy breaks the rules of its protocol while its requests and probes pass. Only a replication that reckons with liars (`pbft`) knows what that means; with others it does nothing.",
  target: "regions",
  options: {
    lie: choice(
      ["mute", "delay", "equivocate"],
      "what it does: says nothing, passes on what it should as late as nobody quite minds, or tells some this and others that",
    ),
  },
  hardships: (values) => onRegions({ lie: values["lie"] as RegionHardship["lie"] }),
};
