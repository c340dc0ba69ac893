import { NOBODY } from "../policies/contract.js";
import type { World } from "../simulation/world.js";
import { formatRounded } from "../units/time.js";
import { ago, columns } from "./layout.js";

const writes = (number: number): string => (number <= 0 ? "level" : `${number} behind`);

/** How far each copy is: as it was last reported to the control plane, and as it is. */
export function replicationStatus(world: World, only: string | undefined): string[] {
  const { plan, groups, control, replicas, lives, engine } = world;
  const rows = groups.all.flatMap(({ holders }, group) => {
    const { reports, leader } = control.failovers[group]!;
    const hosts = holders.map((region) => replicas.hosts[groups.node(group, region)]!);
    const reported = Math.max(...holders.map((region) => reports.position(region)));
    const reached = Math.max(...hosts.map((host) => host.replica.position()));
    return hosts
      .filter(({ id }) => only === undefined || plan.regions[id]!.name === only)
      .map((host) => {
        const { id, node } = host;
        const heard = reports.position(id) >= 0;
        const best = leader === NOBODY ? reported : Math.max(0, reports.position(leader));
        const lag = id === leader || leader === NOBODY ? 0 : reports.behindFor(id);
        const told = heard
          ? [
              id === leader
                ? "leads"
                : `${writes(best - reports.position(id))}${lag > 0 ? ` for ${formatRounded(lag)}` : ""}`,
              ...(reports.paused[id] === 1 ? ["paused"] : []),
            ].join(", ")
          : "nothing heard";
        const is = [
          ...(lives.parts.conditions.hostDead[id] === 1 ? ["host dead"] : []),
          ...(host.blank ? ["empty"] : [writes(reached - host.replica.position())]),
          ...(lives.paused[node] === 1 ? ["paused"] : []),
        ].join(", ");
        const when = heard ? ago(engine.now - reports.heardAt[id]!) : "–";
        return [`${plan.regions[id]!.name}${groups.label(group)}`, told, when, is];
      });
  });
  if (rows.length === 0) return [`${only} holds no copy of the data.`];
  return [...columns(["copy", "as reported", "heard", "in truth"], rows), "(behind: in writes)"];
}
