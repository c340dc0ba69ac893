import type { Micros } from "../units/time.js";
import type { Reply } from "./order-plan.js";

/**
 * What a run leaves: plain, JSON-serialisable, touching no file. Undefined values are null, never 0.
 */
export interface Outcome {
  readonly architecture: string;
  readonly seed: string;
  readonly digests: { readonly events: string; readonly metrics: string };
  /** Every scalar metric by name, in its documented unit (see measure/catalogue.ts). */
  readonly summary: Readonly<Record<string, number | null>>;
  /** Labelled metrics: histograms, counters and gauges under the seed's names and labels. */
  readonly metrics: readonly Metric[];
  readonly series: readonly Series[];
  /** Maximal sets of overlapping faults, in order of start. */
  readonly incidents: readonly Incident[];
  /** What a bill is made from. No digest folds it: whoever prices a run changes nothing about it. */
  readonly meters: Meters;
  /** Nor these: whoever holds a run against a target of latency changes nothing about it. */
  readonly tails: Tails;
  /** Nor these: whoever asks what an answer is worth changes nothing about it. */
  readonly served: Served;
  /** What an operator did and was told; absent where he did nothing. No digest sees it: what came of it the others show. */
  readonly orders?: readonly { readonly label: string; readonly reply: Reply }[];
  /** Regions that were added, and how far they have come; absent where nobody adds any. No digest sees it either. */
  readonly joined?: readonly Joined[];
  /** How often fleets that are scaled were made smaller or larger, and shut down whole; absent where none is. No digest sees it. */
  readonly scaled?: { readonly changes: number; readonly shutDowns: number };
  readonly work: { readonly events: number; readonly requests: number };
}

/** A region that an operator has added: when it came to each stage (newcomers.ts), null when it has not. */
export interface Joined {
  readonly region: string;
  readonly ordered: Micros | null;
  readonly launched: Micros | null;
  readonly up: Micros | null;
  readonly admitted: Micros | null;
  readonly serves: Micros | null;
  /** Bytes of the copy that is still on its way when the run ends, and how many of them have been sent; null if there is none. */
  readonly copy: { readonly sent: number; readonly whole: number } | null;
}

/** 95th percentiles of the latency of operations that were answered, milliseconds; null where there are none. */
export interface Tails {
  readonly all: number | null;
  readonly places: readonly (number | null)[];
}

/** What the users of each place got, by place id. */
export interface Served {
  readonly issued: readonly number[];
  /** Answered correctly within the deadline. */
  readonly answered: readonly number[];
  /** How many of those took less than each of the plan's `latencyBounds`. */
  readonly within: readonly (readonly number[])[];
}

/** What was taken of what providers charge for. By region id where not said otherwise. */
export interface Metered {
  /** Microseconds that were metered, and from when on; from the beginning of the run where that is left out. */
  readonly duration: Micros;
  readonly from?: Micros;
  /** Of instances from their launch on, booting ones included; one that died is not there until it is launched again. */
  readonly instanceHours: readonly number[];
  /** At from * regions + to: as sent, after batching and compression. */
  readonly transferBytes: readonly number[];
  /** Of all answers to users, from the region that they talked to. */
  readonly userBytes: readonly number[];
  /** Of all copies of the data, averaged over the time. */
  readonly storedBytes: readonly number[];
  /** Writes of other regions that came there for the first time. */
  readonly replicatedWrites: readonly number[];
  /** Acknowledged writes, all regions. */
  readonly writes: number;
}

/** Of the whole run. */
export interface Meters extends Metered {
  /** Of the time before its first fault or order; null where there was none, or it began with one. */
  readonly calm: Metered | null;
}

export interface Metric {
  readonly name: string;
  readonly type: "histogram" | "gauge" | "counter";
  readonly labels: Readonly<Record<string, string>>;
  /** Histograms: count, sum (of microseconds as milliseconds), min, max, p50, p90, p99, p999 in milliseconds; others: value. */
  readonly values: Readonly<Record<string, number | null>>;
}

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly bin: Micros;
  /** One value a bin, null where nothing was observed. */
  readonly values: readonly (number | null)[];
}

export interface Incident {
  readonly start: Micros;
  readonly end: Micros;
  readonly faults: readonly string[];
  /** Seconds until every place was back for good; null when it had not recovered by the end. */
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number;
  readonly rpoSecondsP50: number;
  /** The control plane's phases in seconds, in order; empty when no failover ran. The remainder to the RTO is the report's. */
  readonly phases: readonly Phase[];
  readonly failoverSeconds: number | null;
}

export interface Phase {
  readonly name: "detect" | "verify" | "fence" | "choose" | "promote" | "reroute" | "dns-tail";
  readonly start: Micros;
  readonly end: Micros;
}
