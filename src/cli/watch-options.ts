import { resolve } from "node:path";
import type { Argv } from "yargs";
import type { Watching } from "../sweep/watched-run.js";
import { EVERYTHING, POLICY_HAPPENINGS, TRACE_KINDS, type TraceFilter, type TraceKind } from "../trace/happenings.js";
import { type Quantity, parseBytes, parseDuration } from "../units/parse.js";
import { nearest } from "../units/text.js";
import { chosenCheckers } from "./check-options.js";
import { wholeNumber } from "./commands/study-options.js";

/** What of a run is to be kept beside its results; null for what is not. */
export interface WatchRequest {
  readonly record: { readonly file: string; readonly mostBytes: number } | null;
  /** "-" for standard output. */
  readonly trace: { readonly file: string; readonly mostLines: number } | null;
  readonly perfetto: string | null;
  readonly check: Watching["check"];
  readonly filter: TraceFilter;
}

export interface WatchArguments {
  record: string | undefined;
  recordMemory: string | undefined;
  trace: string | undefined;
  perfetto: string | undefined;
  check: string | undefined;
  traceRegion: string | undefined;
  traceKey: number | undefined;
  traceKinds: string | undefined;
  tracePolicy: string | undefined;
  traceFrom: string | undefined;
  traceTo: string | undefined;
  traceLines: number | undefined;
}

export const MEMORY = "256 MB";
const MOST_LINES = 100_000;
const FILTERS = ["traceRegion", "traceKey", "traceKinds", "tracePolicy", "traceFrom", "traceTo"] as const;

const text = (describe: string) => ({ type: "string", requiresArg: true, describe }) as const;
const number = (describe: string) => ({ type: "number", requiresArg: true, describe }) as const;

/** Options of run by which one run can be looked into. */
export const watchOptions = <T>(argv: Argv<T>) =>
  argv
    .option("record", text("write the whole history of one run, for check-record and why"))
    .option("record-memory", text(`what of the record is held in memory at most (${MEMORY})`))
    .option("trace", text("write what happens in one run, a line each; - for standard output"))
    .option("check", {
      type: "string",
      describe: "ask checkers about the record of one run: all, or those of check-record that are named",
    } as const)
    .option("perfetto", text("write one run as JSON for ui.perfetto.dev, at most 32 MB"))
    .option("trace-region", text("of --trace and --perfetto: only what this region has a part in"))
    .option("trace-key", number("only what concerns this key"))
    .option("trace-kinds", text(`only these of ${TRACE_KINDS.join(",")} (all but probes)`))
    .option(
      "trace-policy",
      text(`only what policies of this kind do and go by: ${Object.keys(POLICY_HAPPENINGS).join(", ")}`),
    )
    .option("trace-from", text("only from this moment of the run on, as 14m"))
    .option("trace-to", text("only up to this moment"))
    .option("trace-lines", number(`lines of --trace at most (${MOST_LINES})`));

/** Null when nothing is to be kept. Throws a RangeError for values and combinations that mean nothing. */
export function watchRequest(given: WatchArguments, scenario: string): WatchRequest | null {
  const { record, trace, perfetto } = given;
  if (record === undefined && given.recordMemory !== undefined) throw needs("record-memory", "--record");
  if (given.check !== undefined && given.recordMemory !== undefined)
    throw new RangeError(
      "--record-memory means nothing with --check, for which the whole record is held; leave it out",
    );
  if (trace === undefined && given.traceLines !== undefined) throw needs("trace-lines", "--trace");
  const filter = FILTERS.find((name) => given[name] !== undefined);
  if (trace === undefined && perfetto === undefined && filter !== undefined)
    throw needs(
      filter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      "--trace or --perfetto",
    );
  wholeNumber("trace-lines", given.traceLines, 1, 10_000_000);
  wholeNumber("trace-key", given.traceKey, 0, Number.MAX_SAFE_INTEGER);
  const files = [record, trace, perfetto].filter((file) => file !== undefined && file !== "-");
  if (record === "-" || perfetto === "-") throw new RangeError("only --trace can go to standard output; name a file");
  if (files.some((file) => resolve(file!) === resolve(scenario)))
    throw new RangeError("--record, --trace or --perfetto would overwrite the scenario; name another file");
  if (new Set(files.map((file) => resolve(file!))).size < files.length)
    throw new RangeError("--record, --trace and --perfetto name the same file; expected a file for each");
  if (files.length === 0 && trace === undefined && given.check === undefined) return null;
  return {
    record: record === undefined ? null : { file: record, mostBytes: memory(given.recordMemory ?? MEMORY) },
    trace: trace === undefined ? null : { file: trace, mostLines: given.traceLines ?? MOST_LINES },
    perfetto: perfetto ?? null,
    check: given.check === undefined ? null : askedOf(given.check),
    filter: filterOf(given),
  };
}

const askedOf = (check: string): Watching["check"] =>
  check === "all" || check === "" ? "all" : chosenCheckers(check).map(({ name }) => ({ check: name, options: {} }));

function filterOf(given: WatchArguments): TraceFilter {
  const from = moment("trace-from", given.traceFrom) ?? EVERYTHING.from;
  const to = moment("trace-to", given.traceTo) ?? EVERYTHING.to;
  if (to < from) throw new RangeError("--trace-to is before --trace-from; expected them in order");
  return {
    kinds: kindsOf(given),
    region: given.traceRegion ?? null,
    key: given.traceKey ?? null,
    from,
    to,
  };
}

function kindsOf({ traceKinds, tracePolicy }: WatchArguments): readonly TraceKind[] {
  if (tracePolicy === undefined) return traceKinds?.split(",").map(kindOf) ?? EVERYTHING.kinds;
  if (traceKinds !== undefined)
    throw new RangeError("--trace-policy and --trace-kinds say the same thing twice; leave one of them out");
  const kinds = Object.hasOwn(POLICY_HAPPENINGS, tracePolicy) ? POLICY_HAPPENINGS[tracePolicy]! : undefined;
  if (kinds !== undefined) return kinds;
  const known = Object.keys(POLICY_HAPPENINGS);
  const meant = nearest(tracePolicy, known);
  throw new RangeError(
    `--trace-policy: "${tracePolicy}" is none; expected one of ${known.join(", ")}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  );
}

function kindOf(word: string): TraceKind {
  const kind = TRACE_KINDS.find((known) => known === word.trim());
  if (kind !== undefined) return kind;
  const meant = nearest(word, TRACE_KINDS);
  throw new RangeError(
    `--trace-kinds: "${word}" is none; expected some of ${TRACE_KINDS.join(", ")}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  );
}

/** Bytes of --record-memory. */
export function memory(value: string): number {
  const bytes = read("record-memory", parseBytes, value);
  if (bytes < 1_000_000) throw new RangeError(`--record-memory is ${value}; expected 1 MB or more`);
  return bytes;
}

/** Microseconds from the start of the run; undefined when nothing is given. */
export const moment = (name: string, value: string | undefined): number | undefined =>
  value === undefined ? undefined : read(name, parseDuration, value);

function read(name: string, parse: Quantity, value: string): number {
  const parsed = parse(value);
  if (!parsed.ok) throw new RangeError(`--${name} is "${value}"; expected ${parsed.expected}`);
  return parsed.value;
}

const needs = (name: string, other: string): RangeError =>
  new RangeError(`--${name} says something of ${other}, which is not given; add it, or leave this out`);
