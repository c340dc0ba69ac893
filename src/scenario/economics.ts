import type { Agreement, Economics, Revenue } from "../economics/economics.js";
import { DEFAULT_ENGAGEMENT, type Step } from "../economics/engagement.js";
import { formatShare } from "../units/format.js";
import { formatDuration } from "../units/time.js";
import { REVENUE_UNITS, checkEconomics } from "./check-economics.js";
import { USER_DEFAULTS } from "./defaults.js";
import type { RawEconomics } from "./economics-format.js";
import { hyphenated } from "./expand.js";
import type { RawScenario } from "./format.js";
import { DEFAULT, type Origin, type Setting, type SettingValue, step } from "./settings.js";
import type { Source } from "./source.js";

const SINGLE = "single-region";

/** What a scenario earns; null where it says nothing of it. Whatever is wrong is reported. */
export function economicsOf(raw: RawScenario, source: Source): Economics | null {
  const said = raw.economics;
  if (said === undefined) return null;
  checkEconomics(raw, source);
  return {
    places: (raw.users ?? []).map((user) => revenueOf(raw, user?.place ?? "", source)),
    engagement: stepsOf(said),
    lostWrite: said.lost_write ?? 0,
    overwrittenWrite: said.overwritten_write ?? 0,
    sla: agreementOf(said),
    baseline: baselineOf(raw),
    outagesPerYear: said.outages_per_year ?? null,
  };
}

/** The settings of this section, for those who want to know all that holds. */
export function expandEconomics(raw: RawScenario, settings: Map<string, Setting>): void {
  const said = raw.economics;
  if (said === undefined) return;
  const file = (path: string): Origin => ({ kind: "file", name: path });
  const put = (path: string, value: SettingValue, origin: Origin): void => {
    settings.set(`economics.${path}`, { value, origin });
  };
  const either = (key: "lost_write" | "overwritten_write"): void =>
    put(key, said[key] ?? 0, said[key] === undefined ? DEFAULT : file(`economics.${key}`));
  for (const user of raw.users ?? []) {
    if (user?.place === undefined) continue;
    const { unit, value, users } = revenueOf(raw, user.place);
    const own = `places.${step(user.place)}`;
    const isOwn = said.places?.get(user.place)?.[unit] !== undefined;
    put(`${own}.${unit}`, value, file(`economics.${isOwn ? own : "revenue"}.${unit}`));
    const isSaid = said.places?.get(user.place)?.users !== undefined;
    if (unit === "per_user")
      put(`${own}.users`, users, isSaid ? file(`economics.${own}.users`) : { kind: "derived", name: "its sessions" });
  }
  const curve = stepsOf(said).map(({ below, share }) =>
    below === Number.POSITIVE_INFINITY
      ? `else ${formatShare(share)}`
      : `${formatShare(share)} < ${formatDuration(below)}`,
  );
  put("engagement", curve.join(", "), said.engagement === undefined ? DEFAULT : file("economics.engagement"));
  either("lost_write");
  either("overwritten_write");
  const sla = agreementOf(said);
  if (sla !== null) {
    const tiers = sla.credits.map(({ below, credit }) => `${formatShare(credit)} < ${formatShare(below)}`);
    put("sla.credits", tiers.join(", "), file("economics.sla.credits"));
    if (sla.fee === null) put("sla.fee", "all revenue", DEFAULT);
    else put("sla.fee", sla.fee, file("economics.sla.fee"));
  }
  const baseline =
    said.baseline === undefined ? ({ kind: "derived", name: "the patterns" } as const) : file("economics.baseline");
  put("baseline", baselineOf(raw), baseline);
  if (said.outages_per_year !== undefined)
    put("outages_per_year", said.outages_per_year, file("economics.outages_per_year"));
}

const stepsOf = ({ engagement }: RawEconomics): readonly Step[] =>
  engagement === undefined
    ? DEFAULT_ENGAGEMENT
    : engagement.map((each) => ({ below: each?.below ?? Number.POSITIVE_INFINITY, share: each?.share ?? 1 }));

function agreementOf({ sla }: RawEconomics): Agreement | null {
  if (sla === undefined) return null;
  const credits = (sla.credits ?? []).map((each) => ({ below: each?.below ?? 0, credit: each?.credit ?? 0 }));
  return { fee: sla.fee ?? null, credits };
}

/** The first that is a single region, else the first. */
function baselineOf({ economics, architectures }: RawScenario): string {
  const all = [...(architectures ?? [])];
  const single = all.find(([, each]) => each?.pattern !== undefined && hyphenated(each.pattern) === SINGLE);
  return economics?.baseline ?? (single ?? all[0])?.[0] ?? "";
}

/** What stands at the place goes before what stands for all. */
function revenueOf({ economics, users }: RawScenario, place: string, source?: Source): Revenue {
  const own = economics?.places?.get(place);
  const whole: typeof own = economics?.revenue;
  const unitIn = (some: typeof own): Revenue["unit"] | undefined =>
    REVENUE_UNITS.find((each) => some?.[each] !== undefined);
  const unit = unitIn(own) ?? unitIn(whole);
  if (unit === undefined)
    source?.errorAt(
      "economics",
      `nobody says what the users of ${place} bring in`,
      "economics.revenue: {per_user: …} or {per_request: …}",
      "or give it by place: economics.places, also {per_hour: …}",
    );
  const value = unit === undefined ? undefined : (own?.[unit] ?? whole?.[unit]);
  const sessions = users?.find((user) => user?.place === place)?.sessions ?? (USER_DEFAULTS["sessions"] as number);
  return { unit: unit ?? "per_user", value: value ?? 0, users: own?.users ?? sessions };
}
