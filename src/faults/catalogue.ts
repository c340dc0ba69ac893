import type { FaultKind } from "./kind.js";
import { degradedLatency, loss, narrowBandwidth, partition } from "./link-faults.js";
import { clockSkew, regionOutage } from "./region-faults.js";

/** Every kind of fault, in the order of the reference. */
export const faultKinds: readonly FaultKind[] = [
  regionOutage,
  partition,
  degradedLatency,
  loss,
  narrowBandwidth,
  clockSkew,
];

const byName = new Map(faultKinds.map((kind) => [kind.name, kind]));
export const faultKind = (name: string): FaultKind | undefined => byName.get(name);
