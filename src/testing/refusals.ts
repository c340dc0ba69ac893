import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Host, Operation, Refusal, Replication } from "../policies/contract.js";
import type { Plan } from "../simulation/plan.js";
import { SECOND } from "../units/time.js";

type Verb = (this: unknown, ...given: never[]) => unknown;

/**
 * Watches what a replication tells its users. Each refusal but one says that the write has definitely not happened, so it
 * must not come after the same node has accepted the operation: only `no-quorum` leaves it open.
 */
export class Refusals {
  complaint: string | null = null;

  /** The policies with the replication of the plan watched: it does the same. */
  watched(policies: Catalogue, { policies: { replication } }: Plan): Catalogue {
    const { name } = replication;
    const original = choose("replication", name, policies);
    const on: Replication["on"] = (host, options) => {
      const call = { hasTaken: false };
      const replica = original.on(this.watching(host, call), options);
      const request = replica.request.bind(replica);
      replica.request = (operation) => {
        call.hasTaken = false;
        request(operation);
      };
      return replica;
    };
    return { ...policies, replication: { ...policies.replication, [name]: { ...original, on } } };
  }

  /** An operation is lent for one call: what was taken before is another, or an earlier try, of which this one knows nothing. */
  private watching(host: Host, call: { hasTaken: boolean }): Host {
    const took = (write: number): number => {
      if (write !== -1) call.hasTaken = true;
      return write;
    };
    const watched: Partial<Host> = {
      accept: (operation) => took(host.accept(operation)),
      propose: (operation) => took(host.propose(operation)),
      refuse: (operation, why) => {
        if (call.hasTaken) this.complain(host, operation, why);
        host.refuse(operation, why);
      },
    };
    const verbs = new Map<PropertyKey, Verb>(Object.entries(watched) as [string, Verb][]);
    return new Proxy(host, {
      get(target, key) {
        const known = verbs.get(key);
        if (known !== undefined) return known;
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        const verb = (value as Verb).bind(target);
        verbs.set(key, verb);
        return verb;
      },
    });
  }

  private complain(host: Host, { number, place }: Operation, why: Refusal): void {
    if (why === "no-quorum") return;
    this.complaint ??= `at ${host.now / SECOND} s region ${host.id} accepted write ${number} of place ${place}, and then refused it as ${why}`;
  }
}
