import { placeFacts, regionFacts } from "../topology/places.js";
import { expandData } from "./data-classes.js";
import { DEFAULT_ZONES, REGION_DEFAULTS, SCENARIO_DEFAULTS, USER_DEFAULTS } from "./defaults.js";
import { expandEconomics } from "./economics.js";
import type { RawScenario } from "./format.js";
import { expandGovernance } from "./governance.js";
import { expandRequests } from "./load.js";
import { DEFAULT, type Setting, type SettingValue, Settings, leaves, step } from "./settings.js";
import { solarTime } from "./sites.js";

const CATALOGUE = "the catalogue";

/** What all architectures of a scenario have in common, by the path in the file; users by their place. */
export function expandShared(raw: RawScenario): Settings {
  const settings = new Map<string, Setting>();
  const byDefault = (values: Readonly<Record<string, SettingValue>>, below = ""): void => {
    for (const [path, value] of Object.entries(values)) settings.set(`${below}${path}`, { value, origin: DEFAULT });
  };
  const fromFile = (value: unknown, below: string, inFile = below): void => {
    for (const [path, leaf] of leaves(value)) {
      const at = path === "" ? "" : `.${path}`;
      settings.set(`${below}${at}`, { value: leaf, origin: { kind: "file", name: `${inFile}${at}` } });
    }
  };
  const follow = (path: string, value: SettingValue | undefined, from: string): void => {
    if (value !== undefined && !settings.has(path))
      settings.set(path, { value, origin: { kind: "derived", name: from } });
  };
  byDefault(SCENARIO_DEFAULTS);
  fromFile(raw.duration, "duration");
  const { regions, ...topology } = raw.topology ?? {};
  fromFile(raw.start, "start");
  fromFile(topology, "topology");
  for (const key of ["access", "client"] as const) fromFile(raw[key], key);
  expandRequests(raw.requests, settings);
  expandData(raw.data, settings);
  expandGovernance(raw.governance, settings);
  expandEconomics(raw, settings);
  dependent(settings);
  for (const [name, region] of regions ?? []) {
    const at = `topology.regions.${step(name)}`;
    byDefault(REGION_DEFAULTS, `${at}.`);
    fromFile(region ?? {}, at);
    const facts = regionFacts(name);
    follow(`${at}.at`, facts && [facts.latitude, facts.longitude], CATALOGUE);
    follow(`${at}.continent`, facts?.continent, CATALOGUE);
    follow(`${at}.zones`, facts?.zones, CATALOGUE);
    if (facts === undefined && region?.zones === undefined) byDefault({ zones: DEFAULT_ZONES }, `${at}.`);
  }
  raw.users?.forEach((user, index) => {
    if (user?.place === undefined) return;
    const at = `users.${step(user.place)}`;
    byDefault(USER_DEFAULTS, `${at}.`);
    fromFile(user, at, `users.${index}`);
    const facts = placeFacts(user.place);
    follow(`${at}.at`, facts && [facts.latitude, facts.longitude], CATALOGUE);
    follow(`${at}.utc_offset`, facts?.utcOffset, CATALOGUE);
    follow(`${at}.utc_offset`, solarTime(user.at?.[1] ?? 0), "its longitude");
  });
  return new Settings(settings);
}

/** Defaults that follow from what the file says elsewhere. */
function dependent(settings: Map<string, Setting>): void {
  const number = (path: string): number => settings.get(path)!.value as number;
  const isDefault = (path: string): boolean => settings.get(path)!.origin === DEFAULT;
  const follow = (path: string, value: number): void => {
    if (isDefault(path)) settings.set(path, { value, origin: DEFAULT });
  };
  follow("client.timeout", Math.min(number("client.timeout"), number("client.deadline")));
  follow("access.last_mile_p99", Math.max(number("access.last_mile_p99"), number("access.last_mile")));
}
