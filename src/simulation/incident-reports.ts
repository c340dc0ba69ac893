import { Blame } from "./blame.js";
import { DETECT } from "./failover-phases.js";
import { incidentsOf } from "./incidents.js";
import type { Incident, Phase } from "./outcome.js";
import type { World } from "./world.js";

const SECOND = 1_000_000;
/** By the controller's numbers of phases. */
export const PHASE_NAMES: readonly Phase["name"][] = ["detect", "verify", "fence", "promote", "reroute", "dns-tail"];

/** What became of each incident: recovery time and point, and the phases of the failover that answered it. */
export function incidentReports(world: World): Incident[] {
  const { plan, recovery, oracle, telemetry } = world;
  const spans = incidentsOf(plan.faults);
  const blame = new Blame(plan, spans);
  const answers = telemetry.failovers.map((failover) => blame.behind(failover.from, failover.start));
  return spans.map((span, index) => {
    const rto = recovery.recoveryTime(index);
    const points = [...oracle.recoveryPoints[index]!].toSorted((a, b) => a - b);
    const failover = telemetry.failovers.find((candidate, at) => !candidate.planned && answers[at] === index);
    const phases = (failover?.phases ?? []).map((phase) => ({
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
