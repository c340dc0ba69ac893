import { faultKinds } from "../faults/catalogue.js";
import type { FaultKind } from "../faults/kind.js";
import { LEFT_OUT, presets } from "../faults/presets.js";
import type { Option } from "../policies/options.js";
import { meanTime } from "../units/time-law.js";
import { formatDuration } from "../units/time.js";
import { optionShape } from "./parts.js";
import type { Scenario } from "./scenario.js";

/** What stands behind the key of a kind of fault. */
export function targetOf({ target }: FaultKind): string {
  if (typeof target !== "string") return target.join(" or ");
  return { regions: "a region, or a list of them", links: "WHERE", places: "a place of users, or a list of them" }[
    target
  ];
}

const defaultOf = (option: Option, needed: boolean): string =>
  needed ? "needed" : `${optionShape(option).show?.(option.default) ?? String(option.default)} if left out`;

function optionLine(kind: FaultKind, name: string, option: Option): string {
  const words = option.kind === "choice" ? `: ${option.choices.join(", ")}` : "";
  const alone = kind.needs?.length === 1 && kind.needs[0] === name;
  return `- \`${name}\`: ${option.about}${words} (${defaultOf(option, alone)})`;
}

function section(kind: FaultKind, scenarios: readonly string[]): string {
  const options = Object.entries(kind.options).map(([name, option]) => optionLine(kind, name, option));
  const some =
    (kind.needs?.length ?? 0) > 1 ? [`- at least one of ${kind.needs!.map((name) => `\`${name}\``).join(", ")}`] : [];
  const ends = kind.ends ? ["- it must end: `for` or `random` is needed"] : [];
  const moment = kind.momentary ? ["- it happens in a moment: it has no `for`"] : [];
  const lines = [...options, ...some, ...ends, ...moment];
  return [
    `## ${kind.name}`,
    "",
    `\`${kind.name}: ${targetOf(kind)}\``,
    "",
    kind.about,
    ...(lines.length ? ["", ...lines] : []),
    ...(scenarios.length ? ["", `Shown by ${scenarios.map((name) => `\`${name}\``).join(", ")}.`] : []),
  ].join("\n");
}

/** A duration for reading: two digits in the largest unit that fits. */
function about(micros: number): string {
  const steps = [86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000];
  const step = steps.find((each) => micros >= each) ?? 1_000_000;
  return formatDuration(Math.round((micros / step) * 10) * (step / 10));
}

/** Names of kinds of faults in a scenario. */
export const faultsOf = ({ raw }: Scenario): readonly string[] =>
  faultKinds.filter(({ name }) => raw.faults?.some((fault) => fault?.[name] !== undefined)).map(({ name }) => name);

/** The page on faults, printed from the registry that the program itself uses; `scenarios` show the kinds by name. */
export function faultReference(scenarios: ReadonlyMap<string, Scenario>): string {
  const showing = (kind: FaultKind): string[] =>
    [...scenarios].filter(([, scenario]) => faultsOf(scenario).includes(kind.name)).map(([name]) => name);
  const rows = presets.map(
    ({ name, tells, law, source }) =>
      `| \`${name}\` | ${tells} | ${law.kind}, mean ${about(meanTime(law))} | ${source} |`,
  );
  return `${[
    "# Faults",
    "",
    "Printed by the program from its own registry; a test keeps it true. Every fault composes with every other and heals",
    "only itself. WHERE is `{pair: [a, b]}`, `{between: [[a], [b, c]]}`, `{one_way: {from: a, to: b}}`,",
    "`{groups: [[a], [b, c]]}` or `{isolate: a}`, of regions and places.",
    "",
    "When it strikes, whatever its kind:",
    "",
    "- `at`, `for`: from the start of the run; until the end if `for` is left out",
    "- `repeat: {every, times}`: from start to start",
    "- `random: {between: LAW, lasting: LAW}`: at times that the seed decides, an alternating renewal process. LAW is one of",
    "  `{exponential: MEAN}`, `{weibull: {scale, shape}}`, `{log_normal: {median, p95}}` or `p99`, `{empirical: [...]}`,",
    "  `{constant: TIME}`, or a preset below",
    "- `stagger`: from region to region, in the order given; those whose turn comes after the end are spared. It follows a",
    "  plan, so it goes with neither `random` nor `chance`",
    "- `chance`: that it strikes at all, in each run and each time; not with `stagger`",
    "",
    "`faultline run FILE --seed N --pin-faults` scripts what seed N decided.",
    "",
    ...faultKinds.flatMap((kind) => [section(kind, showing(kind)), ""]),
    "## Presets of laws",
    "",
    "| name | tells | law | source |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    "Left out:",
    "",
    ...LEFT_OUT.map(([what, why]) => `- ${what}: ${why}`),
  ].join("\n")}\n`;
}
