import { type YAMLSeq, isMap, isSeq, parseDocument } from "yaml";
import { parseDuration } from "../units/parse.js";
import type { Micros } from "../units/time.js";
import { clock } from "./layout.js";

/** An order as it was typed, and when. */
export interface Typed {
  readonly at: Micros;
  readonly line: string;
}

/**
 * The scenario with what was ordered of one architecture behind the orders that stand there; all else, comments included,
 * as it was. Moments are exact, so that it runs to the same digests.
 */
export function withOrders(text: string, typed: readonly Typed[], architecture: string): string {
  if (typed.length === 0) return text;
  const document = parseDocument(text, { version: "1.2", schema: "core" });
  const there = document.get("actions", true);
  const isPlain = isMap(document.contents) && document.contents.flow !== true && !/^(?:---|\.\.\.)/m.test(text);
  if (there === undefined && isPlain) {
    const lines = typed.map(
      ({ at, line }) => `  - {at: ${exact(at)}, do: ${written(line)}, in: ${written(architecture)}}`,
    );
    return `${text.replace(/\n*$/, "\n")}\nactions:\n${lines.join("\n")}\n`;
  }
  const list = isSeq(there) ? there : (document.createNode([]) as YAMLSeq);
  for (const { at, line } of typed) {
    const entry = document.createNode({ at: exact(at), do: line, in: architecture });
    entry.flow = true;
    list.items.push(entry);
  }
  // An empty list in brackets would have everything on one line.
  list.flow = false;
  if (!isSeq(there)) document.set("actions", list);
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}

/** As people write it, where that is read as the same microsecond. */
function exact(at: Micros): string {
  const parsed = parseDuration(clock(at));
  return parsed.ok && parsed.value === at ? clock(at) : `${at}us`;
}

/** A word of YAML, in quotes where it could be read as something else. */
const written = (text: string): string =>
  /^[a-z][\w ./=-]*$/i.test(text) && !/^(?:true|false|null|y|n|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
