import { type Estimate, estimate, halfWidth } from "../measure/statistics.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Comparison } from "./comparison.js";
import { formatMean } from "./numbers.js";
import type { BarsInput } from "./page-model.js";

type Summary = Outcome["summary"];

const count = (summary: Summary, metric: string): number => summary[metric] ?? 0;

/** What may become of an acknowledged write that nobody wants; no write counts twice. */
const KINDS: readonly { readonly label: string; of(summary: Summary): number }[] = [
  { label: "split-brain", of: (run) => count(run, "split_brain_writes") },
  { label: "lost otherwise", of: (run) => count(run, "lost_acknowledged_writes") - count(run, "split_brain_writes") },
  { label: "overwritten by conflict", of: (run) => count(run, "overwritten_writes") },
  { label: "unavailable", of: (run) => count(run, "unavailable_writes") },
];

/** Acknowledged writes that came to harm, by architecture; nothing where none did. */
export function harmedWrites({ architectures }: Comparison): BarsInput[] {
  const rows = architectures.map(({ name, outcomes }) => {
    const over = (of: (summary: Summary) => number): Estimate => estimate(outcomes.map(({ summary }) => of(summary)));
    return {
      name,
      kinds: KINDS.map(({ of }) => over(of)),
      all: over((summary) => KINDS.reduce((sum, { of }) => sum + of(summary), 0)),
    };
  });
  const present = KINDS.map((_, kind) => rows.some(({ kinds }) => kinds[kind]!.mean! > 0));
  if (!present.includes(true)) return [];
  return [
    {
      title: "Acknowledged writes that came to harm",
      about:
        "How many a run: lost, of those apart what a split brain acknowledged; discarded by a conflict; or held by a dead region only when the run ended.",
      kinds: KINDS.map(({ label }, style) => ({ label, style })).filter((_, kind) => present[kind]),
      rows: rows.map(({ name, kinds, all }) => {
        const shown = kinds.filter((_, kind) => present[kind]);
        return { label: name, values: shown.map(({ mean }) => mean!), texts: shown.map(text), total: text(all) };
      }),
    },
  ];
}

const text = (value: Estimate): string => formatMean(value.mean!, halfWidth(value), "count");
