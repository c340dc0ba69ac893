import { catalogue } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import {
  formatBandwidth,
  formatBytes,
  formatCount,
  formatHour,
  formatMoment,
  formatRange,
  formatRate,
  formatShare,
} from "../units/format.js";
import {
  type Parsed,
  parseBandwidth,
  parseBytes,
  parseCount,
  parseDuration,
  parseNumber,
  parseRange,
  parseRate,
  parseShare,
  parseShift,
} from "../units/parse.js";
import { formatDuration } from "../units/time.js";
import { type ValueOf, choice, either, flag, list, names, object, quantity, text } from "./shape.js";

/** The scenario file: every key with its shape. What is left out gets a default (defaults.ts), said by `explain`. */
const duration = (about: string) => quantity(parseDuration, about, formatDuration);
const count = (about: string) => quantity(parseCount, about, formatCount);
const share = (about: string) => quantity(parseShare, about, formatShare);
const plain = (about: string) => quantity(parseNumber, about);
const range = (about: string) => quantity(parseRange, about, formatRange);
const bytes = (about: string) => quantity(parseBytes, about, formatBytes);
const bandwidth = (about: string) => quantity(parseBandwidth, about, formatBandwidth);

const degrees = quantity((value: unknown): Parsed<number> => {
  const expected = "degrees north or east, as -33.9";
  return typeof value === "number" && Math.abs(value) <= 180 ? { ok: true, value } : { ok: false, expected };
}, "degrees");
const point = list(degrees, "latitude and longitude in degrees", 2, 2);

/** "14:30Z" or a whole ISO date: only the time of day matters, since users follow the sun. */
const moment = quantity(
  (value: unknown): Parsed<number> => {
    const expected = 'a moment in UTC, as "2026-03-02T13:00Z" or "13:00Z"';
    const found = /^(?:\d{4}-\d{2}-\d{2}T)?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?Z$/.exec(String(value));
    if (found === null) return { ok: false, expected };
    return { ok: true, value: (Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3] ?? 0)) * 1_000_000 };
  },
  "a moment in UTC",
  formatMoment,
);
const hour = quantity(
  (value: unknown): Parsed<number> => {
    const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(String(value));
    if (found === null) return { ok: false, expected: 'a local time of day, in quotes, as "10:00"' };
    return { ok: true, value: Number(found[1]) + Number(found[2]) / 60 };
  },
  "a local time of day",
  formatHour,
);
const forever = quantity(
  (value: unknown): Parsed<number> => {
    if (value === "never") return { ok: true, value: Number.POSITIVE_INFINITY };
    const parsed = parseDuration(value);
    return parsed.ok ? parsed : { ok: false, expected: `${parsed.expected}, or never` };
  },
  'a duration, or "never"',
  formatDuration,
);

const boot = object(
  { median: duration("half of the boots take no longer"), p99: duration("99 % take no longer") },
  "how long an instance takes to boot: log-normal",
);

const region = object(
  {
    at: point,
    continent: text("of a region that no catalogue knows"),
    instances: count("instances once the region carries its share"),
    workers: count("requests that one instance serves at a time"),
    service_time: duration("mean time that a request keeps a worker"),
    service: choice<"exponential" | "constant">(["exponential", "constant"], "how service times spread"),
    queue: count("requests that may wait; beyond them the region sheds"),
  },
  "a region and its capacity",
);

const where = object(
  {
    pair: list(text("a name"), "two regions or places, both directions", 2, 2),
    between: list(list(text("a name"), "one side", 1), "every pair across two sides, both directions", 2, 2),
    one_way: object({ from: text("sender"), to: text("receiver") }, "one direction only", ["from", "to"]),
    groups: list(list(text("a name"), "those who can talk", 1), "sites that share no group cannot talk", 2, 30),
    isolate: text("a site cut off from every other"),
  },
  "the links struck",
);

export const FAULT_KINDS = [
  "region_outage",
  "partition",
  "degraded_latency",
  "loss",
  "bandwidth",
  "clock_skew",
] as const;

