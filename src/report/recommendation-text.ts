import { BOUNDS } from "../advise/recommend/bounds.js";
import { type Simulated, meanOf } from "../advise/recommend/figures.js";
import type { Recommendation } from "../advise/recommend/recommend.js";
import {
  boundSentence,
  dollars,
  lost,
  milliseconds,
  nearestSentence,
  partsOf,
  percent,
  pickSentence,
  rejections,
  seconds,
} from "../advise/recommend/words.js";
import type { Wrap } from "./audit-text.js";
import { plotLines } from "./recommendation-plot.js";

/** Rows of the front that a terminal shows. */
const MOST_ROWS = 12;

/** The answer, for a terminal of `width` columns. */
export function recommendationText(recommendation: Recommendation, width: number, wrap: Wrap): string {
  const { front, pick, conflicts } = recommendation;
  const bullet = (text: string): string => hanging(text, width, "  ", wrap);
  const answer =
    conflicts.length > 0
      ? conflictLines(recommendation, width, wrap)
      : pick === null
        ? [hanging(nearestSentence(recommendation), width, "", wrap)]
        : [
            "Recommended:",
            hanging(`${pickSentence(recommendation)}.`, width, "  ", wrap),
            "",
            ...frontLines(front, recommendation),
            ...plotLines(recommendation, width).map((line, at) => (at === 0 ? `\n${line}` : line)),
          ];
  return [
    ...answer,
    "",
    "Why not",
    ...rejections(recommendation).map(({ pattern, why }) => hanging(`${pattern}: ${why}`, width, "  ", wrap)),
    "",
    "How it was found",
    ...foundLines(recommendation).map(bullet),
  ].join("\n");
}

const hanging = (text: string, width: number, indent: string, wrap: Wrap): string =>
  wrap(text, width - indent.length - 2)
    .split("\n")
    .map((line, index) => `${indent}${index === 0 ? "" : "  "}${line}`)
    .join("\n");

function conflictLines({ conflicts }: Recommendation, width: number, wrap: Wrap): string[] {
  const lines = conflicts.flatMap(({ why, requirements }) =>
    requirements.length === 1
      ? [hanging(`${why[0]!}.`, width, "  ", wrap)]
      : [
          hanging(
            `${requirements.join(", ")} cannot be kept together; giving up any one of them would do:`,
            width,
            "  ",
            wrap,
          ),
          ...why.map((each) => hanging(`${each}.`, width, "    ", wrap)),
        ],
  );
  return ["No architecture can keep these requirements:", ...lines];
}

export const figuresOf = (simulated: Simulated): readonly string[] => [
  dollars(meanOf(simulated, "cost")),
  milliseconds(meanOf(simulated, "p95")),
  seconds(meanOf(simulated, "rto")),
  lost(meanOf(simulated, "rpo")),
  percent(meanOf(simulated, "availability")),
];

export const FIGURES = ["a month", "p95", "RTO", "RPO", "available"] as const;

function frontLines(front: readonly Simulated[], { requirements }: Recommendation): string[] {
  const rows = front.slice(0, MOST_ROWS).map((simulated) => figuresOf(simulated));
  const widths = FIGURES.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (number: string, cells: readonly string[], name: string): string =>
    [number.padStart(2), ...cells.map((cell, column) => cell.padStart(widths[column]!)), name].join("  ");
  const lead = line(
    "",
    widths.map(() => ""),
    "",
  );
  const lines = front.slice(0, MOST_ROWS).flatMap(({ candidate }, index) => {
    const { name, where } = partsOf(candidate, requirements);
    return [line(String(index + 1), rows[index]!, name), `${lead}  ${where}`];
  });
  const more = front.length - MOST_ROWS;
  return [line("", FIGURES, "candidate"), ...lines, ...(more > 0 ? [`and ${more} more`] : [])];
}

/** Counts that add up: what was pruned and by what, what was simulated, what was not. */
export function foundLines({ screening, selection, halved, requirements, ground }: Recommendation): string[] {
  const { total, pruned, kept } = screening;
  const simulated = selection.chosen.length;
  const byBound = BOUNDS.filter((bound) => pruned[bound] > 0).map(
    (bound) => `${pruned[bound]} ${boundSentence(bound)}`,
  );
  const runs = halved.rounds.reduce(
    (sum, { candidates, seeds }, at) => sum + candidates * (seeds - (halved.rounds[at - 1]?.seeds ?? 0)),
    0,
  );
  return [
    `${total} candidates: up to ${requirements.most} of ${requirements.candidates.length} regions of ${requirements.provider}, each with a pattern, a consistency and a primary.`,
    ...(byBound.length === 0
      ? []
      : [`${total - kept.length} pruned by bounds that no luck can beat: ${byBound.join("; ")}.`]),
    kept.length === 0
      ? "None is left, so nothing was simulated."
      : `${kept.length} left: ${simulated} simulated; ${selection.worse} not, since by the noise-free model one that was simulated is as good in everything; ${selection.open} not, for want of runs.`,
    ...halved.rounds.map(
      ({ seeds, candidates, beaten, missing }) =>
        `${candidates} with ${seeds} seeds: ${beaten} surely beaten in everything, ${missing} surely beyond a requirement.`,
    ),
    ...(runs === 0
      ? []
      : [
          `${runs} candidates × seeds were run, an ordinary time and the loss of a region each.${halved.cut ? " No more were allowed: those that are left are not told apart further." : ""}`,
        ]),
    ...(simulated > 0 && halved.survivors.every((each) => meanOf(each, "cost") === null)
      ? ["A price is missing, so costs were left out of account."]
      : []),
    ...(ground.estimated === 0
      ? []
      : [
          `The round trips of ${ground.estimated} pairs of regions were never measured: they are estimates from the distance.`,
        ]),
  ];
}
