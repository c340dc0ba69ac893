import { checkClassNames } from "./check-conflict.js";
import { keepsAnything } from "./edge-sites.js";
import { type Expanded, hyphenated, ownPolicies } from "./expand.js";
import type { RawScenario } from "./format.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** Of data without classes there is one, without a name. */
const WHOLE = "";

/** The caching of an architecture and of some classes of data: what may answer with something old cannot promise that it is not. */
export function checkCaching(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  checkClassNames("caching", expanded, path, scenario, source);
  if (!keepsAnything(expanded)) {
    if (source.has(`${path}.caches`))
      source.errorAt(`${path}.caches`, "these sites keep nothing: caching is none", "a policy", "choose caching: ttl");
    return;
  }
  const told = new Set<string>();
  for (const name of scenario.data?.classes?.keys() ?? [WHOLE]) {
    const own = `caching.for.${step(name)}`;
    const at = ownPolicies("caching", expanded.all).includes(own) ? own : "caching";
    const caching = expanded.text(`${at}.use`);
    const strict = consistenciesOf(name, expanded, scenario).find((each) => each !== "local" && each !== "eventual");
    if (caching === "none" || strict === undefined || expanded.catalogue.caching[caching] === undefined) continue;
    const written = [`${path}.${at}`, `${path}.caching`].find((each) => source.has(each)) ?? path;
    if (told.has(`${written} ${strict}`)) continue;
    told.add(`${written} ${strict}`);
    source.errorAt(
      written,
      `caching ${caching} answers with what a site was answered before, which consistency ${strict} does not allow`,
      undefined,
      name === WHOLE
        ? "choose consistency: local, or caching: none"
        : `choose consistency: local, or caching: {use: ${expanded.text("caching.use")}, for: {${name}: none}}`,
    );
  }
}

/** By what those reads of a class are judged that a cache may answer: a type of requests goes before a class. */
function consistenciesOf(name: string, expanded: Expanded, { requests }: RawScenario): string[] {
  const own = ownPolicies("consistency", expanded.all);
  const named = (word: string): string | undefined =>
    own.find((at) => at === `consistency.for.${step(word)}` || at === `consistency.for.${step(hyphenated(word))}`);
  const types = [...(requests?.keys() ?? [])].map((type) => named(type));
  const ofClass = named(name) ?? "consistency";
  const all = types.length === 0 ? [ofClass] : types.map((type) => type ?? ofClass);
  return all.map((at) => expanded.text(`${at}.use`));
}
