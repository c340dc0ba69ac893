import { catalogue } from "../../src/policies/catalogue.js";
import type { OptionValues } from "../../src/policies/options.js";
import type { PoliciesPlan } from "../../src/simulation/plan.js";
import { activeActive } from "./plans.js";

/** A leaderless quorum with its default settings, but for these. */
export function leaderless(options: OptionValues = {}): PoliciesPlan {
  const declared = catalogue.replication["quorum"]!.options;
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, { default: value }]) => [name, value]));
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`no such option: ${unknown.join(", ")}`);
  return { ...activeActive().policies, replication: { name: "quorum", options: { ...defaults, ...options } } };
}
