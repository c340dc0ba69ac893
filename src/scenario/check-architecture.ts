import type { Option } from "../policies/options.js";
import { formatDuration } from "../units/time.js";
import { type Addition, addedIn } from "./added-regions.js";
import { ARCHITECTURE_BOUNDS, checkBounds } from "./bounds.js";
import { checkCaching } from "./check-caching.js";
import { checkConflict } from "./check-conflict.js";
import { checkConsistency } from "./check-consistency.js";
import { checkOptions } from "./check-options.js";
import { checkPlacement } from "./check-placement.js";
import { checkReplicas, checkReplication, noteMisdirected, noteNobodyToPromote } from "./check-replication.js";
import { checkScaling } from "./check-scaling.js";
import { meant } from "./check.js";
import { type Expanded, expand, ownPolicies } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** References, options and pairs of policies of one architecture. */
export function checkArchitecture(name: string, raw: RawArchitecture, scenario: RawScenario, source: Source): void {
  const path = `architectures.${step(name)}`;
  const expanded = expand(name, raw, source.policies.catalogue);
  const before = source.problems.length;
  checkOptions(expanded, raw, path, scenario, source);
  checkRegionNames(raw, path, scenario, source, addedIn(scenario, name));
  checkLeadership(expanded, raw, path, scenario, source);
  checkPairs(expanded, path, source);
  checkConsistency(expanded, path, scenario, source);
  checkConflict(expanded, path, scenario, source);
  checkReplicas(expanded, raw, path, source);
  if (source.problems.length === before) checkPlacement(expanded, raw, path, scenario, source);
  checkReplication(expanded, path, scenario, source);
  noteMisdirected(expanded, path, source);
  noteNobodyToPromote(expanded, path, source);
  checkCaching(expanded, path, scenario, source);
  checkScaling(expanded, path, scenario, source);
  checkValues(expanded, raw, path, source);
}

