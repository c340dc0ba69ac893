import type { BreakEven } from "../economics/break-even.js";
import type { MonthFigure, OutageFigure, Returns } from "../economics/returns.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Wrap } from "./cost-text.js";
import { dollars, formatEstimate, significant } from "./numbers.js";
import { sideBySide } from "./text-table.js";
import { ofSeeds } from "./words.js";

export interface Roi {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  readonly baseline: string;
  readonly outages: number;
  /** How many of them a year has room for. */
  readonly most: number;
  /** "region outage", or what else goes wrong, as one; null where nothing does. */
  readonly called: string | null;
  readonly returns: readonly Returns[];
  /** Which prices are missing, as sentences. */
  readonly missing: readonly string[];
  /** What the figures stand on, alike. */
  readonly notes: readonly string[];
}

export const MONTH: readonly (readonly [MonthFigure, string])[] = [
  ["potential", "revenue possible"],
  ["latency", "lost: late answers"],
  ["unavailability", "lost: no answers"],
  ["writes", "lost: writes"],
  ["credits", "SLA credits"],
  ["kept", "revenue kept"],
  ["bill", "bill"],
  ["net", "net"],
];
export const OUTAGE: readonly (readonly [OutageFigure, string])[] = [
  ["latency", "late answers"],
  ["unavailability", "no answers"],
  ["writes", "writes"],
  ["credits", "SLA credits"],
  ["bill", "added to the bill"],
  ["total", "in all"],
];

/** What each architecture earns, costs and is worth; within `width` columns. */
export function roiText(roi: Roi, width: number, wrap: Wrap): string {
  const { question, seeds, outages, called, returns, baseline } = roi;
  const often = called === null ? "" : `, at ${significant(outages, 4)} ${plural(called, outages)} a year`;
  const others = returns.filter(({ architecture }) => architecture !== baseline);
  return [
    wrap(question, width),
    "",
    wrap(`US dollars in a month of 730 hours${often}, ${ofSeeds(seeds)}:`, width),
    "",
    monthTable(returns, width),
    "",
    "By place, before lost writes and credits:",
    "",
    placesTable(returns, width),
    ...(called === null
      ? []
      : ["", `What one ${called} takes:`, "", columnsOf(returns, OUTAGE, ({ outage }) => outage, width)]),
    ...(called === null || others.length === 0 ? [] : ["", ...gainsTable(roi, others, width, wrap)]),
    ...(others.length === 0 ? [] : ["", ...others.map((each) => hung(verdict(each, roi), width, wrap))]),
    ...(roi.missing.length === 0
      ? []
      : [
          "",
          "The bill is incomplete, so what is net of it is unknown:",
          ...roi.missing.map((text) => hung(text, width, wrap)),
        ]),
    "",
    "What this stands on",
    ...roi.notes.map((text) => hung(text, width, wrap)),
  ].join("\n");
}

function monthTable(returns: readonly Returns[], width: number): string {
  const titles = ["", ...MONTH.map(([, title]) => title), "gross ROI", "net ROI"];
  const columns = returns.map(({ architecture, month, gross, net }) => [
    architecture,
    ...MONTH.map(([figure]) => money(month[figure])),
    percent(gross),
    percent(net),
  ]);
  return sideBySide(titles, columns, width);
}

function placesTable(returns: readonly Returns[], width: number): string {
  const places = returns[0]!.places;
  const possible = ["possible", ...places.map(({ potential }) => money(potential))];
  const columns = returns.map((each) => [each.architecture, ...each.places.map(({ kept }) => money(kept))]);
  return sideBySide(["", ...places.map(({ place }) => place)], [possible, ...columns], width);
}

function columnsOf<K extends string>(
  returns: readonly Returns[],
  rows: readonly (readonly [K, string])[],
  of: (each: Returns) => Readonly<Record<K, Estimate>>,
  width: number,
): string {
  const columns = returns.map((each) => [each.architecture, ...rows.map(([figure]) => money(of(each)[figure]))]);
  return sideBySide(["", ...rows.map(([, title]) => title)], columns, width);
}

