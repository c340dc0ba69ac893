import { patterns } from "../architectures/catalogue.js";
import { type PolicyKind, catalogue } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import { type Option, isRegional } from "../policies/options.js";
import { POLICY_KINDS, WITH_OWN, expand, hyphenated, ownPolicies } from "./expand.js";
import { SCENARIO } from "./format.js";
import { optionShape } from "./parts.js";
import type { Scenario } from "./scenario.js";
import { shapeAt } from "./shape.js";

/** The one question that a kind of policy answers. */
const QUESTIONS: Readonly<Record<PolicyKind, string>> = {
  placement: "Where does a copy of the data live?",
  routing: "Which region does a user try, as the traffic manager believes?",
  replication: "How do the copies agree on what is written?",
  consistency: "Is this copy good enough for this operation?",
  conflict: "Two versions of a key: which survives?",
  failover: "Who leads, as the failover controller believes?",
  scaling: "How many instances should a region run?",
  caching: "May a site answer from what it was answered before?",
};

/** Policies and patterns that the architectures of a scenario use: "replication raft". */
export function choicesOf({ raw }: Scenario): ReadonlySet<string> {
  const used = new Set<string>();
  for (const [name, architecture] of raw.architectures ?? []) {
    const expanded = expand(name, architecture!, catalogue);
    for (const kind of POLICY_KINDS) used.add(`${kind} ${expanded.policy(kind)}`);
    for (const kind of WITH_OWN)
      for (const own of ownPolicies(kind, expanded.all)) used.add(`${kind} ${expanded.text(`${own}.use`)}`);
    if (architecture!.pattern !== undefined) used.add(`pattern ${hyphenated(architecture!.pattern)}`);
  }
  return used;
}

/** What every member of a kind is held to by the contract suite of the kind, whatever else it claims. */
const HELD_TO: Readonly<Record<PolicyKind, string>> = {
  placement: "A copy where writes are led, in regions that there are, and nothing where the law forbids it.",
  routing: "A region that there is, and none that looks dead, but the leader, while another looks healthy.",
  replication:
    "After a heal users are served and the copies agree; what is refused has not been done; no write takes effect twice; one leader a term where there is one.",
  consistency: "What its options promise, in every kind of world that it is not refused in.",
  conflict: "In whatever order versions come, and however often, every copy comes to show the same.",
  failover:
    "Only healthy standbys, never in place of a healthy leader, and one primary at a time under certain fencing.",
  scaling: "An instance where requests wait and there is none.",
  caching: "A lifetime and a size that can be kept.",
};

function optionLine(name: string, option: Option): string {
  if (isRegional(option)) return `- \`${name}\`: ${option.about}`;
  const words = option.kind === "choice" ? `: ${option.choices.join(", ")}` : "";
  const value = optionShape(option).show?.(option.default as never) ?? String(option.default);
  return `- \`${name}\`: ${option.about}${words} (${value} if left out)`;
}

/** Where the copies agree nobody shows a write early; a standby of one primary shows what it receives at once. */
const shownWhen = (agrees: boolean): string =>
  `${agrees ? "A write is shown" : "The copy that accepts a write shows it"} once it is committed, and not before.`;

