import { patterns } from "../architectures/catalogue.js";
import type { PolicyKind } from "../policies/catalogue.js";
import { ZONES } from "../simulation/hardships.js";
import { action } from "./action-format.js";
import { cost } from "./cost-format.js";
import { data } from "./data-format.js";
import { economics } from "./economics-format.js";
import { expected } from "./expect-format.js";
import { fault } from "./fault-format.js";
import { client, clientOfArchitecture, overload, requests, user } from "./load-format.js";
import { oneWay } from "./one-way.js";
import {
  bandwidth,
  bytes,
  count,
  duration,
  forever,
  hour,
  hoursAhead,
  moment,
  plain,
  point,
  range,
  rate,
  share,
  standbyInstances,
} from "./parts.js";
import { policy } from "./policy-format.js";
import { type ValueOf, choice, either, flag, list, name, names, object, offering, text } from "./shape.js";
import { template } from "./template-format.js";
import { transfer } from "./transfer.js";

/** The scenario file: every key with its shape. What is left out gets a default (defaults.ts), said by `explain`. */

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
    tier: choice(["core", "regional", "edge"], "an edge site without a copy hands on what it cannot answer"),
    parent: either(
      name("to whom an edge site hands that on; the nearest copy, of a regional site if there is any"),
      list(name("a region"), "several in their order: the next one while those before it acknowledge nothing", 1, 10),
    ),
    zones: count("zones over which its instances stand; as the catalogue knows it if left out"),
    copy_zone: choice(["any", ...ZONES], "the zone whose loss takes the copy's host, or any: storage that spans zones"),
  },
  "a region and its capacity",
);

const ofKind = (kind: Exclude<PolicyKind, "failover">) => policy(kind, `the ${kind} policy with its options`);

const consistency = policy(
  "consistency",
  "the consistency policy with its options",
  { for: names(ofKind("consistency"), "another one by type of requests or class of data; a type goes before", 30) },
  ["use"],
);

const conflict = policy(
  "conflict",
  "the conflict policy with its options",
  { for: names(ofKind("conflict"), "another one by class of data", 30) },
  ["use"],
);

const caching = policy(
  "caching",
  "the caching policy with its options",
  { for: names(ofKind("caching"), "another one by class of data, with caches of its own", 30) },
  ["use"],
);

const failover = policy("failover", "who decides, and how a failover is carried out", {
  verify: duration("a second look before acting"),
  fencing: choice(["none", "stonith", "lease", "epoch"], "what keeps the old primary from writing"),
  fence_timeout: duration("until a fencing order counts as unanswered"),
  on_unknown: choice(["promote", "wait"], "when it is unknown whether the old primary was fenced"),
  lease: duration("how long a primary may write without renewal"),
  clock_margin: duration("added to the wait for a lease"),
  promotion: duration("from the order until the standby serves writes"),
  failback: forever("until the way back is begun, or never"),
});

const regionNames = list(name("a region"), "regions");

const law = {
  gdpr_regions: list(name("a region"), "where data about people in Europe may be: of the classes that are personal"),
  data_residency: list(
    object(
      { type: name("a class of data"), allowed_regions: list(name("a region"), "where its data may be") },
      "where a class of data may be",
      ["type", "allowed_regions"],
    ),
    "where data of single classes may be",
  ),
};
const governance = object(law, "what the law says of where data may be");

const placement = policy("placement", "the placement policy with its options", {
  for: names(regionNames, "by class of data, the only regions that hold a copy of it", 30),
  homes: names(
    name("a region"),
    "by place, the region in which its users' keys live, where it is not the nearest",
    200,
  ),
});

