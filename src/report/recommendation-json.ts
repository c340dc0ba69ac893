import { OBJECTIVES, type Simulated, over } from "../advise/recommend/figures.js";
import type { Recommendation } from "../advise/recommend/recommend.js";
import { pickSentence, rejections } from "../advise/recommend/words.js";

/** The document of `recommend --json`. */
export function recommendationDocument(recommendation: Recommendation, file: string): string {
  const { requirements, screening, selection, halved, front, pick, conflicts } = recommendation;
  const candidateOf = ({ candidate: { form, regions, primary, level } }: Simulated) => ({
    pattern: form.name,
    replication: form.replication,
    consistency: level,
    regions: regions.map((region) => requirements.candidates[region]!.name),
    primary: primary < 0 ? null : requirements.candidates[primary]!.name,
  });
  const told = (simulated: Simulated) => ({
    ...candidateOf(simulated),
    seeds: simulated.seeds.length,
    figures: Object.fromEntries(
      OBJECTIVES.map((objective) => {
        const { mean, ci95 } = over(simulated.seeds, objective);
        return [NAMES[objective], { mean: Number.isFinite(mean) ? mean : null, ci95 }];
      }),
    ),
  });
  const document = {
    schema: "faultline/recommend/1",
    file,
    pick: pick === null ? null : { ...told(pick), why: pickSentence(recommendation) },
    front: front.map(told),
    rejected: rejections(recommendation),
    conflicts: conflicts.map(({ requirements: all, why }) => ({ requirements: all, why })),
    search: {
      candidates: screening.total,
      pruned: screening.pruned,
      simulated: selection.chosen.length,
      not_simulated: { worse: selection.worse, open: selection.open },
      rounds: halved.rounds,
      cut: halved.cut,
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const NAMES = {
  cost: "monthly_cost_usd",
  p95: "user_request_latency_ms_p95",
  rto: "rto_seconds",
  rpo: "rpo_seconds",
  availability: "availability",
} as const;
