import { monthlyCost } from "../cost/bill.js";
import { MONTH_HOURS } from "../cost/items.js";
import { linesOf } from "../cost/lines.js";
import type { Prices } from "../cost/prices.js";
import type { Outcome, Served } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { HOUR, SECOND } from "../units/time.js";
import { type Economics, type Revenue, creditAt } from "./economics.js";
import { engaged } from "./engagement.js";

const MONTH = MONTH_HOURS * HOUR;

/** US dollars that are not earned; negative where more is, as by a place that answers faster for a while. */
export interface Losses {
  /** By answers that came late. */
  readonly latency: number;
  /** By requests that nobody answered. */
  readonly unavailability: number;
  /** By acknowledged writes that are gone, or that a conflict discarded. */
  readonly writes: number;
  /** Given back under the agreement. */
  readonly credits: number;
}

export interface PlaceAccount {
  readonly place: string;
  /** What a month would bring in if every request were answered at once. */
  readonly potential: number;
  /** What a month brings in in which nothing goes wrong; what one outage takes away. */
  readonly quiet: number;
  readonly outage: number;
}

/** What one architecture earns and costs by one seed: a month in which nothing goes wrong, and what one outage changes. */
export interface Account {
  readonly places: readonly PlaceAccount[];
  readonly potential: number;
  readonly quiet: Losses;
  readonly outage: Losses;
  /** US dollars a month, and beyond that for one outage; null where a price is missing. */
  readonly bill: number | null;
  readonly outageBill: number | null;
}

/**
 * From a run without any fault and one of the same luck with the scenario's faults; the difference of the two is one
 * outage. Without such a run there is nothing that an outage changes.
 */
export function accountOf(
  plan: Plan,
  economics: Economics,
  prices: Prices,
  quiet: Outcome,
  struck: Outcome | null,
): Account {
  const places = plan.places.map((_, place) => placeOf(plan, economics, place, quiet, struck));
  const sum = (of: (place: Entry) => number): number => places.reduce((all, each) => all + of(each), 0);
  const potential = sum((each) => each.potential);
  const asked = sum((each) => each.monthly);
  const answered = asked === 0 ? 1 : sum((each) => each.monthly * each.availability) / asked;
  const fee = economics.sla?.fee ?? potential;
  const credit = creditAt(economics.sla, answered);
  // Each outage falls into a month of its own.
  const worse = asked === 0 ? credit : creditAt(economics.sla, answered - sum((each) => each.unanswered) / asked);
  const issued = quiet.served.issued.reduce((all, each) => all + each, 0);
  const lost = writesOf(economics, quiet);
  const bills = [quiet, struck ?? quiet].map((outcome) => billOf(plan, outcome, prices));
  return {
    places: places.map(({ place, potential, late, missed, lateMore, missedMore }) => ({
      place,
      potential,
      quiet: potential - late - missed,
      outage: lateMore + missedMore,
    })),
    potential,
    quiet: {
      latency: sum((each) => each.late),
      unavailability: sum((each) => each.missed),
      writes: issued === 0 ? 0 : (lost * asked) / issued,
      credits: fee * credit,
    },
    outage: {
      latency: sum((each) => each.lateMore),
      unavailability: sum((each) => each.missedMore),
      writes: struck === null ? 0 : writesOf(economics, struck) - lost,
      credits: fee * (worse - credit),
    },
    bill: bills[0]!,
    // Both bills stand for a month of such hours, and an outage is as long as one run.
    outageBill: bills[0] === null || bills[1] === null ? null : ((bills[1]! - bills[0]!) * plan.duration) / MONTH,
  };
}

interface Entry {
  readonly place: string;
  readonly potential: number;
  /** Requests in a month, and what share of them is answered. */
  readonly monthly: number;
  readonly availability: number;
  readonly late: number;
  readonly missed: number;
  /** Requests that an outage leaves unanswered, and US dollars that it takes. */
  readonly unanswered: number;
  readonly lateMore: number;
  readonly missedMore: number;
}

function placeOf(plan: Plan, economics: Economics, place: number, quiet: Outcome, struck: Outcome | null): Entry {
  const { name } = plan.places[place]!;
  const revenue = economics.places[place]!;
  const calm = countsOf(economics, quiet.served, place);
  const monthly = requestsOf(plan, place, calm.issued);
  // Where nobody asked for anything, nothing can be said of what is earned.
  const each = calm.issued === 0 ? 0 : worthOf(revenue, monthly);
  const potential = each * monthly;
  const share = (part: number): number => (calm.issued === 0 ? 0 : part / calm.issued);
  const hit = struck === null ? calm : countsOf(economics, struck.served, place);
  return {
    place: name,
    potential,
    monthly,
    availability: calm.issued === 0 ? 1 : share(calm.answered),
    late: potential * share(calm.late),
    missed: potential * share(calm.issued - calm.answered),
    unanswered: calm.answered - hit.answered,
    lateMore: each * (hit.late - calm.late),
    missedMore: each * (calm.answered - hit.answered),
  };
}

/** What one request is worth that is answered at once, US dollars. */
function worthOf({ unit, value, users }: Revenue, monthly: number): number {
  if (unit === "per_request") return value;
  return (unit === "per_user" ? value * users : value * MONTH_HOURS) / monthly;
}

/** By the mean rate over a day where the scenario says it; users who think and traces ask as often as in the run. */
function requestsOf({ places, trace, duration }: Plan, place: number, issued: number): number {
  const { rate, think } = places[place]!;
  return trace === null && think === 0 ? (rate * MONTH) / SECOND : (issued * MONTH) / duration;
}

function countsOf({ engagement }: Economics, { issued, answered, within }: Served, place: number) {
  const count = answered[place]!;
  return { issued: issued[place]!, answered: count, late: count - engaged(engagement, count, within[place]!) };
}

const writesOf = ({ lostWrite, overwrittenWrite }: Economics, { summary }: Outcome): number =>
  lostWrite * (summary["lost_acknowledged_writes"] ?? 0) + overwrittenWrite * (summary["overwritten_writes"] ?? 0);

/** As if the whole run were what all of the month is like. */
const billOf = (plan: Plan, { meters }: Outcome, prices: Prices): number | null =>
  monthlyCost({ lines: linesOf(plan, { ...meters, calm: null }, prices) });
