import { REGION_DEFAULTS, SCENARIO_DEFAULTS, USER_DEFAULTS } from "./defaults.js";
import type { RawScenario } from "./format.js";
import { DEFAULT, type Setting, type SettingValue, Settings, leaves, step } from "./settings.js";

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
  byDefault(SCENARIO_DEFAULTS);
  const { regions, ...topology } = raw.topology ?? {};
  fromFile(raw.start, "start");
  fromFile(topology, "topology");
  for (const key of ["access", "client", "data"] as const) fromFile(raw[key], key);
  dependent(settings);
  for (const [name, region] of regions ?? []) {
    byDefault(REGION_DEFAULTS, `topology.regions.${step(name)}.`);
    fromFile(region ?? {}, `topology.regions.${step(name)}`);
  }
  raw.users?.forEach((user, index) => {
    if (user?.place === undefined) return;
    byDefault(USER_DEFAULTS, `users.${step(user.place)}.`);
    fromFile(user, `users.${step(user.place)}`, `users.${index}`);
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
  const uniform = settings.get("data.popularity");
  if (uniform !== undefined) {
    settings.delete("data.popularity");
    settings.set("data.popularity.zipf", { value: 0, origin: uniform.origin });
  }
}
