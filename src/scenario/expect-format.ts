import { CHECKERS } from "../check/catalogue.js";
import { MODEL_NAMES } from "../check/linearizable/model.js";
import { METRICS, metricFacts } from "../measure/catalogue.js";
import { DANGERS } from "../measure/dangers.js";
import type { Parsed } from "../units/parse.js";
import { count, duration } from "./parts.js";
import { type Shape, type ValueOf, choice, either, flag, keyed, list, names, object, quantity } from "./shape.js";

/** What a scenario promises: `expect`, by architecture. */

export const COMPARISON = /^(?:(always|sometimes)\s+)?(>=|<=|>|<|==)\s*(\S.*)$/;

const comparison = quantity((value: unknown): Parsed<string> => {
  const expected = 'a comparison in quotes, as ">= 99.9%", "always <= 2m" or "< 5% of another-architecture"';
  const text = String(value).trim();
  return COMPARISON.test(text) ? { ok: true, value: text } : { ok: false, expected };
}, "a comparison");
const comparisons = either(comparison, list(comparison, "comparisons that must all hold", 1, 4));

const sometimes = list(
  choice(
    DANGERS.map(({ word }) => word),
    "met where its metric is above zero: `faultline list dangers`",
  ),
  "what at least one seed must have met, so that what is promised beside it was put to the test",
  1,
  DANGERS.length,
);

const bounded = object(
  {
    holds: flag("in every seed; or false: it is broken in one at least"),
    most_versions: count("bounded-staleness: so many versions behind at most"),
    most_age: duration("bounded-staleness: so long behind at most"),
    quiet: duration("convergence: keys left alone so long must agree"),
    model: choice(MODEL_NAMES, "linearizable, sequential: what the operations should have done"),
  },
  "the verdict that is expected, and what the checker is to go by",
);
const verdict = either(flag("whether it holds in every seed; false: it is broken in one at least"), bounded);
const checks = keyed(
  () => verdict,
  {
    properties: Object.fromEntries(
      CHECKERS.map(({ name, question }) => [name, { $ref: "#/$defs/verdict", description: question }]),
    ),
    additionalProperties: false,
  },
  "verdicts by checker: `faultline list checkers`",
  CHECKERS.length,
);

/** What stands behind a word that nobody knows: the word is told (check-expectations.ts), and not its value too. */
const unread: Shape<undefined> = { schema: {}, read: () => undefined };

function shapeOf(key: string): Shape<unknown> {
  if (key === "sometimes") return sometimes;
  if (key === "checks") return checks;
  return metricFacts(key) === undefined ? unread : comparisons;
}

type Entry = ValueOf<typeof comparisons> | ValueOf<typeof sometimes> | ValueOf<typeof checks>;
const entries = keyed<Entry>(
  (key) => shapeOf(key) as Shape<Entry>,
  {
    properties: {
      sometimes: sometimes.schema,
      checks: checks.schema,
      ...Object.fromEntries(
        METRICS.map(({ name, about }) => [name, { $ref: "#/$defs/comparison", description: about }]),
      ),
    },
    additionalProperties: false,
  },
  "comparisons by metric, `checks` and `sometimes`",
  40,
);

/** What the published schema refers to, once for all metrics. */
export const EXPECT_DEFINITIONS = { comparison: comparisons.schema, verdict: verdict.schema };

export const expected = names(entries, "promises by architecture", 20);

export type RawChecks = ValueOf<typeof checks>;
export type RawPromises = ValueOf<typeof entries>;
export type RawVerdict = ValueOf<typeof verdict>;

/** What stands under a key, where a metric or one of the two words is known to stand: each with the path of its place. */
export function comparisonsOf(
  entry: Entry | undefined,
  path: string,
): { readonly text: string; readonly path: string }[] {
  if (typeof entry === "string") return [{ text: entry, path }];
  if (!Array.isArray(entry)) return [];
  return entry.flatMap((text, index) => (text === undefined ? [] : [{ text, path: `${path}.${index}` }]));
}

export const dangersOf = (promises: RawPromises): readonly (string | undefined)[] =>
  (promises.get("sometimes") as ValueOf<typeof sometimes> | undefined) ?? [];

export const checksOf = (promises: RawPromises): RawChecks =>
  (promises.get("checks") as RawChecks | undefined) ?? new Map();

/** Metrics with what is promised of them. */
export const metricsOf = (promises: RawPromises): [string, Entry | undefined][] =>
  [...promises].filter(([key]) => key !== "sometimes" && key !== "checks");
