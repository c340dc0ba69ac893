import { type Node, isMap, isScalar } from "yaml";
import { type PolicyKind, catalogue } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import type { Options } from "../policies/options.js";
import { isReference } from "./own-policies.js";
import { optionShape } from "./parts.js";
import type { SettingValue } from "./settings.js";
import { type Shape, choice, object } from "./shape.js";
import type { Source } from "./source.js";
import { nameOf } from "./tree.js";

/** A policy alone, or with its options. */
export type ChosenPolicy = string | { readonly [option: string]: SettingValue | undefined };

type Fields = Readonly<Record<string, Shape<unknown>>>;

const FILE = { type: "string", pattern: "\\.[cm]?[jt]s$", description: "a file of your own beside the scenario" };

/**
 * A policy by its name or by a file of the user's own, alone or as {use: …} with its options. The options of a file are
 * those that it declares. `beside` are keys that stand there whatever the policy.
 */
export function policy(
  kind: PolicyKind,
  about: string,
  beside: Fields = {},
  required: readonly "use"[] = Object.keys(beside).length === 0 ? ["use"] : [],
): Shape<ChosenPolicy> {
  const members = Object.values<PolicyFacts>(catalogue[kind]);
  const use = policyName(kind, Object.keys(catalogue[kind]));
  const group = (fields: Fields): Shape<ChosenPolicy> =>
    object({ use, ...fields, ...beside }, about, required) as unknown as Shape<ChosenPolicy>;
  const bundled = group(Object.assign({}, ...members.map(({ options }) => fieldsOf(options))));
  const ofFile = { type: "object", properties: { use: FILE }, required: ["use"] };
  return {
    schema: { anyOf: [use.schema, bundled.schema, ofFile] },
    show: (value) => String(value),
    below: (key) => bundled.below?.(key),
    read(node, path, source) {
      const map = source.resolve(node);
      if (map === null) return undefined;
      if (!isMap(map)) return use.read(node, path, source);
      const pair = map.items.find(({ key }) => nameOf(key) === "use");
      const word = isScalar(pair?.value) ? String(pair.value.value) : "";
      const isOwn = !Object.hasOwn(catalogue[kind], word) && source.policies.get(kind, word) !== undefined;
      if (!isReference(word) && !isOwn) return bundled.read(node, path, source);
      const name = use.read(pair!.value as Node, `${path}.use`, source)!;
      const own = source.policies.get(kind, name);
      source.mark(path, node);
      // Of a file that cannot be used nobody knows the options.
      return own === undefined ? { use: name } : group(fieldsOf(own.options)).read(node, path, source);
    },
  };
}

const fieldsOf = (options: Options): Fields =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, optionShape(option)]));

/** The name of a policy of that kind, once its file has been loaded if it is one of the user's own. */
function policyName(kind: PolicyKind, known: readonly string[]): Shape<string> {
  const about = `the ${kind} policy`;
  const bundled = choice([...known, "a file of your own, as ./mine.ts"], about);
  return {
    schema: { anyOf: [choice(known, about).schema, FILE] },
    read(node: Node, path: string, source: Source): string | undefined {
      const scalar = source.resolve(node);
      if (scalar === null) return undefined;
      const word = isScalar(scalar) ? String(scalar.value) : "";
      if (source.policies.get(kind, word) === undefined && !isReference(word)) return bundled.read(node, path, source);
      source.mark(path, node);
      return isReference(word) ? source.policies.named(kind, word, node, source) : word;
    },
  };
}
