import { expect, test } from "vitest";
import type { Host } from "../../src/policies/contract.js";
import { PbftLetter } from "../../src/policies/replication/pbft/letter.js";
import { Requests } from "../../src/policies/replication/pbft/requests.js";

test("what a whole copy says is carried out closes the gap before what was known already", () => {
  const requests = new Requests({} as Host<PbftLetter>);
  requests.done({ write: 0, origin: 0, stamp: 11 });
  const copy = new PbftLetter();
  copy.places.push(0);
  copy.origins.push(0);
  copy.stamps.push(10);
  requests.adopt(copy);
  requests.done({ write: 0, origin: 0, stamp: 12 });
  const told = new PbftLetter();
  requests.tell(told);
  // All up to 12, and none by itself: or those beyond would grow for ever.
  expect([told.places, told.stamps]).toEqual([[0], [12]]);
});
