import { TextError, quoted } from "./problem.js";

/** A value of EDN or JSON. Numbers too large to be exact stay as the symbols that they are written as. */
export type Form = null | boolean | number | string | Keyword | Symbolic | Sequence | Mapping;

export class Keyword {
  constructor(readonly name: string) {}
}
export class Symbolic {
  constructor(readonly name: string) {}
}
export class Sequence {
  constructor(
    readonly items: readonly Form[],
    readonly isSet: boolean,
  ) {}
}
export class Mapping {
  constructor(readonly entries: readonly (readonly [Form, Form])[]) {}
}

/** Limits of one form: no operation of a history is deeper or longer. */
const DEEPEST = 64;
const LONGEST = 1 << 20;

const BLANK = /[\s,]/;
const ATOM_END = /[\s,()[\]{}";]/;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const WORDS: Readonly<Record<string, null | boolean>> = { nil: null, null: null, true: true, false: false };

/**
 * Reads EDN and JSON with one grammar: commas are blanks, and in a map a colon after a string is JSON's. Comments (";" to
 * the end of the line, "#_" and the form after it) are skipped, tags ("#jepsen.history.Op") are taken off.
 */
export class FormReader {
  constructor(
    private readonly text: string,
    public offset = 0,
  ) {}

  /** The form at the offset, which then stands behind it. Throws a TextError. */
  read(): Form {
    return this.form(0, this.offset);
  }

  skipBlanks(): void {
    const { text } = this;
    for (;;) {
      while (this.offset < text.length && BLANK.test(text[this.offset]!)) this.offset++;
      if (text[this.offset] !== ";") return;
      const end = text.indexOf("\n", this.offset);
      this.offset = end < 0 ? text.length : end;
    }
  }

  private form(depth: number, start: number): Form {
    this.skipBlanks();
    const { text, offset } = this;
    if (depth > DEEPEST) {
      throw new TextError(offset, "values are nested too deeply", `at most ${DEEPEST} levels`, "write flat operations");
    }
    if (offset - start > LONGEST) throw tooLong(start);
    if (offset >= text.length) throw cutShort(start);
    const first = text[offset]!;
    if (first === '"') return this.string();
    if (first === "(" || first === "[") return new Sequence(this.items(CLOSERS[first]!, depth, start), false);
    if (first === "{") return this.map(depth, start);
    if (first === "#") return this.dispatch(depth, start);
    if (")]}".includes(first)) {
      throw new TextError(offset, `"${first}" closes nothing`, "a value", "balance the brackets");
    }
    return this.atom();
  }

  private dispatch(depth: number, start: number): Form {
    const next = this.text[this.offset + 1];
    if (next === "{") {
      this.offset++;
      return new Sequence(this.items("}", depth, start), true);
    }
    if (next === "_") {
      this.offset += 2;
      this.form(depth + 1, start);
      return this.form(depth + 1, start);
    }
    // A tag: the value that it marks is what counts.
    this.offset++;
    this.atom();
    return this.form(depth + 1, start);
  }

  private items(closer: string, depth: number, start: number): Form[] {
    this.offset++;
    const items: Form[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.text[this.offset] === closer) {
        this.offset++;
        return items;
      }
      items.push(this.form(depth + 1, start));
    }
  }

  private map(depth: number, start: number): Mapping {
    const opened = this.offset++;
    const entries: [Form, Form][] = [];
    for (;;) {
      this.skipBlanks();
      if (this.text[this.offset] === "}") {
        this.offset++;
        return new Mapping(entries);
      }
      const key = this.form(depth + 1, start);
      this.skipBlanks();
      if (typeof key === "string" && this.text[this.offset] === ":") this.offset++;
      this.skipBlanks();
      if (this.text[this.offset] === "}") {
        throw new TextError(opened, "a key of this map has no value", "keys and values in pairs", "add the value");
      }
      entries.push([key, this.form(depth + 1, start)]);
    }
  }

  private string(): string {
    const { text } = this;
    const start = this.offset++;
    let value = "";
    for (let from = this.offset; ; ) {
      const character = text[this.offset];
      if (character === undefined) throw cutShort(start);
      if (this.offset - start > LONGEST) throw tooLong(start);
      if (character === '"') {
        value += text.slice(from, this.offset++);
        return value;
      }
      if (character !== "\\") {
        this.offset++;
        continue;
      }
      value += text.slice(from, this.offset) + this.escape();
      from = this.offset;
    }
  }

  private escape(): string {
    const { text } = this;
    const at = this.offset;
    const letter = text[at + 1];
    this.offset += 2;
    if (letter === undefined) throw cutShort(at);
    if (letter !== "u") return ESCAPES[letter] ?? letter;
    const digits = text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      throw new TextError(at, `"\\u${digits}" is no character`, "four hexadecimal digits after \\u", "correct it");
    }
    this.offset += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private atom(): Form {
    const { text } = this;
    const start = this.offset;
    let end = start;
    while (end < text.length && !ATOM_END.test(text[end]!)) {
      if (end - start > LONGEST) throw tooLong(start);
      end++;
    }
    if (end === start) throw new TextError(start, `${quoted(text.slice(start, start + 1))} is no value`, "a value", "");
    this.offset = end;
    const word = text.slice(start, end);
    if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
    if (word.startsWith(":")) return new Keyword(word.slice(1));
    const number = Number(/^[-+]?\d.*[NM]$/.test(word) ? word.slice(0, -1) : word);
    if (Number.isNaN(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return new Symbolic(word);
    return number;
  }
}

/** Text by which two values are the same or not: strings as they are, sets sorted, the rest as EDN. */
export function canonical(form: Form): string {
  return typeof form === "string" ? form : printed(form);
}

function printed(form: Form): string {
  if (form === null) return "nil";
  if (form instanceof Keyword) return `:${form.name}`;
  if (form instanceof Symbolic) return form.name;
  if (form instanceof Sequence) {
    const texts = form.items.map(printed);
    return form.isSet ? setText(texts) : `[${texts.join(" ")}]`;
  }
  if (form instanceof Mapping) {
    return `{${form.entries
      .map(([key, value]) => `${printed(key)} ${printed(value)}`)
      .toSorted()
      .join(", ")}}`;
  }
  return typeof form === "string" ? JSON.stringify(form) : String(form);
}

/** A set of elements, each as its text, without those that repeat. */
export const setText = (elements: readonly string[]): string => `#{${[...new Set(elements)].toSorted().join(" ")}}`;

const cutShort = (start: number): TextError =>
  new TextError(
    start,
    "this is not complete",
    "its closing bracket or quote",
    "the file may be truncated: copy it again",
  );
const tooLong = (start: number): TextError =>
  new TextError(start, "this value is too long", `at most ${LONGEST} characters`, "split it into operations");
