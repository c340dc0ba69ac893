import { isNamed } from "../console/region-list.js";
import { Session } from "../console/session.js";
import type { Names } from "../operate/parse.js";
import { compile } from "../scenario/compile.js";
import { badInput } from "./exit.js";
import { type Loaded, loadScenario } from "./load.js";

export interface SessionChoice {
  readonly file: string;
  readonly architecture: string | undefined;
  readonly seed: string;
  /** Lets signals and keys come through; true once the present command is to end. */
  readonly pause: () => Promise<boolean>;
}

/** A run of one architecture of a scenario that stands still at its beginning. */
export function beginSession({ file, architecture, seed, pause }: SessionChoice): Session {
  const loaded = loadScenario(file);
  const { plans } = compile(loaded.scenario);
  const known = plans.map((plan) => plan.architecture);
  const plan = architecture === undefined ? plans[0]! : plans.find((each) => each.architecture === architecture);
  if (plan === undefined)
    throw badInput(
      `--architecture: error: ${file} has no architecture "${architecture}"; expected one of ${known.join(", ")}`,
    );
  if (plan.plugins.length > 0)
    throw badInput(
      `${file}: error: ${plan.architecture} uses a policy of your own (${plan.plugins[0]!.file}), which runs in a thread of its own and cannot be stepped; expected an architecture without one, or \`actions:\` in the scenario`,
    );
  const { scenario, text } = loaded;
  const parse = (written: string): ReturnType<Loaded["parse"]> => loaded.parse(written);
  return new Session({ file, text, scenario, architecture: plan.architecture, seed, parse, pause });
}

/** A region that is to be added is none before somebody orders it. */
export const namesIn = ({ plan, world }: Session): Names => ({
  regions: plan.regions.flatMap(({ name }, id) => (isNamed(world, id) ? [name] : [])),
  places: plan.places.map(({ name }) => name),
});

/** Lets the event loop turn once. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
