import type { RawScenario } from "./format.js";
import { DEFAULT, type Setting, Settings } from "./settings.js";

/** Every order of an operator, by its number in the file. */
export function expandActions(raw: RawScenario): Settings {
  const settings = new Map<string, Setting>();
  raw.actions?.forEach((action, index) => {
    const path = `actions.${index}`;
    const origin = (key: string): Setting["origin"] => ({ kind: "file", name: `${path}.${key}` });
    if (action?.at !== undefined) settings.set(`${path}.at`, { value: action.at, origin: origin("at") });
    if (action?.do !== undefined) settings.set(`${path}.do`, { value: action.do, origin: origin("do") });
    const only = action?.in === undefined ? "all architectures" : [action.in].flat().join(", ");
    settings.set(`${path}.in`, { value: only, origin: action?.in === undefined ? DEFAULT : origin("in") });
  });
  return new Settings(settings);
}
