import { expect, test } from "vitest";
import type { Host } from "../../src/policies/contract.js";
import { COPY, ENTRIES, PbftLetter } from "../../src/policies/replication/pbft/letter.js";
import { Missing } from "../../src/policies/replication/pbft/missing.js";
import type { Order } from "../../src/policies/replication/pbft/order.js";
import type { Requests } from "../../src/policies/replication/pbft/requests.js";
import { Slots } from "../../src/policies/replication/pbft/slots.js";
import { Standing } from "../../src/policies/replication/pbft/standing.js";

/** Seed 9284 of the laws: a replica was asked for places that a whole copy had brought it, of which it knew nothing. */
test("a replica sends entries as far as it can prove them, and a copy for the rest", () => {
  const sent: PbftLetter[] = [];
  const host = {
    ...{ id: 0, peers: [1, 2, 3], now: 0, lie: null, keep: () => {}, forget: () => {} },
    letter: (verb: number, to: number) => Object.assign(new PbftLetter(), { verb, to, writes: [] }),
    send: (letter: PbftLetter) => sent.push(letter),
    snapshot: (letter: PbftLetter) => sent.push(letter),
  } as unknown as Host<PbftLetter>;
  const standing = new Standing(host);
  const slots = new Slots(host, 4);
  const missing = new Missing(standing, slots, { tell: () => {} } as unknown as Requests, {} as Order, 1);
  // It has carried out ten places, seen an eleventh proposed, and then been given a copy of twenty.
  for (let place = 1; place <= 11; place++) {
    const slot = slots.at(place, 0);
    slots.propose(slot, { write: 100 + place, origin: 1, stamp: place });
    slot.isCommitted = place <= 10;
  }
  standing.executed = 20;
  const asked = (sequence: number): [verb: number, places: number[]] => {
    missing.fetched(Object.assign(new PbftLetter(), { from: 1, sequence }));
    const letter = sent.pop()!;
    const places: number[] = [];
    if (letter.verb === ENTRIES) letter.each((place) => places.push(place));
    return [letter.verb, places];
  };
  expect(asked(5)).toEqual([ENTRIES, [6, 7, 8, 9, 10]]);
  for (const sequence of [10, 11, 15, -1]) expect(asked(sequence)).toEqual([COPY, []]);
  missing.fetched(Object.assign(new PbftLetter(), { from: 1, sequence: 20 }));
  expect(sent).toHaveLength(0);
});
