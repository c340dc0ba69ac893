import { DETECT } from "./failover-controller.js";
import { incidentsOf } from "./incidents.js";
import type { Incident, Phase } from "./outcome.js";
import type { World } from "./world.js";

const SECOND = 1_000_000;
/** By the controller's numbers of phases. */
const PHASE_NAMES: readonly Phase["name"][] = ["detect", "verify", "fence", "promote", "reroute", "dns-tail"];

/** What became of each incident: recovery time and point, and the phases of the failover that answered it. */
export function incidentReports(world: World): Incident[] {
  const { plan, recovery, oracle, telemetry } = world;
  const spans = incidentsOf(plan.faults);
  return spans.map((span, index) => {
    const next = spans[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const rto = recovery.recoveryTime(index);
    const points = [...oracle.recoveryPoints[index]!].toSorted((a, b) => a - b);
    const within = (time: number): boolean => time >= span.start && time < next;
    const failover = telemetry.failovers.find((candidate) => !candidate.planned && within(candidate.start));
    // A suspicion that came to nothing leaves phases too: only those of the failover that was carried out count.
    const phases = telemetry.phases
      .filter((phase) => failover !== undefined && within(phase.end) && phase.end >= failover.start)
      .filter((phase) => phase.phase === DETECT || phase.start >= failover!.start)
      .map((phase) => ({
        name: PHASE_NAMES[phase.phase]!,
        start: phase.phase === DETECT ? span.start : phase.start,
        end: Math.min(phase.end, plan.duration),
      }));
    return {
      start: span.start,
      end: Math.min(span.end, plan.duration),
      faults: span.faults.map((fault) => plan.faults[fault]!.label),
      rtoSeconds: rto === null ? null : rto / SECOND,
      rpoSeconds: points.at(-1)! / SECOND,
      rpoSecondsP50: points[Math.floor((points.length - 1) / 2)]! / SECOND,
      phases,
      failoverSeconds: failover === undefined ? null : (failover.end - failover.start) / SECOND,
    };
  });
}
