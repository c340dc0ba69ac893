import { type Alias, type Node, type Pair, type Scalar, isAlias, isMap, isScalar, isSeq } from "yaml";
import { hasInvisible } from "../units/invisible.js";
import { DEEPEST, tooDeep } from "./unreadable.js";

const MOST_ALIASES = 100;
export const MOST_NODES = 200_000;
export const LONGEST_NAME = 100;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

type Report = (node: Node, message: string, expected?: string, hint?: string) => void;

/** What stands for each alias; null for one whose anchor is not there. */
export type Aliases = ReadonlyMap<Alias, Node | null>;

/** A key as text: numbers as they are written. */
export const nameOf = (key: unknown): string => {
  const { value, source } = key as Scalar;
  return typeof value === "string" ? value : (source ?? String(value));
};

/** Why a text cannot be a name, or null. */
export function unfitName(name: string): { readonly message: string; readonly expected: string } | null {
  if (name.length > LONGEST_NAME)
    return { message: `a name has ${name.length} characters`, expected: `at most ${LONGEST_NAME}` };
  return hasInvisible(name)
    ? { message: "a name holds characters that cannot be seen", expected: "letters, digits and signs on one line" }
    : null;
}

/**
 * Walks the tree once in the order of the text, before anything is read: bounds it, finds what each alias stands for, and
 * takes out the keys that cannot be read, each with its error, so that the rest can be read. Null when it is without bounds.
 */
export function tidied(root: Node, report: Report): Aliases | null {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Alias, Node | null>();
  const stack: { readonly node: Node; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let nodes = 1; stack.length > 0; nodes++) {
    const { node, depth } = stack.pop()!;
    if (nodes > MOST_NODES) {
      report(node, `more than ${MOST_NODES} values`, "a smaller file");
      return null;
    }
    if (depth > DEEPEST) {
      const { message, expected, hint } = tooDeep(0);
      report(node, message, expected, hint);
      return null;
    }
    if (isAlias(node)) {
      if (aliases.size === MOST_ALIASES) {
        const hint = "write the values out: aliases of aliases can grow without bound";
        report(node, `more than ${MOST_ALIASES} aliases`, "fewer", hint);
        return null;
      }
      aliases.set(node, anchors.get(node.source) ?? null);
      continue;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    const below = isSeq(node) ? node.items : isMap(node) ? valuesOf(node, report) : [];
    for (const each of below.toReversed()) if (each !== null) stack.push({ node: each as Node, depth: depth + 1 });
  }
  reportUnresolved(aliases, report);
  return aliases;
}

/** After the count, so that a bomb of aliases is told as one. */
function reportUnresolved(aliases: Aliases, report: Report): void {
  for (const [alias, node] of aliases) {
    if (node !== null) continue;
    const hint = "give the value itself; a text that begins with * needs quotes";
    report(alias, `no anchor "${alias.source.slice(0, 40)}"`, `"&${alias.source.slice(0, 40)}" before this line`, hint);
  }
}

/** The values of a map's keys, after the keys that cannot be read have left it. */
function valuesOf(map: { items: Pair[] }, report: Report): unknown[] {
  const seen = new Set<string>();
  map.items = map.items.filter(({ key, value }) => {
    const complaint = complaintAbout(key, seen);
    if (complaint === null) return true;
    const node = (key ?? value) as Node | null;
    if (node !== null) report(node, ...complaint);
    return false;
  });
  return map.items.map(({ value }) => value);
}

function complaintAbout(key: unknown, seen: Set<string>): [string, string, string?] | null {
  const instead = "a text, as us-east-1";
  if (isAlias(key)) return [`the key is an alias, *${key.source.slice(0, 40)}`, instead, "write the key out"];
  if (isMap(key) || isSeq(key)) {
    const hint = "a name that begins with [ or { needs quotes, a bare value none of them";
    return [`the key is ${isMap(key) ? "a group of keys" : "a list"}`, instead, hint];
  }
  if (!isScalar(key) || key.value === null || nameOf(key).trim() === "")
    return ["the key is empty", instead, "write a name before the colon"];
  const name = nameOf(key);
  if (FORBIDDEN.has(name)) return [`the key "${name}" is not allowed`, "a key of the scenario format"];
  const unfit = unfitName(name);
  if (unfit !== null) return [unfit.message, unfit.expected];
  if (seen.has(name))
    return [`the key "${name}" stands here for the second time`, "each key once", "keep one of the two"];
  seen.add(name);
  return null;
}
