import type { OptionValues, Options } from "../policies/options.js";
import type { Hardships } from "../simulation/hardships.js";

/**
 * What a fault of this kind strikes, and so what stands behind its key in a scenario file. A list of words: what is
 * struck is there once (the control plane), and the word says how; `hardships` finds it under the kind's own name.
 */
export type Target = "regions" | "links" | "places" | readonly string[];

/**
 * A kind of fault, as data: its key in a scenario file, what it strikes, its settings, and the hardships that it brings.
 * The simulation knows none of these names; a new kind is a file here and a line in the catalogue, unless it hurts in a
 * way that no hardship expresses yet.
 */
export interface FaultKind {
  /** The key of the scenario file, in snake_case. */
  readonly name: string;
  /** What goes wrong, as a sentence for the reference. */
  readonly about: string;
  readonly target: Target;
  readonly options: Options;
  /** Options of which at least one must be given. */
  readonly needs?: readonly string[];
  /** It must have an end. */
  readonly ends?: true;
  /** It happens in a moment: what it does stays, so it has no end. */
  readonly momentary?: true;
  hardships(values: OptionValues): Hardships;
}
