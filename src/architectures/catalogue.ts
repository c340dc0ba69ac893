import { activeActive } from "./active-active.js";
import { activePassive } from "./active-passive.js";
import { backupAndRestore } from "./backup-and-restore.js";
import { cqrs } from "./cqrs.js";
import { edgeHierarchy } from "./edge-hierarchy.js";
import { followTheSun } from "./follow-the-sun.js";
import { geoPartitioned } from "./geo-partitioned.js";
import type { Pattern } from "./pattern.js";
import { pilotLight } from "./pilot-light.js";
import { readReplicas } from "./read-replicas.js";
import { serverless } from "./serverless.js";
import { singleRegion } from "./single-region.js";
import { warmStandby } from "./warm-standby.js";

/** Every pattern that comes with Faultline, from the least that stands by to the most. */
export const patterns: readonly Pattern[] = [
  singleRegion,
  backupAndRestore,
  pilotLight,
  warmStandby,
  activePassive,
  readReplicas,
  cqrs,
  followTheSun,
  activeActive,
  edgeHierarchy,
  geoPartitioned,
  serverless,
];

export const patternNamed = (name: string): Pattern | undefined => patterns.find((pattern) => pattern.name === name);