/** What a policy promises and asks for, as far as its contract has words for it. */
function claims(kind: PolicyKind, name: string): string[] {
  if (kind === "replication") {
    const { gives, needs } = catalogue.replication[name]!;
    return [
      gives.writers === "leader" ? "One copy at a time accepts writes." : "Every copy accepts writes.",
      ...(gives.confirms === true ? ["It can prove that a read shows the latest version."] : []),
      ...(gives.agrees === true ? ["Its copies agree on one order of all writes before any is answered."] : []),
      ...(gives.elects === true ? ["The copies elect their leader: it goes with failover `consensus`."] : []),
      ...(gives.defers === true ? [shownWhen(gives.agrees === true)] : []),
      ...(gives.coordinates === true ? ["A region without a copy serves its users too."] : []),
      ...(needs.conflict ? ["It needs a conflict policy."] : []),
    ];
  }
  if (kind === "conflict") {
    const { causal, merges, deletes, decrements, pick } = catalogue.conflict[name]!;
    return [
      ...(merges === undefined ? [] : [`For ${merges.map((each) => `${each}s`).join(" and ")}.`]),
      ...(deletes === false ? ["It has no answer to deletions."] : []),
      ...(decrements === false ? ["It has no answer to decrements."] : []),
      ...(causal === true ? ["Versions carry what they had seen, so none loses to one that it had seen."] : []),
      ...(causal === true && pick === undefined ? [`No concurrent write is lost${lostThroughOne(name)}.`] : []),
    ];
  }
  if (kind !== "consistency") return [];
  const { gives, options } = catalogue.consistency[name]!;
  const defaults = Object.fromEntries(
    Object.entries<Option>(options).flatMap(([key, option]) => (isRegional(option) ? [] : [[key, option.default]])),
  );
  const promised = gives(defaults);
  if (promised.length === 0) return ["It promises nothing of how old an answer is."];
  return [`It promises ${promised.map((each) => `\`${each}\``).join(", ")}.`];
}

/** Two writes of one region that had not seen each other: sessions can make such. */
function lostThroughOne(name: string): string {
  const { seenBy, merge } = catalogue.conflict[name]!;
  const version = { write: 0, timestamp: 0, hybrid: 0, origin: 0, sequence: 0, actor: 0, count: 1, seen: [] };
  const isLost = seenBy !== undefined && merge(version, { ...version, write: 1, count: 2 }) !== "both";
  return isLost
    ? ", unless it went through the same region as the other and `carried_by: sessions` tells the two apart"
    : "";
}

const costsOf = (costs: string | undefined): string => (costs === undefined ? "" : `Costs: ${costs}`);

/** A setting of a pattern as a file would say it. */
function settingLine([path, value]: [string, number | string | boolean]): string {
  const shape = shapeAt(SCENARIO, `architectures.any.${path.replace(/\.use$/, "")}`);
  const said = typeof value === "string" ? value : (shape?.show?.(value) ?? String(value));
  return `- \`${path}\`: ${value === Number.POSITIVE_INFINITY ? "full" : said}`;
}

const shownBy = (key: string, used: ReadonlyMap<string, ReadonlySet<string>>): string => {
  const names = [...used].filter(([, choices]) => choices.has(key)).map(([name]) => `\`${name}\``);
  return names.length === 0 ? "" : `Shown by ${names.join(", ")}.`;
};

function section(kind: PolicyKind, facts: PolicyFacts, used: ReadonlyMap<string, ReadonlySet<string>>): string {
  const told = claims(kind, facts.name);
  const options = Object.entries(facts.options).map(([name, option]) => optionLine(name, option));
  const paragraphs = [
    `### ${facts.name}`,
    facts.about,
    told.join(" "),
    options.join("\n"),
    costsOf(facts.costs),
    facts.follows === undefined ? "" : `Follows ${facts.follows}.`,
    shownBy(`${kind} ${facts.name}`, used),
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
}

/** The page on policies and patterns, printed from the registries that the program itself uses. */
export function policyReference(scenarios: ReadonlyMap<string, Scenario>): string {
  const used = new Map([...scenarios].map(([name, scenario]) => [name, choicesOf(scenario)]));
  const kinds = POLICY_KINDS.map((kind) =>
    [
      `## ${kind}`,
      QUESTIONS[kind],
      `Each is held to this: ${HELD_TO[kind][0]!.toLowerCase()}${HELD_TO[kind].slice(1)}`,
      ...Object.values<PolicyFacts>(catalogue[kind]).map((facts) => section(kind, facts, used)),
    ].join("\n\n"),
  );
  const compositions = patterns.map(({ name, about, costs, follows, settings }) =>
    [
      `### ${name}`,
      about,
      Object.entries(settings).map(settingLine).join("\n"),
      costsOf(costs),
      `Follows ${follows}.`,
      shownBy(`pattern ${name}`, used),
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
  );
  return `${[
    "# Policies and patterns",
    "Printed by the program from its own registries; a test keeps it true. `faultline explain FILE` shows what an\narchitecture is made of, with the origin of every value.",
    ...kinds,
    "## Patterns",
    "Compositions of policies and capacity, with no code of their own. What a scenario says goes before them.",
    ...compositions,
  ].join("\n\n")}\n`;
}
