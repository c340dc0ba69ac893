import type { Account } from "../../src/economics/account.js";
import type { Economics } from "../../src/economics/economics.js";
import { DEFAULT_ENGAGEMENT } from "../../src/economics/engagement.js";
import type { Outcome, Served } from "../../src/simulation/outcome.js";
import { METERS } from "../cost/scenarios.js";

/** An outcome of nothing but what accounts are made from. */
export const outcomeOf = (served: Served, summary: Outcome["summary"] = {}): Outcome => ({
  architecture: "both",
  seed: "1",
  digests: { events: "", metrics: "" },
  summary,
  metrics: [],
  series: [],
  incidents: [],
  meters: METERS,
  tails: { all: null, places: [] },
  served,
  work: { events: 0, requests: 0 },
});

export const ECONOMICS: Economics = {
  places: [{ unit: "per_request", value: 0.01, users: 0 }],
  engagement: DEFAULT_ENGAGEMENT,
  lostWrite: 0,
  overwrittenWrite: 0,
  sla: null,
  baseline: "one",
  outagesPerYear: null,
};

const NONE = { latency: 0, unavailability: 0, writes: 0, credits: 0 };

/** Of an architecture that keeps and costs so much a month, and loses so much by an outage. */
export const accountWith = (kept: number, bill: number | null, outage = 0): Account => ({
  places: [],
  potential: kept,
  quiet: NONE,
  outage: { ...NONE, unavailability: outage },
  bill,
  outageBill: bill === null ? null : 0,
});
