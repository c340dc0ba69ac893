import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/policies/catalogue.js";
import type { Conflict, Register } from "../../src/policies/contract.js";
import { DELETE, INCREMENT } from "../../src/record/record.js";
import { HybridClock } from "../../src/simulation/hybrid-clock.js";
import { Merging } from "../../src/simulation/merging.js";
import { Observer } from "../../src/simulation/observer.js";
import { Siblings } from "../../src/simulation/siblings.js";
import { Writes } from "../../src/simulation/writes.js";

const NONE = -1;
const REGIONS = 3;
class Deaf extends Observer {}

/** What happens to one key: a region accepts a version, or hears of what another one has accepted. */
type Event = readonly [what: "accept" | "delete" | "hear", region: number, other: number, clock: number];
const events = fc.array(
  fc.tuple(
    fc.constantFrom<Event[0][]>("accept", "accept", "delete", "hear", "hear"),
    fc.nat(REGIONS - 1),
    fc.nat(30),
    // Wall clocks that are wrong by as much as they like.
    fc.integer({ min: 0, max: 1000 }),
  ),
  { maxLength: 25 },
);

interface Version {
  readonly write: number;
  readonly deletes: boolean;
  /** All versions that its region had, by name. */
  readonly past: ReadonlySet<number>;
}

/** A key in three regions, merged by a policy; and beside it whole sets of what every version had seen. */
class Key {
  readonly writes: Writes = new Writes(() => new Deaf());
  readonly merging: Merging;
  readonly versions: Version[] = [];
  private readonly shown = [NONE, NONE, NONE];
  private readonly clocks = Array.from({ length: REGIONS }, () => new HybridClock());
  private readonly past = Array.from({ length: REGIONS }, () => new Set<number>());

  constructor(readonly policy: Conflict) {
    const siblings = policy.causal === true ? new Siblings(this.writes) : null;
    this.merging = new Merging(this.writes, [policy], () => 0, siblings);
  }

  play(all: readonly Event[]): this {
    for (const [what, region, other, clock] of all)
      if (what === "hear") {
        if (this.versions.length > 0) this.hear(region, this.versions[other % this.versions.length]!);
      } else this.accept(region, what === "delete", clock);
    return this;
  }

  private accept(region: number, deletes: boolean, clock: number): void {
    const { writes, versions } = this;
    const before = this.shown[region]!;
    const kind = deletes ? DELETE : INCREMENT;
    const value = deletes ? 0 : (before === NONE ? 0 : writes.value[before]!) + 1;
    const write = writes.create(0, kind, value, region, versions.length, clock, versions.length);
    writes.hybrid[write] = this.clocks[region]!.tick(clock);
    writes.run[write] = 0;
    this.merging.made(write, before);
    versions.push({ write, deletes, past: new Set(this.past[region]) });
    this.take(region, versions.at(-1)!);
  }

  /** With all that it had seen, as from a log in its order. */
  private hear(region: number, version: Version): void {
    for (const write of version.past) this.take(region, this.versions.find((each) => each.write === write)!);
    this.take(region, version);
  }

  private take(region: number, version: Version): void {
    this.past[region]!.add(version.write);
    this.clocks[region]!.see(this.writes.hybrid[version.write]!);
    this.shown[region] = this.merging.join(this.shown[region]!, version.write);
  }

  /** What stands when these have come, in this order. */
  merged(order: readonly Version[]): number {
    let shown = NONE;
    for (const { write } of order) shown = this.merging.join(shown, write);
    return shown;
  }

  members(version: number): number[] {
    return version === NONE ? [] : [...(this.writes.members[version] ?? [version])].toSorted((a, b) => a - b);
  }
}

const members = Object.values(catalogue.conflict).filter(({ name }) => name !== "none");
const inAnyOrder = fc.infiniteStream(fc.nat(1000));

function shuffled(versions: readonly Version[], luck: Iterator<number>): Version[] {
  const rest = [...versions, ...versions.slice(0, 3)];
  return Array.from({ length: rest.length }, () => rest.splice(luck.next().value % rest.length, 1)[0]!);
}

