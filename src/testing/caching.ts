import type { Caching } from "../policies/contract/caching.js";
import type { OptionValues } from "../policies/options.js";
import { type Range, type Report, Tally } from "./report.js";
import { defaultsOf } from "./routing.js";
import { scenarioOf, tryOut } from "./trial.js";
import { chosen, everyRegion, isBundled } from "./worlds.js";

export interface CachingOptions extends Range {
  /** Settings as in a scenario file; and the same as the policy gets them. */
  readonly settings?: string;
  readonly values?: OptionValues;
}

const RULES = "its rules can be kept: a lifetime, a size, and the same answer for the same type";

/**
 * Holds a caching against its contract: rules that a site can keep, and in worlds in which anything may fail nothing but
 * reads is answered from it: writes take effect once, and the copies agree in the end.
 */
export function checkCaching(policy: Caching, options: CachingOptions = {}): Report {
  const tally = new Tally("caching", policy.name, "checkCaching", options);
  const own = { caching: isBundled("caching", policy) ? [] : [policy] };
  const use = `    caching: ${chosen(policy.name, options.settings)}\n`;
  const architecture = everyRegion("multi-primary", "local", "last-write-wins") + use;
  const weather = { disks: ["kept", "synced"], clocks: true, mistakes: false } as const;
  return tally.each((seed) => {
    if (policy.on !== undefined)
      tally.judge(RULES, seed, wrongIn(policy, { ...defaultsOf(policy), ...options.values }));
    const text = scenarioOf(`caching ${policy.name}`, seed, { architecture, weather, keys: 400 });
    tryOut(tally, seed, text, own, { checks: ["exactly-once", "convergence"], recovers: true });
  });
}

function wrongIn(policy: Caching, values: OptionValues): string | null {
  const rules = policy.on!(values);
  const { lifetime, size, evicts } = rules;
  if (!(lifetime > 0)) return `lifetime is ${lifetime}`;
  if (!(Number.isInteger(size) && size > 0)) return `size is ${size}`;
  if (evicts !== "oldest" && evicts !== "unused") return `evicts is ${evicts}`;
  const odd = ["real-time", "batch", "static"].find((type) => rules.admits(type) !== policy.on!(values).admits(type));
  return odd === undefined ? null : `requests of type ${odd} are admitted once, and not again`;
}
