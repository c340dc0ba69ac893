import { CHAOS_OPTIONS, CHAOS_SCENARIOS } from "./chaos.js";

/** What can stand behind an option. */
export type Kind = "region" | "regions" | "region-or-all" | "name" | "duration" | "count" | "share" | "flag" | "text";

export interface Option {
  readonly kind: Kind;
  readonly about: string;
  /** The only words that are understood. */
  readonly choices?: readonly string[];
  /** Of a count: the least and the most. */
  readonly range?: readonly [least: number, most: number];
}

/** One command: its words, and what may stand behind them. */
export interface Words {
  readonly name: string;
  readonly about: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Options that a word without a name stands for, in their order. */
  readonly bare?: readonly string[];
  /** Options that are known by what they belong to, and so not spelt out in the usage. */
  readonly others?: readonly string[];
  /** Options that must be given. */
  readonly needs?: readonly string[];
  /** Where it means something: it looks, it acts on a run (and can stand in a scenario), or it steers the console. */
  readonly does: "looks" | "acts" | "steers";
}

const one = (about: string): Option => ({ kind: "region", about });
const flag = (about: string): Option => ({ kind: "flag", about });

/** Every command, in the order of the help. */
export const COMMANDS: readonly Words[] = [
  {
    name: "region list",
    about: "the regions: who leads, what is believed of each, and the truth",
    options: {},
    does: "looks",
  },
  {
    name: "region add",
    about: "launch a region that was not there, fill its copy over the network, and lead users there",
    options: {
      name: { kind: "name", about: "the new region: one of `faultline list regions`" },
      type: {
        kind: "text",
        about: "a copy that follows, one that takes writes (where every copy does), or an edge site without one",
        choices: ["replica", "primary", "edge"],
      },
    },
    bare: ["name"],
    needs: ["name"],
    does: "acts",
  },
  {
    name: "region promote",
    about:
      "hand the lead over to a region, losing nothing; --force takes it from the leader, losing what the region lacks",
    options: { name: one("who is to lead"), force: flag("fence the leader and promote, whatever the region lacks") },
    bare: ["name"],
    needs: ["name"],
    does: "acts",
  },
  {
    name: "region failover",
    about: "fence the leader and promote another region, losing what that lacks",
    options: {
      from: one("who leads; whoever does if left out"),
      to: one("who is to lead; whom the controller would choose if left out"),
    },
    does: "acts",
  },
  {
    name: "replication status",
    about: "how far each copy is: as reported, and in truth",
    options: { region: one("only this one") },
    bare: ["region"],
    does: "looks",
  },
  ...(["pause", "resume", "reset"] as const).map(
    (verb): Words => ({
      name: `replication ${verb}`,
      about: {
        pause: "stop shipping the log from and to a region, until it is resumed",
        resume: "go on shipping, with what has been missed",
        reset: "have a region give up its copy and take a whole one anew",
      }[verb],
      options: { region: one("whose copy") },
      bare: ["region"],
      needs: ["region"],
      does: "acts",
    }),
  ),
  {
    name: "health check",
    about: "what the vantage points say of each region, what is believed, and the truth",
    options: { region: one("only this one"), "all-regions": flag("all of them, as when no region is named") },
    bare: ["region"],
    does: "looks",
  },
  {
    name: "health history",
    about: "when what is believed of a region changed, and when it truly went and came",
    options: {
      region: one("only this one"),
      days: { kind: "count", about: "the last so many days", range: [1, 100_000] },
    },
    bare: ["region"],
    does: "looks",
  },
  {
    name: "cost analyze",
    about: "the bill of what was simulated",
    options: { breakdown: { kind: "text", about: "by what", choices: ["region", "service", "architecture"] } },
    does: "looks",
  },
  {
    name: "cost forecast",
    about: "the bills of the months to come",
    options: {
      months: { kind: "count", about: "how many" },
      growth: { kind: "text", about: "of users and data from month to month, as 5%" },
    },
    does: "looks",
  },
  {
    name: "cost optimize",
    about: "what would cost less, and what that costs",
    options: { suggest: flag("say what to change") },
    does: "looks",
  },
  {
    name: "chaos test",
    about: "bring about one fault, and say what becomes of the service",
    options: {
      scenario: { kind: "text", about: "which fault", choices: CHAOS_SCENARIOS },
      region: { kind: "regions", about: "the region that it strikes, or several: a,b" },
      from: one("of a link: one end"),
      to: one("of a link: the other end"),
      place: { kind: "text", about: "the place of users that it strikes" },
      for: { kind: "duration", about: "how long it lasts" },
      "dry-run": flag("say what would become of the service, and bring nothing about"),
      ...Object.fromEntries(CHAOS_OPTIONS.map(([name, about]): [string, Option] => [name, { kind: "text", about }])),
    },
    others: CHAOS_OPTIONS.map(([name]) => name),
    needs: ["scenario"],
    does: "acts",
  },
  {
    name: "latency test",
    about: "round trips between regions: measured, simulated, and the least that fibre allows",
    options: {
      from: { kind: "region-or-all", about: "who asks" },
      to: { kind: "region-or-all", about: "who answers" },
      samples: { kind: "count", about: "exchanges for each pair", range: [1, 20_000] },
    },
    does: "looks",
  },
  {
    name: "failover test",
    about: "what a failover would do now, and lose; without --dry-run it is carried out",
    options: { "dry-run": flag("only say it, and change nothing") },
    does: "acts",
  },
  {
    name: "advance",
    about: "let so much time pass",
    options: { time: { kind: "duration", about: "how long" } },
    bare: ["time"],
    needs: ["time"],
    does: "steers",
  },
  {
    name: "until",
    about: "let time pass until something happens, or up to a moment of the run",
    options: {
      what: { kind: "text", about: "a happening, or a moment as 12m" },
      within: { kind: "duration", about: "wait for a happening so long at most; to the end of the run if left out" },
    },
    bare: ["what"],
    needs: ["what"],
    does: "steers",
  },
  { name: "status", about: "the moment, who leads, and how the service has fared so far", options: {}, does: "steers" },
  {
    name: "save",
    about: "write the scenario with what was ordered here, to be run again",
    options: { file: { kind: "text", about: "a new file" }, force: flag("replace a file that is there") },
    bare: ["file"],
    needs: ["file"],
    does: "steers",
  },
  { name: "history", about: "what was typed here", options: {}, does: "steers" },
  {
    name: "help",
    about: "the commands, or one of them",
    options: { noun: { kind: "text", about: "its first word" }, verb: { kind: "text", about: "its second word" } },
    bare: ["noun", "verb"],
    does: "steers",
  },
  { name: "quit", about: "end the session", options: {}, does: "steers" },
];

/** What `until` waits for. */
export const HAPPENINGS: readonly (readonly [word: string, about: string])[] = [
  ["failover", "the controller suspects the leader, or is told to replace it"],
  ["promotion", "another region leads"],
  ["fault", "a fault begins"],
  ["heal", "a fault ends"],
  ["belief", "a region is believed healthy that was not, or the other way round"],
  ["lost-write", "an acknowledged write is gone from the last copy that had it"],
  ["order", "the next order of the scenario is given"],
  ["end", "the run is over"],
];

/** How a command is typed: "region promote NAME [--force]". */
export function usage({ name, options, bare = [], needs = [], others = [] }: Words): string {
  const spelt = Object.entries(options).filter(([option]) => !others.includes(option));
  const words = spelt.map(([option, { kind, choices }]) => {
    const value = choices === undefined || choices.length > 4 ? option.toUpperCase() : choices.join("|");
    const written = bare.includes(option) ? value : kind === "flag" ? `--${option}` : `--${option}=${value}`;
    return needs.includes(option) ? written : `[${written}]`;
  });
  return [name, ...words, ...(others.length > 0 ? ["[--SETTING=VALUE]…"] : [])].join(" ");
}
