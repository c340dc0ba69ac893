import { patternNamed } from "../architectures/catalogue.js";
import { type Catalogue, type PolicyKind, catalogue } from "../policies/catalogue.js";
import { type Option, isRegional } from "../policies/options.js";
import { ARCHITECTURE_DEFAULTS } from "./defaults.js";
import type { RawArchitecture } from "./format.js";
import { expandGovernance } from "./governance.js";
import { DEFAULT, type Setting, Settings, leaves } from "./settings.js";

export const POLICY_KINDS = Object.keys(catalogue) as PolicyKind[];

/** The one expanded form of an architecture: every setting by its path, with where it comes from. */
export class Expanded extends Settings {
  constructor(
    readonly name: string,
    settings: ReadonlyMap<string, Setting>,
    /** All policies that it can name, those of the user's own included. */
    readonly catalogue: Catalogue,
  ) {
    super(settings);
  }

  policy(kind: PolicyKind): string {
    return this.text(`${kind}.use`);
  }

  /** Whether a policy is the one of its kind, or that of some operations. */
  uses(kind: PolicyKind, name: string): boolean {
    return [kind, ...ownPolicies(kind, this.all)].some((at) => this.text(`${at}.use`) === name);
  }
}

/** Default, then pattern, then the file, then the defaults of whatever policies were chosen. */
export function expand(name: string, raw: RawArchitecture, policies: Catalogue): Expanded {
  const settings = new Map<string, Setting>();
  for (const [path, value] of Object.entries(ARCHITECTURE_DEFAULTS)) settings.set(path, { value, origin: DEFAULT });
  const pattern = raw.pattern === undefined ? undefined : patternNamed(hyphenated(raw.pattern));
  if (pattern !== undefined) {
    for (const [path, value] of Object.entries(pattern.settings)) {
      settings.set(path, { value, origin: { kind: "pattern", name: pattern.name } });
    }
  }
  const { governance, ...rest } = raw;
  expandGovernance(governance, settings);
  for (const [path, value] of leaves(rest)) {
    const isPolicy = (POLICY_KINDS as string[]).includes(path) || OWN.test(path);
    settings.set(isPolicy ? `${path}.use` : path, { value, origin: { kind: "file", name: path } });
  }
  needsNoConflict(settings, policies);
  for (const kind of POLICY_KINDS) optionDefaults(kind, kind, settings, policies);
  for (const kind of WITH_OWN)
    for (const own of ownPolicies(kind, settings)) optionDefaults(kind, own, settings, policies);
  return new Expanded(name, settings, policies);
}

/** Where writes have one order and nobody has chosen how to merge them there is nothing to merge. */
function needsNoConflict(settings: Map<string, Setting>, { replication }: Catalogue): void {
  const name = settings.get("replication.use")?.value as string;
  const needs = Object.hasOwn(replication, name) ? replication[name]!.needs : undefined;
  if (needs?.conflict !== false || settings.get("conflict.use")?.origin.kind !== "default") return;
  settings.set("conflict.use", { value: "none", origin: { kind: "derived", name: `replication: ${name}` } });
}

/** What the chosen policy of this kind says of the settings at `at` that the file leaves out. */
function optionDefaults(kind: PolicyKind, at: string, settings: Map<string, Setting>, policies: Catalogue): void {
  const chosen = settings.get(`${at}.use`)?.value as string;
  const policy = Object.hasOwn(policies[kind], chosen) ? policies[kind][chosen] : undefined;
  for (const [option, declared] of Object.entries<Option>(policy?.options ?? {})) {
    const path = `${at}.${option}`;
    // What it is about the regions follows from them.
    if (isRegional(declared)) continue;
    const { default: value } = declared;
    if (!settings.has(path)) settings.set(path, { value, origin: { kind: "policy", name: chosen } });
  }
}

/** Kinds of which some operations may have their own: "consistency.for.batch", "conflict.for.likes". */
export const WITH_OWN = ["consistency", "conflict", "caching"] as const satisfies readonly PolicyKind[];
const OWN = /^(consistency|conflict|caching)\.for\.[^.]+$/;

/** The paths of the policies of a kind that some types of requests or classes of data have of their own. */
export const ownPolicies = (kind: PolicyKind, settings: ReadonlyMap<string, Setting>): string[] =>
  [...settings.keys()].flatMap((path) =>
    path.startsWith(`${kind}.`) && path.endsWith(".use") && OWN.test(path.slice(0, -4)) ? [path.slice(0, -4)] : [],
  );

export const hyphenated = (word: string): string => word.replaceAll("_", "-");