const architecture = object(
  {
    pattern: offering(
      text("a composition of policies to start from"),
      patterns.map((each) => each.name),
    ),
    multi_region: template,
    primary: name("the region that leads at the start"),
    standby: name("the one standby"),
    standbys: regionNames,
    placement,
    governance: object(
      {
        mode: choice<"enforce" | "observe">(
          ["enforce", "observe"],
          "whether the law is kept, or only told where it is broken",
        ),
        ...law,
      },
      "whether the law is kept, and one of its own in place of the scenario's",
    ),
    replicas: regionNames,
    replication: ofKind("replication"),
    consistency,
    conflict,
    routing: ofKind("routing"),
    failover,
    scaling: ofKind("scaling"),
    caching,
    caches: regionNames,
    misdirected: choice(
      ["redirect", "forward"],
      "what a region does with an operation that only the leader can serve: sends its user there, or hands it on",
    ),
    read_work: plain("a read keeps a worker so many times as long as a write"),
    standby_instances: standbyInstances,
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
    cold_cache: object(
      {
        slowdown: plain("service times are multiplied by this while the caches are cold"),
        warm_up: duration("until they are warm, and the factor has gone down to 1"),
      },
      "what a region pays after a start, a restart of its copy's host, or a promotion",
    ),
    health: object(
      {
        interval: duration("from probe to probe"),
        timeout: duration("until a probe counts as missed"),
        threshold: count("misses in a row until a region is believed down"),
        recovery: count("passes in a row until it is believed up"),
        vantages: regionNames,
        healthy_share: share("a region is believed healthy while more than this share of the vantage points say so"),
        controller: name("the region in which the traffic manager and the failover controller live"),
      },
      "health checks",
    ),
    storage: object(
      {
        sync: choice(
          ["each-commit", "interval", "never"],
          "when what was accepted is made durable; never: by the system",
        ),
        every: duration("between syncs that come at intervals"),
        fsync: duration("of one sync, beside its bytes; one at a time, for all commits that wait"),
        bandwidth: bandwidth("of the disk, shared with whole copies that come in or go out"),
        apply: object(
          {
            rate: rate("writes that one worker applies; all at once if left out"),
            workers: count("that apply side by side, and finish in order"),
            own: flag("what a region has accepted itself waits too: its reads are answered by a model of their own"),
          },
          "how fast a copy applies what other regions have written: received is durable, applied is shown",
        ),
      },
      "the disk under each copy",
    ),
    transfer,
    client: clientOfArchitecture,
    overload,
    drained: list(name("a region"), "regions to which no user is led; what they hold goes on being replicated"),
    alerts: object(
      {
        replication_lag: forever("how late a write may come to a region, or never"),
        monthly_transfer: bytes("that may be sent between regions in 30 days"),
      },
      "what is watched: how long the alert was on is a metric then",
    ),
    monitoring: object(
      {
        cross_region_latency: flag("round trips between regions"),
        replication_lag: flag("how late writes come to other regions"),
        regional_availability: flag("how single regions and places fare"),
        cost_tracking: flag("bytes that are paid for"),
      },
      "what is measured: what is false here is left out of the results",
    ),
    backups: object(
      {
        interval: forever("between full backups, or never"),
        point_in_time: forever("between archives of the log, with which any moment before can be restored"),
        restore: bandwidth("at which a backup is read; its size is that of the data"),
        replay: rate("writes of the archived log that are replayed"),
        retention: duration("how long a backup is kept"),
        respond: duration("from the moment that somebody knows until the restore begins"),
        region: name("where the backups are"),
      },
      "backups of the system of record, and how they are restored",
    ),
    dns: object(
      {
        mode: choice(
          ["dns", "anycast"],
          "whether the name leads to the regions, or one address that the network leads there",
        ),
        convergence: duration("anycast: from a decision until the routes have moved; open connections then break"),
        ttl: duration("how long a resolver keeps an answer"),
        update: duration("from a decision until the name servers answer by it"),
        resolvers: count("caching resolvers a place"),
      },
      "how users are led to a region",
    ),
  },
  "an architecture: a pattern, and what differs from it",
);

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
        one_way: oneWay,
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
    trace: text(
      "a CSV file beside the scenario with the requests themselves: time,place,key and perhaps operation,session",
    ),
    users: list(user, "users", 1, 200),
    client,
    requests,
    data,
    governance,
    cost,
    economics,
    faults: list(fault, "what goes wrong", 0, 1000),
    actions: list(action, "what an operator does", 0, 200),
    architectures: names(architecture, "the architectures to compare, by name", 20),
    expect: expected,
  },
  "a scenario",
  ["question", "duration", "topology", "users", "architectures"],
  {
    multi_region:
      'the template is an architecture: put it under a name of its own, as "architectures: {ours: {multi_region: …}}", beside the regions, the users and the faults of a run (faultline init writes a scenario to start from)',
  },
);

export type RawScenario = ValueOf<typeof SCENARIO>;
export type RawArchitecture = ValueOf<typeof architecture>;
export type RawRegion = ValueOf<typeof region>;
