import { catalogue } from "../policies/catalogue.js";
import type { ConsistencyNeeds } from "../policies/contract/consistency.js";
import { meant } from "./check.js";
import { type Expanded, ownPolicies } from "./expand.js";
import type { RawScenario } from "./format.js";
import { hyphenatedType } from "./load.js";
import type { Source } from "./source.js";

/** What the other choices have to give; whether the data are kept together is asked where they are placed. */
type Need = Exclude<keyof ConsistencyNeeds, "together">;

/** Numbers that sessions may carry together: 12 bytes each, twice. */
const MOST_CARRIED = 50_000_000;

/** The consistency of an architecture, and those of some operations: for whom they are, and what they cannot do without. */
export function checkConsistency(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const own = ownPolicies("consistency", expanded.all);
  const known = [
    ...[...(scenario.requests?.keys() ?? [])].map(hyphenatedType),
    ...(scenario.data?.classes?.keys() ?? []),
  ];
  for (const at of own) {
    const name = at.slice("consistency.for.".length).replaceAll("·", ".");
    if (known.includes(name) || known.includes(hyphenatedType(name))) continue;
    source.errorAt(
      `${path}.${at}`,
      `no type of requests and no class of data is called "${name}"`,
      known.length === 0 ? 'one that "requests:" or the classes of "data:" name' : `one of ${known.join(", ")}`,
      meant(name, known),
    );
  }
  for (const at of ["consistency", ...own]) {
    checkNeeds(expanded, at, path, scenario, source);
    noteGathered(expanded, at, path, source);
  }
}

/** Copies that ask each other for every read ask no fewer for one that is content with a single copy. */
function noteGathered(expanded: Expanded, at: string, path: string, source: Source): void {
  const { catalogue } = expanded;
  const { value: name, origin } = expanded.all.get(`${at}.use`)!;
  if (origin.kind !== "file" || (name !== "local" && name !== "eventual")) return;
  const chosen = expanded.policy("replication");
  const replication = catalogue.replication[chosen];
  if (replication?.gives.coordinates !== true) return;
  const options = Object.keys(replication.options).map((option) => [option, expanded.get(`replication.${option}`)]);
  if (replication.gathers?.(Object.fromEntries(options)) === false) return;
  source.note(
    [`${path}.${at}`, `${path}.consistency`].find((each) => source.has(each)) ?? path,
    `replication ${chosen} has every read ask several copies here, and consistency ${name} changes nothing of that; choose replication: {use: ${chosen}, read: one}, and consistency: quorum for what needs more`,
  );
}

function checkNeeds(expanded: Expanded, at: string, path: string, scenario: RawScenario, source: Source): void {
  const name = expanded.text(`${at}.use`);
  const { catalogue } = expanded;
  const policy = Object.hasOwn(catalogue.consistency, name) ? catalogue.consistency[name] : undefined;
  if (policy === undefined || catalogue.replication[expanded.policy("replication")] === undefined) return;
  const below = (prefix: string, options: object): Record<string, number | string | boolean> =>
    Object.fromEntries(
      Object.keys(options).map((option) => [option, expanded.get(`${prefix}.${option}`) as string | number | boolean]),
    );
  const needs = policy.needs(below(at, policy.options));
  const written = [`${path}.${at}`, `${path}.consistency`, `${path}.replication`].find((each) => source.has(each));
  const lacks = (need: Need): boolean => needs[need] === true && !fulfilled(need, expanded, below);
  for (const need of Object.keys(REFUSALS) as Need[]) {
    if (!lacks(need)) continue;
    const { message, hint } = REFUSALS[need]!(name, expanded, needs);
    source.errorAt(written ?? path, message, undefined, hint);
    // One contradiction at a time: the way out of the first is most often that of the others.
    return;
  }
  const sessions = (scenario.users ?? []).reduce((sum, user) => sum + (user?.sessions ?? 1000), 0);
  const numbers = sessions * (scenario.topology?.regions?.size ?? 1);
  if (needs.tokens === true && numbers > MOST_CARRIED)
    source.errorAt(
      written ?? path,
      `consistency ${name} has ${sessions} sessions carry a number for each region`,
      `at most ${MOST_CARRIED} numbers together`,
      "lower the sessions of the users",
    );
}

type Below = (prefix: string, options: object) => Record<string, number | string | boolean>;

function fulfilled(need: Need, expanded: Expanded, below: Below): boolean {
  const replication = expanded.catalogue.replication[expanded.policy("replication")]!;
  const { gives } = replication;
  const hasLeader = gives.writers === "leader";
  switch (need) {
    case "confirms":
      return gives.confirms === true;
    case "agrees":
      return gives.agrees === true;
    case "unanimous":
      return replication.isUnanimous?.(below("replication", replication.options)) === true;
    case "oneOrder":
      return hasLeader;
    case "oneLeader":
      return !hasLeader || gives.elects === true || fencesForSure(expanded);
    case "sureLeader":
      return !hasLeader || (gives.elects !== true && fencesForSure(expanded));
    case "leader":
      return !hasLeader || expanded.policy("routing") === "primary" || expanded.text("misdirected") === "forward";
    case "age":
      return gives.tellsAge === true;
    case "tokens":
      return gives.inOrder === true;
    case "causal":
      return hasLeader || replication.isCausal?.(below("replication", replication.options)) === true;
  }
}

