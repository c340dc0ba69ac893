import { rerouting } from "../../simulation/plan.js";
import { formatRounded } from "../../units/time.js";
import { type Subject, hasController, leadersOf } from "./subject.js";

/** One part of the way from a fault to users who are served again; microseconds at worst. */
export interface Phase {
  readonly name: string;
  readonly micros: number;
  /** The setting that it comes from. */
  readonly path: string;
}

/**
 * What stands between the loss of a leader, or of a region that users are led to, and the last of them being served
 * elsewhere, in the order of its parts. Detection is between (k - 1)·i + o and k·i + o for k misses at interval i with
 * time-out o (test/validation/detection.test.ts); a lease may have run out meanwhile; some cached answer is always fresh.
 */
export function timeline(subject: Subject, luck: "least" | "most" = "most"): Phase[] {
  const { health, failover, dns, client, policies } = subject.plan;
  const { at } = subject;
  const detect = {
    name: "detect",
    micros: (health.threshold - (luck === "least" ? 1 : 0)) * health.interval + health.timeout,
    path: at("health.interval"),
  };
  const promoted =
    hasController(subject) && leadersOf(subject).length > 0
      ? [
          {
            name: "decide",
            micros: policies.failover.name === "manual" ? Number(policies.failover.options["delay"]) : failover.verify,
            path: at(policies.failover.name === "manual" ? "failover.delay" : "failover.verify"),
          },
          { name: "fence", micros: luck === "least" ? 0 : fence(subject), path: at("failover.fencing") },
          { name: "promote", micros: failover.promotion, path: at("failover.promotion") },
        ]
      : [];
  const reroute = [
    { name: dns.anycast === null ? "publish" : "converge", micros: rerouting(dns), path: at("dns.update") },
    { name: "cached answers", micros: dns.anycast === null ? dns.ttl : 0, path: at("dns.ttl") },
    // Who stays on a connection finds out by a request that times out.
    { name: "time-out of a try", micros: client.timeout, path: "client.timeout" },
  ];
  return [detect, ...promoted, ...reroute].filter(({ micros }) => micros > 0);
}

function fence({ plan: { failover } }: Subject): number {
  switch (failover.fencing) {
    case "lease":
      return failover.lease + failover.clockMargin;
    case "stonith":
      return failover.fenceTimeout;
    default:
      return 0;
  }
}

export const sum = (phases: readonly Phase[]): number => phases.reduce((total, { micros }) => total + micros, 0);

/** "detect 34 s + decide 5 s + …". */
export const told = (phases: readonly Phase[]): string =>
  phases.map(({ name, micros }) => `${name} ${formatRounded(micros)}`).join(" + ");
