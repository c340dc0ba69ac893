import { formatDuration } from "../../units/time.js";
import { BOUNDS, type Bound, type Requirement } from "./bounds.js";
import type { Candidate } from "./candidates.js";
import { type Simulated, excess, meanOf } from "./figures.js";
import { FORMS, familyOf } from "./forms.js";
import type { Recommendation } from "./recommend.js";
import type { Requirements } from "./requirements.js";

/** What a table calls a candidate, and where it is: "active-passive", "led from us-east-1, with us-west-2". */
export function partsOf(
  { form, regions, primary, level }: Candidate,
  required: Requirements,
): { readonly name: string; readonly where: string } {
  const name = (region: number): string => required.candidates[region]!.name;
  const others = regions.filter((region) => region !== primary).map(name);
  // At the least level each class is read as it needs.
  const reads = form.levels.length > 1 && level !== form.levels[0] ? `, ${level} reads` : "";
  const lead = primary < 0 ? "" : `led from ${name(primary)}`;
  const rest = others.length === 0 ? "" : `${primary < 0 ? "in " : ", with "}${others.join(", ")}`;
  return { name: `${form.name}${reads}`, where: `${lead}${rest}` };
}

export function called(candidate: Candidate, required: Requirements): string {
  const { name, where } = partsOf(candidate, required);
  return `${name} ${where}`;
}

export const dollars = (amount: number | null): string =>
  amount === null ? "–" : `${String(Math.round(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, ",")} USD`;

export const milliseconds = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? "never" : `${Math.round(value)} ms`;

/** Seconds, as a scenario would have them. */
export const seconds = (value: number | null): string => {
  if (value === null || !Number.isFinite(value)) return "never";
  if (value < 1e-4) return value < 5e-7 ? "0 s" : "< 1 ms";
  return value < 1 ? `${Math.max(1, Math.round(value * 1000))} ms` : `${Math.round(value)} s`;
};

/** Of an RPO: without another copy everything is lost. */
export const lost = (value: number | null): string => (value === Number.POSITIVE_INFINITY ? "all" : seconds(value));

export const percent = (value: number | null): string =>
  value === null ? "–" : `${(Math.round(value * 10_000) / 100).toFixed(2)} %`;

const BY_BOUND: Readonly<Record<Bound, string>> = {
  residency: "would keep data where they may not be, or in one region that is not to be lost",
  consistency: "cannot show reads what they have to show",
  rpo: "would lose more than the RPO allows",
  rto: "cannot be back within the RTO",
  latency: "are farther from users than the latency allows",
  budget: "cost more than the budget for storage, machines and transfer alone",
};

export const boundSentence = (bound: Bound): string => BY_BOUND[bound];

/** Why the pick, in a sentence. */
export function pickSentence({ pick, front, requirements }: Recommendation): string {
  if (pick === null) return "";
  const name = called(pick.candidate, requirements);
  const cost = meanOf(pick, "cost");
  const next = front[1];
  const price =
    cost === null ? "no price is known, so it is the quickest" : `at ${dollars(cost)} a month it is the cheapest`;
  if (next === undefined) return `${name}: ${price}, and none of those that keep everything is better in anything`;
  return `${name}: ${price} of those that keep everything; ${called(next.candidate, requirements)} is the next, ${against(next, pick)}`;
}

/** Where nothing keeps everything: who is nearest to it, and by what it fails. */
export function nearestSentence({ best, requirements }: Recommendation): string {
  const none = "No candidate that was simulated keeps everything that is required";
  const all = [...best.values()].toSorted(
    (a, b) =>
      a.missed.length - b.missed.length || excess(a.simulated, requirements) - excess(b.simulated, requirements),
  );
  if (all.length === 0) return `${none}.`;
  const { simulated, missed } = all[0]!;
  return `${none}. The nearest to it, ${called(simulated.candidate, requirements)}, misses ${missed.map((each) => missedBy(each, simulated, requirements)).join(" and ")}.`;
}

/** "for 310 USD more, p95 40 ms lower, RTO 20 s longer". */
function against(one: Simulated, other: Simulated): string {
  const parts: string[] = [];
  const difference = (objective: "cost" | "p95" | "rto"): number =>
    (meanOf(one, objective) ?? 0) - (meanOf(other, objective) ?? 0);
  const cost = difference("cost");
  if (Math.round(cost) !== 0) parts.push(`for ${dollars(Math.abs(cost))} ${cost > 0 ? "more" : "less"}`);
  const p95 = difference("p95");
  if (Math.round(p95) !== 0) parts.push(`p95 ${milliseconds(Math.abs(p95))} ${p95 > 0 ? "higher" : "lower"}`);
  const rto = difference("rto");
  if (Number.isFinite(rto) && Math.round(rto) !== 0)
    parts.push(`RTO ${seconds(Math.abs(rto))} ${rto > 0 ? "longer" : "shorter"}`);
  const rpos = [one, other].map((each) => meanOf(each, "rpo") ?? 0);
  if (rpos[0] === 0 && rpos[1]! > 0) parts.push("and no acknowledged write lost");
  return parts.length === 0 ? "alike in cost, latency and RTO" : parts.join(", ");
}

