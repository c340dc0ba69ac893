import { choose } from "../policies/catalogue.js";
import type { Option } from "../policies/options.js";
import { derive } from "./derive.js";
import { expandActions } from "./expand-actions.js";
import { expandFaults } from "./expand-faults.js";
import { expandShared } from "./expand-shared.js";
import { type Expanded, expand } from "./expand.js";
import { SCENARIO } from "./format.js";
import { groupsOf } from "./groups.js";
import { optionShape } from "./parts.js";
import type { Scenario } from "./scenario.js";
import { type Setting, type Settings, step } from "./settings.js";
import { shapeAt } from "./shape.js";

export interface Row {
  readonly path: string;
  readonly value: string;
  /** The line of the file, the pattern, the policy, what it follows from, or "default". */
  readonly origin: string;
}
export interface Explained {
  readonly architecture: string;
  readonly rows: readonly Row[];
}

const ORDER = [
  ...["pattern", "primary", "standbys", "standby", "placement", "governance", "routing", "replication"],
  ...[
    "consistency",
    "conflict",
    "failover",
    "scaling",
    "caching",
    "caches",
    "capacity",
    "boot",
    "cold_cache",
    "storage",
    "backups",
  ],
  ...["transfer", "health", "dns"],
];

/** Every setting of each architecture with the origin of its value: the pattern, the file, the policy, the default. */
export function explain(scenario: Scenario, architecture?: string): Explained[] {
  const shared = expandShared(scenario.raw);
  const regions = [...scenario.raw.topology!.regions!.keys()];
  return [...scenario.raw.architectures!]
    .filter(([name]) => architecture === undefined || name === architecture)
    .map(([name, raw]) => {
      const derived = derive(expand(name, raw!, scenario.policies), shared, regions);
      const rows = [
        ...rowsOf(derived, "architectures.any.", `architectures.${step(name)}.`, scenario),
        ...groupRows(derived, shared, scenario, regions),
      ];
      return { architecture: name, rows: rows.toSorted((a, b) => rank(a.path) - rank(b.path)) };
    });
}

/** What all architectures have in common: the network, regions, users, clients, data and faults, with the origin of each. */
export const explainShared = (scenario: Scenario): readonly Row[] => [
  ...rowsOf(expandShared(scenario.raw), "", "", scenario),
  ...rowsOf(expandFaults(scenario.raw), "", "", scenario),
  ...rowsOf(expandActions(scenario.raw), "", "", scenario),
];

/** Where the data live, where they are not kept together: who leads each group of keys, and who has a copy. */
function groupRows(derived: Expanded, shared: Settings, { raw }: Scenario, regions: readonly string[]): Row[] {
  const { groups, isWhole } = groupsOf(derived, shared, raw);
  if (isWhole) return [];
  return groups.map(({ name, holders, primary }) => {
    const others = holders.filter((id) => id !== primary).map((id) => regions[id]!);
    const leader = primary < 0 ? [] : [`${regions[primary]} leads`];
    return {
      path: `placement of ${name}`,
      value: [...leader, ...others].join(", "),
      origin: "follows from placement and governance",
    };
  });
}

function rowsOf(settings: Settings, shapePrefix: string, filePrefix: string, scenario: Scenario): Row[] {
  return [...settings.all].map(([path, setting]) => ({
    path: path.replaceAll("·", "."),
    value: policyShown(path, setting, settings, scenario) ?? shown(`${shapePrefix}${path}`, setting),
    origin: originOf(setting, filePrefix, scenario),
  }));
}

function rank(path: string): number {
  const found = ORDER.findIndex((first) => path.startsWith(first));
  return found < 0 ? ORDER.length : found;
}

/** As the file would say it; a policy's name stands under its kind in the file. */
function shown(path: string, { value }: Setting): string {
  if (typeof value === "string") return value;
  const shape = shapeAt(SCENARIO, path.replace(/\.use$/, ""));
  return shape?.show?.(value) ?? String(value);
}

/** What a policy of the user's own and its options read like: no shape of the format knows them. */
function policyShown(path: string, { value }: Setting, settings: Settings, scenario: Scenario): string | undefined {
  const [at, kind, option, ...below] = /^((\w+)(?:\.for\.[^.]+)?)\.(\w+)(?:\.(.+))?$/.exec(path)?.slice(1) ?? [];
  const plugin = scenario.plugins.find((each) => each.kind === kind && each.name === settings.get(`${at}.use`));
  if (plugin === undefined) return undefined;
  if (option === "use") return `${plugin.name} (${plugin.file})`;
  const declared: Option | undefined = choose(plugin.kind, plugin.name, scenario.policies).options[option!];
  if (declared === undefined) return undefined;
  const whole = optionShape(declared);
  const shape = below[0] === undefined ? whole : whole.below?.(below[0]);
  return shape?.show?.(value) ?? String(value);
}

function originOf({ origin }: Setting, prefix: string, scenario: Scenario): string {
  switch (origin.kind) {
    case "file":
      return `${scenario.file}:${scenario.lineAt(`${prefix}${origin.name}`)}`;
    case "pattern":
      return `pattern ${origin.name}`;
    case "policy":
      return `default of ${origin.name}`;
    case "derived":
      return `follows from ${origin.name}`;
    default:
      return "default";
  }
}
