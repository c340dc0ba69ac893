import type { Dispatcher } from "../engine/engine.js";
import * as event from "./events.js";
import type { Parts } from "./parts.js";

/** The one switch that hands each event to the part that it is for. */
export class Switchboard implements Dispatcher {
  /** Every series is sampled once in `bin` microseconds, until the run has lasted for its `duration`. */
  constructor(
    private readonly parts: Parts,
    private readonly bin: number,
    private readonly duration: number,
  ) {}

  /** Cases are tried in their order: those of every run come first. */
  dispatch(kind: number, owner: number, payload: number, id: number): void {
    const { parts } = this;
    switch (kind) {
      case event.ARRIVAL:
        return parts.users.arrivals.arrive(owner);
      case event.REQUEST:
        return parts.requests.arrive(payload);
      case event.SERVED:
        return parts.requests.served(owner, payload);
      case event.REPLY:
        return parts.requests.arriveBack(payload);
      case event.DELIVER:
        return parts.streams.deliver(payload);
      case event.TRACED:
        return parts.users.arrivals.traced(payload);
      case event.THOUGHT:
        return parts.users.arrivals.thought(owner, payload);
      case event.SURGE_ARRIVAL:
        return parts.surges.arrive(owner, payload);
      case event.CLIENT_TIMER:
        return parts.users.users.timer(payload);
      case event.RESEND_REQUEST:
        return parts.requests.resendRequest(payload);
      case event.RESEND_REPLY:
        return parts.requests.resendReply(payload);
      case event.DATAGRAM_ARRIVES:
      case event.LINK_FREE:
      case event.STREAM_RETRY:
      case event.STREAM_SHAPED:
        return parts.post.dispatch(kind, payload, id);
      case event.REPLICA_TIMER:
      case event.PROMOTED:
      case event.LEASE_TIMER:
      case event.STATUS:
      case event.DISK_SYNCED:
      case event.DISK_TIMER:
      case event.APPLIED:
      case event.PROJECTED:
        return parts.hostEvents.dispatch(kind, owner, payload, id);
      case event.WAIT_OVER:
        return parts.replicas.judging!.waitOver(owner, payload);
      case event.PROBE:
      case event.PROBE_ARRIVES:
      case event.PROBE_ANSWERED:
      case event.PROBE_TIMEOUT:
      case event.REPORT:
      case event.CONTROL_TIMER:
      case event.LAUNCH:
        return parts.control.dispatch(kind, owner, payload);
      case event.COPY_READ:
      case event.COPY_WRITTEN:
        return parts.copies.dispatch(kind, owner, payload, id);
      case event.BACKUP:
      case event.RESTORE:
      case event.CRASH:
      case event.CRASH_RESTART:
        return parts.record.dispatch(kind, owner, payload, id);
      case event.FAULT_BEGINS:
      case event.FAULT_ENDS:
        return parts.faults.dispatch(kind, owner);
      case event.ORDER:
        return parts.operator.give(owner);
      case event.BOOTED:
        parts.servers[owner]!.booted(payload);
        return parts.newcomers?.booted(owner);
      case event.SCALE:
        return parts.servers[owner]!.look();
      case event.SAMPLE:
        parts.observer.sampled();
        if (parts.engine.now + this.bin < this.duration) parts.engine.schedule(this.bin, event.SAMPLE, 0, 0, 0);
        return;
      default:
        throw new Error(`internal error: no part handles events of kind ${kind}`);
    }
  }
}
