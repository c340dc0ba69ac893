import { expect, test } from "vitest";
import type { Letter } from "../../src/policies/contract.js";
import { STORE } from "../../src/policies/replication/quorum-letter.js";
import { brokenLaws } from "../../src/simulation/conservation.js";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, dataClass, fault } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { ksCritical, ksDistance, uniformCdf } from "../statistics.js";

/** Each letter with its fate: how long it took, NaN if it was lost. In the order of sending. */
class Watch extends Observer {
  readonly stores: { readonly sentAt: number; readonly link: string; took: number }[] = [];
  readonly lost: number[] = [];
  private readonly under = new Map<Letter, { sentAt: number; link: string; took: number }>();
  world!: World;

  override letterSent(letter: Letter): void {
    if (letter.constructor.name !== "QuorumLetter" || letter.verb !== STORE) return;
    const one = { sentAt: this.world.engine.now, link: `${letter.from}>${letter.to}`, took: Number.NaN };
    this.stores.push(one);
    this.under.set(letter, one);
  }

  override letterDelivered(letter: Letter): void {
    const one = this.under.get(letter);
    if (one !== undefined) one.took = this.world.engine.now - one.sentAt;
    this.under.delete(letter);
  }

  override letterDropped(letter: Letter): void {
    if (this.under.delete(letter)) this.lost.push(this.world.engine.now);
  }
}

function watched(channel: "stream" | "datagram", overrides: Partial<Plan["network"]>, more: Partial<Plan> = {}): Watch {
  const base = activeActive();
  const watch = new Watch();
  const world = new World(
    {
      ...base,
      duration: 10 * MINUTE,
      places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.2 })),
      data: { ...base.data, classes: [dataClass({ keys: 500 })] },
      network: { ...base.network, ...overrides },
      policies: leaderless({ channel, hints: 0, anti_entropy: 0 }),
      ...more,
    },
    "1",
    [watch],
  );
  watch.world = world;
  world.run();
  expect(brokenLaws(world.operations, world.availability, world.servers, world.streams, world.datagrams)).toEqual([]);
  return watch;
}

/** How often a letter came before one that was sent earlier over the same link. */
function overtaken({ stores }: Watch): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { sentAt, link, took } of stores) {
    if (Number.isNaN(took)) continue;
    if (sentAt + took < (last.get(link) ?? 0)) count++;
    last.set(link, Math.max(last.get(link) ?? 0, sentAt + took));
  }
  return count;
}

const UNIFORM = { default: { kind: "uniform", from: 30 * MILLISECOND, to: 400 * MILLISECOND } } as const;

test("a letter's delay is drawn from the law of its verb, each by its own luck", () => {
  const { stores } = watched("datagram", {
    oneWay: { ...UNIFORM, store: { kind: "uniform", from: 50 * MILLISECOND, to: 90 * MILLISECOND } },
  });
  const delays = stores.map(({ took }) => took).filter((took) => !Number.isNaN(took));
  expect(delays.length).toBeGreaterThan(10_000);
  expect(ksDistance(delays, uniformCdf(50 * MILLISECOND, 90 * MILLISECOND))).toBeLessThan(ksCritical(delays.length));
});

test("datagrams overtake each other, letters of a stream never do", () => {
  expect(overtaken(watched("datagram", { oneWay: UNIFORM }))).toBeGreaterThan(1000);
  expect(overtaken(watched("stream", { oneWay: UNIFORM }))).toBe(0);
});

test("datagrams get lost as often as the link loses, and nobody sends them again", () => {
  const { stores } = watched("datagram", { loss: 0.05 });
  const lost = stores.filter(({ took }) => Number.isNaN(took)).length;
  expect(Math.abs(lost / stores.length - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / stores.length));
  expect(watched("stream", { loss: 0.05 }).lost).toEqual([]);
});

test("a cut loses what is sent and what is on its way when it begins; nothing comes after the heal", () => {
  const [at, until] = [MINUTE, 2 * MINUTE];
  const cut = { ...fault(), at, until, links: between([0], [1, 2]) };
  const watch = watched("datagram", { oneWay: UNIFORM }, { faults: [cut] });
  const inside = watch.stores.filter(({ sentAt, link }) => sentAt >= at && sentAt < until && link.includes("0"));
  expect(inside.length).toBeGreaterThan(500);
  // What leaves just before the heal is lost at its departure, what left just before the cut at its arrival.
  expect(inside.every(({ took }) => Number.isNaN(took))).toBe(true);
  const before = watch.stores.filter(
    ({ sentAt, link }) => sentAt < at && sentAt > at - 30 * MILLISECOND && link.includes("0"),
  );
  expect(before.length).toBeGreaterThan(0);
  expect(before.every(({ took }) => Number.isNaN(took))).toBe(true);
  expect(watch.lost.every((when) => when >= at && when <= until + SECOND)).toBe(true);
});