describe.each(members.map((policy) => [policy.name, policy] as const))("%s", (_, policy) => {
  test("whatever order versions come in, and however often, the same is left and shown", () => {
    fc.assert(
      fc.property(events, inAnyOrder, (all, luck) => {
        const key = new Key(policy).play(all);
        const one = key.merged(key.versions);
        const other = key.merged(shuffled(key.versions, luck[Symbol.iterator]()));
        expect(key.members(other)).toEqual(key.members(one));
        if (one !== NONE) expect(key.writes.standing(other)).toEqual(key.writes.standing(one));
        if (one !== NONE) expect(key.writes.value[other]).toBe(key.writes.value[one]);
      }),
    );
  });

  if (policy.causal === true)
    test("what is left is what no version had seen, and counts what no deletion had seen", () => {
      fc.assert(
        fc.property(events, (all) => {
          const key = new Key(policy).play(all);
          const { versions } = key;
          const left = versions.filter(({ write }) => !versions.some(({ past }) => past.has(write)));
          const shown = key.merged(versions);
          expect(key.members(shown)).toEqual(left.map(({ write }) => write));
          if (shown === NONE || policy.pick !== undefined) return;
          const gone = new Set(versions.flatMap(({ deletes, past }) => (deletes ? [...past] : [])));
          const counted = versions.filter(({ deletes, write }) => !deletes && !gone.has(write));
          expect(key.writes.value[shown]).toBe(counted.length);
        }),
      );
    });
  else
    test("one is left, whatever others had seen of it", () => {
      fc.assert(
        fc.property(events, (all) => {
          const key = new Key(policy).play(all);
          expect(key.members(key.merged(key.versions))).toHaveLength(Math.min(1, key.versions.length));
        }),
      );
    });
});

test("hybrid clocks never let a version lose to one that it had seen, and wall clocks do", () => {
  const loses = (policy: Conflict, all: readonly Event[]): boolean => {
    const key = new Key(policy).play(all);
    return key.versions.some(({ write, past }) =>
      [...past].some((seen) => seen !== write && key.merging.join(write, seen) === seen),
    );
  };
  fc.assert(fc.property(events, (all) => !loses(catalogue.conflict["hybrid-logical-clocks"]!, all)));
  expect(fc.check(fc.property(events, (all) => !loses(catalogue.conflict["last-write-wins"]!, all))).failed).toBe(true);
});

describe("clients that write through one server with what they had read some time ago", () => {
  /** By client: what he had read last. Each of them writes in turn, and then reads. */
  const CLIENTS = 4;
  const ROUNDS = 12;

  function siblingsUnder(policy: Conflict): number[] {
    let siblings: Register[] = [];
    const contexts = Array.from({ length: CLIENTS }, () => 0);
    return Array.from({ length: ROUNDS * CLIENTS }, (_, step) => {
      const client = step % CLIENTS;
      const version = { ...{ write: step, timestamp: step, hybrid: step, origin: 0, sequence: step }, actor: 0 };
      const written: Register = { ...version, count: step + 1, seen: [contexts[client]!] };
      siblings = [...siblings.filter((each) => policy.merge(each, written) !== "took"), written];
      contexts[client] = step + 1;
      return siblings.length;
    });
  }

  test("dots tell what each had not seen: as many siblings as clients, and no more", () => {
    const sizes = siblingsUnder(catalogue.conflict["dotted-version-vectors"]!);
    expect(sizes.slice(CLIENTS)).toEqual(new Array(sizes.length - CLIENTS).fill(CLIENTS));
  });

  test("vectors with an entry a server put them in one line: each loses to the next, though that had not seen it", () => {
    expect(Math.max(...siblingsUnder(catalogue.conflict["version-vectors"]!))).toBe(1);
  });

  test("one vector for all siblings of a key keeps what had been seen: they grow without end (Preguiça and others)", () => {
    let [siblings, clock] = [0, 0];
    const contexts = Array.from({ length: CLIENTS }, () => 0);
    for (let step = 0; step < ROUNDS * CLIENTS; step++) {
      const client = step % CLIENTS;
      siblings = contexts[client]! >= clock ? 1 : siblings + 1;
      contexts[client] = ++clock;
    }
    expect(siblings).toBe(ROUNDS * CLIENTS);
    expect(siblings).toBeGreaterThan(siblingsUnder(catalogue.conflict["dotted-version-vectors"]!).at(-1)!);
  });
});
