import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Host } from "../policies/contract.js";
import { OPERATOR } from "./author.js";
import { Bystander } from "./bystander.js";
import { FORWARD_LANE } from "./letters.js";
import { nearestFirst } from "./nearness.js";
import type { Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import { BESIDE } from "./requests.js";
import type { World } from "./world.js";

/** Whether some write rests on what was there before, or takes a number among those of its key. */
const isDependent = ({ data, policies }: Plan, catalogue: Catalogue): boolean =>
  (policies.conflicts ?? [policies.conflict]).some(({ name }) => choose("conflict", name, catalogue).causal === true) ||
  data.classes.some(({ holds, swaps }) => holds !== "register" || swaps > 0);

/** How regions that are asked for keys that they hold no copy of hand on what they are asked. */
export class HandingOn {
  private readonly dependent: boolean;

  constructor(
    private readonly world: World,
    private readonly forward: (attempt: number, to: number) => boolean,
  ) {
    const { plan, catalogue } = world;
    this.dependent = isDependent(plan, catalogue);
  }

  /** What stands in the place of a replica where a region holds no copy of some keys. */
  bystander(host: ReplicaHost): Bystander {
    const { id, group } = host;
    return new Bystander(host, {
      holders: this.holders(host),
      isAllowed: this.world.groups.isAllowed(group, id),
      asksLeader: ({ id: attempt, key }) => this.world.replicas.judging?.asksLeader(attempt, key) === true,
      tries: ({ id: attempt }) => this.tries(attempt),
      forward: ({ id: attempt }, to) => this.world.plan.forwards && this.reaches(attempt, id, to),
    });
  }

  /** By which a policy hands on what is not for its region to make: `Host.handOn`. */
  among(host: ReplicaHost): Host["handOn"] {
    if (!this.dependent) return null;
    const nearest = this.holders(host);
    return ({ id: attempt }, regions) => {
      if (attempt === OPERATOR) return false;
      let passed = this.tries(attempt) - 1;
      for (let round = 0; round < 2; round++)
        for (const region of nearest) {
          if (((regions >> region) & 1) === 0 || passed-- > 0) continue;
          if (this.reaches(attempt, host.id, region)) return true;
        }
      return false;
    };
  }

  private holders({ id, group }: ReplicaHost): readonly number[] {
    return nearestFirst(this.world.plan, id, this.world.groups.all[group]!.holders);
  }

  private tries(attempt: number): number {
    return this.world.attempts.attempt[attempt]! % BESIDE;
  }

  /** A connection that waits for an acknowledgement that does not come takes no more. */
  private reaches(attempt: number, from: number, to: number): boolean {
    return !this.world.streams.standsStill(from, to, FORWARD_LANE) && this.forward(attempt, to);
  }
}
