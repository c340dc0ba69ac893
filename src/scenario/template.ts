import type { RawArchitecture, RawScenario } from "./format.js";
import { type SettingValue, step } from "./settings.js";
import type { Source } from "./source.js";
import type { RawTemplate } from "./template-format.js";
import { regionsOf } from "./template-regions.js";

const GB = 1_000_000_000;

/**
 * Architectures that are given as the configuration template are put into the words of all others, so that everything
 * below knows only these: each setting stands where the template has what it comes from. What the template says and no run
 * can heed is noted.
 */
export function translateTemplates(raw: RawScenario, source: Source): RawScenario {
  if (raw.architectures === undefined) return raw;
  const architectures = [...raw.architectures].map(([name, each]): [string, RawArchitecture | undefined] => {
    if (each?.multi_region === undefined) return [name, each];
    const { multi_region: template, ...own } = each;
    const translation = new Translation(`architectures.${step(name)}`, own, source);
    translate(template, translation, raw);
    return [name, translation.architecture as RawArchitecture];
  });
  return { ...raw, architectures: new Map(architectures) };
}

type Group = { [key: string]: Group | SettingValue | undefined };

/** The settings of an architecture as they are found in its template. What the file says beside it goes before. */
export class Translation {
  readonly architecture: Group;

  constructor(
    private readonly at: string,
    own: RawArchitecture,
    private readonly source: Source,
  ) {
    this.architecture = { ...own } as Group;
  }

  /** The setting at `path` is this, since the template says so at `like`. */
  put(path: string, value: SettingValue | undefined, like: string): void {
    if (value === undefined) return;
    const keys = path.split(".");
    const last = keys.pop()!;
    let group = this.architecture;
    for (const key of keys) {
      const inner = group[key];
      // A policy alone, by its name, is the file's own word.
      if (inner !== undefined && typeof inner !== "object") return;
      group = group[key] = { ...(inner as Group | undefined) };
    }
    if (group[last] !== undefined) return;
    group[last] = value;
    this.source.alias(`${this.at}.${path}`, `${this.at}.multi_region.${like}`);
  }

  /** The same of names, each where the template has it. */
  putNames(path: string, entries: readonly { readonly name: string; readonly at: string }[], like: string): void {
    this.put(
      path,
      entries.map(({ name }) => name),
      like,
    );
    for (const [index, { at }] of entries.entries()) this.alias(`${path}.${index}`, `${at}.name`);
  }

  /** Whatever is said of `path` is said of what the template has at `like`, and of all that stands there. */
  alias(path: string, like: string): void {
    this.source.aliasAll(`${this.at}.${path}`, `${this.at}.multi_region.${like}`);
  }

  /** Whether something stands there, readable or not. */
  says(like: string): boolean {
    return this.source.has(`${this.at}.multi_region.${like}`);
  }

  /** What it says at `like` does nothing here. */
  note(like: string, message: string): void {
    this.source.note(`${this.at}.multi_region.${like}`, message);
  }

  refuse(like: string, message: string, expected: string, hint?: string): void {
    this.source.errorAt(`${this.at}.multi_region.${like}`, message, expected, hint);
  }
}

function translate(template: RawTemplate, to: Translation, raw: RawScenario): void {
  const primaries = regionsOf(template, raw, to);
  replication(template, primaries, raw, to);
  routing(template, to);
  governance(template, raw, to);
  costs(template, raw, to);
  for (const [group, wanted] of Object.entries(template.monitoring ?? {}))
    to.put(`monitoring.${group}`, wanted, `monitoring.${group}`);
}

/** With one primary the copies follow its log; several merge what they have written. */
function replication(template: RawTemplate, primaries: number, raw: RawScenario, to: Translation): void {
  const says = template.replication ?? {};
  const at = "replication";
  const { strategy = "async", consistency = "eventual", conflict_resolution: conflict, lag_threshold: lag } = says;
  if (primaries > 1) {
    if (strategy !== "async")
      to.refuse(
        `${at}.strategy`,
        `several regions are primary, and none of them can wait for all others with ${strategy}`,
        "async",
        "choose async, one primary, or an architecture with replication: quorum",
      );
    if (consistency === "strong")
      to.refuse(
        `${at}.consistency`,
        "several regions are primary, so none of them knows the latest version",
        "eventual, bounded or local",
        "choose one primary, or an architecture with replication: raft",
      );
    to.put("replication.use", "multi-primary", at);
    to.put("conflict.use", CONFLICTS[conflict ?? "last-write-wins"], `${at}.conflict_resolution`);
    if (conflict === "crdt")
      for (const [name, facts] of raw.data?.classes ?? [])
        to.put(`conflict.for.${step(name)}`, DATA_TYPES[facts?.holds ?? "register"], `${at}.conflict_resolution`);
    if (conflict === "custom")
      to.refuse(
        `${at}.conflict_resolution`,
        '"custom" does not say how',
        "a rule that comes along",
        'say it beside the template, as "conflict: ./mine.ts"',
      );
  } else {
    to.put("replication.use", strategy, `${at}.strategy`);
    to.put("conflict.use", "none", `${at}.conflict_resolution`);
    if (conflict !== undefined)
      to.note(
        `${at}.conflict_resolution`,
        `one region takes all writes, so no two of them meet and ${conflict} has nothing to decide`,
      );
    to.put("failover.use", "automatic", at);
    to.put("failover.max_lag_time", lag, `${at}.lag_threshold`);
  }
  to.put("consistency.use", CONSISTENCIES[consistency], `${at}.consistency`);
  if (consistency === "bounded") to.put("consistency.within", lag, `${at}.lag_threshold`);
  to.put("alerts.replication_lag", lag, `${at}.lag_threshold`);
}

