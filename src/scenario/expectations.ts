import { metricFacts } from "../measure/catalogue.js";
import { type Parsed, parseBytes, parseDuration, parseNumber, parseRate, parseShare } from "../units/parse.js";
import type { Scenario } from "./scenario.js";
import { step } from "./settings.js";

export interface Expectation {
  readonly architecture: string;
  readonly metric: string;
  readonly comparison: string;
  readonly line: number;
  holds(value: number): boolean;
}

const OPERATORS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  ">=": (value, bound) => value >= bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  "<": (value, bound) => value < bound,
  "==": (value, bound) => value === bound,
};

/** Operator and bound of a comparison such as ">= 99.9%", in the unit of the metric. */
export function parseComparison(
  text: string,
  metric: string,
): Parsed<{ readonly operator: string; readonly bound: number }> {
  const [, operator, bound] = /^(>=|<=|>|<|==)\s*(.+)$/.exec(text.trim()) ?? [];
  const parsed = boundOf(bound ?? "", metric);
  return parsed.ok ? { ok: true, value: { operator: operator!, bound: parsed.value } } : parsed;
}

function boundOf(text: string, metric: string): Parsed<number> {
  switch (metricFacts(metric)?.unit) {
    case "fraction":
      return parseShare(text);
    case "seconds": {
      const parsed = parseDuration(text);
      return parsed.ok ? { ok: true, value: parsed.value / 1e6 } : parsed;
    }
    case "milliseconds": {
      const parsed = parseDuration(text);
      return parsed.ok ? { ok: true, value: parsed.value / 1e3 } : parsed;
    }
    case "bytes":
      return parseBytes(text);
    case "per-second":
      return parseRate(text);
    default:
      return parseNumber(text);
  }
}

/** The promises of a scenario, in the order of the file. */
export function expectations(scenario: Scenario): Expectation[] {
  return [...(scenario.raw.expect ?? [])].flatMap(([architecture, promises]) =>
    [...(promises ?? [])].map(([metric, comparison]) => {
      const parsed = parseComparison(comparison!, metric);
      if (!parsed.ok) throw new Error(`internal error: unchecked expectation ${comparison}`);
      const { operator, bound } = parsed.value;
      return {
        architecture,
        metric,
        comparison: comparison!,
        line: scenario.lineAt(`expect.${step(architecture)}.${step(metric)}`),
        holds: (value: number) => OPERATORS[operator]!(value, bound),
      };
    }),
  );
}
