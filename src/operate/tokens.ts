import type { Complaint } from "./parse.js";

export interface Token {
  readonly text: string;
  /** Where it begins in the line, and how many characters it takes there. */
  readonly at: number;
  readonly length: number;
  readonly isQuoted: boolean;
}

/** Nobody types a longer line. */
const LONGEST = 2000;

/** The words of a line, as a shell would part them: by blanks, and quotes keep what they hold together. */
export function tokens(line: string): readonly Token[] | Complaint {
  if (line.length > LONGEST)
    return { at: 0, message: `the line has ${line.length} characters`, expected: `at most ${LONGEST}` };
  for (const [at, character] of [...line].entries())
    if (/\p{Cc}|\p{Cf}/u.test(character) && character !== "\t")
      return { at, message: "a character stands here that cannot be seen", expected: "words that can be read" };
  const found: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === " " || line[at] === "\t") {
      at++;
      continue;
    }
    const begin = at;
    let text = "";
    let quote = "";
    for (; at < line.length; at++) {
      const character = line[at]!;
      if (quote !== "") {
        if (character === quote) quote = "";
        else text += character;
      } else if (character === '"' || character === "'") quote = character;
      else if (character === " " || character === "\t") break;
      else text += character;
    }
    if (quote !== "")
      return { at: begin, message: "a quote begins here and does not end", expected: `another ${quote}` };
    found.push({ text, at: begin, length: at - begin, isQuoted: /^["']/.test(line.slice(begin, begin + 1)) });
  }
  return found;
}
