import type { Answer } from "../console/answers.js";
import type { Session } from "../console/session.js";
import { type Bill, bill } from "../cost/bill.js";
import { forecast } from "../cost/forecast.js";
import { meanBill } from "../cost/mean-bill.js";
import type { Command } from "../operate/parse.js";
import { type BreakdownBy, analysisText } from "../report/cost-text.js";
import { forecastText } from "../report/forecast-text.js";
import { optimiseText } from "../report/optimize-text.js";
import { billed } from "./bills.js";
import { Exit } from "./exit.js";
import { growthOf } from "./growth.js";
import { OPTIMISE_SEEDS, optimised } from "./optimising.js";
import { scenarioName } from "./output.js";
import { Terminal, wrap } from "./terminal.js";

/** How often it is asked whether somebody wants the runs at hand to end, milliseconds. */
const ASKED_EVERY = 50;

/** The commands about money, on the whole run with what was ordered so far. */
export async function sessionCosts(session: Session, { words, values }: Command, isTyped: boolean): Promise<Answer> {
  try {
    switch (words.name) {
      case "cost forecast":
        return await months(session, Number(values.get("months") ?? 3), String(values.get("growth") ?? "0%"));
      case "cost optimize":
        return await savings(session, isTyped);
      default:
        return await month(session, (values.get("breakdown") as BreakdownBy | undefined) ?? "service");
    }
  } catch (error) {
    // What is wrong with what was typed, or somebody has interrupted it: the session goes on.
    if (error instanceof RangeError || error instanceof Exit) return { lines: [error.message], fine: false };
    throw error;
  }
}

const PART = "stopped where you interrupted it: a part of a run has no bill";
const { width } = new Terminal(false, false);
const said = (text: string): Answer => ({ lines: [text], fine: true });

async function month(session: Session, by: BreakdownBy): Promise<Answer> {
  const made = await billOf(session);
  const architectures = [{ name: session.plan.architecture, bill: meanBill([made]), totals: [made.total] }];
  return said(analysisText({ ...factsOf(session), by, architectures, premiums: [] }, width, wrap));
}

async function months(session: Session, count: number, growth: string): Promise<Answer> {
  const factor = growthOf(growth, count);
  const bill = meanBill([await billOf(session)]);
  const { plan } = session;
  const architectures = [{ name: plan.architecture, bill, months: forecast(plan, bill, factor, count) }];
  return said(forecastText({ ...factsOf(session), growth: factor, architectures }, width, wrap));
}

/** Each change with the orders of the session in it, and with more seeds than the one that is played here. */
async function savings(session: Session, isTyped: boolean): Promise<Answer> {
  const { plan, text, facts, scenario } = session;
  const { prices } = scenario;
  const controller = new AbortController();
  const timer = setInterval(() => {
    facts.pause().then((wanted) => wanted && controller.abort());
  }, ASKED_EVERY);
  try {
    const { question, scenario: name } = factsOf(session);
    const base = { plan, text, prices, question, scenario: name, parse: (written: string) => facts.parse(written) };
    const run = { file: facts.file, seed: facts.seed, seeds: OPTIMISE_SEEDS, workers: undefined };
    const found = await optimised(base, (plans) =>
      billed(plans, () => prices, run, new Terminal(false, !isTyped), controller.signal),
    );
    return said(optimiseText(found, width, wrap));
  } finally {
    clearInterval(timer);
    // What is said next begins on a line without a bar.
    if (isTyped && controller.signal.aborted) process.stderr.write("\r\u001b[K");
  }
}

async function billOf(session: Session): Promise<Bill> {
  const { plan, scenario, outcome } = session;
  const whole = outcome ?? (await session.forecast(plan));
  if (whole === null) throw new RangeError(PART);
  return bill(plan, whole.meters, scenario.prices);
}

const factsOf = ({ scenario, facts }: Session) => ({
  question: scenario.raw.question!,
  scenario: scenarioName(facts.file),
  seeds: [facts.seed],
});
