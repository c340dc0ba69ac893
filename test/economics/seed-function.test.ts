import { expect, test } from "vitest";
import { accountOf } from "../../src/economics/account.js";
import { DEFAULT_ENGAGEMENT, boundsOf } from "../../src/economics/engagement.js";
import { grossReturn, monthAt, netReturn } from "../../src/economics/return.js";
import type { PlacePlan, Plan } from "../../src/simulation/plan.js";
import { MILLISECOND } from "../../src/units/time.js";
import { twoRegions } from "../cost/scenarios.js";
import { ECONOMICS, outcomeOf } from "./made.js";

/**
 * The example of the seed document: its users, $10 a user, latencies from one region, a base cost of $100,000 and a
 * multiplier of 2.5. Its quirks: both costs are assumed, with many regions everybody is taken to be within 100 ms, nothing
 * ever fails, and its "ROI" counts all revenue as the return on the larger bill.
 */
const USERS = { us: 1_000_000, eu: 800_000, asia: 1_200_000 };
const LATENCY = { us: 50, eu: 150, asia: 250 };
const [SINGLE_COST, MULTIPLIER] = [100_000, 2.5];
const PLACES = Object.keys(USERS) as (keyof typeof USERS)[];

function accountAt(latency: Readonly<Record<keyof typeof USERS, number>>, bill: number) {
  const { plan, prices } = twoRegions();
  const places = PLACES.map((name): PlacePlan => ({ ...plan.places[0]!, name }));
  const three: Plan = { ...plan, places };
  const economics = {
    ...ECONOMICS,
    places: PLACES.map((name) => ({ unit: "per_user" as const, value: 10, users: USERS[name] })),
  };
  const served = {
    issued: [700, 900, 1100],
    answered: [700, 900, 1100],
    within: PLACES.map((name, at) =>
      boundsOf(DEFAULT_ENGAGEMENT).map((bound) => (latency[name] * MILLISECOND < bound ? [700, 900, 1100][at]! : 0)),
    ),
  };
  return { ...accountOf(three, economics, prices, outcomeOf(served), null), bill, outageBill: 0 };
}

const single = monthAt(accountAt(LATENCY, SINGLE_COST), 0);
const multi = monthAt(accountAt({ us: 50, eu: 50, asia: 50 }, SINGLE_COST * MULTIPLIER), 0);

test("the seed's revenue and its gross ROI come out to the dollar", () => {
  expect(single.kept).toBeCloseTo(28_000_000, 6);
  expect(multi.kept).toBeCloseTo(30_000_000, 6);
  expect(multi.kept - single.kept).toBeCloseTo(2_000_000, 6);
  expect(grossReturn([multi.kept], [multi.bill!]).mean! * 100).toBeCloseTo(11_900, 9);
});

test("the net ROI beside it counts only what is earned and paid beyond the single region", () => {
  expect(multi.net! - single.net!).toBeCloseTo(1_850_000, 6);
  const net = netReturn([multi.kept], [multi.bill!], [single.kept], [single.bill!]);
  expect(net.mean).toBeCloseTo(1_850_000 / 150_000, 9);
});
