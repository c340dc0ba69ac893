import type { Catalogue } from "../policies/catalogue.js";
import { formatDuration } from "../units/time.js";
import { ARCHITECTURE_BOUNDS, brokenBound, checkBounds } from "./bounds.js";
import { meant } from "./check.js";
import { type Expanded, POLICY_KINDS, expand } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import { optionShape } from "./parts.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** Keys of `failover:` that are not options of the policy. */
const MECHANICS = new Set([
  "use",
  "verify",
  "fencing",
  "fence_timeout",
  "on_unknown",
  "lease",
  "clock_margin",
  "promotion",
  "failback",
]);

/** References, options and pairs of policies of one architecture. */
export function checkArchitecture(name: string, raw: RawArchitecture, scenario: RawScenario, source: Source): void {
  const path = `architectures.${step(name)}`;
  const { catalogue } = source.policies;
  const expanded = expand(name, raw, catalogue);
  checkOptions(expanded, path, catalogue, source);
  checkRegionNames(raw, path, scenario, source);
  checkLeadership(expanded, raw, path, scenario, source);
  checkPairs(expanded, path, catalogue, source);
  checkValues(expanded, raw, path, source);
}

function checkOptions(expanded: Expanded, path: string, catalogue: Catalogue, source: Source): void {
  for (const kind of POLICY_KINDS) {
    const chosen = expanded.policy(kind);
    const policy = catalogue[kind][chosen];
    if (policy === undefined) continue;
    for (const [setting, { value, origin }] of expanded.all) {
      const [first, option] = setting.split(".");
      if (first !== kind || origin.kind !== "file" || option === "use") continue;
      if (kind === "failover" && MECHANICS.has(option!)) continue;
      if (!Object.hasOwn(policy.options, option!)) {
        const known = Object.keys(policy.options);
        source.errorAt(
          `${path}.${setting}`,
          `the ${kind} policy ${chosen} has no option "${option}"`,
          known.length === 0 ? "none" : `one of ${known.join(", ")}`,
          "take it away, or choose another policy",
        );
        continue;
      }
      const declared = policy.options[option!]!;
      if (typeof value !== "number" || declared.kind === "flag" || declared.kind === "choice") continue;
      const show = (amount: number): string => optionShape(declared).show!(amount);
      const bound = brokenBound(value, declared, show);
      if (bound !== null) source.errorAt(`${path}.${setting}`, `${setting} is ${show(value)}`, bound, declared.hint);
    }
  }
}

function checkRegionNames(raw: RawArchitecture, path: string, scenario: RawScenario, source: Source): void {
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
  for (const name of raw.capacity?.keys() ?? []) need(`capacity.${step(name)}`, name);
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
  const replication = source.policies.catalogue.replication[expanded.policy("replication")];
  if (replication === undefined || scenario.topology?.regions === undefined) return;
  const standbys = raw.standbys ?? (raw.standby === undefined ? [] : [raw.standby]);
  if (replication.gives.writers === "leader") {
    if (raw.primary === undefined && !source.has(`${path}.primary`)) {
      source.errorAt(
        path,
        `replication ${replication.name} has one primary, and "primary" is missing`,
        "the region that leads at the start",
        'add "primary:"',
      );
    }
    if (
      expanded.policy("placement") === "leader-and-standbys" &&
      standbys.length === 0 &&
      !source.has(`${path}.standby`)
    ) {
      source.errorAt(
        path,
        'placement leader-and-standbys needs a standby, and "standby" is missing',
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
  if (raw.primary !== undefined && standbys.includes(raw.primary)) {
    source.errorAt(`${path}.primary`, `"${raw.primary}" is the primary and a standby at once`, "two different regions");
  }
}

/** Pairs of policies that contradict each other: the sentence names both, and the way out. */
function checkPairs(expanded: Expanded, path: string, catalogue: Catalogue, source: Source): void {
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
    if (placement === "leader-and-standbys")
      refuse(
        "placement",
        `placement leader-and-standbys needs a leader, but replication ${replication} has none`,
        "choose placement: everywhere",
      );
  }
}

/** Bounds of single values, and values that must be in order; told where the file says one of the two. */
function checkValues(expanded: Expanded, raw: RawArchitecture, path: string, source: Source): void {
  checkBounds(expanded, ARCHITECTURE_BOUNDS, "architectures.any.", `${path}.`, source);
  if (raw.backups !== undefined && raw.backups.interval === undefined && !source.has(`${path}.backups.interval`))
    source.errorAt(`${path}.backups`, "these backups are never made", "how often", 'add "interval:", as 24h');
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
