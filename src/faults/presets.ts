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
const TURNER = `Turner et al. 2010, CENIC, 508 isolating partitions in 5 years at some 200 routers, ${NETWORK_IS_RELIABLE}`;
const MEZA = "Meza et al., IMC 2018, Facebook's backbone: the median vendor of the published fit";
const DEAN = `Dean 2009, a cluster's first year at Google, ${NETWORK_IS_RELIABLE}`;

const preset = (name: string, tells: Preset["tells"], law: TimeLaw, source: string): Preset => ({
  name,
  tells,
  law,
  source,
});
const everyYears = (years: number): TimeLaw => ({ kind: "exponential", mean: years * YEAR });

/**
 * Presets for `random`. That failures come exponentially apart is an assumption wherever a source gives a rate only. No
 * source tells how often whole regions fail: that is the user's parameter.
 */
export const presets: readonly Preset[] = [
  preset("cenic-partition", "between", everyYears((200 * 5) / 508), `${TURNER}; per router, exponential assumed`),
  preset(
    "cenic-software",
    "lasting",
    logNormalThrough(2.7 * MINUTE, 0.95, 19.9 * MINUTE),
    `${TURNER}; software causes, log-normal through median and 95th percentile`,
  ),
  preset(
    "cenic-hardware",
    "lasting",
    logNormalThrough(32 * MINUTE, 0.95, 3.7 * DAY),
    `${TURNER}; hardware causes, log-normal through median and 95th percentile`,
  ),
  preset("backbone-link", "between", { kind: "exponential", mean: 1876 * HOUR }, `${MEZA}, exponential assumed`),
  preset("backbone-repair", "lasting", { kind: "exponential", mean: 12.3 * HOUR }, `${MEZA}, exponential assumed`),
  preset("network-maintenance", "between", everyYears(1 / 8), `${DEAN}; 8 a year, half of them with random loss`),
  preset("maintenance-loss", "lasting", { kind: "constant", value: 30 * MINUTE }, `${DEAN}; about 30 minutes`),
  preset("router-failure", "between", everyYears(1 / 3), `${DEAN}; 3 a year`),
  preset("router-repair", "lasting", { kind: "constant", value: HOUR }, `${DEAN}; traffic pulled for an hour`),
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
    "29 public post-mortems of AWS, GCP and Azure, 2008 to 2025 (p10 to p90; the ends are assumed): only notorious incidents get one",
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

export const presetNamed = (name: string): Preset | undefined => presets.find((each) => each.name === name);
