import type { ResidencyRule } from "../simulation/placement-plan.js";
import type { DataClass } from "../workload/demand.js";
import type { Expanded } from "./expand.js";
import { type Setting, type Settings, step } from "./settings.js";
import type { Place } from "./sites.js";

/** Whom the GDPR protects; its reach is that of the map, and no lawyer's. */
const PROTECTED = "Europe";

/** As the file has it: what the law says, of all data about people in Europe and of single classes. */
export interface RawGovernance {
  readonly mode?: "enforce" | "observe" | undefined;
  readonly gdpr_regions?: readonly (string | undefined)[] | undefined;
  readonly data_residency?:
    | readonly (
        | { readonly type?: string | undefined; readonly allowed_regions?: readonly (string | undefined)[] | undefined }
        | undefined
      )[]
    | undefined;
}

/** Adds what the file says, by class of data. */
export function expandGovernance(raw: RawGovernance | undefined, settings: Map<string, Setting>): void {
  const set = (path: string, value: Setting["value"], from = path): void => {
    settings.set(`governance.${path}`, { value, origin: { kind: "file", name: `governance.${from}` } });
  };
  if (raw?.mode !== undefined) set("mode", raw.mode);
  if (raw?.gdpr_regions !== undefined) set("gdpr_regions", raw.gdpr_regions as readonly string[]);
  raw?.data_residency?.forEach((rule, index) => {
    if (rule?.type !== undefined && rule.allowed_regions !== undefined)
      set(`data_residency.${step(rule.type)}`, rule.allowed_regions as readonly string[], `data_residency.${index}`);
  });
}

/** Whether placement and writes keep the law; else it is only looked on. */
export const isEnforced = (expanded: Expanded): boolean => expanded.get("governance.mode") !== "observe";

/** Where the keys of a class may be, those of the users of a place; an architecture's own law goes before the scenario's. */
export function ruleOf(
  { name, personal, local }: DataClass,
  place: Place | undefined,
  expanded: Expanded,
  shared: Settings,
  regions: readonly string[],
): ResidencyRule | null {
  const law = (path: string): readonly string[] | undefined => expanded.names(path) ?? shared.names(path);
  const isProtected = personal && (local === null || place?.continent === PROTECTED);
  const laws = [
    law(`governance.data_residency.${step(name)}`),
    isProtected ? law("governance.gdpr_regions") : undefined,
  ].filter((each) => each !== undefined);
  if (laws.length === 0) return null;
  const allowed = regions.reduce(
    (bits, region, id) => (laws.every((each) => each.includes(region)) ? bits | (1 << id) : bits),
    0,
  );
  return { name: local === null || place === undefined ? name : `${name} of ${place.name}`, allowed };
}
