import { patternNamed } from "../architectures/catalogue.js";
import { type PolicyKind, catalogue } from "../policies/catalogue.js";
import { ARCHITECTURE_DEFAULTS } from "./defaults.js";
import type { RawArchitecture } from "./format.js";

export type SettingValue = number | string | boolean | readonly string[];
export interface Setting {
  readonly value: SettingValue;
  /** "default", "pattern NAME", "policy NAME", or the path in the file. */
  readonly origin: { readonly kind: "default" | "pattern" | "policy" | "file"; readonly name: string };
}

export const POLICY_KINDS = Object.keys(catalogue) as PolicyKind[];

/** The one expanded form of an architecture: every setting by its path, with where it comes from. */
export class Expanded {
  constructor(
    readonly name: string,
    readonly settings: ReadonlyMap<string, Setting>,
  ) {}

  get(path: string): SettingValue | undefined {
    return this.settings.get(path)?.value;
  }

  number(path: string): number {
    const value = this.get(path);
    if (typeof value !== "number") throw new Error(`internal error: setting ${path} is ${String(value)}`);
    return value;
  }

  text(path: string): string {
    const value = this.get(path);
    if (typeof value !== "string") throw new Error(`internal error: setting ${path} is ${String(value)}`);
    return value;
  }

  names(path: string): readonly string[] | undefined {
    return this.get(path) as readonly string[] | undefined;
  }

  policy(kind: PolicyKind): string {
    return this.text(`${kind}.use`);
  }
}

/** Default, then pattern, then the file, then the defaults of whatever policies were chosen. */
export function expand(name: string, raw: RawArchitecture): Expanded {
  const settings = new Map<string, Setting>();
  for (const [path, value] of Object.entries(ARCHITECTURE_DEFAULTS)) {
    settings.set(path, { value, origin: { kind: "default", name: "" } });
  }
  const pattern = raw.pattern === undefined ? undefined : patternNamed(hyphenated(raw.pattern));
  if (pattern !== undefined) {
    for (const [path, value] of Object.entries(pattern.settings)) {
      settings.set(path, { value, origin: { kind: "pattern", name: pattern.name } });
    }
  }
  for (const [path, value, filePath] of flattened(raw))
    settings.set(path, { value, origin: { kind: "file", name: filePath } });
  for (const kind of POLICY_KINDS) {
    const chosen = settings.get(`${kind}.use`)!.value as string;
    const policy = Object.hasOwn(catalogue[kind], chosen) ? catalogue[kind][chosen] : undefined;
    for (const [option, { default: value }] of Object.entries(policy?.options ?? {})) {
      const path = `${kind}.${option}`;
      if (!settings.has(path)) settings.set(path, { value, origin: { kind: "policy", name: chosen } });
    }
  }
  return new Expanded(name, settings);
}

export const hyphenated = (word: string): string => word.replaceAll("_", "-");

/** [path of the setting, value, path in the file below the architecture]. */
function flattened(raw: RawArchitecture): [string, SettingValue, string][] {
  const found: [string, SettingValue, string][] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (value instanceof Map) for (const [key, inner] of value) visit(inner, `${path}.${key}`);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === "" ? key : `${path}.${key}`);
    } else {
      const isPolicy = (POLICY_KINDS as string[]).includes(path);
      found.push([isPolicy ? `${path}.use` : path, value as SettingValue, path]);
    }
  };
  visit(raw, "");
  return found;
}
