import { describe, expect, test } from "vitest";
import { onControl } from "../../src/faults/control-faults.js";
import { CAUSE_NAMES } from "../../src/simulation/causes.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage, singlePrimary } from "./plans.js";

const CONVERGENCE = 10 * SECOND;
const DIES = 5 * MINUTE;
const dns: Plan["dns"] = { ttl: 5 * MINUTE, update: 5 * SECOND, resolvers: 50, names: 1, anycast: null };
const anycast: Plan["dns"] = { ...dns, anycast: { convergence: CONVERGENCE } };
const REFUSED = CAUSE_NAMES.indexOf("refused");
const UNRESOLVED = CAUSE_NAMES.indexOf("unresolved");

const plan = (led: Plan["dns"], faults: readonly FaultPlan[], more: Partial<Plan> = {}): Plan => {
  const base = activeActive({ dns: led, faults, ...more });
  // Half of the users never resolve a second time.
  return { ...base, client: { ...base.client, pinned: 0.5, attempts: 1 } };
};

interface Told {
  /** When region 0 was first believed dead, and alive again. */
  readonly moved: number[];
  /** Moments of operations of the place beside region 0, by the region they last asked, and how they ended. */
  readonly ended: { readonly issuedAt: number; readonly region: number; readonly cause: number }[];
}

function told(tried: Plan): Told {
  const moved: number[] = [];
  const ended: Told["ended"] = [];
  class Watch extends Observer {
    override regionBelieved(region: number): void {
      if (region === 0 && world.engine.now > 0) moved.push(world.engine.now);
    }
    override operationEnded(
      place: number,
      region: number,
      _write: boolean,
      issuedAt: number,
      cause: number,
      _operation: number,
    ): void {
      if (place === 0) ended.push({ issuedAt, region, cause });
    }
  }
  const world: World = new World(tried, "1", [new Watch()]);
  world.run();
  return { moved, ended };
}

describe("where the network leads one address to the regions", () => {
  const { moved, ended } = told(plan(anycast, [outage(0, DIES, 5)]));
  const [away, back] = moved.map((at) => at + CONVERGENCE);

  test("everybody goes where the route leads, from the moment that it has moved, pinned users and open connections too", () => {
    expect(moved).toHaveLength(2);
    for (const { issuedAt, region } of ended) {
      const led = issuedAt > away! && issuedAt <= back! ? 1 : 0;
      // Operations are tried once, right when they are issued.
      expect(region).toBe(led);
    }
    expect(ended.filter(({ region }) => region === 1).length).toBeGreaterThan(5000);
  });

  test("a connection that was open breaks when the route moves: the next request on it is refused, once a session", () => {
    const broken = ended.filter(({ issuedAt, cause }) => cause === REFUSED && issuedAt > back!);
    // Region 0 is well again, so nobody there refuses; each of the 400 sessions that have asked within the last minute
    // is refused once and then connects anew: 30 requests a second, so 1 - exp(-4.5) of them.
    expect(broken.length).toBeGreaterThan(370);
    expect(broken.length).toBeLessThanOrEqual(400);
    const last = Math.max(...broken.map(({ issuedAt }) => issuedAt));
    expect(last - back!).toBeLessThan(MINUTE);
  });

  test("nobody follows a stale answer", () => {
    const causes = run(plan(anycast, [outage(0, DIES, 5)]), "1").summary;
    expect(causes["failed_stale_dns"]).toBe(0);
    expect(run(plan(dns, [outage(0, DIES, 5)]), "1").summary["failed_stale_dns"]).toBeGreaterThan(1000);
  });
});

test("a failover over anycast spares users the tail of cached answers", () => {
  const rto = (led: Plan["dns"]): number => {
    const base = singlePrimary({ dns: led, faults: [outage(0, DIES, 14)], duration: 25 * MINUTE });
    const one = run({ ...base, client: { ...base.client, pinned: 0 } }, "1").incidents[0]!;
    expect(one.phases.some(({ name }) => name === "dns-tail")).toBe(led.anycast === null);
    return one.rtoSeconds!;
  };
  const [tail, none] = [rto(dns), rto(anycast)];
  // All but a hundredth of the resolvers must have expired, of a TTL of 300 s.
  expect(tail - none).toBeGreaterThan(200);
  expect(tail - none).toBeLessThan(300);
});

test("routes move though the name servers take no updates; without its record the address is as lost as any", () => {
  const refused = { ...fault(), at: 0, hardships: onControl({ dnsRefused: true }) };
  const moves = told(plan(anycast, [refused, outage(0, DIES, 5)]));
  expect(moves.ended.some(({ region }) => region === 1)).toBe(true);
  expect(told(plan(dns, [refused, outage(0, DIES, 5)])).ended.some(({ region }) => region === 1)).toBe(false);
  const gone = { ...fault(), at: MINUTE, until: 12 * MINUTE, hardships: onControl({ dnsGone: true }) };
  const lost = told(plan(anycast, [gone])).ended.filter(({ cause }) => cause === UNRESOLVED);
  expect(lost.length).toBeGreaterThan(100);
  // Cached answers hold for a TTL of five minutes first.
  expect(Math.min(...lost.map(({ issuedAt }) => issuedAt))).toBeGreaterThan(MINUTE);
});
