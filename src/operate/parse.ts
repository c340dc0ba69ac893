import { regionFacts } from "../topology/places.js";
import { type Parsed, parseCount, parseDuration, parseShare } from "../units/parse.js";
import { nearest } from "../units/text.js";
import { chaosFault } from "./chaos.js";
import { COMMANDS, type Option, type Words, usage } from "./commands.js";
import { type Token, tokens } from "./tokens.js";

export type Value = string | number | boolean | readonly string[];

/** What was meant. */
export interface Command {
  readonly words: Words;
  /** By option; what was not given is not there. */
  readonly values: ReadonlyMap<string, Value>;
}

/** What cannot be understood, and where it stands in the line: characters from 0. */
export interface Complaint {
  readonly at: number;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
}

export type Understood =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly complaint: Complaint };

/** The names that the scenario gives to its things. */
export interface Names {
  readonly regions: readonly string[];
  readonly places: readonly string[];
}

/** Reads one line of an operator. `among` are the commands that mean something where it was typed. */
export function understand(line: string, names: Names, among: readonly Words[] = COMMANDS): Understood {
  const read = tokens(line);
  if ("message" in read) return { ok: false, complaint: read };
  try {
    const { words, rest } = wordsOf(read, among);
    const values = valuesOf(words, rest, read, names);
    if (words.name === "chaos test") checkChaos(values, read);
    return { ok: true, command: { words, values } };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { ok: false, complaint: error.complaint };
  }
}

class NotUnderstood extends Error {
  constructor(readonly complaint: Complaint) {
    super(complaint.message);
  }
}

function refuse(at: number, message: string, expected: string, hint?: string): never {
  throw new NotUnderstood({ at, message, expected, ...(hint === undefined ? {} : { hint }) });
}

const meant = (word: string, known: readonly string[]): string | undefined => {
  const close = nearest(word, known);
  return close === undefined ? undefined : `did you mean "${close}"?`;
};
const SHOWN = 60;
const shown = (word: string): string => (word.length > SHOWN ? `${word.slice(0, SHOWN)}…` : word);

/** The command by its first word, or its first two. */
function wordsOf(all: readonly Token[], among: readonly Words[]): { words: Words; rest: readonly Token[] } {
  const [noun, verb] = all;
  if (noun === undefined) refuse(0, "nothing was typed", "a command", "`help` lists them");
  const alone = among.find(({ name }) => name === noun!.text);
  if (alone !== undefined) return { words: alone, rest: all.slice(1) };
  const nouns = [...new Set(among.map(({ name }) => name.split(" ")[0]!))];
  if (!nouns.includes(noun!.text))
    refuse(
      noun!.at,
      `there is no command "${shown(noun!.text)}"`,
      `one of ${nouns.join(", ")}`,
      meant(noun!.text, nouns),
    );
  const verbs = among.flatMap(({ name }) => (name.startsWith(`${noun!.text} `) ? [name.split(" ")[1]!] : []));
  if (verb === undefined || verb.text.startsWith("--"))
    refuse(noun!.at + noun!.text.length, `"${noun!.text}" alone says not what to do`, `one of ${verbs.join(", ")}`);
  const words = among.find(({ name }) => name === `${noun!.text} ${verb!.text}`);
  if (words === undefined)
    refuse(
      verb!.at,
      `there is no command "${noun!.text} ${shown(verb!.text)}"`,
      `one of ${verbs.join(", ")}`,
      meant(verb!.text, verbs),
    );
  return { words: words!, rest: all.slice(2) };
}

