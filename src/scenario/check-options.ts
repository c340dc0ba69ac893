import { type Option, type Regional, isAmount, isRegional } from "../policies/options.js";
import { brokenBound } from "./bounds.js";
import { meant } from "./check.js";
import { type Expanded, POLICY_KINDS, WITH_OWN, ownPolicies } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import { optionShape, timeOfDay } from "./parts.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** Keys of `failover:` that are not options of the policy. */
const MECHANICS = new Set([
  "use",
  "verify",
  "fencing",
  "fence_timeout",
  "on_unknown",
  "lease",
  "clock_margin",
  "promotion",
  "failback",
]);

/** The options that the file gives to the policies of one architecture. */
export function checkOptions(
  expanded: Expanded,
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const places = [
    ...POLICY_KINDS.map((kind) => ({ kind, at: kind as string })),
    ...WITH_OWN.flatMap((kind) => ownPolicies(kind, expanded.all).map((at) => ({ kind, at }))),
  ];
  for (const { kind, at } of places) {
    const chosen = expanded.text(`${at}.use`);
    const policy = expanded.catalogue[kind][chosen];
    if (policy === undefined) continue;
    const unknown = new Set<string>();
    for (const [setting, { value, origin }] of expanded.all) {
      if (!setting.startsWith(`${at}.`) || origin.kind !== "file") continue;
      const option = setting.slice(at.length + 1).split(".")[0]!;
      if (option === "use" || ((WITH_OWN as readonly string[]).includes(kind) && option === "for")) continue;
      if (kind === "failover" && MECHANICS.has(option)) continue;
      if (kind === "placement" && (option === "for" || option === "homes")) continue;
      const declared = Object.hasOwn(policy.options, option) ? policy.options[option] : undefined;
      if (declared === undefined) {
        if (unknown.has(option)) continue;
        unknown.add(option);
        const known = Object.keys(policy.options);
        source.errorAt(
          `${path}.${at}.${option}`,
          `the ${kind} policy ${chosen} has no option "${option}"`,
          known.length === 0 ? "none" : `one of ${known.join(", ")}`,
          "take it away, or choose another policy",
        );
      } else if (typeof value === "number" && isAmount(declared)) {
        const show = (amount: number): string => optionShape(declared).show!(amount);
        const bound = brokenBound(value, declared, show);
        if (bound !== null) source.errorAt(`${path}.${setting}`, `${setting} is ${show(value)}`, bound, declared.hint);
      }
    }
    for (const [option, declared] of Object.entries<Option>(policy.options))
      if (isRegional(declared)) checkRegional(`${at}.${option}`, declared, expanded, raw, path, scenario, source);
  }
}

/** Regions that there are and that hold a copy; weights that say something; moments of a day. */
function checkRegional(
  setting: string,
  { kind, withoutCopy }: Regional,
  expanded: Expanded,
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const known = [...(scenario.topology?.regions?.keys() ?? [])];
  const copies = copiesOf(expanded, raw, known);
  const need = (region: string, at: string): void => {
    if (!known.includes(region))
      source.errorAt(at, `this scenario has no region "${region}"`, `one of ${known.join(", ")}`, meant(region, known));
    else if (withoutCopy !== true && copies !== null && !copies.includes(region))
      source.errorAt(
        at,
        `${region} holds no copy, so it can serve nobody`,
        `one of ${copies.join(", ")}`,
        "choose placement: everywhere, or make it a standby",
      );
  };
  if (kind === "regions") {
    (expanded.names(setting) ?? []).forEach((region, index, all) => {
      const at = `${path}.${setting}.${index}`;
      if (region === undefined) return;
      if (all.indexOf(region) < index)
        source.errorAt(at, `"${region}" stands in the list twice`, "each region once", "take one away");
      else need(region, at);
    });
    return;
  }
  const given = [...expanded.all].filter(([each]) => each.startsWith(`${setting}.`));
  for (const [each, { value }] of given) {
    const below = each.slice(setting.length + 1);
    if (kind === "turns") {
      if (timeOfDay(below) === null)
        source.errorAt(
          `${path}.${each}`,
          `"${below}" is no moment of the day`,
          'hours and minutes of UTC, as "08:00Z"',
        );
      need(String(value), `${path}.${each}`);
    } else {
      const region = below.replaceAll("·", ".");
      // Where there is no copy, a weight of 0 says what is so.
      if (value !== 0 || !known.includes(region)) need(region, `${path}.${each}`);
    }
  }
  if (kind === "weights" && given.length > 0 && given.every(([, { value }]) => value === 0))
    source.errorAt(`${path}.${setting}`, "no region has a weight", "one weight of more than 0");
}

/** Null where other errors leave it open. */
function copiesOf(expanded: Expanded, raw: RawArchitecture, known: readonly string[]): readonly string[] | null {
  const placement = expanded.catalogue.placement[expanded.policy("placement")];
  if (placement === undefined || placement.shards === true) return null;
  const standbys = raw.standbys ?? (raw.standby === undefined ? [] : [raw.standby]);
  const named = [raw.primary ?? "", ...standbys.map((region) => region ?? "")].map((region) => known.indexOf(region));
  const copies = placement.replicas(
    known.length,
    named[0]!,
    named.slice(1),
    (raw.replicas ?? []).map((region) => known.indexOf(region ?? "")),
    {},
  );
  return copies.includes(-1) ? null : copies.map((id) => known[id]!);
}
