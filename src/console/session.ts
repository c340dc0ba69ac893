import type { Command } from "../operate/parse.js";
import { compile } from "../scenario/compile.js";
import type { Problem } from "../scenario/problem.js";
import type { ParseResult, Scenario } from "../scenario/scenario.js";
import type { ActionPlan } from "../simulation/order-plan.js";
import type { Outcome } from "../simulation/outcome.js";
import { type Plan, endOf } from "../simulation/plan.js";
import { begun, concluded } from "../simulation/run.js";
import type { World } from "../simulation/world.js";
import { type Micros, SECOND } from "../units/time.js";
import { Chronicle, type Happening } from "./chronicle.js";
import { type Typed, withOrders } from "./saved.js";

export interface SessionFacts {
  readonly file: string;
  readonly text: string;
  readonly scenario: Scenario;
  readonly architecture: string;
  readonly seed: string;
  /** Reads a text as if it stood in the file. */
  parse(text: string): ParseResult;
  /** Lets others do something; true once somebody wants the present command to end. */
  pause(): Promise<boolean>;
}

/** How a run with an order would go on; or what is wrong with the order. */
export type Planned =
  | { readonly ok: true; readonly plan: Plan; readonly action: ActionPlan; readonly scenario: Scenario }
  | { readonly ok: false; readonly problem: Problem };

/** Events between two moments at which others are let do something, more or less. */
const EVENTS = 50_000;

/**
 * A run whose time stands still until it is told to go on, and in which orders can be given. What was ordered is kept as
 * it was typed; the scenario with these orders in it is what is run, so that it can be saved and gives the same again.
 */
export class Session {
  plan: Plan;
  /** With all that was ordered so far. */
  scenario: Scenario;
  world!: World;
  chronicle!: Chronicle;
  /** Null until the run is over. */
  outcome: Outcome | null = null;
  private typed: readonly Typed[] = [];

  constructor(readonly facts: SessionFacts) {
    this.scenario = facts.scenario;
    this.plan = this.planOf(facts.scenario);
    [this.world, this.chronicle] = this.fresh(this.plan);
  }

  get now(): Micros {
    return Math.min(this.world.engine.now, this.plan.duration);
  }

  get orders(): number {
    return this.typed.length;
  }

  /** The scenario with all that was ordered here. */
  get text(): string {
    return withOrders(this.facts.text, this.typed, this.facts.architecture);
  }

  /** Up to the moment, or the end, or until somebody wants it to stop. */
  async advance(until: Micros): Promise<boolean> {
    const end = until >= this.plan.duration ? endOf(this.plan) : until;
    const whole = await this.goOn(this.world, end);
    if (whole && end === endOf(this.plan)) this.outcome ??= concluded(this.world, this.facts.seed, [this.chronicle]);
    return whole;
  }

  /** Up to the next time that this happens, or to a moment by which it has not: true when it has. */
  async until(what: Happening, by: Micros): Promise<boolean> {
    const { chronicle, world } = this;
    chronicle.awaited = what;
    chronicle.met = null;
    await this.goOn(world, Math.min(by, this.plan.duration));
    chronicle.awaited = null;
    // All else of that moment, or an order typed now would come before it.
    world.advance(world.engine.now);
    return chronicle.met !== null;
  }

  /** What an order that is typed now would be; nothing is done. */
  planned(line: string, at = this.now): Planned {
    const typed = [...this.typed, { at, line }];
    const read = this.facts.parse(withOrders(this.facts.text, typed, this.facts.architecture));
    if (!read.ok) return { ok: false, problem: read.problems[0]! };
    const plan = this.planOf(read.scenario);
    const entry = (read.scenario.raw.actions?.length ?? 0) - 1;
    return { ok: true, scenario: read.scenario, plan, action: plan.actions!.find((action) => action.entry === entry)! };
  }

  /** Gives the order; false when somebody wanted it to stop before it was given. */
  async order({ plan, action, scenario }: Planned & { readonly ok: true }): Promise<boolean> {
    const { now, world } = this;
    if (action.order.kind === "fault" || action.order.kind === "add") {
      // Faults and regions are known to a run from its beginning: the same again up to now, with this one in it.
      const [again, chronicle] = this.fresh(plan);
      if (!(await this.goOn(again, now))) return false;
      // At the beginning nothing has gone on, and the order is not given yet.
      again.advance(now);
      [this.world, this.chronicle] = [again, chronicle];
    } else {
      const { actions, replies } = world.operator;
      actions.splice(replies.length, 0, action);
      world.advance(world.engine.now);
    }
    this.plan = plan;
    this.scenario = scenario;
    this.typed = [...this.typed, { at: now, line: action.label }];
    return true;
  }

  /** What a run of that plan would leave; null when somebody wanted it to stop. */
  async forecast(plan: Plan, seed = this.facts.seed): Promise<Outcome | null> {
    const world = begun(plan, seed);
    return (await this.goOn(world, endOf(plan))) ? concluded(world, seed) : null;
  }

  private async goOn(world: World, until: Micros): Promise<boolean> {
    const { engine } = world;
    let piece = SECOND;
    for (let now = engine.now; now < until; now = engine.now) {
      const before = engine.dispatched;
      if (!world.advance(Math.min(until, now + piece))) return false;
      piece = engine.dispatched - before < EVENTS ? piece * 2 : Math.max(1, Math.floor(piece / 2));
      if (await this.facts.pause()) return world.engine.now >= until;
    }
    return true;
  }

  private fresh(plan: Plan): [World, Chronicle] {
    const chronicle = new Chronicle();
    return [begun(plan, this.facts.seed, [chronicle]), chronicle];
  }

  private planOf(scenario: Scenario): Plan {
    return compile(scenario).plans.find(({ architecture }) => architecture === this.facts.architecture)!;
  }
}

/** A command with the line that it was typed as. */
export interface TypedCommand extends Command {
  readonly line: string;
}
