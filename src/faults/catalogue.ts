import * as control from "./control-faults.js";
import { operatorError, poisonWrite } from "./data-faults.js";
import type { FaultKind } from "./kind.js";
import { badPath, degradedLatency, loss, narrowBandwidth, partition } from "./link-faults.js";
import { surge } from "./place-faults.js";
import * as region from "./region-faults.js";

/** Every kind of fault, in the order of the reference. */
export const faultKinds: readonly FaultKind[] = [
  region.regionOutage,
  region.zoneOutage,
  region.hostCrash,
  region.hostPause,
  region.slowRegion,
  region.slowDisk,
  region.capacityLoss,
  region.greyFailure,
  region.badDeploy,
  region.falseAlarm,
  region.launchesRefused,
  region.clockSkew,
  region.clockDrift,
  region.byzantine,
  partition,
  badPath,
  degradedLatency,
  loss,
  narrowBandwidth,
  surge,
  operatorError,
  poisonWrite,
  control.healthProbes,
  control.dnsUpdates,
  control.dnsRecord,
  control.failoverCall,
  control.automation,
];

const byName = new Map(faultKinds.map((kind) => [kind.name, kind]));
export const faultKind = (name: string): FaultKind | undefined => byName.get(name);
