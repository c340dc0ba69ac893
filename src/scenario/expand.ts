import { patternNamed } from "../architectures/catalogue.js";
import { type Catalogue, type PolicyKind, catalogue } from "../policies/catalogue.js";
import { ARCHITECTURE_DEFAULTS } from "./defaults.js";
import type { RawArchitecture } from "./format.js";
import { DEFAULT, type Setting, Settings, leaves } from "./settings.js";

export const POLICY_KINDS = Object.keys(catalogue) as PolicyKind[];

/** The one expanded form of an architecture: every setting by its path, with where it comes from. */
export class Expanded extends Settings {
  constructor(
    readonly name: string,
    settings: ReadonlyMap<string, Setting>,
  ) {
    super(settings);
  }

  policy(kind: PolicyKind): string {
    return this.text(`${kind}.use`);
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
  for (const [path, value] of leaves(raw)) {
    const isPolicy = (POLICY_KINDS as string[]).includes(path);
    settings.set(isPolicy ? `${path}.use` : path, { value, origin: { kind: "file", name: path } });
  }
  for (const kind of POLICY_KINDS) {
    const chosen = settings.get(`${kind}.use`)!.value as string;
    const policy = Object.hasOwn(policies[kind], chosen) ? policies[kind][chosen] : undefined;
    for (const [option, { default: value }] of Object.entries(policy?.options ?? {})) {
      const path = `${kind}.${option}`;
      if (!settings.has(path)) settings.set(path, { value, origin: { kind: "policy", name: chosen } });
    }
  }
  return new Expanded(name, settings);
}

export const hyphenated = (word: string): string => word.replaceAll("_", "-");
