import type { Engine } from "../engine/engine.js";
import * as event from "./events.js";
import type { Lives } from "./lives.js";
import type { RegionAgent } from "./region-agent.js";
import type { Replicas } from "./replicas.js";

/** Events of a copy and of its host: its disk, its apply workers, and timers, which are late when it stands still. */
export class HostEvents {
  constructor(
    private readonly engine: Engine,
    private readonly lives: Lives,
    private readonly replicas: Replicas,
    private readonly agents: readonly RegionAgent[],
  ) {}

  dispatch(kind: number, node: number, payload: number, id: number): void {
    const host = this.replicas.hosts[node]!;
    if (kind === event.DISK_SYNCED) return host.storage!.disk.synced(payload);
    if (kind === event.DISK_TIMER) return host.storage!.disk.timer(payload);
    const pause = this.lives.pauseOf(host.id);
    if (kind === event.APPLIED) {
      if (pause > 0) return;
      host.queue!.applied(payload);
      this.replicas.judging?.recheck(host.id);
      return;
    }
    if (kind === event.PROJECTED) {
      if (pause === 0) host.readModel!.queue.applied(payload);
      return;
    }
    if (pause > 0) return this.engine.schedule(pause, kind, node, payload, id);
    if (kind === event.REPLICA_TIMER) return host.timer(payload, id);
    if (kind === event.PROMOTED) return this.agents[node]!.promoted(id, payload);
    if (kind === event.LEASE_TIMER) return this.agents[node]!.renewLease(id);
    return this.agents[node]!.status(id);
  }
}
