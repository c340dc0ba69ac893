import { type Node, type Scalar, isMap, isScalar, isSeq } from "yaml";
import type { Parsed } from "../units/parse.js";
import { nearest } from "../units/text.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";
import { LONGEST_NAME, nameOf, unfitName } from "./tree.js";

/**
 * What a place in the file may hold: reads it into base units, reporting all that is wrong at its position, and
 * describes itself as JSON Schema. `undefined` means that it was reported.
 */
export interface Shape<T> {
  read(node: Node, path: string, source: Source): T | undefined;
  readonly schema: Readonly<Record<string, unknown>>;
  /** How a value reads, units included; as plain text if absent. */
  show?(value: unknown): string;
  /** The shape of what stands below a key, or in a list. */
  below?(key: string): Shape<unknown> | undefined;
}

/** The shape at a path such as "client.retries.backoff". */
export function shapeAt(shape: Shape<unknown>, path: string): Shape<unknown> | undefined {
  let found: Shape<unknown> | undefined = shape;
  for (const each of path.split(".")) found = found?.below?.(each);
  return found;
}

/** It was taken out of YAML with version 1.2, and what it brings has no place in the file to point at. */
const MERGE = "<<";
const WRITE_OUT = "write its keys out; a whole value may be an alias, as *name";

const join = (path: string, key: string | number): string => (path === "" ? String(key) : `${path}.${key}`);