function gainsTable({ baseline, called }: Roi, others: readonly Returns[], width: number, wrap: Wrap): string[] {
  const frequencies = others[0]!.gains.map(({ outages }) => significant(outages, 4));
  const columns = others.map(({ architecture, gains }) => [architecture, ...gains.map(({ gain }) => more(gain))]);
  return [
    wrap(`Net a month beyond ${baseline}, by ${plural(called!)} a year:`, width),
    "",
    sideBySide(["a year", ...frequencies], columns, width),
  ];
}

/** One sentence, without a full stop. */
export function verdict({ architecture, breakEven }: Returns, { baseline, called, most, seeds }: Roi): string {
  if (breakEven === null) return `${architecture}: whether it pays for itself is unknown without the bills`;
  const often = plural(called ?? "outage");
  const quiet = { even: "the same as", always: "more than", never: "less than", above: "", below: "" }[breakEven.pays];
  const doubt = breakEven.settled ? "" : `; ${seeds.length === 1 ? "one seed does" : "these seeds do"} not settle it`;
  // Where nothing goes wrong no outage was weighed: nothing is known of any number of them.
  if (called === null)
    return `${architecture} nets ${quiet} ${baseline} in a month in which nothing goes wrong${doubt}`;
  switch (breakEven.pays) {
    case "even":
      return `${architecture} nets the same as ${baseline}, however many ${often} there are${doubt}`;
    case "always":
      return `${architecture} nets more than ${baseline}, however many ${often} there are${doubt}`;
    case "never":
      return `${architecture} never pays for itself: it nets less than ${baseline}, however many ${often} there are${doubt}`;
    case "above":
      return `${architecture} pays for itself above ${timesAYear(breakEven, often, most)}, against ${baseline}`;
    default:
      return `${architecture} nets more than ${baseline} only below ${timesAYear(breakEven, often, most)}`;
  }
}

function timesAYear({ outages }: BreakEven, called: string, most: number): string {
  const { mean, ci95, n } = outages!;
  const shown = (value: number): string => significant(value, 3);
  const beyond = mean! > most ? ", more than a year has room for" : "";
  // An interval narrower than what is worth reading is left out, as everywhere.
  const isNarrow = ci95 !== null && shown(ci95[0]) === shown(ci95[1]);
  const bounded = ci95 === null ? "these seeds do not bound it" : `${shown(ci95[0])} to ${shown(ci95[1])}`;
  const interval = n < 2 || isNarrow ? "" : ` (${bounded})`;
  return `${shown(mean!)} ${called} a year${interval}${beyond}`;
}

export const plural = (noun: string, count = 0): string => (count === 1 ? noun : `${noun}s`);

const bare = (text: string): string => text.replace(/ USD$/, "");

/** Below a cent nothing is worth reading. */
const CENT = 0.005;

export function money(figure: Estimate): string {
  const { mean } = figure;
  if (mean === null) return "–";
  const half = halfWidth(figure);
  if (half < CENT) return dollars(Math.abs(mean) < CENT ? 0 : mean);
  if (half < 20 * CENT && Math.abs(mean) < 1000) return `${dollars(mean)} ± ${dollars(half)}`;
  return bare(formatEstimate(mean, half, "dollars"));
}

/** A difference: with its sign. */
export const more = (gain: Estimate): string => (gain.mean !== null && gain.mean > 0 ? `+${money(gain)}` : money(gain));

/** The interval of a ratio lies not evenly about it, so it is shown by its ends. */
export function percent(figure: Estimate | null): string {
  if (figure === null || figure.mean === null) return "–";
  const shown = (value: number): string =>
    (value * 100).toFixed(Math.abs(value) < 1 ? 1 : 0).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const { mean, ci95 } = figure;
  if (ci95 === null || shown(ci95[0]) === shown(ci95[1])) return `${shown(mean)} %`;
  return `${shown(mean)} % (${shown(ci95[0])} to ${shown(ci95[1])})`;
}

const hung = (text: string, width: number, wrap: Wrap): string =>
  `  ${wrap(text, width - 4).replaceAll("\n", "\n    ")}`;
