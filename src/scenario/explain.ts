import { formatDuration } from "../units/time.js";
import { type Setting, expand } from "./expand.js";
import type { Scenario } from "./scenario.js";

export interface Explained {
  readonly architecture: string;
  readonly rows: readonly { readonly path: string; readonly value: string; readonly origin: string }[];
}

const DURATIONS =
  /^(failover\.(verify|fence_timeout|lease|clock_margin|promotion|failback|delay)|health\.(interval|timeout)|dns\.(ttl|update)|.*boot\.(median|p99)|replication\.(batch|heartbeat))$/;
const ORDER = [
  "pattern",
  "primary",
  "standby",
  "placement",
  "routing",
  "replication",
  "consistency",
  "conflict",
  "failover",
  "capacity",
  "boot",
  "health",
  "dns",
];

/** Every setting of each architecture with the origin of its value: the pattern, the file, the policy, the default. */
export function explain(scenario: Scenario, architecture?: string): Explained[] {
  return [...scenario.raw.architectures!]
    .filter(([name]) => architecture === undefined || name === architecture)
    .map(([name, raw]) => ({
      architecture: name,
      rows: [...expand(name, raw!).settings]
        .map(([path, setting]) => ({ path, value: shown(path, setting), origin: originOf(setting, name, scenario) }))
        .toSorted((a, b) => rank(a.path) - rank(b.path)),
    }));
}

function rank(path: string): number {
  const found = ORDER.findIndex((first) => path.startsWith(first));
  return found < 0 ? ORDER.length : found;
}

function shown(path: string, { value }: Setting): string {
  if (typeof value === "number" && DURATIONS.test(path)) return formatDuration(value);
  if (path === "standby_instances" && value === Number.POSITIVE_INFINITY) return "full";
  if (path === "health.healthy_share") return `more than ${Math.round((value as number) * 1000) / 10}%`;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function originOf({ origin }: Setting, architecture: string, scenario: Scenario): string {
  switch (origin.kind) {
    case "file":
      return `${scenario.file}:${scenario.lineAt(`architectures.${architecture}.${origin.name}`)}`;
    case "pattern":
      return `pattern ${origin.name}`;
    case "policy":
      return `default of ${origin.name}`;
    default:
      return "default";
  }
}
