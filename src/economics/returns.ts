import { type Estimate, estimate } from "../measure/statistics.js";
import type { Account } from "./account.js";
import { type BreakEven, breakEven } from "./break-even.js";
import { MONTHS, type Month, gainAt, grossReturn, lossOf, monthAt, netReturn } from "./return.js";

/** Outages a year for which a table shows the gain: nobody knows how often they come. */
const FREQUENCIES = [0, 0.1, 0.2, 0.5, 1, 2, 5] as const;

type Figures<K extends string> = Readonly<Record<K, Estimate>>;
export type MonthFigure = keyof Month;
export type OutageFigure = "latency" | "unavailability" | "writes" | "credits" | "bill" | "total";

/** What one architecture earns, and whether it is worth its bill. US dollars, over the seeds. */
export interface Returns {
  readonly architecture: string;
  /** A month with its share of the outages. */
  readonly month: Figures<MonthFigure>;
  /** Of that month, by place: what it would bring in, and what it does before lost writes and credits. */
  readonly places: readonly { readonly place: string; readonly potential: Estimate; readonly kept: Estimate }[];
  /** What one outage takes. */
  readonly outage: Figures<OutageFigure>;
  /** Fractions; null where a price is missing. */
  readonly gross: Estimate | null;
  readonly net: Estimate | null;
  /** What it nets a month beyond the baseline, by outages a year. */
  readonly gains: readonly { readonly outages: number; readonly gain: Estimate }[];
  readonly breakEven: BreakEven | null;
}

export interface Accounted {
  readonly name: string;
  /** One a seed, the same seeds for all. */
  readonly accounts: readonly Account[];
}

/** Every architecture at so many outages a year; against the baseline, all but that one. `most` fit into a year. */
export function returnsOf(all: readonly Accounted[], baseline: string, outages: number, most: number): Returns[] {
  const base = all.find(({ name }) => name === baseline)!.accounts;
  const frequencies = [...new Set([...FREQUENCIES, outages])].filter((each) => each <= most).toSorted((a, b) => a - b);
  const baseMonths = base.map((account) => monthAt(account, outages));
  return all.map(({ name, accounts }) => {
    const months = accounts.map((account) => monthAt(account, outages));
    const of = (figure: MonthFigure): Estimate => estimate(months.map((month) => month[figure]));
    const isOther = name !== baseline;
    const paid = billsOf(months);
    const basePaid = billsOf(baseMonths);
    return {
      architecture: name,
      month: {
        potential: of("potential"),
        latency: of("latency"),
        unavailability: of("unavailability"),
        writes: of("writes"),
        credits: of("credits"),
        kept: of("kept"),
        bill: of("bill"),
        net: of("net"),
      },
      places: accounts[0]!.places.map(({ place }, at) => ({
        place,
        potential: estimate(accounts.map(({ places }) => places[at]!.potential)),
        kept: estimate(accounts.map(({ places }) => places[at]!.quiet - (outages / MONTHS) * places[at]!.outage)),
      })),
      outage: outageOf(accounts),
      gross: paid === null ? null : grossReturn(keptOf(months), paid),
      net:
        isOther && paid !== null && basePaid !== null
          ? netReturn(keptOf(months), paid, keptOf(baseMonths), basePaid)
          : null,
      gains: isOther ? frequencies.map((each) => ({ outages: each, gain: gainAt(accounts, base, each) })) : [],
      breakEven: isOther ? breakEven(accounts, base) : null,
    };
  });
}

function outageOf(accounts: readonly Account[]): Figures<OutageFigure> {
  const of = (figure: (account: Account) => number | null): Estimate => estimate(accounts.map(figure));
  return {
    latency: of(({ outage }) => outage.latency),
    unavailability: of(({ outage }) => outage.unavailability),
    writes: of(({ outage }) => outage.writes),
    credits: of(({ outage }) => outage.credits),
    bill: of(({ outageBill }) => outageBill),
    total: of(({ outage, outageBill }) => (outageBill === null ? null : lossOf(outage) + outageBill)),
  };
}

const keptOf = (months: readonly Month[]): number[] => months.map(({ kept }) => kept);

function billsOf(months: readonly Month[]): number[] | null {
  const bills = months.flatMap(({ bill }) => (bill === null ? [] : [bill]));
  return bills.length === months.length ? bills : null;
}
