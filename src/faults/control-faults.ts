import { duration, fraction, numberOption } from "../policies/options.js";
import { type ControlHardship, type Hardships, NO_CONTROL_HARDSHIP, NO_HARDSHIPS } from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

export const onControl = (hardship: Partial<ControlHardship>): Hardships => ({
  ...NO_HARDSHIPS,
  control: { ...NO_CONTROL_HARDSHIP, ...hardship },
});

export const healthProbes: FaultKind = {
  name: "health_probes",
  about:
    "Probes of all vantage points are lost, or tell the opposite of what they found, so healthy regions look dead.",
  target: ["lost", "wrong"],
  options: { share: fraction(1, "of the probes") },
  hardships: (values) =>
    values["health_probes"] === "lost"
      ? onControl({ probesLost: numberOption(values, "share") })
      : onControl({ probesWrong: numberOption(values, "share") }),
};

export const dnsUpdates: FaultKind = {
  name: "dns_updates",
  about: "The name servers take updates late, or not at all: the controller asks again until they do.",
  target: ["refused", "delayed"],
  options: { delay: duration(300_000_000, "how late; for delayed updates") },
  hardships: (values) =>
    values["dns_updates"] === "refused"
      ? onControl({ dnsRefused: true })
      : onControl({ dnsDelay: numberOption(values, "delay") }),
};

export const dnsRecord: FaultKind = {
  name: "dns_record",
  about:
    "The record of the service is gone: its name resolves to nothing as caches expire, and for a TTL after it is back.",
  target: ["gone"],
  options: {},
  hardships: () => onControl({ dnsGone: true }),
};

export const failoverCall: FaultKind = {
  name: "failover_call",
  about: "The call that promotes a standby fails, as it does when it needs the impaired control plane.",
  target: ["refused"],
  options: {},
  hardships: () => onControl({ promotionsRefused: true }),
};

export const automation: FaultKind = {
  name: "automation",
  about: "The failover controller decides nothing: somebody has paused it, or it is down.",
  target: ["paused"],
  options: {},
  hardships: () => onControl({ automationPaused: true }),
};
