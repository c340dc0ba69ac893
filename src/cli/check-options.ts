import type { Argv } from "yargs";
import { CHECKERS, type CheckOptions, type Checker } from "../check/catalogue.js";
import { MODEL_NAMES, type ModelName } from "../check/linearizable/model.js";
import { type Quantity, parseCount, parseDuration } from "../units/parse.js";
import { nearest } from "../units/text.js";
import { badInput } from "./exit.js";

/** What commands that check a record have in common. */
export interface CheckArguments {
  readonly check?: string;
  readonly model?: ModelName;
  readonly mostVersions?: string;
  readonly mostAge?: string;
  readonly quiet?: string;
}

export const checkOptions = (argv: Argv): Argv =>
  argv
    .option("check", {
      type: "string",
      describe: `what to check, with commas between: ${CHECKERS.map(({ name }) => name).join(", ")}, or all`,
    })
    .option("model", {
      type: "string",
      choices: MODEL_NAMES,
      describe: "what the operations should have done",
    })
    .option("most-versions", { type: "string", describe: "bounded-staleness: so many versions behind at most" })
    .option("most-age", {
      type: "string",
      describe: "bounded-staleness: so long behind at most (5s; events if no times)",
    })
    .option("quiet", { type: "string", describe: "convergence: keys left alone so long must agree (10s; or events)" });

/** The checkers by their names, in the order of the catalogue. */
export function chosenCheckers(text: string): readonly Checker[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("all")) return CHECKERS;
  const known = CHECKERS.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const close = nearest(name, known);
    const hint = close === undefined ? "" : `; did you mean "${close}"?`;
    throw badInput(`error: --check "${name}" is unknown; expected some of: ${known.join(", ")}, or all${hint}`);
  }
  return CHECKERS.filter(({ name }) => names.includes(name));
}

/** Bounds in the record's clock: durations, or numbers of events where it has no times. */
export function boundsOf(args: CheckArguments, clock: "microseconds" | "events"): CheckOptions {
  const span = clock === "events" ? parseCount : parseDuration;
  return {
    ...(args.model === undefined ? {} : { model: args.model }),
    ...given("mostVersions", "most-versions", args.mostVersions, parseCount),
    ...given("mostAge", "most-age", args.mostAge, span),
    ...given("quiet", "quiet", args.quiet, span),
  };
}

function given(name: keyof CheckOptions, option: string, text: string | undefined, parse: Quantity): CheckOptions {
  if (text === undefined) return {};
  const parsed = parse(text);
  if (parsed.ok) return { [name]: parsed.value };
  throw badInput(`error: --${option} "${text}" cannot be read; expected ${parsed.expected}`);
}
