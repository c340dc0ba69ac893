import type { Incident, Outcome } from "../simulation/outcome.js";
import type { Comparison } from "./comparison.js";
import { meanSeries } from "./csv.js";
import { harmedWrites } from "./harm.js";
import type { ChartInput, PageInput, WaterfallInput } from "./page-model.js";
import { measured, promised } from "./promises.js";
import { economicsInput } from "./roi-page.js";
import type { Roi } from "./roi-text.js";
import { shortList, tableRows } from "./table.js";

const SECOND = 1_000_000;

interface ChartFacts {
  readonly series: string;
  readonly title: string;
  readonly unit: string;
  readonly scale: number;
  readonly about: string;
  /** How the series of different labels make one line. */
  readonly join: "only" | "largest" | "sum";
  readonly domain?: readonly [number, number];
}

const CHARTS: readonly ChartFacts[] = [
  {
    series: "availability",
    title: "Availability over time",
    unit: "%",
    scale: 100,
    about: "Operations answered correctly within the deadline, by the moment they were issued.",
    join: "only",
    domain: [0, 100],
  },
  {
    series: "user_request_latency_p99",
    title: "Request latency, 99th percentile",
    unit: "ms",
    scale: 1,
    about: "From the first attempt to the answer, retries included.",
    join: "only",
  },
  {
    series: "replication_lag",
    title: "Replication lag",
    unit: "s",
    scale: 0.001,
    about: "How long a write accepted at that moment took until the slowest region showed it.",
    join: "largest",
  },
  {
    series: "conflict_rate",
    title: "Conflicts",
    unit: "/s",
    scale: 1,
    about: "Writes accepted where an earlier write of the same key was not yet visible; all regions.",
    join: "sum",
  },
];

/** What the page shows, from a comparison: means over seeds, and the waterfall of the median run. */
export function pageInput(
  comparison: Comparison,
  answer: string,
  replay: string,
  notes: readonly string[],
  roi: Roi | null = null,
): PageInput {
  const short = shortList(comparison);
  const { length } = comparison.seeds;
  const intervals =
    length === 1 ? "One seed, so nothing tells chance from effect" : `Means over ${length} seeds with 95 % intervals`;
  return {
    question: comparison.question,
    answer,
    scenarioName: comparison.scenario,
    replay,
    notes: [
      ...notes,
      ...(comparison.complete
        ? []
        : [`Interrupted: of the seeds only the first ${comparison.seeds.length} were finished.`]),
      `${intervals}; the same seed gives every architecture the same users and the same luck.`,
      "Percentiles are over the whole run: a short fault shows in p99 and max only, or in neither; the charts show when it hurt.",
      "Availability is that of this scenario, never a yearly figure.",
      `Digest ${comparison.digest}.`,
    ],
    architectures: comparison.architectures.map(({ name }) => name),
    promises: comparison.promises.map((promise) => ({
      architecture: promise.architecture,
      expected: promised(promise),
      was: measured(promise),
      verdict: promise.verdict,
    })),
    table: tableRows(comparison).map(({ facts, cells, differences }) => ({
      title: facts.title,
      about: facts.about,
      short: short.includes(facts),
      cells,
      differences,
    })),
    charts: CHARTS.map((facts) => chart(facts, comparison)),
    bars: harmedWrites(comparison),
    waterfalls: comparison.architectures.flatMap(({ name, outcomes }) => waterfall(name, outcomes)),
    economics: roi === null ? null : economicsInput(roi),
  };
}

function chart(facts: ChartFacts, comparison: Comparison): ChartInput {
  const first = comparison.architectures[0]?.outcomes[0];
  return {
    title: facts.title,
    unit: facts.unit,
    about: facts.about,
    binSeconds: (first?.series[0]?.bin ?? SECOND) / SECOND,
    faults: (first?.incidents ?? []).map((incident) => ({
      label: [...new Set(incident.faults)].join(" + "),
      startSeconds: incident.start / SECOND,
      endSeconds: incident.end / SECOND,
    })),
    lines: comparison.architectures.map(({ name, outcomes }) => ({ label: name, values: line(facts, outcomes) })),
    ...(facts.domain === undefined ? {} : { domain: facts.domain }),
  };
}

function line(facts: ChartFacts, outcomes: readonly Outcome[]): (number | null)[] {
  const same = meanSeries(outcomes).filter(({ series }) => series.name === facts.series);
  const bins = outcomes[0]?.series[0]?.values.length ?? 0;
  return Array.from({ length: bins }, (_, bin) => {
    const values = same.map(({ means }) => means[bin] ?? null).filter((value) => value !== null);
    if (values.length === 0) return null;
    const joined = facts.join === "sum" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
    return joined * facts.scale;
  });
}

/** Seconds until everybody was back; what never came to pass is longest. */
const recovery = ({ rtoSeconds }: Incident): number => rtoSeconds ?? Number.POSITIVE_INFINITY;
const byRecovery = (a: Incident, b: Incident): number => (recovery(a) === recovery(b) ? 0 : recovery(a) - recovery(b));

/** Of the run whose worst recovery takes the median time: phases of different runs must not be mixed. */
function waterfall(name: string, outcomes: readonly Outcome[]): WaterfallInput[] {
  const runs = outcomes
    .flatMap((outcome) => {
      const [worst] = outcome.incidents.toSorted((a, b) => byRecovery(b, a));
      return worst === undefined ? [] : [{ outcome, incident: worst }];
    })
    .toSorted((a, b) => byRecovery(a.incident, b.incident));
  const median = runs[Math.floor((runs.length - 1) / 2)];
  if (median === undefined) return [];
  const { incident, outcome } = median;
  const phases = incident.phases.map(({ name: phase, start, end }) => ({
    name: phase,
    startSeconds: (start - incident.start) / SECOND,
    endSeconds: (end - incident.start) / SECOND,
  }));
  const planned = Math.max(0, ...phases.map(({ endSeconds }) => endSeconds));
  const total = incident.rtoSeconds;
  return [
    {
      title: [
        name,
        `seed ${outcome.seed}`,
        ...(outcome.incidents.length > 1 ? [...new Set(incident.faults)] : []),
      ].join(", "),
      phases,
      totalSeconds: total,
      remainderSeconds: total === null ? null : Math.max(0, total - planned),
    },
  ];
}
