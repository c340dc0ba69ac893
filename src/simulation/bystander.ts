import type { Operation, RegionId, Replica } from "../policies/contract.js";
import type { ReplicaHost } from "./replica-host.js";

/** What a region without a copy of some keys needs to know to hand operations on. */
export interface Surroundings {
  /** Regions that hold a copy, the nearest first. */
  readonly holders: readonly RegionId[];
  /** Whether the law lets a copy be here. */
  readonly isAllowed: boolean;
  /** A read may have to be served by the leader too. */
  asksLeader(operation: Operation): boolean;
  /** How often the operation has been tried, this time included. */
  tries(operation: Operation): number;
  /** Hands it on; false where that is not done, or the connection to that region stands still. */
  forward(operation: Operation, to: RegionId): boolean;
}

/**
 * In the place of a replica where a region serves users and holds no copy of these keys: it hands what is asked on, a
 * write to the leader that it has heard of, and a read that may need him; else to the nearest copy, and with every further
 * try to the next.
 */
export class Bystander implements Replica {
  constructor(
    private readonly host: ReplicaHost,
    private readonly around: Surroundings,
  ) {}

  request(operation: Operation): void {
    const { host, around } = this;
    const { holders } = around;
    const { leader } = host.leadership;
    if ((operation.write || around.asksLeader(operation)) && leader >= 0) {
      if (around.forward(operation, leader)) return;
    } else {
      const first = around.tries(operation) - 1;
      for (let at = 0; at < holders.length; at++)
        if (around.forward(operation, holders[(first + at) % holders.length]!)) return;
    }
    host.refuse(operation, around.isAllowed ? "not-held" : "residency");
  }

  receive(): void {}
  timer(): void {}
  disconnected(): void {}
  led(): void {}
  persisted(): void {}
  wants(): boolean {
    return false;
  }
  installed(): void {}
  restart(): void {}
  position(): number {
    return -1;
  }
  logTerm(): number {
    return 0;
  }
}
