import { formatCount, formatShare } from "../units/format.js";
import { DAY, formatDuration } from "../units/time.js";
import { meant } from "./check.js";
import type { RawCredit, RawStep } from "./economics-format.js";
import type { RawScenario } from "./format.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

const YEAR = 365 * DAY;
/** What revenue is said of; one at a time. */
export const REVENUE_UNITS = ["per_user", "per_request", "per_hour"] as const;

/** Each takes as long as the run. */
export const mostOutages = (duration: number): number => Math.floor(YEAR / Math.max(1, duration));

/** US dollars of one amount, and users of one place: beyond them somebody has slipped. */
const MOST_DOLLARS = 1_000_000_000;
const MOST_USERS = 10_000_000_000;

/** What the section `economics` says that no single value can tell is wrong. */
export function checkEconomics(raw: RawScenario, source: Source): void {
  const said = raw.economics!;
  checkNames(raw, source);
  checkAmounts(raw, source);
  checkSteps(said.engagement ?? [], source);
  checkCredits(said.sla?.credits ?? [], source);
  const most = mostOutages(raw.duration ?? 0);
  if ((said.outages_per_year ?? 0) > most)
    source.errorAt(
      "economics.outages_per_year",
      "a year has no room for so many",
      `at most ${most}, since each takes as long as the run`,
    );
}

function checkNames(raw: RawScenario, source: Source): void {
  const { places, revenue, baseline } = raw.economics!;
  const known = (raw.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  for (const [name, own] of places ?? []) {
    const path = `economics.places.${step(name)}`;
    if (!known.includes(name))
      source.errorAt(path, `this scenario has no users in "${name}"`, `one of ${known.join(", ")}`, meant(name, known));
    checkUnits(own ?? {}, path, source);
    const isPerUser =
      own?.per_user !== undefined ||
      (revenue?.per_user !== undefined && own?.per_request === undefined && own?.per_hour === undefined);
    if (own?.users !== undefined && !isPerUser)
      source.errorAt(`${path}.users`, "nothing is earned by the user here", "per_user beside it", "or take it away");
  }
  checkUnits(revenue ?? {}, "economics.revenue", source);
  const architectures = [...(raw.architectures?.keys() ?? [])];
  if (baseline !== undefined && !architectures.includes(baseline))
    source.errorAt(
      "economics.baseline",
      `there is no architecture "${baseline}"`,
      `one of ${architectures.join(", ")}`,
      meant(baseline, architectures),
    );
}

function checkAmounts({ economics }: RawScenario, source: Source): void {
  const { revenue, places, lost_write, overwritten_write, sla } = economics!;
  const within = (path: string, value: number | undefined, most: number): void => {
    if ((value ?? 0) > most) source.errorAt(`economics.${path}`, "nobody has so much", `at most ${formatCount(most)}`);
  };
  for (const unit of REVENUE_UNITS) {
    if (unit !== "per_hour") within(`revenue.${unit}`, revenue?.[unit], MOST_DOLLARS);
    for (const [name, own] of places ?? []) within(`places.${step(name)}.${unit}`, own?.[unit], MOST_DOLLARS);
  }
  for (const [name, own] of places ?? []) within(`places.${step(name)}.users`, own?.users, MOST_USERS);
  within("lost_write", lost_write, MOST_DOLLARS);
  within("overwritten_write", overwritten_write, MOST_DOLLARS);
  within("sla.fee", sla?.fee, MOST_DOLLARS);
}

function checkUnits(said: object, path: string, source: Source): void {
  const given = REVENUE_UNITS.filter((each) => Object.hasOwn(said, each));
  if (given.length > 1)
    source.errorAt(
      `${path}.${given[1]}`,
      `revenue stands here ${given.join(" and ")}`,
      "one of them",
      "take the others away",
    );
}

function checkSteps(steps: readonly (RawStep | undefined)[], source: Source): void {
  for (const [at, each] of steps.entries()) {
    const path = `economics.engagement.${at}`;
    const last = at === steps.length - 1;
    const before = steps[at - 1];
    if (each === undefined) continue;
    if (last !== (each.below === undefined))
      source.errorAt(
        last ? `${path}.below` : path,
        last
          ? "slower answers than this are worth nobody knows what"
          : "only the last step holds for all slower answers",
        last ? "a last step without below, as {share: 40%}" : "below, as {below: 300ms, share: 90%}",
      );
    if (before === undefined) continue;
    if (before.below !== undefined && each.below !== undefined && each.below <= before.below)
      source.errorAt(`${path}.below`, "the steps are not in order", `more than ${formatDuration(before.below)}`);
    if (before.share !== undefined && each.share !== undefined && each.share > before.share)
      source.errorAt(`${path}.share`, "slower answers are worth more", `at most ${formatShare(before.share)}`);
  }
}

function checkCredits(tiers: readonly (RawCredit | undefined)[], source: Source): void {
  for (const [at, each] of tiers.entries()) {
    const path = `economics.sla.credits.${at}`;
    const before = tiers[at - 1];
    if (each === undefined || before === undefined) continue;
    if (before.below !== undefined && each.below !== undefined && each.below >= before.below)
      source.errorAt(`${path}.below`, "the tiers are not in order", `less than ${formatShare(before.below)}`);
    if (before.credit !== undefined && each.credit !== undefined && each.credit < before.credit)
      source.errorAt(`${path}.credit`, "a worse month credits less", `at least ${formatShare(before.credit)}`);
  }
}
