import { compile } from "../../scenario/compile.js";
import type { Scenario } from "../../scenario/scenario.js";
import { type Finding, SEVERITIES } from "./finding.js";
import { type OpenQuestion, questionsOf } from "./questions.js";
import { RULES } from "./rules.js";
import { subjectOf } from "./subject.js";

export interface Audit {
  /** By architecture in the order of the file, the gravest first. */
  readonly findings: readonly Finding[];
  readonly architectures: readonly string[];
  readonly questions: readonly OpenQuestion[];
}

/** Holds every rule against every architecture of a scenario, or against one. Runs nothing. */
export function audit(scenario: Scenario, architecture?: string): Audit {
  // What an operator orders is no part of how a system is made.
  const { actions: _, ...raw } = scenario.raw;
  const subjects = compile({ ...scenario, raw })
    .plans.filter((plan) => architecture === undefined || plan.architecture === architecture)
    .map((plan) => subjectOf(scenario, plan));
  const findings = subjects.flatMap((subject) =>
    RULES.flatMap(({ name, check }) =>
      check(subject).map(
        (observation): Finding => ({
          ...observation,
          ...{ rule: name, architecture: subject.plan.architecture },
          ...positionOf(scenario, observation.path),
        }),
      ),
    ).toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
  );
  return { findings, architectures: subjects.map(({ plan }) => plan.architecture), questions: questionsOf(subjects) };
}

/** Of the setting, or of the nearest key around it that stands in the file. */
function positionOf(scenario: Scenario, path: string): { readonly line: number; readonly column: number } {
  let known = path;
  while (known !== "" && scenario.lineAt(known) === 0) known = known.slice(0, Math.max(0, known.lastIndexOf(".")));
  const { line, column } = scenario.positionAt(known);
  return { line: Math.max(1, line), column: Math.max(1, column) };
}
