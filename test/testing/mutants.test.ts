import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/policies/catalogue.js";
import type { Conflict, Failover, Host, OptionValues, Placement, Replication, Routing } from "../../src/policy.js";
import type { Caching, Consistency, Scaling } from "../../src/policy.js";
import {
  type Report,
  checkCaching,
  checkConflict,
  checkConsistency,
  checkFailover,
  checkPlacement,
  checkReplication,
  checkRouting,
  checkScaling,
} from "../../src/testing.js";

const MUTANT = "mutant";
const mutant = <T>(original: T | undefined, over: object): T => ({ ...original!, name: MUTANT, ...over });

/** The laws that a policy was found to break. */
const broken = ({ findings }: Report): string[] => [...new Set(findings.map(({ law }) => law))];

/** A replication whose hosts do something else. */
const hosted = (name: string, change: (host: Host) => object): Replication => {
  const original = catalogue.replication[name]!;
  const on = (host: Host, options: OptionValues) => {
    const changed = change(host) as Readonly<Record<PropertyKey, unknown>>;
    const other = new Proxy(host, {
      get(target, key) {
        const value = key in changed ? changed[key] : Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    return original.on(other, options);
  };
  return mutant(original, { on });
};

describe("a broken policy is found", () => {
  const { replication, consistency, conflict, routing, failover, placement, scaling, caching } = catalogue;

  test("a replication that answers before it is durable, and claims to be", () => {
    const eager = mutant<Replication>(replication["async"], {});
    expect(broken(checkReplication(eager, { seeds: 3, claims: { durable: true } }))).toContain("durability");
  });
  test("a replication whose copies leave out some of what they hear", () => {
    const deaf = hosted("multi-primary", (host) => ({
      apply: (write: number) => (write % 7 === 0 ? undefined : host.apply(write)),
      follow: (write: number) => (write % 7 === 0 ? undefined : host.follow(write)),
    }));
    expect(broken(checkReplication(deaf, { seeds: 2 })).length).toBeGreaterThan(0);
  });
  test("a replication that refuses what it has done", () => {
    const liar = hosted("multi-primary", (host) => ({
      commit: (operation: never) => host.refuse(operation, "catching-up"),
    }));
    expect(broken(checkReplication(liar, { seeds: 1 }))).toContain("what is refused has not been done");
  });
  test("a replication that throws dice of its own", () => {
    const dicer = hosted("multi-primary", (host) => ({
      after: (delay: number, verb: number, what: number) =>
        host.after(delay + Math.floor(Math.random() * 1e6), verb, what),
    }));
    expect(broken(checkReplication(dicer, { seeds: 1 }))).toContain("same seed, same bytes");
  });
  test("a consistency that claims read-your-writes and serves anything", () => {
    const anything = mutant<Consistency>(consistency["session"], {
      on: () => ({ patience: 0, read: () => "serve" }),
    });
    expect(broken(checkConsistency(anything, { seeds: 2 }))).toContain("read-your-writes");
  });
  test("a consistency that says it is linearizable and asks any copy", () => {
    const anywhere = mutant<Consistency>(consistency["leader"], { on: () => ({ patience: 0, read: () => "serve" }) });
    expect(broken(checkConsistency(anywhere, { seeds: 2 }))).toContain("linearizable");
  });
  test("a consistency that promises what no check knows", () => {
    const misspelt = mutant<Consistency>(consistency["session"], { gives: () => ["read-your-write"] });
    expect(broken(checkConsistency(misspelt, { seeds: 1 }))).toEqual(["promises what can be checked"]);
  });
  test.each<readonly [string, Conflict["merge"]]>([
    ["that is not commutative: what comes later stands", () => "took"],
    ["that leaves ties to chance of order", (mine, theirs) => (theirs.timestamp >= mine.timestamp ? "took" : "kept")],
    ["that is not associative", (mine, theirs) => ((theirs.origin + 1) % 3 === mine.origin ? "took" : "kept")],
  ])("a merge %s", (_, merge) => {
    const report = checkConflict(mutant<Conflict>(conflict["last-write-wins"], { merge }), { seeds: 1 });
    expect(broken(report)).toContain("whatever order versions come in, and however often, the same is left and shown");
  });
  test("a causal merge that drops what nobody had seen", () => {
    const dropping = mutant<Conflict>(conflict["version-vectors"], {
      merge: (...pair: Parameters<Conflict["merge"]>) =>
        conflict["version-vectors"]!.merge(...pair) === "took" ? "took" : "kept",
    });
    expect(broken(checkConflict(dropping, { seeds: 1 }))).toContain("what is left is what no other version had seen");
  });
  test("a router that answers a region believed dead while others are healthy", () => {
    const blind = mutant<Routing>(routing["latency"], {
      on: () => ({
        contact: (view: Parameters<ReturnType<Routing["on"]>["contact"]>[0]) =>
          view.regions.toSorted((a, b) => view.roundTrip(a) - view.roundTrip(b))[0]!,
      }),
    });
    expect(broken(checkRouting(blind, { seeds: 1 }))).toContain(
      "answers no region that looks dead, but the leader, while another looks healthy",
    );
  });
  test("a failover that promotes an unhealthy region, and one that replaces a healthy leader", () => {
    type View = Parameters<ReturnType<Failover["on"]>["leader"]>[0];
    const rash = (leader: (view: View) => number): Failover =>
      mutant<Failover>(failover["automatic"], { on: () => ({ leader }) });
    const blind = rash((view) => (view.healthy(view.leader) ? view.leader : view.standbys[0]!));
    expect(broken(checkFailover(blind, { seeds: 1 }))).toContain("promotes no region that looks unhealthy");
    const restless = rash((view) => view.standbys.find((region) => view.healthy(region)) ?? view.leader);
    expect(broken(checkFailover(restless, { seeds: 1 }))).toContain("leaves a leader alone that looks healthy");
  });
  test("a placement that forgets the leader, or knows more regions than there are", () => {
    const placed = (replicas: Placement["replicas"]): string[] =>
      broken(checkPlacement(mutant<Placement>(placement["everywhere"], { replicas }), { seeds: 1 }));
    expect(placed((regions) => [regions - 1])).toContain("keeps a copy where writes are led");
    expect(placed((regions, primary) => [primary, regions])).toContain(
      "keeps copies in regions that there are, each once, and in one at least",
    );
  });
  test("a scaling that asks for half an instance, and one that wakes nobody", () => {
    const scaled = (wanted: number): string[] => {
      const scaler = { every: 1_000_000, queues: true, wanted: () => wanted };
      return broken(checkScaling(mutant<Scaling>(scaling["fixed"], { on: () => scaler }), { seeds: 1 }));
    };
    expect(scaled(1.5)).toContain("asks for a whole number of instances, and looks again after some time");
    expect(scaled(0)).toContain("asks for an instance where requests wait and there is none");
  });
  test("a cache of no size", () => {
    const rules = { lifetime: 1, size: 0, evicts: "oldest", invalidates: false, admits: () => true };
    expect(broken(checkCaching(mutant<Caching>(caching["ttl"], { on: () => rules }), { seeds: 1 }))).toContain(
      "its rules can be kept: a lifetime, a size, and the same answer for the same type",
    );
  });
});
