import { Ledger } from "../../fates/ledger.js";
import { staleReads } from "../../fates/stale-reads.js";
import { type Story, storyOf } from "../../fates/story.js";
import { type RunRecord, operationCount } from "../../record/record.js";
import { escapeTerminal } from "../../report/escape.js";
import { formatMoment } from "../../units/time.js";
import type { CommandBody } from "../commands.js";
import { badInput } from "../exit.js";
import { wrap } from "../terminal.js";
import { recordOf } from "../why-source.js";

interface Arguments {
  of: string;
  write: string | readonly string[] | undefined;
  lost: boolean;
  stale: boolean;
  conflict: boolean;
  duplicate: boolean;
  architecture: string | undefined;
  seed: string | undefined;
  json: boolean;
}

/** A page is that wide, and has so many lines of a life. */
const WIDTH = 80;
const MOST_HAPPENINGS = 40;
const TIME_WIDTH = 20;

/** What can be asked for instead of a number, and how many there are of it, in words. */
const SEARCHES = {
  lost: { find: (ledger: Ledger) => ledger.withFate("lost"), what: "lost acknowledged writes" },
  conflict: { find: (ledger: Ledger) => ledger.withFate("overwritten"), what: "writes overwritten by a conflict" },
  duplicate: { find: (ledger: Ledger) => ledger.duplicates(), what: "writes accepted more than once" },
  stale: { find: ({ record, rows }: Ledger) => staleReads(record, rows).map(({ read }) => read), what: "stale reads" },
} as const;
type Search = keyof typeof SEARCHES;
const SEARCH_NAMES = Object.keys(SEARCHES) as Search[];

export const why: CommandBody<Arguments> = {
  builder: (argv) =>
    argv
      .positional("of", {
        type: "string",
        demandOption: true,
        describe: "a record (run --record), or the folder of a run's results, which is then run again and recorded",
      })
      .option("write", { type: "string", requiresArg: true, describe: "its number, as records and traces have it" })
      .option("lost", { type: "boolean", default: false, describe: "the first acknowledged write that was lost" })
      .option("conflict", { type: "boolean", default: false, describe: "the first that a conflict overwrote" })
      .option("duplicate", { type: "boolean", default: false, describe: "the first that was accepted twice" })
      .option("stale", { type: "boolean", default: false, describe: "the first read that was stale" })
      .option("architecture", { type: "string", requiresArg: true, describe: "of a folder with several" })
      .option("seed", { type: "string", requiresArg: true, describe: "of a folder with several" })
      .option("json", {
        type: "boolean",
        default: false,
        describe: "print one JSON document and nothing else",
      }) as never,
  handler: async (given) => {
    const asked = SEARCH_NAMES.filter((name) => given[name]);
    if (asked.length + (given.write === undefined ? 0 : 1) !== 1)
      throw new RangeError("expected exactly one of --write ID, --lost, --conflict, --duplicate and --stale");
    const { record, told } = await recordOf(given.of, given.architecture, given.seed);
    const ledger = new Ledger(record);
    const [search] = asked;
    const found = search === undefined ? [numbered(given.of, record, given.write!)] : SEARCHES[search].find(ledger);
    const count = search === undefined ? "" : counted(found.length, SEARCHES[search].what);
    const story = found.length === 0 ? null : storyOf(ledger, found[0]!);
    if (given.json) {
      const document = {
        schema: "faultline/why/1",
        of: given.of,
        found: found.length,
        operation: found[0] ?? null,
        story,
      };
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
      return;
    }
    const parts = [told, [count], story === null ? [] : pageOf(story)].map((lines) => lines.join("\n").trim());
    process.stdout.write(`${escapeTerminal(parts.filter((part) => part !== "").join("\n\n"))}\n`);
  },
};

function numbered(of: string, record: RunRecord, text: string | readonly string[]): number {
  const write = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const most = operationCount(record) - 1;
  if (write <= most) return write;
  throw badInput(`--write: error: ${of} has no operation "${text}"; expected a whole number from 0 to ${most}`);
}

const counted = (count: number, what: string): string =>
  count === 0 ? `There are no ${what}.` : `Of ${count} ${what}, the first:`;

function pageOf({ title, life, findings, decided, remedy }: Story): string[] {
  const shown = life.length > MOST_HAPPENINGS ? [...life.slice(0, MOST_HAPPENINGS - 1), life.at(-1)!] : life;
  const lines = shown.flatMap(({ time, text }) => beside(formatMoment(time).padStart(TIME_WIDTH), text));
  if (shown.length < life.length)
    lines.splice(-1, 0, `${" ".repeat(TIME_WIDTH)}  … and ${life.length - shown.length} more in between`);
  return [
    wrap(title, WIDTH),
    "",
    ...lines,
    "",
    ...(findings.length === 0 ? [] : [...findings.map((finding) => wrap(finding, WIDTH)), ""]),
    ...beside("Decided by", decided),
    ...(remedy === "" ? [] : beside("Remedy", remedy)),
  ];
}

/** A word or a time, and a text beside it that keeps its own margin. */
function beside(word: string, text: string): string[] {
  const margin = Math.max(word.length, "Decided by".length);
  const [first, ...more] = wrap(text, WIDTH - margin - 2).split("\n");
  return [`${word.padEnd(margin)}  ${first}`, ...more.map((line) => `${" ".repeat(margin)}  ${line}`)];
}
