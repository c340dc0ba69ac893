import type { MonthFigure, Returns } from "../economics/returns.js";
import type { Estimate } from "../measure/statistics.js";
import { significant } from "./numbers.js";
import type { BarsInput, EconomicsInput, GridInput } from "./page-model.js";
import { MONTH, OUTAGE, type Roi, money, more, percent, plural, verdict } from "./roi-text.js";
import { ofSeeds } from "./words.js";

/** What of the possible revenue somebody does not get. */
const TAKEN: readonly (readonly [MonthFigure, label: string])[] = [
  ["latency", "late answers"],
  ["unavailability", "no answers"],
  ["writes", "lost writes"],
  ["credits", "SLA credits"],
  ["bill", "the bill"],
];

/** What a page shows of what each architecture earns and costs. */
export function economicsInput(roi: Roi): EconomicsInput {
  const { returns, baseline, called, outages, seeds } = roi;
  const others = returns.filter(({ architecture }) => architecture !== baseline);
  const often = called === null ? "" : `, at ${significant(outages, 4)} ${plural(called, outages)} a year`;
  const whether =
    others.length === 0
      ? []
      : roi.missing.length > 0
        ? [`The bill is incomplete, so what is net of it is unknown: ${roi.missing.join("; ")}`]
        : others.map((each) => verdict(each, roi));
  return {
    about: `US dollars in a month of 730 hours${often}, ${ofSeeds(seeds)}, by the section economics of the scenario; net ROI is what the dollars beyond the bill of ${baseline} bring in.`,
    month: gridOf("A month", returns, [
      ...MONTH.map(([figure, title]) => [title, ({ month }: Returns) => money(month[figure])] as const),
      ["gross ROI", ({ gross }) => percent(gross)],
      ["net ROI", ({ net }) => percent(net)],
    ]),
    verdicts: whether,
    bars: barsOf(returns),
    more: [
      ...(called === null
        ? []
        : [
            gridOf(
              `What one ${called} takes`,
              returns,
              OUTAGE.map(([figure, title]) => [title, ({ outage }) => money(outage[figure])]),
            ),
          ]),
      ...(called === null || others.length === 0 ? [] : [gainsOf(roi, others)]),
      placesOf(returns),
    ],
    notes: roi.notes,
  };
}

function gridOf(
  title: string,
  returns: readonly Returns[],
  rows: readonly (readonly [title: string, of: (each: Returns) => string])[],
): GridInput {
  return {
    title,
    heads: returns.map(({ architecture }) => architecture),
    rows: rows.map(([title, of]) => ({ title, cells: returns.map(of) })),
  };
}

const gainsOf = ({ baseline, called }: Roi, others: readonly Returns[]): GridInput =>
  gridOf(
    `Net a month beyond ${baseline}, by ${plural(called!)} a year`,
    others,
    others[0]!.gains.map(({ outages }, at) => [significant(outages, 4), ({ gains }) => more(gains[at]!.gain)]),
  );

function placesOf(returns: readonly Returns[]): GridInput {
  const of = gridOf(
    "By place, before lost writes and credits",
    returns,
    returns[0]!.places.map(({ place }, at) => [place, ({ places }) => money(places[at]!.kept)]),
  );
  const { places } = returns[0]!;
  return {
    ...of,
    heads: ["possible", ...of.heads],
    rows: of.rows.map(({ title, cells }, at) => ({ title, cells: [money(places[at]!.potential), ...cells] })),
  };
}

/** A bar has no room for less than nothing: where an outage makes the answers of others faster nothing is lost by them. */
function barsOf(returns: readonly Returns[]): BarsInput {
  const shown = TAKEN.filter(([figure]) => returns.some(({ month }) => (month[figure].mean ?? 0) > 0));
  return {
    title: "What becomes of the possible revenue",
    about: `What does not remain of ${money(returns[0]!.month.potential)} US dollars a month: lost to late answers, to none and to lost writes, given back, or paid for the architecture.`,
    kinds: shown.map(([, label]) => ({ label, style: TAKEN.findIndex(([, each]) => each === label) })),
    rows: returns.map(({ architecture, month }) => ({
      label: architecture,
      values: shown.map(([figure]) => Math.max(0, month[figure].mean ?? 0)),
      texts: shown.map(([figure]) => money(month[figure])),
      total: totalOf(month),
    })),
  };
}

/** In the seven characters for which there is room behind a bar. */
function short(amount: number): string {
  if (amount >= 1e9) return `${significant(amount / 1e9, 3)}B`;
  return amount >= 1e6
    ? `${significant(amount / 1e6, 3)}M`
    : significant(Math.round(amount), 6).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function totalOf({ potential, net, kept }: Returns["month"]): string {
  const left: Estimate = net.mean === null ? kept : net;
  return short(potential.mean! - left.mean!);
}
