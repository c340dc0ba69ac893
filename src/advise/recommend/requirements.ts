import { checkPlace } from "../../scenario/check-place.js";
import { meant } from "../../scenario/check.js";
import { type Problem, byPosition } from "../../scenario/problem.js";
import { step } from "../../scenario/settings.js";
import { type FileKind, Source } from "../../scenario/source.js";
import { type LatencyTable, bundledTable } from "../../topology/latency-table.js";
import { type PlaceFacts, type RegionFacts, allRegions, placeFacts, regionFacts } from "../../topology/places.js";
import { MILLISECOND, SECOND } from "../../units/time.js";
import { candidateCount } from "./candidates.js";
import { type Level, REQUIREMENTS, type RawRequirements } from "./format.js";

/** What is required, in base units, with every default. */
export interface Requirements {
  readonly users: readonly UserNeed[];
  /** Microseconds; null where nothing is required. */
  readonly p95: number | null;
  readonly rto: number | null;
  readonly rpo: number | null;
  readonly classes: readonly ClassNeed[];
  readonly size: number;
  readonly value: number;
  /** Dollars a month. */
  readonly budget: number | null;
  readonly provider: string;
  /** The latency table of the provider. */
  readonly table: LatencyTable;
  readonly candidates: readonly RegionFacts[];
  readonly most: number;
  readonly serviceTime: number;
}

export interface UserNeed {
  readonly place: PlaceFacts;
  /** Requests per second, mean over a day. */
  readonly rate: number;
  readonly reads: number;
  readonly p95: number | null;
}

export interface ClassNeed {
  readonly name: string;
  readonly share: number;
  readonly level: Level;
  /** Each key belongs to the users of one place. */
  readonly owned: boolean;
  /** Ids of the candidates where it may rest; null for anywhere. */
  readonly allowed: readonly number[] | null;
  /** As the file names them. */
  readonly law: string;
}

export type ReadRequirements =
  | { readonly ok: true; readonly requirements: Requirements }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const KIND: FileKind = {
  called: "the file",
  noun: "set of requirements",
  hint: "begin with users: [{place: London, requests: 50/s}]",
};
/** Of each provider that a file may name. */
const TABLES: Readonly<Record<string, string>> = { aws: "aws-2024-04", azure: "azure-2026-03", gcp: "gcp-2020-06" };
const MOST_CANDIDATES = 1_000_000;
/** Requests per second of the busiest service that anybody runs, and more. */
const BUSIEST = 1e9;

/** Reads a file of requirements. All that is wrong with it comes at once. */
export function readRequirements(text: string, file: string): ReadRequirements {
  const source = new Source(file, text, undefined, KIND);
  const raw = source.root === null ? undefined : REQUIREMENTS.read(source.root, "", source);
  const requirements = raw === undefined || !source.sound ? undefined : checked(raw, source);
  if (requirements === undefined || source.problems.length > 0)
    return { ok: false, problems: source.problems.toSorted(byPosition) };
  return { ok: true, requirements };
}

function checked(raw: RawRequirements, source: Source): Requirements | undefined {
  const provider = raw.provider ?? "aws";
  const table = bundledTable(TABLES[provider]!)!;
  const candidates = candidatesOf(raw, provider, table, source);
  const users = usersOf(raw, source);
  const classes = classesOf(raw, candidates, source);
  const most = raw.regions ?? Math.min(3, Math.max(1, candidates.length));
  if (most < 1 || most > 5) source.errorAt("regions", `${most} regions may be chosen`, "1 to 5");
  else if (candidates.length > 0 && most > candidates.length)
    source.errorAt(
      "regions",
      `${most} regions may be chosen, and there are ${candidates.length}`,
      `at most ${candidates.length}`,
    );
  else if (candidateCount(candidates.length, most, true) > MOST_CANDIDATES)
    source.errorAt(
      "regions",
      `${most} of ${candidates.length} regions make ${candidateCount(candidates.length, most, true)} candidates`,
      `at most ${MOST_CANDIDATES}`,
      "choose fewer, or list fewer candidates",
    );
  const positive = (path: string, value: number | undefined): void => {
    if (value === 0) source.errorAt(path, "nothing can take no time", 'a duration, as "200ms"');
  };
  positive("latency.p95", raw.latency?.p95);
  positive("recovery.rto", raw.recovery?.rto);
  positive("service_time", raw.service_time);
  if ((raw.service_time ?? 0) > 10 * SECOND)
    source.errorAt("service_time", "a request keeps a worker for longer than anybody waits", "at most 10s");
  if (raw.budget === 0) source.errorAt("budget", "no architecture costs nothing", "dollars a month, or no budget");
  if (source.problems.length > 0) return undefined;
  return {
    ...{ users, classes, provider, table, candidates, most },
    p95: raw.latency?.p95 ?? null,
    rto: raw.recovery?.rto ?? null,
    rpo: raw.recovery?.rpo ?? null,
    size: raw.data?.size ?? 100_000_000_000,
    value: raw.data?.value ?? 2000,
    budget: raw.budget ?? null,
    serviceTime: raw.service_time ?? 50 * MILLISECOND,
  };
}