/** Whether the old primary has certainly stopped before another one begins. */
function fencesForSure(expanded: Expanded): boolean {
  const chosen = expanded.policy("failover");
  if (chosen === "none") return true;
  const failover = expanded.catalogue.failover[chosen];
  const options = Object.keys(failover?.options ?? {}).map((name) => [name, expanded.get(`failover.${name}`)]);
  if (failover?.fences !== undefined) return failover.fences(Object.fromEntries(options));
  const fencing = expanded.text("failover.fencing");
  return fencing === "lease" || (fencing === "stonith" && expanded.text("failover.on_unknown") === "wait");
}

interface Contradiction {
  readonly message: string;
  readonly hint: string;
}

const replicationsThat = (gives: (name: string) => boolean, otherwise: string): string => {
  const names = Object.keys(catalogue.replication).filter(gives);
  return names.length === 0 ? `choose ${otherwise}` : `choose replication: ${names.join(" or ")}; or ${otherwise}`;
};

/** What is as near to a leader's word as a replication without one can come. */
function withoutLeader(expanded: Expanded): string {
  const { agrees, confirms, inOrder } = expanded.catalogue.replication[expanded.policy("replication")]!.gives;
  if (agrees === true) return "linearizable or eventual";
  return confirms === true ? "quorum or eventual" : inOrder === true ? "eventual or session" : "eventual";
}

const REFUSALS: Readonly<Record<Need, (name: string, expanded: Expanded, needs: ConsistencyNeeds) => Contradiction>> = {
  oneOrder: (name, expanded) => ({
    message: `consistency ${name} needs one order of all writes, kept by one leader, but with replication ${expanded.policy("replication")} every copy accepts them`,
    hint: replicationsThat(
      (each) => catalogue.replication[each]!.gives.writers === "leader",
      `consistency: ${withoutLeader(expanded)}`,
    ),
  }),
  confirms: (name, expanded, needs) => ({
    message: `consistency ${name} needs a replication that proves what the latest version is, and replication ${expanded.policy("replication")} cannot`,
    hint: replicationsThat((each) => {
      const { confirms, agrees } = catalogue.replication[each]!.gives;
      return confirms === true && (agrees === true || needs.agrees !== true);
    }, "consistency: leader, with one primary"),
  }),
  agrees: (name, expanded) => ({
    message: `consistency ${name} needs copies that agree on one order of all writes, and those of replication ${expanded.policy("replication")} go by their conflict policy: a read may show a write under way that the next one misses, and a clock that is behind loses a later write`,
    hint: replicationsThat((each) => catalogue.replication[each]!.gives.agrees === true, "consistency: quorum"),
  }),
  unanimous: (name, expanded) => ({
    message: `consistency ${name} needs a replication in which all copies are asked, and replication ${expanded.policy("replication")} asks no more than it must`,
    hint: "choose replication: {use: quorum, write: all, read: all}, or replication: raft with consistency: linearizable, which is as strong",
  }),
  age: (name, expanded) => ({
    message: `consistency ${name} needs copies that hear as of when they have everything, and those of replication ${expanded.policy("replication")} do not`,
    hint: replicationsThat((each) => catalogue.replication[each]!.gives.tellsAge === true, "another consistency"),
  }),
  tokens: (name, expanded) => ({
    message: `consistency ${name} needs copies that get the writes of each region in their order, and those of replication ${expanded.policy("replication")} do not`,
    hint: replicationsThat((each) => catalogue.replication[each]!.gives.inOrder === true, "another consistency"),
  }),
  causal: (name, expanded) => ({
    message: `consistency ${name} promises that no copy has a write without what its session had written or read before, but replication ${expanded.policy("replication")} delivers writes as they come`,
    hint: `choose replication: {use: ${expanded.policy("replication")}, delivery: causal}, or take the promise back: {use: ${name}, monotonic_writes: false, writes_follow_reads: false}`,
  }),
  oneLeader: (name, expanded) => ({
    message: `consistency ${name} needs one leader at a time, but failover ${expanded.policy("failover")} with fencing ${expanded.text("failover.fencing")} can have two that accept writes`,
    hint: "choose fencing: lease, or fencing: stonith with on_unknown: wait, or failover: none",
  }),
  sureLeader: (name, expanded) =>
    expanded.catalogue.replication[expanded.policy("replication")]!.gives.elects === true
      ? {
          message: `consistency ${name} trusts who believes that he leads, but replication ${expanded.policy("replication")} elects its leader, and the one before may not know yet`,
          hint: "choose consistency: linearizable, which has it confirmed",
        }
      : REFUSALS.oneLeader(name, expanded, {}),
  leader: (name, expanded) => ({
    message: `consistency ${name} sends operations to the leader, but routing ${expanded.policy("routing")} leads their users back to where they came from`,
    hint: "choose misdirected: forward, or routing: primary, or an otherwise: that is not ask-leader",
  }),
};
