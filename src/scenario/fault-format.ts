import { faultKinds } from "../faults/catalogue.js";
import type { FaultKind } from "../faults/kind.js";
import { optionShape, where } from "./parts.js";
import { count, duration } from "./parts.js";
import { type Shape, either, list, object, text } from "./shape.js";

const regionNames = either(text("a region"), list(text("a region"), "regions that one cause strikes together", 1, 30));

const targets: Readonly<Record<FaultKind["target"], Shape<unknown>>> = {
  regions: regionNames,
  links: where,
};

/** A kind's key says what it strikes; its options stand beside it. */
const keysOfKinds: Readonly<Record<string, Shape<unknown>>> = Object.fromEntries(
  faultKinds.flatMap((kind) => [
    [kind.name, { ...targets[kind.target], schema: { ...targets[kind.target].schema, description: kind.about } }],
    ...Object.entries(kind.options).map(([name, option]) => [name, optionShape(option)] as const),
  ]),
);

/** When a fault strikes, whatever its kind. */
const when = {
  at: duration("when it begins, from the start of the run"),
  for: duration("how long it lasts; until the end if left out"),
  repeat: object({ every: duration("from start to start"), times: count("how often in all") }, "strikes again", [
    "every",
    "times",
  ]),
};

/** Keys that belong to no kind. */
export const WHEN = Object.keys(when);

export const fault: Shape<RawFault> = object(
  { ...keysOfKinds, ...when },
  "one fault: what, where, from when, for how long",
  ["at"],
) as Shape<RawFault>;

export interface RawFault {
  readonly at?: number;
  readonly for?: number;
  readonly repeat?: { readonly every?: number; readonly times?: number };
  /** What the kind's key and options say. */
  readonly [key: string]: unknown;
}
