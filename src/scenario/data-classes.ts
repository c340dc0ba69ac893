import type { DataClass } from "../workload/demand.js";
import { LOAD_PRESETS } from "../workload/presets.js";
import type { RawData, RawDataClass } from "./data-format.js";
import { DATA_CLASS_DEFAULTS } from "./defaults.js";
import { DEFAULT, type Origin, type Setting, type Settings, leaves, step } from "./settings.js";

/** Name of the only class where the file names none. */
const WHOLE = "data";
/** Zipf's exponent where nobody said any: that of YCSB. */
const ZIPF = 0.99;

/** Adds the settings of the data: the default, what the preset says, the file; and for each class what it leaves open. */
export function expandData(raw: RawData | undefined, settings: Map<string, Setting>): void {
  for (const [key, value] of Object.entries(DATA_CLASS_DEFAULTS))
    settings.set(`data.${key}`, { value, origin: DEFAULT });
  const { classes, ...whole } = raw ?? {};
  demandOf(whole, "data", settings);
  for (const [name, own] of classes ?? []) {
    const at = `data.classes.${step(name)}`;
    for (const key of [
      "preset",
      "reads",
      "popularity.latest",
      "local",
      "personal",
      ...Object.keys(DATA_CLASS_DEFAULTS),
    ]) {
      const inherited = settings.get(`data.${key}`);
      if (inherited !== undefined)
        settings.set(`${at}.${key}`, {
          ...inherited,
          origin: { kind: "derived", name: `data.${key}` },
        });
    }
    demandOf(own ?? {}, at, settings);
  }
}

/** What the group of keys at `at` says. The file goes before its preset, and the preset before anything else. */
function demandOf(raw: RawDataClass | RawData, at: string, settings: Map<string, Setting>): void {
  const set = (key: string, value: Setting["value"], origin: Origin): Map<string, Setting> =>
    settings.set(`${at}.${key}`, { value, origin });
  const preset = LOAD_PRESETS.find(({ name }) => name === raw.preset);
  if (preset !== undefined) {
    const origin: Origin = { kind: "derived", name: preset.name };
    const { reads, swaps, inserts, latest, scan, zipf } = preset.settings;
    set("popularity", latest ? "latest" : (zipf ?? ZIPF), origin);
    if (reads !== null && reads !== undefined) set("reads", reads, origin);
    set("compare_and_set", swaps ?? 0, origin);
    set("inserts", inserts ?? 0, origin);
    set("scan", scan ?? 1, origin);
  }
  for (const [key, value] of Object.entries(raw)) {
    for (const [path, leaf] of leaves(value, key)) set(path, leaf, { kind: "file", name: `${at}.${path}` });
  }
  if (typeof raw.popularity === "object") set("popularity.latest", false, { kind: "file", name: `${at}.popularity` });
  // "uniform" is Zipf with exponent 0, and "latest" Zipf over what was inserted last.
  const word = settings.get(`${at}.popularity`);
  if (word === undefined) return;
  settings.delete(`${at}.popularity`);
  set("popularity.latest", word.value === "latest", word.origin);
  const exponent = typeof word.value === "number" ? word.value : word.value === "uniform" ? 0 : ZIPF;
  set("popularity.zipf", exponent, word.origin);
}

/** The classes of data, one at least. */
export function dataClasses(shared: Settings, names: readonly string[]): DataClass[] {
  if (names.length === 0) return [dataClass(WHOLE, 1, "data", shared)];
  return names.map((name) => {
    const at = `data.classes.${step(name)}`;
    return dataClass(name, shared.number(`${at}.share`), at, shared);
  });
}

const dataClass = (name: string, share: number, at: string, shared: Settings): DataClass => ({
  name,
  share,
  holds: shared.text(`${at}.holds`) as DataClass["holds"],
  keys: shared.number(`${at}.keys`),
  zipf: shared.number(`${at}.popularity.zipf`),
  latest: shared.get(`${at}.popularity.latest`) === true,
  valueBytes: shared.number(`${at}.value`),
  reads: (shared.get(`${at}.reads`) as number | undefined) ?? null,
  deletes: shared.number(`${at}.deletes`),
  decrements: shared.number(`${at}.decrements`),
  swaps: shared.number(`${at}.compare_and_set`),
  inserts: shared.number(`${at}.inserts`),
  scan: shared.number(`${at}.scan`),
  local: (shared.get(`${at}.local`) as number | undefined) ?? null,
  personal: shared.get(`${at}.personal`) === true,
});