const fault = object(
  {
    region_outage: text("the region that goes dark"),
    disks: choice(["kept", "lost"], "whether the region's disks survive"),
    partition: where,
    degraded_latency: where,
    factor: plain("one-way delays are multiplied by this"),
    add: duration("and so much is added"),
    loss: where,
    probability: share("of a message to be lost"),
    bandwidth: where,
    limit: bandwidth("what remains of it"),
    clock_skew: text("the region whose clock is off"),
    by: quantity(parseShift, "by how much"),
    at: duration("when it begins, from the start of the run"),
    for: duration("how long it lasts; until the end if left out"),
    repeat: object({ every: duration("from start to start"), times: count("how often in all") }, "strikes again", [
      "every",
      "times",
    ]),
  },
  "one fault: what, where, from when, for how long",
  ["at"],
);

const user = object(
  {
    place: text("a city of the catalogue, or a name of your own with `at`"),
    at: point,
    utc_offset: plain("hours of local time ahead of UTC, for a place with `at`"),
    requests: quantity(parseRate, "mean rate over a day", formatRate),
    reads: share("of the requests"),
    sessions: count("users, each with a connection"),
    shape: choice(["daily", "flat"], "whether the rate follows the local day"),
    peak: hour,
    swing: share("by how much the peak exceeds the mean"),
  },
  "users in a place",
  ["place", "requests"],
);

/** A policy by name, or {use: name, …} with its options. */
const policy = (kind: keyof typeof catalogue) => {
  const known = Object.keys(catalogue[kind]);
  const options = Object.values<PolicyFacts>(catalogue[kind]).flatMap((each) => Object.entries(each.options));
  const fields = Object.fromEntries(
    options.map(([name, option]) => {
      switch (option.kind) {
        case "duration":
          return [name, duration(option.about)];
        case "fraction":
          return [name, share(option.about)];
        case "flag":
          return [name, flag(option.about)];
        case "choice":
          return [name, choice(option.choices, option.about)];
        default:
          return [name, count(option.about)];
      }
    }),
  );
  return { known: choice(known, `the ${kind} policy`), fields };
};
const chosen = (kind: Exclude<keyof typeof catalogue, "failover">) => {
  const { known, fields } = policy(kind);
  return either(known, object({ use: known, ...fields }, `the ${kind} policy with its options`, ["use"]));
};

const failoverPolicy = policy("failover");
const failover = either(
  failoverPolicy.known,
  object(
    {
      use: failoverPolicy.known,
      ...failoverPolicy.fields,
      verify: duration("a second look before acting"),
      fencing: choice(["none", "stonith", "lease", "epoch"], "what keeps the old primary from writing"),
      fence_timeout: duration("until a fencing order counts as unanswered"),
      on_unknown: choice(["promote", "wait"], "when it is unknown whether the old primary was fenced"),
      lease: duration("how long a primary may write without renewal"),
      clock_margin: duration("added to the wait for a lease"),
      promotion: duration("from the order until the standby serves writes"),
      failback: forever,
    },
    "who decides, and how a failover is carried out",
  ),
);

const countOrFull = quantity(
  (value: unknown): Parsed<number> => {
    if (value === "full") return { ok: true, value: Number.POSITIVE_INFINITY };
    const parsed = parseCount(value);
    return parsed.ok ? parsed : { ok: false, expected: `${parsed.expected}, or full` };
  },
  "instances that a standby runs before it is promoted, or full",
  (value) => (value === Number.POSITIVE_INFINITY ? "full" : formatCount(value)),
);
const regionNames = list(text("a region"), "regions");

