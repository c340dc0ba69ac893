import { CHAOS_SCENARIOS } from "../operate/chaos.js";
import { COMMANDS, HAPPENINGS, type Words } from "../operate/commands.js";

/** What the last word of a line could become, and that word as it stands. */
export function completions(line: string, regions: readonly string[]): [candidates: string[], word: string] {
  const typed = line.split(/\s+/);
  const word = typed.at(-1)!;
  const before = typed.slice(0, -1).filter((each) => each !== "");
  const known = candidatesOf(before, word, regions);
  const fitting = [...new Set(known)].filter((each) => each.startsWith(word));
  return [fitting.map((each) => (each.endsWith("=") ? each : `${each} `)), word];
}

function candidatesOf(before: readonly string[], word: string, regions: readonly string[]): string[] {
  if (before.length === 0) return COMMANDS.map(({ name }) => name.split(" ")[0]!);
  const words = COMMANDS.find(({ name }) => name === before[0] || name === `${before[0]} ${before[1]}`);
  if (words === undefined)
    return COMMANDS.flatMap(({ name }) => (name.startsWith(`${before[0]} `) ? [name.split(" ")[1]!] : []));
  const [option, ...behind] = word.split("=");
  if (word.startsWith("--") && behind.length > 0)
    return valuesOf(words, option!.slice(2), regions).map((value) => `${option}=${value}`);
  const bare = (words.bare ?? []).flatMap((each) => valuesOf(words, each, regions));
  return [
    ...bare,
    ...Object.entries(words.options).map(([name, { kind }]) => `--${name}${kind === "flag" ? "" : "="}`),
  ];
}

function valuesOf({ name, options }: Words, option: string, regions: readonly string[]): readonly string[] {
  if (name === "until") return HAPPENINGS.map(([word]) => word);
  if (name === "help") return COMMANDS.map((words) => words.name.split(" ")[0]!);
  if (name === "chaos test" && option === "scenario") return CHAOS_SCENARIOS;
  const found = Object.hasOwn(options, option) ? options[option]! : undefined;
  if (found?.choices !== undefined) return found.choices;
  if (found?.kind === "region-or-all") return ["all", ...regions];
  return found?.kind === "region" || found?.kind === "regions" ? regions : [];
}
