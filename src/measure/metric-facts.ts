/** What a scalar metric of a run means: tables, documents, exports and expectations all read it here. */
export interface MetricFacts {
  readonly name: string;
  readonly title: string;
  readonly unit: "fraction" | "seconds" | "milliseconds" | "count" | "per-second" | "bytes" | "hours" | "dollars";
  readonly better: "higher" | "lower" | "neither";
  readonly about: string;
  /** Stands in the short table. */
  readonly headline?: true;
  /** Rare harm, or what few scenarios count: stands in the short table where there was any. */
  readonly alarm?: true;
}

type Unit = MetricFacts["unit"];
type Better = MetricFacts["better"];
export const metric = (name: string, title: string, unit: Unit, better: Better, about: string): MetricFacts => ({
  name,
  title,
  unit,
  better,
  about,
});
export const headline = (facts: MetricFacts): MetricFacts => ({ ...facts, headline: true });
export const alarm = (facts: MetricFacts): MetricFacts => ({ ...facts, alarm: true });
