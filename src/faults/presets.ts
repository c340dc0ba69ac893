import { type TimeLaw, logNormalThrough } from "../units/time-law.js";
import { DAY, HOUR, MINUTE, SECOND } from "../units/time.js";

/** A law of time that was observed somewhere, with its source: it is named in the notes of every result that uses it. */
export interface Preset {
  readonly name: string;
  /** Whether it tells how long apart failures begin, or how long one lasts. */
  readonly tells: "between" | "lasting";
  readonly law: TimeLaw;
  readonly source: string;
}

const YEAR = 365 * DAY;
const NETWORK_IS_RELIABLE = "collected in Bailis & Kingsbury, The Network is Reliable, 2014";
const TURNER = `Turner et al. 2010, CENIC, 508 isolating partitions in 5 years at over 200 routers, ${NETWORK_IS_RELIABLE}`;
const MEZA = "Meza et al., IMC 2018, Facebook's backbone, from the published fit over vendors of links";
const DEAN = `Dean 2009, a cluster's first year at Google, ${NETWORK_IS_RELIABLE}`;
const HP = `HP's managed networks, ${NETWORK_IS_RELIABLE}`;
const CHUBBY = `Google's Chubby, 61 outages in 700 days of a cell, 9 of them longer than 30 s, ${NETWORK_IS_RELIABLE}`;
const GOVINDAN =
  "Govindan et al. 2016, Evolve or Die, 103 post-mortems of Google's networks (B4, B2, data centres) in 2 years";
const POST_MORTEMS =
  "computed from the start and end times in a public collection of post-mortems, 2008 to 2025: only notorious incidents get one";

const preset = (name: string, tells: Preset["tells"], law: TimeLaw, source: string): Preset => ({
  name,
  tells,
  law,
  source,
});
const exponential = (mean: number): TimeLaw => ({ kind: "exponential", mean });
const everyYears = (years: number): TimeLaw => exponential(years * YEAR);
/** Exponential, so that half take no longer than the median. */
const exponentialThrough = (median: number): TimeLaw => exponential(median / Math.LN2);

/**
 * A law of straight lines through the median and the 95th percentile with this mean. A log-normal law through both would
 * have eight times the mean that was published; the mean decides what repairs cost in availability. Nothing takes longer
 * than the 95th percentile, and the 90th, at which the line bends, makes up the mean: segments weigh by their width.
 */
function bentThrough(median: number, p95: number, mean: number): TimeLaw {
  const fixed = 0.25 * median + 0.2 * median + 0.025 * p95 + 0.05 * p95;
  const p90 = (mean - fixed) / (0.2 + 0.025);
  return {
    kind: "quantiles",
    points: [
      [0, 0],
      [0.5, median],
      [0.9, p90],
      [0.95, p95],
      [1, p95],
    ],
  };
}

/**
 * Presets for `random`. That failures come exponentially apart is an assumption wherever a source gives a rate only. No
 * source tells how often whole regions fail: that is the user's parameter.
 */