const CONFLICTS = {
  "last-write-wins": "last-write-wins",
  "version-vector": "version-vectors",
  crdt: "mv-register",
  custom: undefined,
} as const;
/** By what a class holds; the rest are registers. */
const DATA_TYPES = { register: undefined, counter: "pn-counter", set: "or-set", list: "or-set" } as const;
/** Strong: asked of the primary, which alone takes writes. */
const CONSISTENCIES = {
  strong: "leader",
  eventual: "eventual",
  bounded: "bounded-staleness",
  local: "local",
} as const;

function routing({ routing: says = {} }: RawTemplate, to: Translation): void {
  to.put("routing.use", says.strategy ?? "latency", "routing.strategy");
  to.put("health.interval", says.health_check_interval, "routing.health_check_interval");
  to.put("health.threshold", says.failover_threshold, "routing.failover_threshold");
}

/** Rules about classes of data that nobody here has are no rules of this run. */
function governance({ data_governance: says }: RawTemplate, raw: RawScenario, to: Translation): void {
  if (says === undefined) return;
  const classes = [...(raw.data?.classes?.entries() ?? [])];
  const at = "data_governance";
  const rules = (says.data_residency ?? []).map((rule, index) => ({ ...rule, at: `${at}.data_residency.${index}` }));
  const known = rules.filter(({ type, at }) => {
    const isKnown = classes.some(([name]) => name === type);
    if (!isKnown && type !== undefined) to.note(at, `there is no class of data "${type}" here, so this keeps nothing`);
    return isKnown;
  });
  if (known.length > 0) {
    const laws = known.map(({ at: _, ...rule }) => rule);
    to.put("governance.data_residency", laws as unknown as SettingValue, `${at}.data_residency`);
    for (const [index, rule] of known.entries()) to.alias(`governance.data_residency.${index}`, rule.at);
  }
  const { gdpr_regions: allowed } = says;
  if (allowed === undefined) return;
  const personal = classes.flatMap(([name, facts]) => (facts?.personal === true ? [name] : []));
  if (personal.length === 0) {
    to.note(`${at}.gdpr_regions`, "no class of data here is personal, so there is nothing that this could keep");
    return;
  }
  to.put("governance.gdpr_regions", allowed as readonly string[], `${at}.gdpr_regions`);
  const isKept = (name: string): boolean =>
    known.find(({ type }) => type === name)?.allowed_regions?.every((region) => allowed.includes(region)) === true;
  if (personal.every(isKept))
    to.note(
      `${at}.gdpr_regions`,
      `data_residency keeps ${personal.join(" and ")} in regions that are among these, so this keeps nothing more`,
    );
}

function costs({ cost_controls: says = {} }: RawTemplate, { duration = 0 }: RawScenario, to: Translation): void {
  const { max_cross_region_transfer_gb: most, auto_scale_regions: scales, idle_region_shutdown: idles } = says;
  const at = "cost_controls";
  to.put("alerts.monthly_transfer", most === undefined ? undefined : most * GB, `${at}.max_cross_region_transfer_gb`);
  if (scales === true) {
    to.put("scaling.use", "target-utilisation", `${at}.auto_scale_regions`);
    if (idles === true) to.put("scaling.shut_down_after", IDLE, `${at}.idle_region_shutdown`);
  } else if (idles === true) to.put("scaling.use", "idle-shutdown", `${at}.idle_region_shutdown`);
  if (idles === true && duration <= IDLE)
    to.note(
      `${at}.idle_region_shutdown`,
      "a region is idle after 15 m without a request, and the run ends before that",
    );
}

/** How long a region is idle before it is shut down, where the template only says that it is. */
const IDLE = 15 * 60 * 1_000_000;