/** What stands there, for a message. */
function shown(node: Node): string {
  if (isMap(node)) return "a group of keys";
  if (isSeq(node)) return "a list";
  const text = String((node as Scalar).source ?? (node as Scalar).value);
  return text === "" || text === "null" ? "nothing" : `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

export function quantity<T>(
  parse: (text: unknown) => Parsed<T>,
  description: string,
  show?: (value: T) => string,
): Shape<T> {
  return {
    schema: { type: ["string", "number"], description },
    show: (value) => (show === undefined ? String(value) : show(value as T)),
    read(node, path, source) {
      const scalar = source.resolve(node);
      if (scalar === null) return undefined;
      source.mark(path, node);
      const parsed = isScalar(scalar) ? parse(scalar.value) : parse(undefined);
      if (parsed.ok) return parsed.value;
      source.errorOn(node, `${source.called(path)} is ${shown(scalar)}`, parsed.expected, quoteHint(scalar));
      return undefined;
    },
  };
}

/** `>= 99.9%` without quotes is a block of text to YAML. */
function quoteHint(node: Node): string | undefined {
  const block = isScalar(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
  return block ? 'quote a comparison: ">= 99.9%"; a bare > starts a block of text in YAML' : undefined;
}

const LONGEST_TEXT = 2000;

type Complaint = { readonly message: string; readonly expected: string } | null;

/** A text, or a number as it is written. */
function words(description: string, longest: number, complaint: (text: string) => Complaint): Shape<string> {
  return {
    schema: { type: "string", description, maxLength: longest },
    read(node, path, source) {
      const scalar = source.resolve(node);
      if (scalar === null) return undefined;
      source.mark(path, node);
      const value = isScalar(scalar) ? scalar.value : undefined;
      const found = typeof value === "string" || typeof value === "number" ? nameOf(scalar).trim() : "";
      if (found === "") {
        source.errorOn(node, `${source.called(path)} is ${shown(scalar)}`, "a text");
        return undefined;
      }
      const wrong = complaint(found);
      if (wrong === null) return found;
      source.errorOn(node, `${source.called(path)}: ${wrong.message}`, wrong.expected);
      return undefined;
    },
  };
}

export const text = (description: string): Shape<string> =>
  words(description, LONGEST_TEXT, ({ length }) =>
    length > LONGEST_TEXT ? { message: `it has ${length} characters`, expected: `at most ${LONGEST_TEXT}` } : null,
  );

/** A text that stands for something, so it can be told from every other by looking. */
export const name = (description: string): Shape<string> => words(description, LONGEST_NAME, unfitName);

export function flag(description: string): Shape<boolean> {
  return {
    schema: { type: "boolean", description },
    read(node, path, source) {
      const scalar = source.resolve(node);
      if (scalar === null) return undefined;
      source.mark(path, node);
      if (isScalar(scalar) && typeof scalar.value === "boolean") return scalar.value;
      source.errorOn(node, `${source.called(path)} is ${shown(scalar)}`, "true or false");
      return undefined;
    },
  };
}

/** The words, which an editor offers; and the same with underscores, which it takes. */
function spelled(words: readonly string[]): Readonly<Record<string, unknown>> {
  const offered = { type: "string", enum: words };
  const joined = words.filter((word) => word.includes("-")).map((word) => word.replaceAll("-", "[-_]"));
  if (joined.length === 0) return offered;
  return { anyOf: [offered, { type: "string", pattern: `^(${joined.join("|")})$` }] };
}

/** A shape of which an editor offers, and takes, these words alone. */
export const offering = <T>(shape: Shape<T>, words: readonly string[]): Shape<T> => ({
  ...shape,
  schema: { ...spelled(words), description: shape.schema["description"] },
});

/** One of some words; an underscore in a name is read as a hyphen. */
export function choice<T extends string>(words: readonly T[], description: string): Shape<T> {
  return {
    schema: { ...spelled(words), description },
    read(node, path, source) {
      const scalar = source.resolve(node);
      if (scalar === null) return undefined;
      source.mark(path, node);
      const value = isScalar(scalar) ? String(scalar.value).replaceAll("_", "-") : "";
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      const close = nearest(value, words);
      source.errorOn(
        node,
        `${source.called(path)} is ${shown(scalar)}`,
        `one of ${words.join(", ")}`,
        close === undefined ? undefined : `did you mean "${close}"?`,
      );
      return undefined;
    },
  };
}

/** Either of two shapes, told apart by whether a single value or more stands there. */
export function either<A, B>(plain: Shape<A>, group: Shape<B>): Shape<A | B> {
  return {
    schema: { anyOf: [plain.schema, group.schema] },
    show: (value) => plain.show?.(value) ?? String(value),
    below: (key) => group.below?.(key),
    read(node, path, source): A | B | undefined {
      const resolved = source.resolve(node);
      if (resolved === null) return undefined;
      return isMap(resolved) || isSeq(resolved) ? group.read(node, path, source) : plain.read(node, path, source);
    },
  };
}

export function list<T>(item: Shape<T>, description: string, least = 0, most = 10_000): Shape<(T | undefined)[]> {
  return {
    schema: { type: "array", items: item.schema, minItems: least, maxItems: most, description },
    show: (value) => (value as T[]).map((each) => item.show?.(each) ?? String(each)).join(", "),
    below: () => item,
    read(node, path, source) {
      const seq = source.resolve(node);
      if (seq === null) return undefined;
      source.mark(path, node);
      if (!isSeq(seq) || seq.items.length < least || seq.items.length > most) {
        const found = isSeq(seq) ? `has ${seq.items.length} entries` : `is ${shown(seq)}`;
        source.errorOn(
          node,
          `${source.called(path)} ${found}`,
          least === most ? `a list of ${least}` : `a list of ${least} to ${most}`,
        );
        return undefined;
      }
      return seq.items.map((entry, index) => item.read(entry as Node, join(path, index), source));
    },
  };
}

/** `? key` alone. */
const nothingBehind = (key: Node, name: string, source: Source): void =>
  source.errorOn(key, `nothing stands behind "${name}"`, "a value", `write "${name}: " and the value`);

/** Names chosen by the user, each with a value; the order of the file is kept. `most` bounds their number. */
export const names = <T>(
  value: Shape<T>,
  description: string,
  most: number,
  emptyAs?: T,
): Shape<ReadonlyMap<string, T | undefined>> =>
  keyed(() => value, { additionalProperties: value.schema }, description, most, emptyAs);

/** The same where the name tells the shape of its value; `schema` says which. */
export function keyed<T>(
  shapeOf: (name: string) => Shape<T>,
  schema: object,
  description: string,
  most: number,
  emptyAs?: T,
): Shape<ReadonlyMap<string, T | undefined>> {
  return {
    schema: { type: "object", ...schema, maxProperties: most, minProperties: 1, description },
    below: (key) => shapeOf(key),
    read(node, path, source) {
      const map = source.resolve(node);
      if (map === null) return undefined;
      source.mark(path, node);
      if (!isMap(map) || map.items.length === 0 || map.items.length > most) {
        const found = isMap(map) ? `has ${map.items.length} entries` : `is ${shown(map)}`;
        source.errorOn(node, `${source.called(path)} ${found}`, `1 to ${most} names, each with its values`);
        return undefined;
      }
      const result = new Map<string, T | undefined>();
      for (const { key, value: entry } of map.items) {
        const name = nameOf(key);
        const here = join(path, step(name));
        source.mark(here, key as Node);
        const empty = entry === null || (isScalar(entry) && entry.value === null);
        if (empty && emptyAs !== undefined) result.set(name, emptyAs);
        else if (entry === null) nothingBehind(key as Node, name, source);
        else result.set(name, shapeOf(name).read(entry as Node, here, source));
      }
      return result;
    },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
export type ValueOf<S> = S extends Shape<infer T> ? T : never;
export type ObjectOf<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };

/** Known keys, each with its shape; anything else is reported with the nearest known one, or with where it belongs. */
export function object<F extends Fields>(
  fields: F,
  description: string,
  required: readonly (keyof F & string)[] = [],
  elsewhere: Readonly<Record<string, string>> = {},
): Shape<ObjectOf<F>> {
  const keys = Object.keys(fields);
  return {
    schema: {
      type: "object",
      description,
      properties: Object.fromEntries(keys.map((key) => [key, fields[key]!.schema])),
      required,
      additionalProperties: false,
    },
    below: (key) => (Object.hasOwn(fields, key) ? fields[key] : undefined),
    read(node, path, source) {
      const map = source.resolve(node);
      if (map === null) return undefined;
      source.mark(path, node);
      if (!isMap(map)) {
        source.errorOn(node, `${source.called(path)} is ${shown(map)}`, `a group of keys: ${keys.join(", ")}`);
        return undefined;
      }
      const result: Record<string, unknown> = {};
      const seen = new Set<string>();
      for (const { key, value } of map.items) {
        const name = nameOf(key);
        seen.add(name);
        if (source.full) break;
        if (!Object.hasOwn(fields, name)) {
          const close = nearest(name, keys);
          const own = name === MERGE ? WRITE_OUT : Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
          source.errorOn(
            key as Node,
            `${source.called(path)} has no key "${name}"`,
            own === undefined ? `one of ${keys.join(", ")}` : undefined,
            own ?? (close === undefined ? "take it away" : `did you mean "${close}"?`),
          );
          continue;
        }
        if (value === null) {
          nothingBehind(key as Node, name, source);
          continue;
        }
        const read = fields[name]!.read(value as Node, join(path, name), source);
        if (read !== undefined) result[name] = read;
      }
      // What a merge key would have brought is no second problem.
      for (const key of seen.has(MERGE) ? [] : required) {
        if (!seen.has(key)) source.errorOn(node, `${source.called(path)} lacks "${key}"`, undefined, `add "${key}:"`);
      }
      return result as ObjectOf<F>;
    },
  };
}
