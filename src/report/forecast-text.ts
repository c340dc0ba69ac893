import type { Bill } from "../cost/bill.js";
import { type Share, breakdown, byService } from "../cost/breakdown.js";
import type { ForecastMonth } from "../cost/forecast.js";
import type { Wrap } from "./cost-text.js";
import { dollars, significant } from "./numbers.js";
import { sideBySide } from "./text-table.js";
import { ofSeeds } from "./words.js";

export interface Forecasted {
  readonly name: string;
  readonly bill: Bill;
  readonly months: readonly ForecastMonth[];
}

export interface Forecast {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  /** A month, as a fraction. */
  readonly growth: number;
  readonly architectures: readonly Forecasted[];
}

export const EXTRAPOLATED = [
  "only the month 0 is of a simulation; those after it are extrapolated from its bill",
  "storage, backups, transfer, egress and replicated writes grow with users and data; health checks and name servers do not",
  "a planned fleet grows by whole instances, so that none has more to do than now; a standby keeps its share, and a fleet that follows its load grows with it",
  "prices stay as they are; larger volumes may fall into cheaper tiers, and whether latency and failover hold is for a simulation of the larger load to say",
] as const;

/** Totals a month by architecture, and what the last month is made of. */
export function forecastText({ question, seeds, growth, architectures }: Forecast, width: number, wrap: Wrap): string {
  const months = architectures[0]!.months;
  const last = months.at(-1)!;
  const columns = architectures.map(({ name, bill, months: own }) => [
    name,
    ...own.map(({ total }) => `${dollars(total)}${bill.missing.length === 0 ? "" : " + ?"}`),
  ]);
  const shares = architectures.map(({ bill, months: own }) =>
    breakdown({ ...bill, lines: own.at(-1)!.lines }, byService),
  );
  const services = [...new Set(shares.flat().map(({ name }) => name))];
  const cell = (share: Share | undefined): string =>
    share === undefined ? "–" : share.missing > 0 && share.amount === 0 ? "no price" : dollars(share.amount);
  const parts = architectures.map(({ name }, at) => [
    name,
    ...services.map((service) => cell(shares[at]!.find((share) => share.name === service))),
    instancesOf(architectures[at]!),
  ]);
  const percent = `${significant(growth * 100, 4)} %`;
  const hung = (text: string): string => `  ${wrap(text, width - 4).replaceAll("\n", "\n    ")}`;
  const missing = [...new Set(architectures.flatMap(({ bill }) => bill.missing))];
  return [
    wrap(question, width),
    "",
    wrap(
      `US dollars a month of 730 hours, users and data growing by ${percent} a month, ${ofSeeds(seeds)}, at list prices:`,
      width,
    ),
    "",
    sideBySide(["month", ...months.map(({ month }) => String(month))], columns, width),
    "",
    `Month ${last.month}, when all has grown ${significant(last.factor, 4)}-fold:`,
    "",
    sideBySide(["", ...services, "instances"], parts, width),
    "",
    ...(missing.length === 0 ? [] : ["The bill is incomplete:", ...missing.map(hung), ""]),
    "Extrapolated",
    ...EXTRAPOLATED.map(hung),
    hung("sources and dates of the prices: faultline cost analyze"),
  ].join("\n");
}

function instancesOf({ months }: Forecasted): string {
  const sum = (month: ForecastMonth): number => Object.values(month.instances).reduce((all, each) => all + each, 0);
  return `${significant(sum(months[0]!), 3)} → ${significant(sum(months.at(-1)!), 4)}`;
}

export const FORECAST_SCHEMA = "faultline/cost-forecast/1";

/** The document of `cost forecast --json`. */
export function forecastDocument({ question, scenario, seeds, growth, architectures }: Forecast): string {
  const document = {
    ...{ schema: FORECAST_SCHEMA, scenario, question, currency: "USD", hours: 730, seeds, growth },
    extrapolated: EXTRAPOLATED,
    architectures: Object.fromEntries(
      architectures.map(({ name, bill, months }) => [
        name,
        {
          complete: bill.missing.length === 0,
          missing: bill.missing,
          months: months.map(({ month, factor, total, lines, instances }) => ({
            ...{ month, factor, total },
            by_service: Object.fromEntries(
              breakdown({ ...bill, lines }, byService).map((share) => [share.name, share.amount]),
            ),
            instances,
          })),
        },
      ]),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
