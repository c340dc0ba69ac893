import { meanRate } from "../simulation/mean-rate.js";
import type { Metered, Meters } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { DAY, formatDuration, formatRounded } from "../units/time.js";
import { MONTH_HOURS } from "./items.js";
import { type BillLine, elsewhere } from "./lines.js";
import { calmOf } from "./month.js";
import { type Prices, instanceIn, storageIn } from "./prices.js";

/** What a bill takes for granted, for people to judge: sentences without a full stop. */
export function assumptionsOf(plan: Plan, meters: Meters, lines: readonly BillLine[], prices: Prices): string[] {
  const charged = (service: string): string[] => [
    ...new Set(lines.filter((line) => line.service === service).map(({ region }) => region)),
  ];
  const byChoice = (regions: readonly string[], choice: (region: string) => string): string => {
    const all = new Map<string, string[]>();
    for (const region of regions) all.set(choice(region), [...(all.get(choice(region)) ?? []), region]);
    const words = [...all].map(([word, where]) => (all.size === 1 ? word : `${word} in ${where.join(", ")}`));
    return words.join("; ");
  };
  const unsure = lines.filter(({ status }) => status.includes("assumption")).map(({ item }) => item);
  return [
    spanOf(plan, meters),
    `an instance is one ${byChoice(charged("compute"), (region) => instanceIn(prices, region).type)} on demand`,
    `each copy is stored once, ${byChoice(charged("storage"), (region) => storageIn(prices, region))} of the size of the data; what it grows by in the month is not in`,
    ...(plan.backups === null
      ? []
      : [
          "backups are incremental after the first, what is written is kept for their retention, and they travel uncompressed",
        ]),
    ...(lines.some(({ service }) => service === "cross-zone")
      ? [
          `of what is answered, the share of instances beside the copy's zone crosses zones (${plan.regions
            .filter((region) => elsewhere(region) > 0)
            .map((region) => `${region.name} ${Math.round(elsewhere(region) * 100)} %`)
            .join(", ")}), and is charged in both directions`,
        ]
      : []),
    "prices are of the first tier, without free tiers, discounts or taxes; load balancers, support and people are not in",
    ...(unsure.length === 0 ? [] : [`no source confirms the price of ${[...new Set(unsure)].join(", ")}`]),
  ];
}

function spanOf(plan: Plan, meters: Meters): string {
  const calm = calmOf(meters);
  const span = formatDuration(plan.duration);
  const orders = (plan.actions ?? []).length === 0 ? "" : " and orders";
  const stands =
    calm === null
      ? `the ${span} simulated, any faults${orders} included, stand for all ${MONTH_HOURS} hours of a month`
      : `the ${span} simulated come once a month, faults${orders} included, and the rest of its ${MONTH_HOURS} hours is as the ${formatRounded(calm.duration)} ${whenOf(plan, calm, orders !== "")}`;
  const day = plan.places.reduce((sum, { rate }) => sum + rate, 0);
  const duration = calm?.duration ?? plan.duration;
  const startOfDay = plan.startOfDay + (calm?.from ?? 0);
  if (plan.trace !== null || duration >= DAY || day === 0) return stands;
  const share = Math.round((meanRate({ ...plan, duration, startOfDay }) / day) * 100);
  return share === 100 ? stands : `${stands}; in these users ask for ${share} % of their daily mean`;
}

/** When all is well and nobody acts. */
function whenOf({ regions }: Plan, { from }: Metered, orders: boolean): string {
  const added = regions.flatMap(({ name, joins }) => (joins === undefined ? [] : [name]));
  if (from !== undefined) return `after ${added.join(" and ")} had come in`;
  return `before the first fault${orders ? " or order" : ""}`;
}