function candidatesOf(raw: RawRequirements, provider: string, table: LatencyTable, source: Source): RegionFacts[] {
  const own = allRegions().filter((region) => region.provider === provider);
  if (raw.candidates === undefined) {
    const measured = new Set([...table.rows.keys()].map((pair) => pair.split(">")[0]!));
    return own.filter(({ name }) => measured.has(name));
  }
  return raw.candidates.flatMap((given, index) => {
    if (given === undefined) return [];
    const facts = own.find(({ name }) => name === given);
    if (facts === undefined) {
      const other = regionFacts(given);
      source.errorAt(
        `candidates.${index}`,
        other === undefined ? `no catalogue knows the region "${given}"` : `${given} is a region of ${other.provider}`,
        `a region of ${provider}, as \`faultline list regions\` names them`,
        meant(
          given,
          own.map(({ name }) => name),
        ) ?? (other === undefined ? undefined : `set provider: ${other.provider}`),
      );
      return [];
    }
    if (raw.candidates!.indexOf(given) < index) {
      source.errorAt(`candidates.${index}`, `"${given}" is listed twice`, "each region once", "take one away");
      return [];
    }
    return [facts];
  });
}

function usersOf(raw: RawRequirements, source: Source): UserNeed[] {
  const seen = new Set<string>();
  let total = 0;
  const users = (raw.users ?? []).flatMap((user, index): UserNeed[] => {
    const path = `users.${index}`;
    if (user?.place === undefined) return [];
    const place = placeFacts(user.place);
    checkPlace(user.place, `${path}.place`, place !== undefined, seen, source);
    const rate = user.requests ?? (user.people ?? 0) * (user.each ?? 0);
    if (user.requests !== undefined && user.people !== undefined)
      source.errorAt(`${path}.people`, "both requests and people are given", "one of them");
    else if (!(rate > 0))
      source.errorAt(
        path,
        `nobody asks for anything in ${user.place}`,
        "requests: 50/s, or people: 100000 and each: 2/h",
      );
    if (user.p95 === 0) source.errorAt(`${path}.p95`, "nothing can take no time", 'a duration, as "200ms"');
    total += rate;
    return place === undefined ? [] : [{ place, rate, reads: user.reads ?? 0.7, p95: user.p95 ?? null }];
  });
  if (total > BUSIEST)
    source.errorAt(
      "users",
      `all users together ask for ${total.toExponential(1)} requests/s`,
      `at most ${BUSIEST.toExponential(0)}`,
      "check the rate of one person",
    );
  return users;
}

function classesOf(raw: RawRequirements, candidates: readonly RegionFacts[], source: Source): ClassNeed[] {
  const all = [...(raw.data?.classes ?? [])];
  if (all.length === 0)
    return [
      { name: "data", share: 1, level: raw.data?.consistency ?? "eventual", owned: false, allowed: null, law: "" },
    ];
  if (raw.data?.consistency !== undefined)
    source.errorAt(
      "data.consistency",
      "each class has a consistency of its own",
      "no other one beside them",
      "take it away",
    );
  const shares = all.reduce((sum, [, each]) => sum + (each?.share ?? 0), 0);
  if (Math.abs(shares - 1) > 0.001)
    source.errorAt("data.classes", `the shares of the classes sum to ${Math.round(shares * 1000) / 10} %`, "100 %");
  return all.map(([name, each]) => {
    const path = `data.classes.${step(name)}.allowed`;
    const law = (each?.allowed ?? []).filter((word) => word !== undefined);
    law.forEach((word, index) => {
      const fits = candidates.some((region) => isMeant(word, region));
      if (!fits && candidates.length > 0)
        source.errorAt(
          `${path}.${index}`,
          `"${word}" is no candidate, and no candidate is under such a jurisdiction`,
          `one of ${[...new Set(candidates.map(({ jurisdiction }) => jurisdiction))].join(", ")}, or a candidate`,
          meant(
            word,
            candidates.flatMap(({ name: region, jurisdiction }) => [region, jurisdiction]),
          ),
        );
    });
    const ids = candidates.flatMap((region, id) => (law.some((word) => isMeant(word, region)) ? [id] : []));
    const allowed = law.length === 0 ? null : ids;
    const level = each?.consistency ?? "eventual";
    return { name, share: each?.share ?? 0, level, owned: each?.owned ?? false, allowed, law: law.join(", ") };
  });
}

const isMeant = (word: string, { name, jurisdiction }: RegionFacts): boolean =>
  word === name || lawsOf(jurisdiction).includes(word);

/** What a law may be called: of "EU/EEA (EEA, not EU)" all of it, "EU/EEA" and "EEA". */
function lawsOf(jurisdiction: string): readonly string[] {
  const [law, note = ""] = jurisdiction.split(" (") as [string, string?];
  return [jurisdiction, law, ...law.split("/").filter((part) => !note.includes(`not ${part}`))];
}
