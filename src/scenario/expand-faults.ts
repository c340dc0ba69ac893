import { faultKinds } from "../faults/catalogue.js";
import type { RawFault } from "./fault-format.js";
import { sidesOf } from "./fault-titles.js";
import type { RawScenario } from "./format.js";
import type { Where } from "./parts.js";
import { DEFAULT, type Setting, type SettingValue, Settings, leaves } from "./settings.js";

/** Every fault with what it strikes, how and when, by its number in the file. */
export function expandFaults(raw: RawScenario): Settings {
  const settings = new Map<string, Setting>();
  raw.faults?.forEach((fault, index) => {
    if (fault !== undefined) expandFault(fault, `faults.${index}`, settings);
  });
  return new Settings(settings);
}

function expandFault(fault: RawFault, at: string, settings: Map<string, Setting>): void {
  const kind = faultKinds.find(({ name }) => fault[name] !== undefined)!;
  const fromFile = (path: string, value: SettingValue): void =>
    void settings.set(`${at}.${path}`, { value, origin: { kind: "file", name: `${at}.${path}` } });
  const target = fault[kind.name];
  // A list of sides would read as one.
  fromFile(kind.name, kind.target === "links" ? sidesOf(target as Where) : (target as SettingValue));
  for (const [option, { default: value }] of Object.entries(kind.options)) {
    settings.set(`${at}.${option}`, { value, origin: { kind: "policy", name: kind.name } });
  }
  for (const [path, value] of Object.entries({ at: 0, for: "until the end", chance: 1 })) {
    if (fault.random === undefined || path !== "for") settings.set(`${at}.${path}`, { value, origin: DEFAULT });
  }
  const { [kind.name]: _target, ...others } = fault;
  for (const [path, value] of leaves(others)) fromFile(path, value);
}
