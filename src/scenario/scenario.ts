import type { Prices } from "../cost/prices.js";
import type { Economics } from "../economics/economics.js";
import type { Catalogue, OwnPolicies } from "../policies/catalogue.js";
import type { PluginSource } from "../simulation/plan.js";
import { NOTHING_IS_INSTANT, farthestApart, soundsInstant } from "../topology/instant.js";
import { bundledTable, bundledTables, parseLatencyTable } from "../topology/latency-table.js";
import type { LatencySource } from "../topology/paths.js";
import { type RequestTrace, parseRequestTrace } from "../workload/request-trace.js";
import { additionsOf, withAdded } from "./added-regions.js";
import { readBeside, reportBeside } from "./beside.js";
import { checkOrders } from "./check-orders.js";
import { check, meant } from "./check.js";
import { SCENARIO_DEFAULTS } from "./defaults.js";
import { economicsOf } from "./economics.js";
import { type RawScenario, SCENARIO } from "./format.js";
import { KnownPolicies, type PluginLoader } from "./own-policies.js";
import { pricesOf } from "./prices.js";
import { type Problem, byPosition } from "./problem.js";
import { locatedRegions } from "./sites.js";
import { Source } from "./source.js";
import { translateTemplates } from "./template.js";

/** What a file asks: names and units normalised to base units, checked. Compile makes plans of it. */
export interface Scenario {
  readonly file: string;
  readonly raw: RawScenario;
  readonly latency: LatencySource;
  /** The requests that users make, where they were recorded and are not drawn. */
  readonly trace: RequestTrace | null;
  readonly prices: Prices;
  /** What it earns; null where it says nothing of that. */
  readonly economics: Economics | null;
  /** Every policy that it can name, those of the user's own included; and the files that some of them come from. */
  readonly policies: Catalogue;
  readonly plugins: readonly PluginSource[];
  /** What the file says and no run can heed. */
  readonly notes: readonly Problem[];
  /** Where a setting of the file stands. */
  lineAt(path: string): number;
  positionAt(path: string): { readonly line: number; readonly column: number };
}

export interface ParseOptions {
  /** Name of the file for messages. */
  readonly file?: string;
  /**
   * Reads a file named in the scenario, relative to it; absent: only bundled tables. Returns its text or, when it cannot
   * be read, the reason as a sentence for the message, or null for "there is no such file".
   */
  readonly read?: (path: string, mostBytes?: number) => string | Unreadable | null;
  /** Policies of your own, to be named in the file as those that come along; `run` has to be given them too. */
  readonly policies?: OwnPolicies;
  /** Loads a policy from a file named in the scenario, relative to it; absent: a file cannot be named. */
  readonly plugin?: PluginLoader;
}

/** Why a file has no text to give. */
export interface Unreadable {
  readonly reason: string;
}

export type ParseResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a scenario. All that is wrong with it comes at once, in the order of the file. Touches no file itself. */
export function parseScenario(text: string, options: ParseOptions = {}): ParseResult {
  const source = new Source(
    options.file ?? "scenario",
    text,
    new KnownPolicies(options.policies ?? {}, options.plugin),
  );
  const read = source.root === null ? undefined : SCENARIO.read(source.root, "", source);
  const raw = read === undefined ? undefined : translateTemplates(read, source);
  let trace: RequestTrace | null = null;
  let latency: LatencySource = { kind: "distance-classes" };
  let prices: Prices = { own: null, regions: {} };
  let economics: Economics | null = null;
  // A file that is no YAML throughout lacks what stands beyond the first error: nothing can be said of the whole.
  if (raw !== undefined && source.sound) {
    check(raw, source);
    latency = latencyOf(raw, source, options);
    trace = traceOf(raw, source, options);
    prices = pricesOf(withAdded(raw, additionsOf(raw)), source, options);
    economics = economicsOf(raw, source);
  }
  if (raw === undefined || source.problems.length > 0) {
    return { ok: false, problems: source.problems.toSorted(byPosition) };
  }
  const scenario: Scenario = {
    file: source.file,
    raw,
    latency,
    trace,
    prices,
    economics,
    policies: source.policies.catalogue,
    plugins: source.policies.plugins,
    notes: source.notes,
    lineAt: (path) => (source.has(path) ? source.lineAt(path) : 0),
    positionAt: (path) => source.positionAt(path),
  };
  if (raw.actions !== undefined) checkOrders(scenario, source);
  return source.problems.length > 0
    ? { ok: false, problems: source.problems.toSorted(byPosition) }
    : { ok: true, scenario };
}

function latencyOf(raw: RawScenario, source: Source, options: ParseOptions): LatencySource {
  const name = raw.topology?.latency ?? (SCENARIO_DEFAULTS["topology.latency"] as string);
  const nothing: LatencySource = { kind: "distance-classes" };
  if (name === "distance-classes") return nothing;
  const bundled = bundledTable(name);
  if (bundled !== undefined) return { kind: "table", table: bundled };
  const path = "topology.latency";
  if (!name.endsWith(".csv") && soundsInstant(name)) {
    const far = farthestApart(locatedRegions(raw));
    const light = far === null ? "" : `; from ${far.from} to ${far.to} and back it takes ${far.light.toFixed(1)} ms`;
    source.errorAt(
      path,
      `no link is instant: ${NOTHING_IS_INSTANT}${light}`,
      "round trips of this world",
      "choose distance-classes, a table of `faultline list latency-tables`, or give a .csv file of your own",
    );
    return nothing;
  }
  if (!name.endsWith(".csv")) {
    const known = [...bundledTables.map((table) => table.name), "distance-classes"];
    source.errorAt(
      path,
      `there is no latency table "${name}"`,
      `one of ${known.join(", ")}, or a .csv file beside the scenario`,
      meant(name, known),
    );
    return nothing;
  }
  const text = readBeside(name, path, "table", source, options);
  if (text === null) return nothing;
  const located = new Map(locatedRegions(raw).map((site) => [site.name, site]));
  const regions = new Map([...(raw.topology?.regions?.keys() ?? [])].map((region) => [region, located.get(region)]));
  const { table, problems } = parseLatencyTable(text, { name, date: "", source: name }, regions);
  reportBeside(name, "table", problems, source);
  return { kind: "table", table };
}

/** A million requests with keys of some length. */
const MOST_TRACE_BYTES = 64_000_000;

function traceOf(raw: RawScenario, source: Source, options: ParseOptions): RequestTrace | null {
  if (raw.trace === undefined) return null;
  const text = readBeside(raw.trace, "trace", "trace", source, options, MOST_TRACE_BYTES);
  if (text === null) return null;
  const places = (raw.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  const { trace, problems } = parseRequestTrace(text, places);
  reportBeside(raw.trace, "trace", problems, source);
  return trace;
}
