import type { Economics } from "../economics/economics.js";
import { DEFAULT_ENGAGEMENT } from "../economics/engagement.js";
import type { Scenario } from "../scenario/scenario.js";
import { meanRate } from "../simulation/mean-rate.js";
import type { Plan } from "../simulation/plan.js";
import { formatDuration } from "../units/time.js";
import type { Billed } from "./bills.js";

/** Nobody minds a smaller difference from the daily mean. */
const NEAR = 0.02;

/** An architecture with its runs without faults, and those of the same luck with the scenario's. */
export interface Twin {
  readonly plan: Plan;
  readonly quiet: Billed;
  /** Null where the scenario has no faults. */
  readonly struck: Billed | null;
}

/** What goes wrong in a scenario, as one of them; null where nothing does. */
export function calledOf({ raw }: Scenario, { faults }: Plan): string | null {
  if (faults.length === 0) return null;
  const areRegions = raw.faults!.every((fault) => fault?.region_outage !== undefined);
  return areRegions && faults.length === 1 ? "region outage" : "such incident";
}

/** What the figures of `cost roi` stand on, as sentences without a full stop. */
export function roiNotes(
  scenario: Scenario,
  economics: Economics,
  twins: readonly Twin[],
  outages: { readonly number: number; readonly isSaid: boolean },
): string[] {
  const { plan } = twins[0]!;
  const span = formatDuration(plan.duration);
  const called = calledOf(scenario, plan);
  const labels = [...new Set(plan.faults.map(({ label }) => label))].join(", ");
  const silent = plan.places.filter((_, at) => twins[0]!.quiet.outcomes.some(({ served }) => served.issued[at] === 0));
  const unrecovered = twins.flatMap(({ plan, struck }) =>
    struck?.outcomes.some(({ incidents }) => incidents.some(({ rtoSeconds }) => rtoSeconds === null)) === true
      ? [plan.architecture]
      : [],
  );
  const usual = plan.places.reduce((sum, { rate }) => sum + rate, 0);
  const hours = usual === 0 ? 1 : meanRate(plan) / usual;
  const thinks = plan.trace !== null || plan.places.some(({ think }) => think > 0);
  return [
    `a quiet month is as a run of the same ${span} without faults and orders; its requests are as many as by each place's mean over a day${thinks ? ", and as in the run where users think or a trace says when they ask" : ""}`,
    ...(Math.abs(hours - 1) > NEAR
      ? [
          `in these hours users ask for ${Math.round(hours * 100)} % of their daily mean: revenue is by the mean, traffic in the bill as in these hours`,
        ]
      : []),
    ...(called === null
      ? ["nothing goes wrong in this scenario, so no outage can be weighed: add faults"]
      : [
          `one ${called} is all of the scenario's run: ${labels}; what it takes is the difference between the two runs of the same luck, at the hour in which the scenario has it, and what users do after the end of the run is not in`,
          ...(outages.isSaid
            ? []
            : [
                `${outages.number} a year is a placeholder: say how many (economics.outages_per_year, or --outages-per-year of cost roi)`,
              ]),
          "no published source gives whole-region outages per region and year, so their number is yours to say; the table shows what others would mean",
        ]),
    ...unrecovered.map(
      (name) => `${name} had not recovered when the run ended: an outage takes at least as much as is shown`,
    ),
    ...(economics.engagement === DEFAULT_ENGAGEMENT
      ? [
          "what late answers are worth (100 % below 100 ms, 90 % below 300 ms, 70 % below 500 ms, else 40 %) has no source: measure yours (economics.engagement)",
        ]
      : []),
    ...(economics.sla !== null && called !== null
      ? ["for SLA credits each outage falls into a month of its own; beyond 12 a year they are too high"]
      : []),
    ...(economics.lostWrite === 0 && economics.overwrittenWrite === 0
      ? ["writes that are lost cost nothing here: say what one does (economics.lost_write, overwritten_write)"]
      : []),
    ...silent.map(
      ({ name }) => `nobody in ${name} asked for anything in some of the runs: its revenue is left out there`,
    ),
    "gross ROI counts all revenue as the return: (revenue kept - bill) / bill; net ROI only what is kept beyond the baseline, over what the bill is beyond that one's",
    "bills are by list prices, of which faultline cost analyze has the sources and the dates; development, people and users who leave for good are not in",
  ];
}