function valuesOf(words: Words, rest: readonly Token[], all: readonly Token[], names: Names): Map<string, Value> {
  const values = new Map<string, Value>();
  const bare = [...(words.bare ?? [])];
  const options = Object.keys(words.options);
  for (let at = 0; at < rest.length; at++) {
    const token = rest[at]!;
    // A negative number is a value that somebody meant, and is told that it cannot be negative.
    if (!token.text.startsWith("-") || token.isQuoted || /^-\.?\d/.test(token.text)) {
      const option = bare.find((each) => !values.has(each));
      if (option === undefined) refuse(token.at, `"${shown(token.text)}" is one word too many`, usage(words));
      values.set(option!, valueFrom(option!, words.options[option!]!, token.text, token.at, names));
      continue;
    }
    const [name, ...behind] = token.text.replace(/^--?/, "").split("=");
    const option = words.options[name!];
    if (option === undefined || !Object.hasOwn(words.options, name!) || !token.text.startsWith("--"))
      refuse(
        token.at,
        `"${words.name}" has no option "${shown(token.text.split("=")[0]!)}"`,
        options.length === 0 ? "none: it stands alone" : `one of ${options.map((each) => `--${each}`).join(", ")}`,
        meant(name!, options),
      );
    if (values.has(name!)) refuse(token.at, `--${name} is said twice`, "each option once");
    const begin = token.at + (token.text.length - behind.join("=").length);
    if (option!.kind === "flag") values.set(name!, flagOf(name!, behind, begin));
    else if (behind.length > 0) values.set(name!, valueFrom(name!, option!, behind.join("="), begin, names));
    else {
      const next = rest[++at];
      if (next === undefined || next.text.startsWith("--"))
        refuse(token.at + token.text.length, `nothing stands behind --${name}`, option!.about);
      values.set(name!, valueFrom(name!, option!, next!.text, next!.at, names));
    }
  }
  const lacking = words.needs?.find((need) => !values.has(need));
  const last = all.at(-1)!;
  if (lacking !== undefined)
    refuse(last.at + last.length, `"${words.name}" lacks ${words.options[lacking]!.about}`, usage(words));
  return values;
}

function flagOf(name: string, behind: readonly string[], at: number): boolean {
  const word = behind.join("=");
  if (behind.length === 0 || word === "true") return true;
  if (word === "false") return false;
  return refuse(at, `--${name} is "${shown(word)}"`, "nothing behind it");
}

const QUANTITIES: Readonly<Record<string, (text: unknown) => Parsed<number>>> = {
  duration: parseDuration,
  count: parseCount,
  share: parseShare,
};

function valueFrom(name: string, option: Option, text: string, at: number, names: Names): Value {
  const { kind, choices, about, range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] } = option;
  if (text === "") refuse(at, `nothing stands behind --${name}`, about);
  const quantity = QUANTITIES[kind];
  if (quantity !== undefined) {
    const parsed = quantity(text);
    const [least, most] = range;
    const isIn = parsed.ok && parsed.value >= least && parsed.value <= most;
    if (isIn) return parsed.value;
    const expected = parsed.ok ? `a whole number from ${least} to ${most.toLocaleString("en")}` : parsed.expected;
    return refuse(at, `${name} is "${shown(text)}"`, expected);
  }
  if (choices !== undefined) {
    const word = text.replaceAll("_", "-");
    if (choices.includes(word)) return word;
    return refuse(at, `${name} is "${shown(text)}"`, `one of ${choices.join(", ")}`, meant(word, choices));
  }
  if (kind === "regions") {
    let from = at;
    return text.split(",").map((region) => {
      const known = regionOf(region, from, names);
      from += region.length + 1;
      return known;
    });
  }
  if (kind === "region" || (kind === "region-or-all" && text !== "all")) return regionOf(text, at, names);
  return text;
}

function regionOf(text: string, at: number, { regions }: Names): string {
  if (regions.includes(text)) return text;
  const hint =
    regionFacts(text) === undefined
      ? (meant(text, regions) ?? "`region add NAME` adds one of `faultline list regions`")
      : `\`region add ${text}\` adds it`;
  return refuse(at, `this scenario has no region "${shown(text)}"`, `one of ${regions.join(", ")}`, hint);
}

function checkChaos(values: ReadonlyMap<string, Value>, all: readonly Token[]): void {
  const fault = chaosFault(values);
  if ("fault" in fault) return;
  const { option, message, expected } = fault;
  const stands = all.find(({ text }) => text === `--${option}` || text.startsWith(`--${option}=`));
  refuse(stands?.at ?? 0, message, expected);
}
