import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileNamed } from "./guard.js";
import { placeIn } from "./policy-error.js";

/** The line on which a property is declared, else that of the default export, else the first: as well as text can tell. */
export function lineOf(path: string, property: string): number {
  const lines = readFileSync(path, "utf8").split("\n");
  const found = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line)) + 1;
  const declared = property === "" ? 0 : found(new RegExp(`^[^/]*(?<![.\\w])${escaped(property)}\\s*[:(]`));
  return declared || found(/^\s*(?:export\s+default\b|module\.exports\b)/) || 1;
}

const escaped = (text: string): string => text.replace(/[^\w]/g, "\\$&");

/** A syntax error names its place at the end of its message, as "file:line:column". */
const SYNTAX = /^(?:ParseError|SyntaxError): ([\s\S]*?)\s*([^\s]+):(\d+):\d+\s*$/;

/** Why a file could not be loaded, with its own line. */
export function whyNot(error: unknown, path: string, file: string): { message: string; expected: string } {
  const source = { kind: "replication", name: "", path, file, sha256: "" } as const;
  const folder = dirname(path);
  const text = error instanceof Error ? error.message : String(error);
  const syntax = SYNTAX.exec(text);
  if (syntax !== null) {
    const [, said, where, line] = syntax;
    const message = `${fileNamed(source, where!)}:${line}: a syntax error: ${oneLine(said!)}`;
    return { message, expected: "TypeScript or JavaScript" };
  }
  const place = placeIn(error instanceof Error ? (error.stack ?? "") : "", (each) => each.startsWith(folder));
  const at = place === null ? file : `${fileNamed(source, place.path)}:${place.line}`;
  const said = oneLine(text.replaceAll(`${folder}/`, ""));
  return { message: `${at}: it cannot be loaded: ${said}`, expected: "a file that can be loaded" };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