/** Patterns that are no choice of regions, and why; they can be had beside whatever is picked. */
export const NOT_WEIGHED: Readonly<Record<string, string>> = {
  "follow-the-sun":
    "not weighed: its leader moves with the hour, and what is simulated here is one hour, the peak; hold it against active-passive over a day (faultline compare follow-the-sun)",
  "edge-hierarchy":
    "not weighed: it chooses where to compute by the type and size of a request, of which requirements say nothing",
  serverless: "not weighed: it is a way to run a region and no choice of regions; whatever is picked may have it",
  cqrs: "not weighed: it is a way to read within a region and no choice of regions; whatever is picked may have it",
};

/** One sentence on each pattern that is not the pick's. */
export function rejections(recommendation: Recommendation): { readonly pattern: string; readonly why: string }[] {
  const others = Object.entries(NOT_WEIGHED).map(([pattern, why]) => ({ pattern, why }));
  return [...weighed(recommendation), ...others];
}

function weighed(recommendation: Recommendation): { readonly pattern: string; readonly why: string }[] {
  const { screening, best, pick, requirements } = recommendation;
  const picked = pick === null ? null : familyOf(pick.candidate.form);
  const families = [...new Set(FORMS.map(familyOf))].filter((family) => family !== picked);
  return families.map((pattern) => {
    const { candidates, pruned } = screening.families.get(pattern)!;
    const least = Math.min(...FORMS.filter((form) => familyOf(form) === pattern).map((form) => form.least));
    if (pattern === "geo-partitioned" && requirements.classes.every(({ owned }) => !owned))
      return {
        pattern,
        why: "no class of data belongs to the users of one place (owned: true), so there is nothing to divide",
      };
    if (candidates === 0)
      return { pattern, why: `it needs ${least} regions, and at most ${requirements.most} may be chosen` };
    const simulated = best.get(pattern);
    if (simulated === undefined) {
      const first = BOUNDS.reduce((a, b) => (pruned[b] > pruned[a] ? b : a));
      const all = Object.values(pruned).reduce((sum, count) => sum + count, 0);
      if (all < candidates)
        return { pattern, why: `${candidates - all} of its candidates break no bound, and were left unsimulated` };
      const most = pruned[first] === candidates ? "all" : `${pruned[first]} of`;
      return {
        pattern,
        why: `${most} its ${candidates} candidates ${boundSentence(first)}${pruned[first] === candidates ? "" : ", and the others break another bound"}`,
      };
    }
    const name = called(simulated.simulated.candidate, requirements).slice(pattern.length).replace(/^,? /, "");
    if (simulated.missed.length > 0)
      return {
        pattern,
        why: `the best that was simulated (${name}) misses ${simulated.missed.map((each) => missedBy(each, simulated.simulated, requirements)).join(" and ")}`,
      };
    if (pick === null) return { pattern, why: `its best (${name}) keeps what was required` };
    return { pattern, why: `its best (${name}) keeps everything, ${against(simulated.simulated, pick)}` };
  });
}

/** "310 ms against 250 ms", and "300.4 ms against 300 ms": what is beyond has to look so. */
function beyond(value: number | null, most: number): string {
  const isRound = value !== null && Math.round(value) * 1000 === most;
  return `${isRound ? `${(Math.ceil(value * 10) / 10).toFixed(1)} ms` : milliseconds(value)} against ${formatDuration(most)}`;
}

/** "the latency, 310 ms against 250 ms". */
export function missedBy(requirement: Requirement, simulated: Simulated, required: Requirements): string {
  const time = (micros: number | null): string => formatDuration(micros ?? 0);
  switch (requirement) {
    case "latency":
      return `the latency, ${beyond(meanOf(simulated, "p95"), required.p95!)}`;
    case "rto":
      return `the RTO, ${Number.isFinite(meanOf(simulated, "rto") ?? 0) ? seconds(meanOf(simulated, "rto")) : "not back by the end of the run"} against ${time(required.rto)}`;
    case "rpo":
      return `the RPO, ${lost(meanOf(simulated, "rpo"))} against ${time(required.rpo)}`;
    case "budget":
      return `the budget, ${dollars(meanOf(simulated, "cost"))} against ${dollars(required.budget)}`;
    default: {
      const place = requirement.slice("latency of ".length);
      const index = required.users.findIndex((user) => user.place.name === place);
      const all = simulated.seeds.map(({ p95s }) => p95s[index]!);
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      return `the latency of ${place}, ${beyond(mean, required.users[index]!.p95!)}`;
    }
  }
}