const architecture = object(
  {
    pattern: text("a composition of policies to start from"),
    primary: text("the region that leads at the start"),
    standby: text("the one standby"),
    standbys: regionNames,
    placement: chosen("placement"),
    replication: chosen("replication"),
    consistency: chosen("consistency"),
    conflict: chosen("conflict"),
    routing: chosen("routing"),
    failover,
    standby_instances: countOrFull,
    capacity: names(
      object(
        {
          instances: count("running at the start"),
          full_instances: count("once the region must carry the load"),
          boot,
        },
        "another capacity for one region",
      ),
      "by region",
      30,
    ),
    boot,
    health: object(
      {
        interval: duration("from probe to probe"),
        timeout: duration("until a probe counts as missed"),
        threshold: count("misses in a row until a region is believed down"),
        recovery: count("passes in a row until it is believed up"),
        vantages: regionNames,
        healthy_share: share("a region is believed healthy while more than this share of the vantage points say so"),
        controller: text("the region in which the traffic manager and the failover controller live"),
      },
      "health checks",
    ),
    dns: object(
      {
        ttl: duration("how long a resolver keeps an answer"),
        update: duration("from a decision until the name servers answer by it"),
        resolvers: count("caching resolvers a place"),
      },
      "the name service",
    ),
  },
  "an architecture: a pattern, and what differs from it",
);

const comparison = quantity((value: unknown): Parsed<string> => {
  const expected = 'a comparison in quotes, as ">= 99.9%" or "<= 2m"';
  return /^(>=|<=|>|<|==)\s*\S+/.test(String(value)) ? { ok: true, value: String(value) } : { ok: false, expected };
}, "a comparison");

export const SCENARIO = object(
  {
    question: text("what this scenario asks"),
    start: moment,
    duration: duration("simulated time"),
    topology: object(
      {
        latency: text("a bundled table, distance-classes, or a CSV file beside the scenario"),
        slow_share: share("of a path's variance that is a slow state, common to both directions"),
        dwell: duration("how long such a state lasts"),
        regions: names(region, "the regions, by name", 30, {}),
        bandwidth: bandwidth("from region to region, each direction"),
        window: bytes("that a stream may have unacknowledged"),
        loss: share("of messages, without any fault"),
        retransmit: range("first and longest retransmission time-out"),
        stream_timeout: duration("until a stream without acknowledgement breaks"),
      },
      "regions and what connects them",
      ["regions"],
    ),
    access: object(
      {
        last_mile: duration("median round trip of the last mile"),
        last_mile_p99: duration("its 99th percentile"),
        stretch: plain("round trips over those of fibre along the great circle"),
      },
      "how users reach a region",
    ),
    users: list(user, "users", 1, 200),
    client: object(
      {
        deadline: duration("until an operation has failed"),
        timeout: duration("of one attempt"),
        retries: object(
          {
            attempts: count("in all"),
            backoff: range("first and longest"),
            budget: share("retries per first attempt"),
          },
          "retries",
        ),
        handshakes: count("round trips before the first byte on a new connection"),
        keep_alive: duration("until an idle connection is closed"),
        pinned: share("of the users who resolve a name once and never again"),
      },
      "what users do when no answer comes",
    ),
    data: object(
      {
        keys: count("how many"),
        popularity: either(
          choice(["uniform"], "every key alike"),
          object({ zipf: plain("its exponent") }, "Zipf", ["zipf"]),
        ),
        value: bytes("of one value"),
        request: bytes("of one request"),
        size: bytes("of a whole copy"),
        shards: count("failure domains of the RPO"),
      },
      "the data",
    ),
    faults: list(fault, "what goes wrong", 0, 1000),
    architectures: names(architecture, "the architectures to compare, by name", 20),
    expect: names(names(comparison, "comparisons by metric", 40), "promises by architecture", 20),
  },
  "a scenario",
  ["question", "duration", "topology", "users", "architectures"],
);

export type RawScenario = ValueOf<typeof SCENARIO>;
export type RawArchitecture = ValueOf<typeof architecture>;
export type RawFault = ValueOf<typeof fault>;
export type RawUser = ValueOf<typeof user>;
export type RawRegion = ValueOf<typeof region>;
export type Where = ValueOf<typeof where>;
