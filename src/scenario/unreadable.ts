import { Lexer } from "yaml";

/** A text larger than this is refused before it is parsed. */
export const MOST_BYTES = 4_000_000;
/** Levels of nesting; the format itself needs seven. */
export const DEEPEST = 100;
const LONGEST_LINE = 20_000;
/** Marks, words and line ends as the lexer of YAML cuts them: the parser takes microseconds for each. */
const MOST_TOKENS = 400_000;

/** Why a text is not given to the YAML parser at all. */
export interface Refusal {
  readonly offset: number;
  readonly message: string;
  readonly expected: string;
  readonly hint: string;
}

/**
 * What no scenario looks like and what would exhaust the parser's time or stack, found by reading the text once. Null
 * when the parser may have it.
 */
export function refusalOf(text: string): Refusal | null {
  const size = new TextEncoder().encode(text).length;
  if (size > MOST_BYTES) {
    const hint = "a scenario names things, it does not list data";
    return { offset: 0, message: `the file has ${size} bytes`, expected: `at most ${MOST_BYTES}`, hint };
  }
  const nul = text.indexOf("\0");
  if (nul >= 0) {
    const message = "the file holds a NUL character, so it is no plain text or is written in UTF-16";
    return { offset: nul, message, expected: "text in UTF-8", hint: "save it as UTF-8" };
  }
  return longLineIn(text) ?? depthIn(text) ?? crowdIn(text);
}

export const tooDeep = (offset: number): Refusal => ({
  offset,
  message: "the file is nested too deeply",
  expected: `at most ${DEEPEST} levels`,
  hint: "see `faultline init` for a scenario to start from",
});

function longLineIn(text: string): Refusal | null {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (end - start > LONGEST_LINE) {
      const message = `a line has ${end - start} characters`;
      return { offset: start, message, expected: `at most ${LONGEST_LINE}`, hint: "break it into several" };
    }
    start = end + 1;
  }
  return null;
}

/** Nesting by brackets and by columns; comments left out. Brackets in a text count too, which only a joke could notice. */
function depthIn(text: string): Refusal | null {
  const columns: number[] = [];
  let brackets = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    openColumns(text, start, end, columns);
    if (columns.length > DEEPEST) return tooDeep(start);
    for (let at = start; at < end; at++) {
      const character = text[at]!;
      if (character === "#" && (at === start || /\s/.test(text[at - 1]!))) break;
      if (character === "[" || character === "{") brackets++;
      else if ((character === "]" || character === "}") && brackets > 0) brackets--;
      if (brackets > DEEPEST) return tooDeep(at);
    }
    start = end + 1;
  }
  return null;
}

/** The columns at which blocks are open after a line began: each "- ", "? " and ": " in front opens one more. */
function openColumns(text: string, start: number, end: number, columns: number[]): void {
  let at = start;
  for (;;) {
    while (at < end && (text[at] === " " || text[at] === "\t")) at++;
    if (at >= end || text[at] === "\r" || text[at] === "#") return;
    while (columns.length > 0 && columns.at(-1)! >= at - start) columns.pop();
    columns.push(at - start);
    const isMark = "-?:".includes(text[at]!) && (at + 1 === end || /\s/.test(text[at + 1]!));
    if (!isMark || columns.length > DEEPEST) return;
    at++;
  }
}

function crowdIn(text: string): Refusal | null {
  let tokens = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    offset += token.length;
    if (++tokens <= MOST_TOKENS) continue;
    const message = `the file holds more than ${MOST_TOKENS} marks, words and line ends`;
    return { offset: Math.min(offset, text.length), message, expected: "fewer", hint: "a scenario lists no data" };
  }
  return null;
}
