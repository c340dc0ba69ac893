/** The library: the same stages as the command line, touching no file. */
export { type Catalogue, type OwnPolicies, catalogue, extended } from "./policies/catalogue.js";
export { type Compiled, compile } from "./scenario/compile.js";
export { type Explained, explain } from "./scenario/explain.js";
export { formatProblem, type Problem } from "./scenario/problem.js";
export {
  type ParseOptions,
  type ParseResult,
  parseScenario,
  type Scenario,
  type Unreadable,
} from "./scenario/scenario.js";
export type { Incident, Metric, Outcome, Phase, Series } from "./simulation/outcome.js";
export type { Plan } from "./simulation/plan.js";
export { run } from "./simulation/run.js";
