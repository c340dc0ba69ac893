import { step } from "../../../scenario/settings.js";
import { formatRate } from "../../../units/format.js";
import type { Observation } from "../finding.js";
import { capacityOf, dailyPeak } from "../load.js";
import type { Rule } from "../rule.js";
import { type Subject, servingRegions } from "../subject.js";

/** Beyond it waits grow out of bounds with the least unevenness. */
const BUSY = 0.85;

export const nMinusOne: Rule = {
  name: "n-minus-one",
  about: "Without any one region the others carry the day's peak.",
  check(subject) {
    const { plan } = subject;
    const peak = dailyPeak(plan);
    const worst = losses(subject).reduce((a, b) => (b.left < a.left ? b : a), {
      lost: -1,
      left: Number.POSITIVE_INFINITY,
      by: [0],
    });
    const used = peak.rate / worst.left;
    if (worst.lost < 0 || used <= BUSY) return [];
    const [lost, by] = [subject.name(worst.lost), worst.by.map((region) => subject.name(region)).join(", ")];
    const hour = `${String(peak.hour).padStart(2, "0")}:00Z`;
    const asked = formatRate(Math.round(peak.rate));
    const left = formatRate(Math.round(worst.left));
    return [
      {
        // Whoever has one region and promises no recovery has chosen so.
        severity: used < 1 || (worst.by.length === 0 && subject.rto === null) ? "warning" : "critical",
        path: `topology.regions.${step(by.split(", ")[0] || lost)}.instances`,
        what:
          worst.by.length === 0
            ? `without ${lost} nothing serves`
            : `without ${lost} what is left serves ${left}, and the peak asks for ${asked}`,
        why:
          worst.by.length === 0
            ? `all users, ${asked} at ${hour}, depend on one region`
            : `${by} once booted: instances × workers / mean service time; the day's peak is at ${hour}, ${Math.round(used * 100)} % of that`,
        change:
          worst.by.length === 0
            ? "add a standby, or active-active over two regions"
            : `${Math.ceil((used / BUSY) * 100)} % of the instances in ${by}, for at most ${BUSY * 100} % busy; or scaling: target-utilisation`,
        shows: ["compare", "FILE", ...(worst.by.length === 0 ? [] : ["--full"])],
      },
    ];
  },
};

interface Loss {
  readonly lost: number;
  /** Requests per second. */
  readonly left: number;
  readonly by: readonly number[];
}

/** What is left without each region that users are led to. A fleet that scales itself is as large as it may become. */
function losses(subject: Subject): Loss[] {
  const { plan } = subject;
  const most = plan.policies.scaling.options["most"];
  const carried = (region: number): number =>
    capacityOf(plan, region, Math.max(plan.regions[region]!.fullInstances, typeof most === "number" ? most : 0));
  if (plan.policies.scaling.name === "on-demand") return [];
  const { primary, standbys } = plan.policies;
  if (plan.policies.routing.name === "primary" && primary >= 0) {
    if (standbys.length === 0) return [{ lost: primary, left: 0, by: [] }];
    // Whichever is promoted serves everybody.
    const least = standbys.reduce((a, b) => (carried(b) < carried(a) ? b : a));
    return [{ lost: primary, left: carried(least), by: [least] }];
  }
  const serving = servingRegions(plan).filter((region) => plan.regions[region]!.tier !== "edge");
  return serving.map((lost) => {
    const by = serving.filter((region) => region !== lost);
    return { lost, by, left: by.reduce((total, region) => total + carried(region), 0) };
  });
}

export const retryBudget: Rule = {
  name: "retry-budget",
  about: "Retries cannot keep a system down after its trouble has passed.",
  check({ plan: { client } }) {
    if (client.attempts < 2 || client.retryBudget !== Number.POSITIVE_INFINITY) return [];
    return [
      {
        severity: "critical",
        path: "client.retries.budget",
        what: `each operation may be tried ${client.attempts} times, with no budget for retries`,
        why: `while nothing answers, the load is ${client.attempts} times what users ask for: load enough to keep the system down when the trigger is gone (a metastable failure)`,
        change: "client.retries.budget: 10%",
        shows: ["compare", "metastable"],
      },
    ];
  },
};

export const zones: Rule = {
  name: "zones",
  about: "The loss of a zone is not that of a region.",
  check({ plan }) {
    return plan.regions.flatMap((region): Observation[] => {
      const at = `topology.regions.${step(region.name)}`;
      if (!region.replica || region.waiting) return [];
      if (region.zones < 2)
        return [
          {
            severity: "warning",
            path: `${at}.zones`,
            what: `${region.name} has a single zone`,
            why: "a fire or a power cut in one building takes the whole region",
            change: "a region with three zones, or zones: as it has",
            shows: null,
          },
        ];
      if (region.copyZone < 0) return [];
      return [
        {
          severity: "warning",
          path: `${at}.copy_zone`,
          what: `the copy of ${region.name} is in one of its ${region.zones} zones`,
          why: "the loss of that zone takes the copy's host, and with it what only it had",
          change: "copy_zone: any, storage that spans zones",
          shows: ["compare", "one-host"],
        },
      ];
    });
  },
};
