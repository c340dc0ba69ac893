import type { Answer } from "../console/answers.js";
import type { Session } from "../console/session.js";
import { bill } from "../cost/bill.js";
import { meanBill } from "../cost/mean-bill.js";
import { type BreakdownBy, analysisText } from "../report/cost-text.js";
import { scenarioName } from "./output.js";
import { Terminal, wrap } from "./terminal.js";

/** The month that the session stands for: of the whole run, with what was ordered so far. */
export async function sessionBill(session: Session, by: BreakdownBy): Promise<Answer> {
  const { plan, scenario, facts } = session;
  const outcome = session.outcome ?? (await session.forecast(plan));
  if (outcome === null)
    return { lines: ["stopped where you interrupted it: a part of a run has no bill"], fine: false };
  const made = bill(plan, outcome.meters, scenario.prices);
  const analysis = {
    ...{ question: scenario.raw.question!, scenario: scenarioName(facts.file), seeds: [facts.seed], by },
    architectures: [{ name: plan.architecture, bill: meanBill([made]), totals: [made.total] }],
    premiums: [],
  };
  return { lines: [analysisText(analysis, new Terminal(false, false).width, wrap)], fine: true };
}
