import type { Streams } from "../network/streams.js";
import type { Catalogue } from "../policies/catalogue.js";
import type { Letter } from "../policies/contract.js";
import type { Attempts } from "./attempts.js";
import { Bystander } from "./bystander.js";
import type { Groups } from "./groups.js";
import { needOf } from "./judging.js";
import { FORWARD_LANE } from "./letters.js";
import { nearestFirst } from "./nearness.js";
import type { Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import { BESIDE } from "./requests.js";

/** Makes what stands in the place of a replica in the regions that hold no copy of some keys. */
export function bystandersOf(
  plan: Plan,
  catalogue: Catalogue,
  groups: Groups,
  attempts: Attempts,
  streams: () => Streams<Letter>,
  forward: (attempt: number, to: number) => boolean,
): (host: ReplicaHost) => Bystander {
  const asksLeader = needOf(plan, catalogue, "leader");
  return (host) => {
    const { id, group } = host;
    return new Bystander(host, {
      holders: nearestFirst(plan, id, groups.all[group]!.holders),
      isAllowed: groups.isAllowed(group, id),
      asksLeader,
      tries: (operation) => attempts.attempt[operation.id]! % BESIDE,
      // A connection that waits for an acknowledgement that does not come takes no more.
      forward: (operation, to) => !streams().standsStill(id, to, FORWARD_LANE) && forward(operation.id, to),
    });
  };
}
