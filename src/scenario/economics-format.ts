import { count, duration, plain, share } from "./parts.js";
import { type ValueOf, list, name, names, object } from "./shape.js";

/** What a scenario says of what it earns: `economics`. */

const earned = {
  per_user: plain("US dollars a month of one user"),
  per_request: plain("US dollars of one request that is answered"),
};

const engagement = list(
  object(
    {
      below: duration(
        "of answers that take less than this; left out in the last step, which holds for all slower ones",
      ),
      share: share("of its worth that an answer keeps"),
    },
    "a step of the curve",
    ["share"],
  ),
  "what an answer is worth by how long it takes, from the fastest to the slowest",
  1,
  100,
);

const credits = list(
  object(
    {
      below: share("availability of a month, as the share of requests that are answered"),
      credit: share("of the fee, of a month whose availability is below that"),
    },
    "a tier",
    ["below", "credit"],
  ),
  "what is given back, from the mildest breach to the worst",
  1,
  20,
);

export const economics = object(
  {
    revenue: object(earned, "what the users of every place bring in, if all is answered at once: one of these"),
    places: names(
      object(
        {
          ...earned,
          per_hour: plain("US dollars an hour of all users of the place, as the mean over a day"),
          users: count("to whom per_user applies; the place's sessions if left out"),
        },
        "what differs in one place",
      ),
      "by place",
      200,
    ),
    engagement,
    lost_write: plain("US dollars that an acknowledged write costs which is lost"),
    overwritten_write: plain("US dollars that an acknowledged write costs which a conflict discards"),
    sla: object(
      { fee: plain("US dollars a month that credits are a share of; all revenue if left out"), credits },
      "what was agreed upon with those who pay",
      ["credits"],
    ),
    baseline: name("the architecture that the others are held against"),
    outages_per_year: plain("how often a year the scenario's faults come: no source tells, so it is yours to say"),
  },
  "what the system earns, and what its failures cost",
);
export type RawEconomics = ValueOf<typeof economics>;
export type RawStep = NonNullable<NonNullable<RawEconomics["engagement"]>[number]>;
export type RawCredit = NonNullable<NonNullable<NonNullable<RawEconomics["sla"]>["credits"]>[number]>;
