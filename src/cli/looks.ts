import { clock, moment } from "../console/layout.js";
import type { Command } from "../operate/parse.js";
import { isGivenIn } from "../scenario/added-regions.js";
import { commandOf, looksOnly } from "../scenario/check-actions.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Plan } from "../simulation/plan.js";
import type { Micros } from "../units/time.js";
import { beginSession, turn } from "./begin-session.js";
import { plansNamed } from "./bills.js";
import { folded } from "./folded.js";
import { loadScenario } from "./load.js";
import { said } from "./said.js";
import { replayOf } from "./shell.js";

interface Look {
  readonly at: Micros;
  readonly line: string;
  readonly command: Command;
}

/** What only looks among the actions of a scenario, in one architecture, by its moments. */
function looksOf({ raw }: Scenario, { architecture }: Plan): Look[] {
  return (raw.actions ?? [])
    .flatMap((action) => {
      if (action === undefined || !isGivenIn(action, architecture)) return [];
      const command = commandOf(action, raw);
      return looksOnly(command) ? [{ at: action.at!, line: action.do!, command }] : [];
    })
    .toSorted((one, other) => one.at - other.at);
}

/** For the notes of a result that shows none of them. */
export function looksUnseen(scenario: Scenario, plans: readonly Plan[], file: string): string[] {
  const [plan] = plans.filter((each) => looksOf(scenario, each).length > 0);
  if (plan === undefined) return [];
  const [{ at, line }] = looksOf(scenario, plan) as [Look];
  const run = replayOf("run", file, "--architecture", plan.architecture);
  return [`"${line}" at ${clock(at)} only looks; \`${run}\` shows what it sees`];
}

/** What is seen by each of them, in one run of each architecture that stands still at its moment. */
export async function showLooks(file: string, architecture: string | undefined, seed: string): Promise<void> {
  const { scenario } = loadScenario(file);
  for (const plan of plansNamed(scenario, architecture)) {
    const looks = looksOf(scenario, plan);
    // A policy of the user's own cannot be stepped.
    if (looks.length === 0 || plan.plugins.length > 0) continue;
    const pause = (): Promise<boolean> => turn().then(() => process.stdout.destroyed);
    const session = beginSession({ file, architecture: plan.architecture, seed, pause });
    for (const { at, line, command } of looks) {
      await session.advance(at);
      const { lines } = await said(session, command, line, false);
      const where = `${plan.architecture}, seed ${seed}, at ${moment(session.now, plan.duration)}`;
      process.stdout.write(`${folded(["", `${where}: ${line}`, ...lines].join("\n"))}\n`);
    }
  }
}
