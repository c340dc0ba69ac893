import { Engine } from "../engine/engine.js";
import { Streams } from "../engine/random.js";
import { RoundTrips } from "../network/round-trips.js";
import { withAdded } from "../scenario/added-regions.js";
import { regionSites } from "../scenario/sites.js";
import type { World } from "../simulation/world.js";
import { fibreFloor, greatCircleKm } from "../topology/geography.js";
import { pairOf } from "../topology/latency-table.js";
import { columns } from "./layout.js";
import { isNamed } from "./region-list.js";
import type { Session } from "./session.js";

const SAMPLES = 2000;
/** All pairs of 6 regions. */
const MOST_ROWS = 30;
const UNIT = 1000;

interface Pair {
  readonly from: number;
  readonly to: number;
}

const ms = (value: number): string => value.toFixed(1);

/** Each ordered pair of regions: what was measured between them, what the model gives, and the least that fibre allows. */
export function latencyTest(session: Session, values: ReadonlyMap<string, unknown>): string[] {
  const { world, scenario } = session;
  const names = world.plan.regions.map(({ name }) => name);
  const chosen = (option: string): number[] => {
    const word = values.get(option) ?? "all";
    return word === "all" ? [...names.keys()].filter((id) => isNamed(world, id)) : [names.indexOf(String(word))];
  };
  const samples = Number(values.get("samples") ?? SAMPLES);
  const pairs = chosen("from").flatMap((from) => chosen("to").flatMap((to) => (from === to ? [] : [{ from, to }])));
  if (pairs.length === 0) return ["A region has no round trip to itself here: name two, or `--from=all --to=all`."];
  const all = world.plan.regions.map(({ name, joins }) => ({ name, as: joins ?? ("replica" as const) }));
  const sites = regionSites(withAdded(scenario.raw, all));
  const simulated = sampled(world, session.facts.seed, pairs, samples);
  const { latency } = scenario;
  const rows = pairs.map(({ from, to }, index) => {
    const row = latency.kind === "table" ? latency.table.rows.get(pairOf(names[from]!, names[to]!)) : undefined;
    const { p50, p99 } = simulated[index]!;
    const floor = ms(fibreFloor(greatCircleKm(sites[from]!, sites[to]!)));
    const measured = row === undefined ? ["–", "–"] : [ms(row.p50), ms(row.p99)];
    const model = isCut(world, from, to) ? ["cut", "cut"] : [ms(p50), ms(p99)];
    return { slow: p50, cells: [names[from]!, names[to]!, ...measured, ...model, floor] };
  });
  const shown =
    rows.length <= MOST_ROWS ? rows : rows.toSorted((one, other) => other.slow - one.slow).slice(0, MOST_ROWS);
  const header = ["from", "to", "table50", "table99", "sim50", "sim99", "fibre"];
  const from =
    latency.kind === "table"
      ? `table: as measured (${latency.table.name})`
      : "table: nothing was measured, the model is distance-classes";
  return [
    ...columns(
      header,
      shown.map(({ cells }) => cells),
    ),
    `(round trips in milliseconds, medians and 99th percentiles; ${from}; sim: ${samples} exchanges a pair through the model, under the faults of this moment; fibre: the least that the great circle allows)`,
    ...(shown.length < rows.length
      ? [`(the ${MOST_ROWS} slowest of ${rows.length} pairs; \`latency test --from=REGION\` shows all from one)`]
      : []),
  ];
}

const isCut = ({ post: { links } }: World, from: number, to: number): boolean =>
  links.cut[links.link(from, to)] === 1 || links.cut[links.link(to, from)] === 1;

/** By a clock and luck of their own, so that nothing in the run is shifted. */
function sampled({ plan, post }: World, seed: string, pairs: readonly Pair[], samples: number) {
  const engine = new Engine();
  const { laws, slowShare, dwell } = plan.network;
  const names = [...plan.regions, ...plan.places].map(({ name }) => name);
  const trips = new RoundTrips(engine, new Streams(`${seed}/latency test`), names, laws, slowShare, dwell);
  const { links } = post;
  const found = pairs.map(() => new Float64Array(samples));
  for (let sample = 0; sample < samples; sample++) {
    // Each exchange in a state of the path of its own: the percentiles are those of the whole law.
    engine.run(sample * dwell, { dispatch: () => {} });
    for (const [index, { from, to }] of pairs.entries()) {
      const trip = trips.draw(links.link(from, to), sample, 0);
      const there = links.delay(links.link(from, to), trip >> 1);
      found[index]![sample] = there + links.delay(links.link(to, from), trip - (trip >> 1));
    }
  }
  return found.map((values) => {
    const sorted = values.toSorted();
    const at = (share: number): number => sorted[Math.min(samples - 1, Math.floor(share * samples))]! / UNIT;
    return { p50: at(0.5), p99: at(0.99) };
  });
}
