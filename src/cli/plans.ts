import { compile } from "../scenario/compile.js";
import { type Plan, type PluginSource, longestDeadline } from "../simulation/plan.js";
import { formatDuration } from "../units/time.js";
import { badInput } from "./exit.js";
import type { Loaded } from "./load.js";
import type { StudyOptions } from "./study.js";

type PlanOptions = Pick<StudyOptions, "file" | "architecture" | "rate" | "until" | "watch">;

/** What a study runs: of one architecture or all, ending when it is to end. Exits when there is no such thing. */
export function plansOf(
  loaded: Loaded,
  options: PlanOptions,
): { plans: readonly Plan[]; notes: readonly string[]; factor: number } {
  const compiled = compile(loaded.scenario, options.rate);
  const { architecture } = options;
  const plans = compiled.plans.filter((plan) => architecture === undefined || plan.architecture === architecture);
  if (plans.length === 0) {
    const known = compiled.plans.map((plan) => plan.architecture).join(", ");
    throw badInput(
      `--architecture: error: ${options.file} has no architecture "${architecture}"; expected one of ${known}`,
    );
  }
  if (options.watch && plans.length > 1) {
    const known = plans.map((plan) => plan.architecture).join(", ");
    throw badInput(
      `--architecture: error: a record or a trace is of one run, and ${options.file} has ${plans.length} architectures; choose one of ${known}`,
    );
  }
  const notes = compiled.notes.map((note) => note.message);
  const ending = plans.map((plan) => endingAt(plan, options.until));
  if (options.watch) refuseNothing(options.watch.filter.from, ending[0]!);
  return { plans: ending, notes, factor: compiled.factor };
}

/** Nothing happens any more once the last operations have had their time. */
function refuseNothing(from: number, plan: Plan): void {
  const end = plan.duration + longestDeadline(plan);
  if (from <= end) return;
  throw badInput(
    `--trace-from: error: ${formatDuration(from)} is beyond the end of the run; expected at most ${formatDuration(end)}`,
  );
}

/** Each file of the user's own once, however many architectures name it. */
export const pluginsOf = (plans: readonly Plan[]): readonly PluginSource[] => [
  ...new Map(plans.flatMap(({ plugins }) => plugins).map((each) => [`${each.kind} ${each.path}`, each])).values(),
];

/** The same run, but nothing is issued from `until` on: all that happens before stays as it is. */
export function endingAt(plan: Plan, until: number | undefined): Plan {
  if (until === undefined) return plan;
  if (until > 0 && until <= plan.duration) return { ...plan, duration: until };
  throw badInput(
    `--until: error: ${formatDuration(until)} is not within the run; expected more than 0 s and at most ${formatDuration(plan.duration)}`,
  );
}
