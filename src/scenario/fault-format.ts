import { faultKinds } from "../faults/catalogue.js";
import type { FaultKind } from "../faults/kind.js";
import { presets } from "../faults/presets.js";
import { count, duration, optionShape, plain, share, where } from "./parts.js";
import { type Shape, type ValueOf, choice, either, list, name, object } from "./shape.js";

const regionNames = either(name("a region"), list(name("a region"), "regions that one cause strikes together", 1, 30));

const placeNames = either(name("a place of users"), list(name("a place of users"), "places", 1, 200));

function targetShape({ target, about }: FaultKind): Shape<unknown> {
  if (typeof target !== "string") return choice(target, about);
  const shape: Shape<unknown> = { regions: regionNames, links: where, places: placeNames }[target];
  return { ...shape, schema: { ...shape.schema, description: about } };
}

/** A kind's key says what it strikes; its options stand beside it. */
const keysOfKinds: Readonly<Record<string, Shape<unknown>>> = Object.fromEntries(
  faultKinds.flatMap((kind) => [
    [kind.name, targetShape(kind)] as const,
    ...Object.entries(kind.options).map(([name, option]) => [name, optionShape(option)] as const),
  ]),
);

const timeLaw = (tells: "between" | "lasting", about: string) =>
  either(
    choice(
      presets.filter((each) => each.tells === tells).map(({ name }) => name),
      `${about}: a preset with a source`,
    ),
    object(
      {
        exponential: duration("its mean"),
        weibull: object(
          { scale: duration("63 % take no longer"), shape: plain("below 1: bursts; 1: exponential") },
          "Weibull",
          ["scale", "shape"],
        ),
        log_normal: object(
          {
            median: duration("half take no longer"),
            p95: duration("95 % take no longer"),
            p99: duration("99 % take no longer"),
          },
          "log-normal, through its median and one more quantile",
          ["median"],
        ),
        empirical: list(duration("observed"), "an observed sample, with straight lines between its values", 1, 10_000),
        constant: duration("always the same"),
      },
      `${about}: one law`,
    ),
  );
export type RawTimeLaw = ValueOf<ReturnType<typeof timeLaw>>;

/** When a fault strikes, whatever its kind. */
const when = {
  at: duration("when it begins, from the start of the run"),
  for: duration("how long it lasts; until the end if left out"),
  repeat: object({ every: duration("from start to start"), times: count("how often in all") }, "strikes again", [
    "every",
    "times",
  ]),
  random: object(
    {
      between: timeLaw("between", "from the end of a strike, or from `at`, until the next one (MTBF)"),
      lasting: timeLaw("lasting", "how long a strike lasts (MTTR)"),
    },
    "strikes at random times, which the seed decides",
    ["between", "lasting"],
  ),
  stagger: duration("from region to region, in the order given; whoever is not struck when it ends is spared"),
  chance: share("that it strikes at all, in each run and each time"),
};

/** Keys that belong to no kind. */
export const WHEN = Object.keys(when);

export const fault: Shape<RawFault> = object(
  { ...keysOfKinds, ...when },
  "one fault: what, where, from when, for how long, with which probability",
) as Shape<RawFault>;

export interface RawFault {
  readonly at?: number;
  readonly for?: number;
  readonly repeat?: { readonly every?: number; readonly times?: number };
  readonly random?: { readonly between?: RawTimeLaw; readonly lasting?: RawTimeLaw };
  readonly stagger?: number;
  readonly chance?: number;
  /** What the kind's key and options say. */
  readonly [key: string]: unknown;
}
