import { threadId } from "node:worker_threads";
import { workerData } from "piscina";
import { forbid } from "../plugins/forbidden.js";
import { Guard } from "../plugins/guard.js";
import { guarded } from "../plugins/guarded.js";
import { harden } from "../plugins/intrinsics.js";
import { whyNot } from "../plugins/load-problems.js";
import { Memory } from "../plugins/memory.js";
import { PolicyModules } from "../plugins/modules.js";
import { PolicyError, type PolicyFailure } from "../plugins/policy-error.js";
import { Progress } from "../plugins/progress.js";
import { type Catalogue, type OwnPolicies, extended } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import { complaintsAbout } from "../policies/shape.js";
import type { Plan, PluginSource } from "../simulation/plan.js";
import { Watcher } from "../simulation/watcher.js";
import type { World } from "../simulation/world.js";
import { resultOf } from "./cell-result.js";
import type { Cell, CellResult } from "./cells.js";

const plans = (workerData as { readonly plans: readonly Plan[] }).plans;
const modules = new PolicyModules();
let guard = new Guard(null);

forbid({
  get watches() {
    return guard.watches;
  },
  fail: (what, instead) => guard.fail(what, instead),
  note: (what, instead, stack) => guard.note(what, instead, stack),
});
harden();

export interface GuardedCell {
  readonly cell: Cell;
  readonly progress: SharedArrayBuffer;
  /** Where each call is noted before it is made; null where nobody asks. */
  readonly notes: string | null;
}

/** Runs one cell, whose plan may have policies of a user's own: they are loaded anew for each run, and guarded. */
export async function runGuarded({ cell, progress: shared, notes }: GuardedCell): Promise<string> {
  const progress = new Progress(shared);
  progress.begin(threadId);
  if (notes !== null) progress.note(notes);
  guard = new Guard(progress, new Memory());
  return JSON.stringify(await guardedResult(plans[cell.plan]!, cell));
}

async function guardedResult(plan: Plan, cell: Cell): Promise<CellResult> {
  const failed = (failure: PolicyFailure): CellResult => ({ ok: false, error: failure.what, input: true, failure });
  if (plan.plugins.length === 0) return resultOf(plan, cell);
  try {
    const catalogue = await catalogueOf(plan);
    const result = resultOf(plan, cell, catalogue, new ClockHand());
    await guard.settle();
    if (guard.failure !== null) return failed(guard.failure);
    // What breaks beside any call is the doing of these policies all the same: those that come along pass the same laws.
    if (!result.ok) return { ...result, input: true, failure: unplaced(plan.plugins[0]!, result.error) };
    return result;
  } catch (error) {
    if (error instanceof PolicyError) return failed(error.failure);
    throw error;
  }
}

async function catalogueOf(plan: Plan): Promise<Catalogue> {
  const own: Record<string, PolicyFacts[]> = {};
  for (const plugin of plan.plugins) {
    const { policy, sha256 } = await loaded(plugin);
    if (sha256 !== plugin.sha256 || complaintsAbout(plugin.kind, policy).length > 0)
      throw new PolicyError(unplaced(plugin, "has changed since the scenario was read", "run it again"));
    (own[plugin.kind] ??= []).push(guarded(policy as PolicyFacts, plugin, guard));
  }
  return extended(own as OwnPolicies);
}

async function loaded(plugin: PluginSource) {
  try {
    return await guard.load(plugin, () => modules.load(plugin.path));
  } catch (error) {
    if (error instanceof PolicyError) throw error;
    throw new PolicyError(unplaced(plugin, `cannot be loaded: ${whyNot(error, plugin.path, plugin.file).message}`));
  }
}

const unplaced = ({ kind, name, file }: PluginSource, what: string, instead = ""): PolicyFailure => ({
  ...{ kind, name, file, what, instead },
  ...{ line: 0, hook: "", time: guard.clock.now },
});

/** Shows the guard the time of the run. */
class ClockHand extends Watcher {
  override begin(world: World): void {
    guard.clock = world.engine;
  }

  override end(): void {}
}
