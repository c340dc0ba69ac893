import { answer } from "../console/answers.js";
import { clock, moment } from "../console/layout.js";
import type { Session } from "../console/session.js";
import { since, status } from "../console/status.js";
import { COMMANDS } from "../operate/commands.js";
import { type Command, understand } from "../operate/parse.js";
import { escapeTerminal } from "../report/escape.js";
import { parseDuration } from "../units/parse.js";
import { MINUTE, type Micros, formatDuration } from "../units/time.js";
import { beginSession, namesIn, turn } from "./begin-session.js";
import { chaosOnce } from "./chaos-once.js";
import { BAD_INPUT, FINE, badInput } from "./exit.js";
import { folded } from "./folded.js";

/** Of the options that stand with every command of the shell. */
const OWN = ["architecture", "seed", "seeds", "at"] as const;
type Own = Partial<Record<(typeof OWN)[number], string>>;

const say = (lines: readonly string[]): void => {
  process.stdout.write(`${folded(lines.join("\n"))}\n`);
};

/** One command of an operator on a run of its own: `region list SCENARIO --at 90s`. Returns the exit code. */
export async function operate(args: readonly string[]): Promise<number> {
  const { own, file, line } = parted(args);
  const choice = { file, architecture: own.architecture, seed: own.seed ?? "1" };
  const session = beginSession({ ...choice, pause: () => turn().then(() => process.stdout.destroyed) });
  const among = COMMANDS.filter(({ does }) => does !== "steers");
  const understood = understand(line, namesIn(session), among);
  if (!understood.ok) {
    const { message, expected, hint } = understood.complaint;
    throw badInput(`error: ${message}; expected ${expected}${hint === undefined ? "" : `; ${hint}`}`);
  }
  const { command } = understood;
  const at = momentOf(own.at, command, session);
  if (command.words.name === "chaos test") return chaosOnce(session, line, at, own.seeds ?? "1");
  if (own.seeds !== undefined) throw badInput(`--seeds: error: ${command.words.name} looks at one run; leave it out`);
  await session.advance(at);
  if (command.words.name !== "latency test")
    say([`${session.plan.architecture}, seed ${choice.seed}, at ${moment(session.now, session.plan.duration)}`]);
  const { lines, fine } = await answer(session, command, line);
  const isTaken = (session.world.operator.replies.at(-1)?.refused ?? null) === null;
  const acted = fine && isTaken && command.words.does === "acts" && command.values.get("dry-run") !== true;
  if (fine) say(lines);
  else process.stderr.write(`${escapeTerminal(`error: ${lines.join("\n")}`)}\n`);
  if (acted) await follow(session, at, line);
  return fine ? FINE : BAD_INPUT;
}

/** What came of an order, and how it is kept. */
async function follow(session: Session, at: Micros, line: string): Promise<void> {
  await session.advance(session.plan.duration);
  const keep = `- {at: ${clock(at)}, do: "${line}", in: ${session.facts.architecture}}`;
  say([...since(session, at), ...status(session), "To have it in the scenario:", "actions:", `  ${keep}`]);
}

/** A minute in, everybody has reported; a fault comes when there is something to compare with; history is of all there is. */
function momentOf(given: string | undefined, { words }: Command, { plan }: Session): Micros {
  if (given === undefined) {
    if (words.name === "health history") return plan.duration;
    if (words.name === "latency test") return 0;
    return words.name === "chaos test"
      ? Math.floor(plan.duration / 4)
      : Math.min(MINUTE, Math.floor(plan.duration / 2));
  }
  const parsed = parseDuration(given);
  if (!parsed.ok) throw badInput(`--at is "${given}"; expected ${parsed.expected}`);
  const looks = words.does === "looks";
  if (parsed.value < plan.duration || (looks && parsed.value === plan.duration)) return parsed.value;
  throw badInput(
    `--at: error: ${formatDuration(parsed.value)} is not within the run; expected ${looks ? "at most" : "less than"} ${formatDuration(plan.duration)}`,
  );
}

/** The scenario is the first word behind the command; what is left is the line that the console would be given. */
function parted(args: readonly string[]): { readonly own: Own; readonly file: string; readonly line: string } {
  const own: Own = {};
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    const name = OWN.find((each) => word === `--${each}` || word.startsWith(`--${each}=`));
    if (name === undefined) {
      words.push(word);
      continue;
    }
    const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : args[++at];
    if (value === undefined) throw badInput(`nothing stands behind --${name}`);
    own[name] = value;
  }
  const [noun, verb, file, ...rest] = words;
  const known = COMMANDS.find(({ name }) => name === `${noun} ${verb}`);
  if (known === undefined || file === undefined || file.startsWith("-")) {
    const verbs = COMMANDS.flatMap(({ name }) => (name.startsWith(`${noun} `) ? [name.split(" ")[1]!] : []));
    if (known === undefined && verb !== undefined && !verb.startsWith("-"))
      throw badInput(
        `error: there is no command "${noun} ${verb}"; expected faultline ${noun} ${verbs.join("|")} SCENARIO`,
      );
    throw badInput(
      `error: "${noun} ${known === undefined ? verbs.join("|") : verb}" lacks its scenario; expected faultline ${noun} ${known === undefined ? "VERB" : verb} SCENARIO, a file or one that \`faultline list scenarios\` names`,
    );
  }
  const line = [noun!, verb!, ...rest.map((word) => (/\s/.test(word) ? `"${word}"` : word))].join(" ");
  return { own, file, line };
}
