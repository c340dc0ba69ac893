import type { Streams } from "../engine/random.js";
import type { Plan } from "./plan.js";
import type { Clock, Resolvers } from "./resolvers.js";
import type { Routes } from "./routes.js";

const NONE = -1;

/**
 * The users' connections; to each name of the service its own, where there are several. A session keeps one to the region that it was led to, and while that lives it asks no
 * resolver: so connections outlive changes of the DNS. A pinned session resolved once and never will again. Where the
 * network leads one address to the regions (anycast), neither holds: every packet goes where the route leads now.
 */
export class Sessions {
  private readonly offsets: Int32Array;
  private readonly region: Int32Array;
  private readonly usedAt: Float64Array;
  /** Restarts of the region that the connection has survived; a later one resets it. */
  private readonly incarnation: Int32Array;
  /** Which connection of the session it is, from the first. */
  private readonly ports: Int32Array;
  private readonly pinned: Uint8Array;
  private readonly pinnedTo: Int32Array;

  constructor(
    private readonly plan: Plan,
    private readonly clock: Clock,
    streams: Streams,
    private readonly resolvers: Resolvers,
    /** Null where the name leads to the regions. */
    private readonly routes: Routes | null,
  ) {
    this.offsets = new Int32Array(plan.places.length);
    let total = 0;
    plan.places.forEach((place, index) => {
      this.offsets[index] = total;
      total += place.sessions * plan.dns.names;
    });
    this.region = new Int32Array(total).fill(NONE);
    this.usedAt = new Float64Array(total);
    this.incarnation = new Int32Array(total);
    this.ports = new Int32Array(total);
    this.pinned = new Uint8Array(total);
    this.pinnedTo = new Int32Array(total).fill(NONE);
    plan.places.forEach((place, index) => {
      const luck = streams.keyed(`pinned/${place.name}`);
      for (let session = 0; session < place.sessions * plan.dns.names; session++) {
        const user = session % place.sessions;
        this.pinned[this.offsets[index]! + session] = luck.uniform(user, 0) < plan.client.pinned ? 1 : 0;
      }
    });
  }

  /** The region to ask. Afterwards `isFresh` tells whether a new connection had to be opened. */
  connect(place: number, session: number): number {
    const { now } = this.clock;
    const index = this.offsets[place]! + session;
    const open = this.region[index]!;
    if (open !== NONE && now - this.usedAt[index]! <= this.plan.client.keepAlive) {
      this.usedAt[index] = now;
      return this.routes === null ? open : this.routes.regionOf(place, session);
    }
    let region = this.pinnedTo[index]!;
    if (region === NONE) {
      region = this.resolvers.resolve(place, session);
      if (this.pinned[index] === 1) this.pinnedTo[index] = region;
    }
    this.region[index] = NONE;
    this.ports[index]! += 1;
    return this.routes === null || region === NONE ? region : this.routes.regionOf(place, session);
  }

  /** Whether the open connection, if there is one, ends in another region than this one. */
  hasMoved(place: number, session: number, region: number): boolean {
    const open = this.region[this.offsets[place]! + session]!;
    return open !== NONE && open !== region;
  }

  /** Whether the name leads this session elsewhere by now than to the region that it has asked. */
  isMisled(place: number, session: number, region: number): boolean {
    return this.routes === null && this.resolvers.authoritative(place, session) !== region;
  }

  /** Number of the present connection, or of the one about to be opened. */
  port(place: number, session: number): number {
    return this.ports[this.offsets[place]! + session]!;
  }

  hasConnection(place: number, session: number): boolean {
    return this.region[this.offsets[place]! + session] !== NONE;
  }

  opened(place: number, session: number, region: number, incarnation: number): void {
    const index = this.offsets[place]! + session;
    this.region[index] = region;
    this.incarnation[index] = incarnation;
    this.usedAt[index] = this.clock.now;
  }

  /** Whether the region still knows this connection. */
  survives(place: number, session: number, incarnation: number): boolean {
    return this.incarnation[this.offsets[place]! + session] === incarnation;
  }

  close(place: number, session: number): void {
    this.region[this.offsets[place]! + session] = NONE;
  }
}
