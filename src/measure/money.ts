import { type MetricFacts, alarm, metric } from "./metric-facts.js";

/** What a run comes to in money. No run knows a price: these are added to its figures by whoever has some. */
export const MONEY: readonly MetricFacts[] = [
  alarm(
    metric(
      "monthly_cost",
      "Cost a month",
      "dollars",
      "lower",
      "US dollars at list prices of a month of 730 hours that has the simulated time in it once and for the rest is as before its first fault or order; none where a price is missing. `faultline cost analyze` shows the bill.",
    ),
  ),
  metric(
    "monthly_compute_cost",
    "Compute a month",
    "dollars",
    "lower",
    "The part of the cost a month that goes for instances; none where a price of theirs is missing.",
  ),
  metric(
    "monthly_transfer_cost",
    "Transfer a month",
    "dollars",
    "lower",
    "The part of the cost a month that goes for bytes between regions, those to users not among them; none where a price of theirs is missing.",
  ),
];