export const presets: readonly Preset[] = [
  preset(
    "cenic-partition",
    "between",
    everyYears((200 * 5) / 508),
    `${TURNER}; per router, 200 of them taken: 1000 / 508 years, exponential assumed`,
  ),
  preset(
    "cenic-software",
    "lasting",
    logNormalThrough(2.7 * MINUTE, 0.95, 19.9 * MINUTE),
    `${TURNER}; software causes: log-normal through the median of 2.7 and the 95th percentile of 19.9 minutes, which has a mean of 5.6 (6 were published)`,
  ),
  preset(
    "cenic-hardware",
    "lasting",
    bentThrough(32 * MINUTE, 3.7 * DAY, 8.2 * HOUR),
    `${TURNER}; hardware causes: straight lines through the median of 32 minutes and the 95th percentile of 3.7 days, bent so that the mean is the published 8.2 hours; nothing longer`,
  ),
  preset("backbone-link", "between", exponential(1876 * HOUR), `${MEZA}: the median one, exponential assumed`),
  preset("backbone-link-poor", "between", exponential(475 * HOUR), `${MEZA}: the 10th percentile, exponential assumed`),
  preset(
    "backbone-link-good",
    "between",
    exponential(7421 * HOUR),
    `${MEZA}: the 90th percentile, exponential assumed`,
  ),
  preset("backbone-repair", "lasting", exponential(12.3 * HOUR), `${MEZA}: the median one, exponential assumed`),
  preset(
    "backbone-repair-quick",
    "lasting",
    exponential(1.8 * HOUR),
    `${MEZA}: the 10th percentile, exponential assumed`,
  ),
  preset(
    "backbone-repair-slow",
    "lasting",
    exponential(83 * HOUR),
    `${MEZA}: the 90th percentile, exponential assumed`,
  ),
  preset("network-maintenance", "between", everyYears(1 / 8), `${DEAN}; 8 a year, exponential assumed`),
  preset(
    "lossy-maintenance",
    "between",
    everyYears(1 / 4),
    `${DEAN}; 4 of the 8 a year bring random loss, exponential assumed`,
  ),
  preset(
    "maintenance-loss",
    "lasting",
    { kind: "constant", value: 30 * MINUTE },
    `${DEAN}; about 30 minutes of random loss in 4 of 8`,
  ),
  preset("router-failure", "between", everyYears(1 / 3), `${DEAN}; 3 a year, exponential assumed`),
  preset("router-repair", "lasting", { kind: "constant", value: HOUR }, `${DEAN}; traffic pulled for an hour`),
  preset(
    "wonky-rack",
    "between",
    everyYears(1 / 5),
    `${DEAN}; 5 racks a year lose half of their packets, exponential assumed`,
  ),
  preset(
    "managed-network-urgent",
    "lasting",
    exponentialThrough(2.75 * HOUR),
    `${HP}; tickets of the highest priority, exponential assumed through the median of 2 h 45 m`,
  ),
  preset(
    "managed-network",
    "lasting",
    exponentialThrough(4.3 * HOUR),
    `${HP}; all tickets of connectivity, exponential assumed through the median of 4 h 18 m`,
  ),
  preset("chubby-outage", "between", exponential((700 / 61) * DAY), `${CHUBBY}; per cell, exponential assumed`),
  preset(
    "chubby-recovery",
    "lasting",
    exponential((30 * SECOND) / Math.log(61 / 9)),
    `${CHUBBY}; exponential assumed with 9 of 61 beyond 30 s`,
  ),
  preset("wide-network", "between", everyYears(2 / 103), `${GOVINDAN}; of all three together, exponential assumed`),
  preset(
    "wide-network-recovery",
    "lasting",
    logNormalThrough(10 * MINUTE * Math.sqrt(10), 0.9, 100 * MINUTE),
    `${GOVINDAN}; some 80 % lasted 10 to 100 minutes: log-normal with a tenth below and a tenth above assumed`,
  ),
  preset(
    "cloud-service",
    "between",
    everyYears((32 * 7) / 597),
    "Gunawi et al., SoCC 2016, 597 unplanned outages of 32 services in 2009 to 2015; per service, exponential and all seven years of each assumed",
  ),
  preset(
    "cloud-incident",
    "lasting",
    {
      kind: "quantiles",
      points: [
        [0, 0.5 * HOUR],
        [0.1, HOUR],
        [0.25, 1.9 * HOUR],
        [0.5, 6.9 * HOUR],
        [0.75, 15.8 * HOUR],
        [0.9, 39 * HOUR],
        [1, 84 * HOUR],
      ],
    },
    `29 incidents of AWS, GCP and Azure, ${POST_MORTEMS} (p10 to p90; the ends are assumed)`,
  ),
  preset(
    "incident",
    "lasting",
    {
      kind: "quantiles",
      points: [
        [0, 0.275 * HOUR],
        [0.1, 0.55 * HOUR],
        [0.5, 6.9 * HOUR],
        [0.9, 73 * HOUR],
        [1, 146 * HOUR],
      ],
    },
    `143 incidents of all companies, ${POST_MORTEMS} (p10, median, p90; half of the one and twice the other are assumed at the ends)`,
  ),
  preset(
    "live-migration",
    "lasting",
    { kind: "constant", value: 5 * SECOND },
    "Azure documentation, 2026: a live migration pauses a machine for 5 s at most, typically",
  ),
  preset(
    "maintenance-pause",
    "lasting",
    { kind: "constant", value: 30 * SECOND },
    "Azure documentation, 2026: rare maintenance pauses a machine for about 30 s",
  ),
];

/** What was published and is no preset, and why. */
export const LEFT_OUT: readonly (readonly [what: string, why: string])[] = [
  [
    "devices and links of Microsoft's data centres (Gill et al. 2011)",
    "5.2 and 40.8 failures a day, but of a fleet whose size is not told; of repairs a median of 5 minutes and a longest of a week, which no law follows from",
  ],
  ["the edge of Facebook's network", "its figures could not be verified"],
  ["live migration at Google", '"typically well below a second" is no figure'],
  [
    "loss between regions",
    "one event of 20 minutes, and shares of lost packets: settings of `loss`, and no law of time",
  ],
  ["how often whole regions fail", "no source tells it: that is the user's parameter"],
];

export const presetNamed = (name: string): Preset | undefined => presets.find((each) => each.name === name);
