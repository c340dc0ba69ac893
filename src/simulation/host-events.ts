import type { Engine } from "../engine/engine.js";
import * as event from "./events.js";
import type { Lives } from "./lives.js";
import type { RegionAgent } from "./region-agent.js";
import type { Replicas } from "./replicas.js";

/** Events of the host of a region's copy: its disk, its apply workers, and timers, which are late when it stands still. */
export class HostEvents {
  constructor(
    private readonly engine: Engine,
    private readonly lives: Lives,
    private readonly replicas: Replicas,
    private readonly agents: readonly RegionAgent[],
  ) {}

  dispatch(kind: number, region: number, payload: number, id: number): void {
    const host = this.replicas.hosts[region]!;
    if (kind === event.DISK_SYNCED) return host.storage!.disk.synced(payload);
    if (kind === event.DISK_TIMER) return host.storage!.disk.timer(payload);
    const pause = this.lives.pauseOf(region);
    if (kind === event.APPLIED) {
      if (pause > 0) return;
      host.queue!.applied(payload);
      this.replicas.judging?.recheck(region);
      return;
    }
    if (kind === event.PROJECTED) {
      if (pause === 0) host.readModel!.queue.applied(payload);
      return;
    }
    if (kind === event.WAIT_OVER) return this.replicas.judging!.waitOver(region, payload);
    if (pause > 0) return this.engine.schedule(pause, kind, region, payload, id);
    if (kind === event.REPLICA_TIMER) return host.timer(payload, id);
    if (kind === event.PROMOTED) return this.agents[region]!.promoted(id, payload);
    if (kind === event.LEASE_TIMER) return this.agents[region]!.renewLease(id);
    return this.agents[region]!.status(id);
  }
}
