import type { NetworkPlan } from "../simulation/plan.js";
import { NOTHING_IS_INSTANT } from "../topology/instant.js";
import { formatShare } from "../units/format.js";
import type { Parsed } from "../units/parse.js";
import { nearest } from "../units/text.js";
import type { TimeLaw } from "../units/time-law.js";
import { formatDuration } from "../units/time.js";
import { duration, plain, share } from "./parts.js";
import { step } from "./settings.js";
import { type Shape, type ValueOf, list, names, object } from "./shape.js";
import type { Source } from "./source.js";

/** Laws of one-way delays, for letters whose delays are given and not measured: by their verb, in `topology.one_way`. */
const simple = {
  constant: duration("always the same"),
  exponential: duration("its mean"),
  uniform: object({ from: duration("the shortest"), to: duration("the longest") }, "evenly between two bounds", [
    "from",
    "to",
  ]),
  pareto: object(
    { least: duration("the shortest"), shape: plain("the heavier the tail the smaller; the mean is finite above 1") },
    "Pareto",
    ["least", "shape"],
  ),
};
const part = object({ share: share("of the letters"), ...simple }, "a share of the letters, and its law", ["share"]);
type RawPart = ValueOf<typeof part>;
const shownPart: Shape<RawPart> = { ...part, show: (value) => said(value as RawPart) };

const law = object(
  { ...simple, mixture: list(shownPart, "several laws, each for a share of the letters", 2, 10) },
  "one law of the delay of a letter from region to region",
);
export const oneWay = names(law, "laws of one-way delays by the verb of a letter, default for all others", 40);
type RawLaw = ValueOf<typeof law>;
type RawOneWay = ValueOf<typeof oneWay>;

function said(raw: RawPart): string {
  const { exponential, constant, uniform, pareto } = raw;
  const what =
    exponential !== undefined
      ? `exponential ${formatDuration(exponential)}`
      : constant !== undefined
        ? formatDuration(constant)
        : uniform !== undefined
          ? `uniform ${formatDuration(uniform.from ?? 0)} to ${formatDuration(uniform.to ?? 0)}`
          : `pareto ${formatDuration(pareto?.least ?? 0)}, ${pareto?.shape}`;
  return `${formatShare(raw.share ?? 0)} ${what}`;
}

const KINDS = "exactly one of constant, exponential, uniform, pareto, mixture";
const refused = (expected: string): Parsed<TimeLaw> => ({ ok: false, expected });

function lawOf(raw: RawLaw): Parsed<TimeLaw> {
  const kinds = Object.keys(raw).filter((key) => key !== "share");
  if (kinds.length !== 1) return refused(KINDS);
  const { constant, exponential, uniform, pareto, mixture } = raw;
  if (mixture !== undefined) return mixtureOf(mixture);
  if (constant !== undefined) return { ok: true, value: { kind: "constant", value: constant } };
  if (exponential !== undefined)
    return exponential > 0
      ? { ok: true, value: { kind: "exponential", mean: exponential } }
      : refused("a mean above 0");
  if (uniform?.from !== undefined && uniform.to !== undefined)
    return uniform.from <= uniform.to
      ? { ok: true, value: { kind: "uniform", from: uniform.from, to: uniform.to } }
      : refused("a lower bound that is not above the upper one");
  if (pareto?.least !== undefined && pareto.shape !== undefined)
    return pareto.least > 0 && pareto.shape >= 0.5 && pareto.shape <= 1000
      ? { ok: true, value: { kind: "pareto", scale: pareto.least, shape: pareto.shape } }
      : refused("a least delay above 0 and a shape of 0.5 to 1000");
  return refused(KINDS);
}

function mixtureOf(parts: readonly (RawPart | undefined)[]): Parsed<TimeLaw> {
  const laws: (readonly [number, TimeLaw])[] = [];
  for (const each of parts) {
    const parsed = each === undefined ? refused(KINDS) : lawOf(each);
    if (!parsed.ok) return parsed;
    laws.push([each!.share ?? 0, parsed.value]);
  }
  const sum = laws.reduce((total, [each]) => total + each, 0);
  if (Math.abs(sum - 1) > 1e-9 || laws.some(([each]) => each <= 0))
    return refused(`shares above 0 that sum to 100%; these sum to ${formatShare(sum)}`);
  return { ok: true, value: { kind: "mixture", parts: laws } };
}

/** What the checks have found to be laws. */
export function oneWayLaws(raw: RawOneWay | undefined): NetworkPlan["oneWay"] {
  if (raw === undefined) return null;
  const laws = [...raw].flatMap(([verb, given]) => {
    const parsed = lawOf(given!);
    return parsed.ok ? [[verb, parsed.value] as const] : [];
  });
  return Object.fromEntries(laws);
}

/** Whether every letter arrives in the moment in which it is sent. */
const isInstant = (law: TimeLaw): boolean =>
  (law.kind === "constant" && law.value === 0) ||
  (law.kind === "uniform" && law.to === 0) ||
  (law.kind === "mixture" && law.parts.every(([, part]) => isInstant(part)));

/** Each is a law, and each verb one of a replication that the scenario uses. */
export function checkOneWay(raw: RawOneWay | undefined, replications: readonly string[], source: Source): void {
  const verbs = new Set(replications.flatMap((name) => source.policies.catalogue.replication[name]?.verbs ?? []));
  for (const [verb, given] of raw ?? []) {
    const path = `topology.one_way.${step(verb)}`;
    const parsed = given === undefined ? null : lawOf(given);
    if (parsed?.ok === false) source.errorAt(path, `the law of "${verb}" is none`, parsed.expected);
    if (parsed?.ok === true && isInstant(parsed.value))
      source.errorAt(
        path,
        `no link is instant: ${NOTHING_IS_INSTANT}`,
        "a delay above 0",
        "leave the law out: letters then take what the distance takes",
      );
    if (verb === "default" || verbs.has(verb)) continue;
    const close = nearest(verb, verbs);
    source.errorAt(
      path,
      `no replication of this scenario sends a letter "${verb}"`,
      `default, or one of ${[...verbs].join(", ")}`,
      close === undefined ? undefined : `did you mean "${close}"?`,
    );
  }
}