function checkRegionNames(
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
  added: readonly Addition[],
): void {
  const regions = [...(scenario.topology?.regions?.keys() ?? [])];
  const need = (below: string, name: string | undefined, known = regions, what = "region"): void => {
    if (name === undefined || known.includes(name)) return;
    source.errorAt(
      `${path}.${below}`,
      `this scenario has no ${what} "${name}"`,
      `one of ${known.join(", ")}`,
      meant(name, known),
    );
  };
  need("primary", raw.primary);
  need("standby", raw.standby);
  raw.standbys?.forEach((name, index) => {
    need(`standbys.${index}`, name);
    if (name !== undefined && raw.standbys!.indexOf(name) < index)
      source.errorAt(`${path}.standbys.${index}`, `"${name}" is a standby twice`, "each region once", "take one away");
  });
  raw.replicas?.forEach((name, index) => need(`replicas.${index}`, name));
  raw.caches?.forEach((name, index) => need(`caches.${index}`, name));
  raw.drained?.forEach((name, index) => need(`drained.${index}`, name));
  if (regions.length > 0 && regions.every((name) => raw.drained?.includes(name)))
    source.errorAt(`${path}.drained`, "every region is drained, so nobody serves", "one region or more that is not");
  const later = added.map(({ name }) => name);
  for (const name of raw.capacity?.keys() ?? []) need(`capacity.${step(name)}`, name, [...regions, ...later]);
  const places = (scenario.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  const vantages = raw.health?.vantages;
  vantages?.forEach((name, index) =>
    need(`health.vantages.${index}`, name, [...regions, ...places], "region or place"),
  );
  if (vantages?.length === 0) source.errorAt(`${path}.health.vantages`, "nobody looks", "one vantage point or more");
  need("health.controller", raw.health?.controller);
  need("backups.region", raw.backups?.region);
  if (raw.standby !== undefined && raw.standbys !== undefined) {
    source.errorAt(`${path}.standbys`, 'both "standby" and "standbys" are given', "one of them");
  }
}

function checkLeadership(
  expanded: Expanded,
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const replication = expanded.catalogue.replication[expanded.policy("replication")];
  if (replication === undefined || scenario.topology?.regions === undefined) return;
  const standbys = raw.standbys ?? (raw.standby === undefined ? [] : [raw.standby]);
  if (replication.gives.writers === "leader") {
    const isSharded = expanded.catalogue.placement[expanded.policy("placement")]?.shards === true;
    if (raw.primary === undefined && !source.has(`${path}.primary`) && !isSharded) {
      source.errorAt(
        path,
        `replication ${replication.name} has one primary, and "primary" is missing`,
        "the region that leads at the start",
        'add "primary:"',
      );
    }
    if (NEED_STANDBY.has(expanded.policy("placement")) && standbys.length === 0 && !source.has(`${path}.standby`)) {
      source.errorAt(
        path,
        `placement ${expanded.policy("placement")} needs a standby, and "standby" is missing`,
        "a region that holds a copy",
        'add "standby:"',
      );
    }
  } else if (raw.primary !== undefined) {
    source.errorAt(
      `${path}.primary`,
      `replication ${replication.name} has no primary: every replica accepts writes`,
      "no primary",
      "take it away, or choose replication: async",
    );
  }
  if (standbys.length > 0 && expanded.policy("placement") === "leader-only") {
    source.errorAt(
      `${path}.${raw.standby === undefined ? "standbys" : "standby"}`,
      "placement leader-only keeps one copy, so nobody stands by",
      "no standby",
      "take it away, or choose placement: leader-and-standbys",
    );
  }
  if (raw.primary !== undefined && standbys.includes(raw.primary)) {
    source.errorAt(`${path}.primary`, `"${raw.primary}" is the primary and a standby at once`, "two different regions");
  }
}

const NEED_STANDBY = new Set(["leader-and-standbys", "leader-and-recovery"]);

/** Pairs of policies that contradict each other: the sentence names both, and the way out. */
function checkPairs(expanded: Expanded, path: string, source: Source): void {
  const { catalogue } = expanded;
  const [replication, conflict, routing, failover, placement] = (
    ["replication", "conflict", "routing", "failover", "placement"] as const
  ).map((kind) => expanded.policy(kind)) as [string, string, string, string, string];
  const facts = catalogue.replication[replication];
  if (facts === undefined) return;
  const refuse = (kind: string, message: string, hint: string): void => {
    const written = source.has(`${path}.${kind}`)
      ? `${path}.${kind}`
      : source.has(`${path}.replication`)
        ? `${path}.replication`
        : path;
    source.errorAt(written, message, undefined, hint);
  };
  if (facts.needs.conflict && conflict === "none") {
    refuse(
      "conflict",
      `replication ${replication} lets two regions write one key at once, but conflict is none`,
      "choose conflict: last-write-wins, or replication: async",
    );
  }
  if (!facts.needs.conflict && conflict !== "none" && catalogue.conflict[conflict] !== undefined) {
    refuse(
      "conflict",
      `replication ${replication} has one order of writes, so conflict ${conflict} would undo it`,
      "choose conflict: none, or replication: multi-primary",
    );
  }
  const elects = facts.gives.elects === true;
  if (elects !== (failover === "consensus")) {
    refuse(
      "failover",
      elects
        ? `replication ${replication} elects its leader by itself, so failover ${failover} would promote a second one`
        : `failover consensus leaves the choice to the replicas, but those of replication ${replication} choose nobody`,
      elects ? "choose failover: consensus" : "choose failover: automatic, or replication: raft",
    );
  }
  if (facts.gives.writers === "every-replica") {
    if (routing === "primary")
      refuse(
        "routing",
        `routing primary follows a leader, but replication ${replication} has none`,
        "choose routing: latency",
      );
    // One of the user's own that could not be loaded has been told already.
    if (failover !== "none" && catalogue.failover[failover] !== undefined)
      refuse(
        "failover",
        `failover ${failover} promotes a leader, but replication ${replication} has none`,
        "choose failover: none; routing takes over by itself",
      );
    if (placement !== "everywhere" && placement !== "listed" && placement !== "geo-partitioned")
      refuse(
        "placement",
        `placement ${placement} needs a leader, but replication ${replication} has none`,
        "choose placement: everywhere",
      );
  }
}

/** Why nobody hands the lead back to the first primary, by the failover. */
const NO_WAY_BACK: Readonly<Record<string, string>> = {
  consensus: "leaves the lead to whomever the copies elect",
  "lock-service": "leaves the lead to whoever holds the lock",
};

/** The way back is begun by a controller that orders who leads, and has no other plans. */
function checkWayBack(expanded: Expanded, path: string, source: Source): void {
  const failover = expanded.policy("failover");
  const plans = Object.values<Option>(expanded.catalogue.failover[failover]?.options ?? {});
  const why = plans.some(({ kind }) => kind === "turns") ? "plans who leads when" : NO_WAY_BACK[failover];
  const at = `${path}.failover.failback`;
  if (why === undefined || !source.has(at) || expanded.number("failover.failback") === Number.POSITIVE_INFINITY) return;
  source.errorAt(at, `failover ${failover} ${why}, so there is no way back`, undefined, 'take "failback" away');
}

/** Bounds of single values, and values that must be in order; told where the file says one of the two. */
function checkValues(expanded: Expanded, raw: RawArchitecture, path: string, source: Source): void {
  checkBounds(expanded, ARCHITECTURE_BOUNDS, "architectures.any.", `${path}.`, source);
  const waits = expanded.catalogue.placement[expanded.policy("placement")]?.waiting !== undefined;
  const never = expanded.number("backups.interval") === Number.POSITIVE_INFINITY;
  if (never && (waits || raw.backups !== undefined) && (waits || !source.has(`${path}.backups.interval`)))
    source.errorAt(`${path}.backups`, "these backups are never made", "how often", 'add "interval:", as 24h');
  checkWayBack(expanded, path, source);
  if (expanded.get("storage.apply.own") === true && expanded.number("storage.apply.rate") === Number.POSITIVE_INFINITY)
    source.errorAt(
      source.has(`${path}.storage.apply.own`) ? `${path}.storage.apply.own` : path,
      "applying takes no time, so nothing that a region accepts itself can wait for it",
      "a rate beside it",
      'add "rate:" to storage.apply, as 1000/s',
    );
  const routing = expanded.policy("routing");
  if (expanded.text("dns.mode") === "anycast" && expanded.catalogue.routing[routing]?.byRequest === true)
    source.errorAt(
      source.has(`${path}.dns.mode`) ? `${path}.dns.mode` : path,
      `routing ${routing} answers by what is asked for, and with anycast all that is asked has one address`,
      undefined,
      "choose mode: dns, or routing: latency",
    );
  const idle = expanded.text("dns.mode") === "dns" ? "convergence" : "update";
  if (source.has(`${path}.dns.${idle}`))
    source.errorAt(
      `${path}.dns.${idle}`,
      idle === "update" ? "with anycast no name server takes an update" : "without anycast there are no routes to move",
      undefined,
      idle === "update" ? "say how long routes take: convergence" : "say {mode: anycast}, or take it away",
    );
  if (idle === "update" && source.has(`${path}.dns.ttl`))
    source.note(
      `${path}.dns.ttl`,
      "with anycast the name leads to one address for ever, so how long it is kept changes nothing",
    );
  const written = (settings: readonly string[]): string =>
    settings.map((setting) => `${path}.${setting}`).find((each) => source.has(each)) ?? path;
  if (expanded.number("health.timeout") >= expanded.number("health.interval")) {
    source.errorAt(
      written(["health.timeout", "health.interval"]),
      "a probe is still awaited when the next one leaves",
      `health.timeout below health.interval, ${formatDuration(expanded.number("health.interval"))}`,
    );
  }
  for (const below of ["", ...[...(raw.capacity?.keys() ?? [])].map((name) => `capacity.${step(name)}.`)]) {
    const boot = (key: string): number =>
      (expanded.get(`${below}boot.${key}`) as number) ?? expanded.number(`boot.${key}`);
    if (boot("p99") >= boot("median")) continue;
    source.errorAt(
      written([`${below}boot.p99`, `${below}boot.median`, "boot.p99", "boot.median"]),
      "the 99th percentile of the boot time is below its median",
      `p99 of at least ${formatDuration(boot("median"))}`,
    );
  }
}
