import type { CommandModule } from "yargs";
import { LISTS, PAGES } from "./listed.js";

/** What a command does with its arguments, and which they are. */
export type CommandBody<A> = Required<Pick<CommandModule<object, A>, "builder" | "handler">>;

/** What the help says of a command, and where the rest of it is. */
export interface Command {
  readonly command: string;
  readonly describe: string;
  readonly load: () => Promise<unknown>;
}

/** First words of an operator's commands, and the words that follow. */
export const OPERATOR_VERBS = {
  region: ["list", "add", "promote", "failover"],
  replication: ["status", "pause", "resume", "reset"],
  health: ["check", "history"],
  chaos: ["test"],
  latency: ["test"],
  failover: ["test"],
} as const;

/** Each is loaded when it is called: the libraries behind them take longer to load than most of them to run. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  compare: {
    command: "compare <scenario>",
    describe: "run every architecture with the same luck and say which is better, and by how much",
    load: async () => (await import("./commands/compare.js")).compare,
  },
  run: {
    command: "run <scenario>",
    describe: "run a scenario once, or one of its architectures",
    load: async () => (await import("./commands/run.js")).run,
  },
  check: {
    command: "check <files..>",
    describe: "judge what scenario files promise (expect): metrics, checkers, and what a run must have met",
    load: async () => (await import("./commands/check.js")).check,
  },
  validate: {
    command: "validate <scenario>",
    describe: "say everything that is wrong with a file, or what it asks for",
    load: async () => (await import("./commands/validate.js")).validate,
  },
  explain: {
    command: "explain <scenario>",
    describe: "print what a scenario expands to, with the origin of every value",
    load: async () => (await import("./commands/explain.js")).explain,
  },
  "check-history": {
    command: "check-history <files..>",
    describe: "say whether histories (Jepsen logs, EDN, JSON lines, records) are linearizable, causal, durable, …",
    load: async () => (await import("./commands/check-history.js")).checkHistory,
  },
  "check-record": {
    command: "check-record <file>",
    describe: "say what holds of a run that was recorded, and show what does not",
    load: async () => (await import("./commands/check-record.js")).checkRecord,
  },
  why: {
    command: "why <of>",
    describe:
      "tell the life of one write: who accepted it, what it met, who decided its fate, what would have saved it",
    load: async () => (await import("./commands/why.js")).why,
  },
  recommend: {
    command: "recommend <requirements>",
    describe: "choose regions, pattern, consistency and primary for what is required",
    load: async () => (await import("./commands/recommend.js")).recommend,
  },
  cost: {
    command: "cost",
    describe: "what an architecture costs: analyze, forecast, optimize; and what it earns: roi",
    load: async () => (await import("./commands/cost.js")).cost,
  },
  audit: {
    command: "audit <scenario>",
    describe: "hold the deployment checklist and its pitfalls against a scenario, with reasons and what to change",
    load: async () => (await import("./commands/audit.js")).audit,
  },
  decide: {
    command: "decide",
    describe: "walk the decision matrix, by questions or by flags, to a scenario that runs",
    load: async () => (await import("./commands/decide.js")).decide,
  },
  list: {
    command: "list <what>",
    describe: `list what there is: ${LISTS.join(", ")}; whole documents: ${PAGES.join(", ")}`,
    load: async () => (await import("./commands/list.js")).list,
  },
  init: {
    command: "init [file]",
    describe: "write a commented scenario to start from",
    load: async () => (await import("./commands/init.js")).init,
  },
  console: {
    command: "console <scenario>",
    describe: "operate a run by hand: virtual time stands still between commands",
    load: async () => (await import("./commands/console.js")).console,
  },
  ...Object.fromEntries(
    Object.entries(OPERATOR_VERBS).map(([noun, verbs]) => [
      noun,
      {
        command: `${noun} [verb] [scenario..]`,
        describe: `operate a run of its own: ${verbs.join(", ")}`,
        load: async () => (await import("./commands/operator.js")).operator(noun),
      },
    ]),
  ),
};
