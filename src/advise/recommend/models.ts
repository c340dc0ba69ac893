import { monthlyCost } from "../../cost/bill.js";
import { linesOf } from "../../cost/lines.js";
import { compile } from "../../scenario/compile.js";
import { parseScenario } from "../../scenario/scenario.js";
import type { Outcome } from "../../simulation/outcome.js";
import type { Plan } from "../../simulation/plan.js";
import { SECOND } from "../../units/time.js";
import type { Candidate } from "./candidates.js";
import { wholeMeters } from "./costing.js";
import { loss } from "./estimate.js";
import type { Figures } from "./figures.js";
import type { Ground } from "./ground.js";
import { factorOf, modelText } from "./model-text.js";

/** The two runs of a candidate: an ordinary time, from which latency and costs are taken, and an outage. */
export interface Model {
  readonly calm: Plan;
  readonly outage: Plan;
  /** What it may lose whatever one run shows, seconds: everything, or what no backup has yet. */
  readonly leastLoss: number;
  /** What the calm one costs a month, were it the whole. */
  price(outcome: Outcome): number | null;
}

export function modelOf(candidate: Candidate, ground: Ground): Model {
  const { calm, outage } = modelText(candidate, ground);
  const scenario = parsed(calm);
  const factor = factorOf(ground);
  const plan = compile(scenario).plans[0]!;
  return {
    calm: plan,
    outage: compile(parsed(outage)).plans[0]!,
    leastLoss: loss(candidate, ground, "least") / SECOND,
    price: ({ meters }) => {
      // Probes and questions to name servers are as many in a model as in the whole.
      const lines = linesOf(plan, wholeMeters(meters, factor), scenario.prices);
      return monthlyCost({ lines });
    },
  };
}

function parsed(text: string): Extract<ReturnType<typeof parseScenario>, { ok: true }>["scenario"] {
  const result = parseScenario(text, { file: "candidate" });
  if (result.ok) return result.scenario;
  throw new Error(`internal error: a candidate's scenario is wrong: ${result.problems[0]!.message}`);
}

export function figuresOf(model: Model, calm: Outcome, outage: Outcome): Figures {
  const never = Number.POSITIVE_INFINITY;
  return {
    cost: model.price(calm),
    // Nobody was answered: no target of latency is met.
    p95: calm.tails.all ?? never,
    p95s: calm.tails.places.map((value) => value ?? never),
    rto: outage.summary["rto_seconds"] ?? never,
    rpo: Math.max(outage.summary["rpo_seconds"] ?? never, model.leastLoss),
    availability: outage.summary["availability"] ?? 0,
  };
}
