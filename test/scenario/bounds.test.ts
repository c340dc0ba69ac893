import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD, broken } from "./helpers.js";

function told(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

const top = (lines: string): string => `${GOOD}${lines}\n`;
const region = (keys: string): string => broken("us-east-1: {instances: 2, workers: 8}", `us-east-1: {${keys}}`);
const user = (keys: string): string => broken("requests: 10/s", keys);
const network = (keys: string): string => broken("latency: aws-2024-04", `latency: aws-2024-04\n  ${keys}`);
const architecture = (keys: string): string => broken("pattern: active-active", `pattern: active-active, ${keys}`);
const fault = (keys: string): string => broken("region_outage: us-east-1, at: 2m, for: 3m", keys);

describe("a value that no run could bear is refused where it stands", () => {
  test.each([
    [top("access: {last_mile: 61s}"), "s.yaml:15:21: error: access.last_mile is 61 s; expected 1 m or less"],
    [top("access: {last_mile_p99: 11m}"), "access.last_mile_p99 is 11 m; expected 10 m or less"],
    [top("access: {last_mile_p99: 5ms}"), "s.yaml:15:25: error: the 99th percentile is below the median"],
    [top("access: {stretch: 101}"), "access.stretch is 101; expected 100 or less"],
    [top("access: {stretch: 0.5}"), "faster than light"],
    [top("client: {timeout: 4s}"), "s.yaml:15:19: error: one attempt may take longer than the whole operation"],
    [top("client: {handshakes: 21}"), "client.handshakes is 21; expected 20 or less"],
    [top("client: {retries: {attempts: 101}}"), "client.retries.attempts is 101; expected 100 or less"],
    [top("client: {retries: {attempts: 0}}"), "expected 1 or more"],
    [top("data: {value: 5 MB}"), "data.value is 5 MB; expected 4 MB or less"],
    [top("data: {request: 5 MB}"), "data.request is 5 MB"],
    [top("data: {popularity: {zipf: 6}}"), "data.popularity.zipf is 6; expected 5 or less"],
    [top("data: {scan: 20_000}"), "data.scan is 20_000; expected 10_000 or less"],
    [top("data: {classes: {a: {share: 100%, keys: 3e7}}}"), "s.yaml:15:41: error: data.classes.a.keys is 30_000_000"],
    [top("data: {deletes: 60%, compare_and_set: 60%}"), "make 120% of the writes; expected at most 100%"],
    [top("data: {holds: list, inserts: 5%}"), "a list is neither compared nor inserted"],
    [top("data: {classes: {a: {share: 70%}, b: {share: 20%}}}"), "the shares of the classes make 90%; expected 100%"],
    [top("data: {classes: {a: {keys: 5}}}"), 's.yaml:15:21: error: a lacks "share"'],
    [top("data: {preset: ycsb-g}"), 'did you mean "ycsb-a"?'],
    [top("client: {hedge: {after: 0s}}"), "client.hedge.after is 0 s; expected more than 0 s"],
    [top("client: {circuit_breaker: {failures: 0%}}"), "client.circuit_breaker.failures is 0%; expected more than 0%"],
    [top("client: {circuit_breaker: {of: 0}}"), "client.circuit_breaker.of is 0; expected 1 or more"],
    [top("client: {retries: {budget: much}}"), 's.yaml:15:28: error: budget is "much"; expected a share'],
    [top("client: {roaming: 120%}"), "roaming is"],
    [top("client: {deadline: 365d}"), "client.deadline is 365 d; expected 1 d or less"],
    [top("requests: {batch: {share: 100%, deadline: 2d}}"), "requests.batch.deadline is 2 d; expected 1 d or less"],
    [fault("poison_write: crash, fuse: 1us, at: 1m"), "expected 1 ms or more"],
    [
      fault("operator_error: deletion, share: 1%, at: 1m, repeat: {every: 10s, times: 21}"),
      "somebody deletes data about 21 times; expected 20 times or fewer",
    ],
    [top("requests: {bulk: {share: 100%}}"), 's.yaml:15:12: error: there is no type of requests "bulk"'],
    [top("requests: {batch: {share: 60%}}"), "the shares of the types make 60%; expected 100% together"],
    [top("requests: {batch: {share: 100%, work: 0}}"), "requests.batch.work is 0; expected more than 0"],
    [top("requests: {batch: {share: 100%, deadline: 10s}}"), "s.yaml:15:43: error: one attempt may take longer"],
    [user("reads: 50%"), "s.yaml:9:5: error: nothing says how often these users ask"],
    [user("requests: 1/s, think: 5s"), "these users ask at a rate, and also whenever they have thought"],
    [user("think: 1ms"), "think of London is 1 ms; expected 10 ms or more"],
    [architecture("overload: {shed_after: 0s}"), "overload.shed_after is 0 s; expected more than 0 s"],
    [architecture("overload: {discipline: lilo}"), "expected one of fifo, lifo"],
    [architecture("client: {deadline: 4s}"), 'client has no key "deadline"'],
    [architecture("client: {retries: {attempts: 0}}"), "client.retries.attempts is 0; expected 1 or more"],
    [architecture("client: {timeout: 4s}"), "one attempt may take longer than the whole operation"],
    [region("workers: 100_001"), "workers of us-east-1 is 100_001; expected 100_000 or less"],
    [region("instances: 1e9"), "instances of us-east-1"],
    [region("queue: 1e8"), "queue of us-east-1"],
    [region("service_time: 61m"), "service_time of us-east-1 is 61 m; expected 1 h or less"],
    [user("requests: 1e8/s"), "requests of London"],
    [user("requests: 0.01/h"), "requests of London"],
    [user("requests: 1/s, sessions: 0"), "sessions of London is 0; expected 1 or more"],
    [network("bandwidth: 0.5 Kbps"), "topology.bandwidth is 500 bps; expected 1 Kbps or more"],
    [network("loss: 99.5%"), "topology.loss is 99.5%; expected 99% or less"],
    [network("retransmit: 0s..1s"), "topology.retransmit is 0 s..1 s; expected 1 ms or more"],
    [architecture("health: {interval: 50ms, timeout: 10ms}"), "health.interval is 50 ms; expected 100 ms or more"],
    [architecture("health: {timeout: 0s}"), "health.timeout is 0 s; expected 1 ms or more"],
    [architecture("health: {timeout: 20s}"), "s.yaml:13:52: error: a probe is still awaited"],
    [architecture("failover: {lease: 50ms}"), "failover.lease is 50 ms; expected 100 ms or more"],
    [architecture("dns: {resolvers: 10001}"), "dns.resolvers is 10_001; expected 10_000 or less"],
    [architecture("boot: {median: 9m}"), "the 99th percentile of the boot time is below its median"],
    [architecture("capacity: {us-east-1: {boot: {median: 9m}}}"), "the 99th percentile of the boot time"],
    [
      architecture("replication: {use: multi-primary, heartbeat: 1ms}"),
      "replication.heartbeat is 1 ms; expected 10 ms",
    ],
    [fault("loss: {isolate: us-east-1}, probability: 0.995, at: 1m"), "expected 99% or less; more is a partition"],
    [fault("bandwidth: {isolate: us-east-1}, limit: 0.5 Kbps, at: 1m"), "expected 1 Kbps or more"],
    [fault("clock_skew: us-east-1, by: 0s, at: 1m"), "expected anything but 0 s"],
  ])("case %#", (text, message) => {
    expect(told(text).join("\n")).toContain(message);
  });

  test("at its bound a value is fine", () => {
    expect(told(top("access: {last_mile: 60s, last_mile_p99: 10m, stretch: 100}"))).toEqual([]);
    expect(told(architecture("replication: {use: multi-primary, heartbeat: 10ms}"))).toEqual([]);
    expect(told(broken("pattern: pilot-light", "replication: {use: async, batch: 0s}, pattern: pilot-light"))).toEqual(
      [],
    );
  });
});

describe("strikes are counted before any is made", () => {
  test("too many in all are refused, whatever each fault says", () => {
    const line = "  - {region_outage: us-east-1, at: 0s, for: 1us, repeat: {every: 100ms, times: 4_000_000_000}}\n";
    expect(told(broken("faults:\n", `faults:\n${line}`))).toEqual([]);
    expect(told(broken("faults:\n", `faults:\n${line}${line}`)).join()).toContain("10000 times or fewer in all");
    const random = "  - {region_outage: us-east-1, random: {between: {constant: 1ms}, lasting: {constant: 1ms}}}\n";
    expect(told(broken("faults:\n", `faults:\n${random}`)).join()).toContain("10000 times or fewer in all");
  });

  test("those beyond the end are cut", () => {
    const parsed = parseScenario(broken("for: 3m", "for: 3m, repeat: {every: 4m, times: 1_000_000_000}"));
    expect(parsed.ok && compile(parsed.scenario).plans[0]!.faults.map(({ at }) => at / 6e7)).toEqual([2, 6]);
  });
});

describe("what means nothing is refused with a sentence", () => {
  test.each([
    [user("requests: 1/s, utc_offset: 15"), "hours ahead of UTC from -12 to 14"],
    [user("requests: 1/s, at: [91, 0]"), "the latitude is 91; expected -90 to 90"],
    [top("start: 2026-02-29T10:00Z"), "no calendar has that day"],
    [top("start: 2026-13-01T10:00Z"), "no calendar has that day"],
    [broken("standby: eu-west-1", "standbys: [eu-west-1, eu-west-1]"), '"eu-west-1" is a standby twice'],
    [fault("partition: {groups: [[us-east-1, eu-west-1], [eu-west-1, us-east-1]]}, at: 1m"), "no two sites are parted"],
    [fault("partition: {pair: [one]}, at: 1m"), "a list of 2"],
    [fault("region_outage: us-east-1, at: 2m, factor: 3"), "it belongs to degraded_latency: take it away"],
    [fault("region_outage: us-east-1, at: 20m"), "let it begin earlier, or lengthen the run"],
    [fault("region_outage: us-east-1, at: -1m"), "which cannot be negative"],
  ])("case %#", (text, message) => {
    const found = told(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  test("a fault between two places strikes no link", () => {
    const two = broken("faults:", "  - {place: Paris, requests: 1/s}\nfaults:");
    const text = two.replace("region_outage: us-east-1", "partition: {pair: [London, Paris]}");
    expect(told(text).join()).toContain("partition strikes no link: users' places have no links");
    expect(told(text.replace("Paris]", "us-east-1]"))).toEqual([]);
  });

  test("west of Greenwich and a leap day are fine", () => {
    expect(told(user("requests: 1/s, utc_offset: -3"))).toEqual([]);
    expect(told(top("start: 2028-02-29T10:00Z"))).toEqual([]);
  });
});

test("a name with dots has its line in a broken promise", () => {
  const text = broken("both:", "a.b:").concat('expect:\n  a.b: {availabilty: ">= 99%"}\n');
  expect(told(text).join()).toContain('s.yaml:16:9: error: there is no metric "availabilty"');
});
