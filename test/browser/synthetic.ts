import type { PageInput } from "../../src/report/page-model.js";

/** What is hardest to draw: long names, flapping faults, late ones, gaps, tiny and huge values, no recovery. */
export const NAMES = ["active-active", "pilot-light", "warm-standby-in-a-second-continent"] as const;

const BINS = 720;

export function synthetic(count = 3): PageInput {
  const names = NAMES.slice(0, count);
  const curve = (peak: number, rest: number, shift: number): (number | null)[] =>
    Array.from({ length: BINS }, (_, bin) => {
      if (bin > 300 && bin < 330 && shift === 1) return null;
      const hit = bin >= 240 && bin < 300 + 60 * shift;
      return (hit ? peak : rest) + Math.sin(bin / 9 + shift) * rest * 0.05;
    });
  const faults = [
    {
      label: "outage of eu-west and everything that stands in it, power included",
      startSeconds: 1200,
      endSeconds: 1500,
    },
    { label: "short cut", startSeconds: 1530, endSeconds: 1535 },
    { label: "late partition of us-east from ap-south", startSeconds: 3300, endSeconds: 3600 },
  ];
  const chart = (title: string, unit: string, peak: number, rest: number) => ({
    title,
    unit,
    about: `How ${title.toLowerCase()} went over the hour.`,
    binSeconds: 5,
    faults,
    lines: names.map((label, index) => ({ label, values: curve(peak, rest * (1 + index / 10), index) })),
  });
  return {
    question: "Does active-active earn its price over a pilot light when a whole region goes dark for five minutes?",
    answer:
      "Yes: active-active stays at 99.2 ± 0.1 % while pilot-light falls to 91.4 ± 0.6 %, at 2.1 times the regions' cost.",
    scenarioName: "synthetic",
    replay:
      "npx faultline compare scenarios/active-active-vs-pilot-light.yaml --seed 1 --seeds 20 --out results/replayed",
    notes: [
      "Means over 20 seeds with 95 % intervals.",
      "Digest 9f2c1b7e0d5a4c3b9f2c1b7e0d5a4c3b9f2c1b7e0d5a4c3b9f2c1b7e0d5a4c3b.",
    ],
    architectures: names,
    promises: names.map((architecture, index) => ({
      architecture,
      expected: "availability >= 99.9%",
      was: `${(99.97 - index / 10).toFixed(2)} %`,
      verdict: index === 0 ? "kept" : "broken",
    })),
    table: ["Availability", "Recovery time (RTO)", "Data loss (RPO)", "Latency, 99th percentile", "Conflicts"].map(
      (title, row) => ({
        title,
        about: `${title} of the scenario, by its definition.`,
        short: row < 4,
        cells: names.map((_, index) => `${(97.123 + index).toFixed(3)} ± 0.038 %`),
        differences: names.slice(1).map((_, index) => `-${(3.42 + index).toFixed(2)} ± 0.87 pts`),
      }),
    ),
    charts: [
      { ...chart("Availability over time", "%", 42, 90), domain: [0, 100] },
      chart("Request latency, 99th percentile", "ms", 1_234_567, 800),
      chart("Replication lag", "s", 0.00042, 0.00011),
      { ...chart("Conflicts", "/s", 0, 0), lines: names.map((label) => ({ label, values: Array(BINS).fill(null) })) },
    ],
    bars: [
      {
        title: "Acknowledged writes that came to harm",
        about: "How many a run.",
        kinds: [
          { label: "split-brain", style: 0 },
          { label: "overwritten by conflict", style: 2 },
        ],
        rows: names.map((label, index) => ({
          label,
          values: index === 0 ? [30_712, 4200] : [0, 12_345],
          texts: index === 0 ? ["30,712", "4,200"] : ["0", "12,345"],
          total: index === 0 ? "34,912" : "12,345",
        })),
      },
    ],
    economics: {
      about: "US dollars in a month of 730 hours, at 1 region outage a year, the mean of 20 seeds.",
      month: {
        title: "A month",
        heads: names,
        rows: ["revenue possible", "lost: late answers", "bill", "net ROI"].map((title, row) => ({
          title,
          cells: names.map((_, index) => (row < 3 ? `${12 + index},345,678 ± 98,765` : "2,448 % (2,441 to 2,456)")),
        })),
      },
      verdicts: names.slice(1).map((name) => `${name} pays for itself above 1.7 region outages a year (1.6 to 1.8)`),
      bars: {
        title: "What becomes of the possible revenue",
        about: "What does not remain of 12,345,678 US dollars a month.",
        kinds: ["late answers", "no answers", "lost writes", "SLA credits", "the bill"].map((label, style) => ({
          label,
          style,
        })),
        rows: names.map((label, index) => ({
          label,
          values: [3_000_000, 20_000, 0, 4000, 900_000 * (index + 1)],
          texts: ["3,000,000", "20,000", "0", "4,000", "900,000"],
          total: index === 0 ? "999,999" : "12.3M",
        })),
      },
      more: [
        {
          title: "What one region outage takes",
          heads: names,
          rows: [{ title: "in all", cells: names.map(() => "5") }],
        },
      ],
      notes: ["gross ROI counts all revenue as the return"],
    },
    waterfalls: [
      {
        title: `${NAMES[0]}, seed 1`,
        phases: [
          { name: "detect", startSeconds: 0, endSeconds: 31 },
          { name: "verify", startSeconds: 31, endSeconds: 40 },
          { name: "fence", startSeconds: 40, endSeconds: 40.02 },
          { name: "promote", startSeconds: 40.02, endSeconds: 160 },
          { name: "reroute", startSeconds: 160, endSeconds: 162 },
          { name: "dns-tail", startSeconds: 162, endSeconds: 462 },
        ],
        totalSeconds: 611.4,
        remainderSeconds: 149.4,
      },
      { title: `${NAMES[1]}, seed 1`, phases: [], totalSeconds: 88, remainderSeconds: 88 },
      {
        title: `${NAMES[2]}, seed 2`,
        phases: [{ name: "detect", startSeconds: 0, endSeconds: 31 }],
        totalSeconds: null,
        remainderSeconds: null,
      },
    ],
  };
}
