import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { mixQuantile, mixing } from "../topology/copula.js";
import { type DelayLaw, roundTrip } from "../topology/delay-law.js";

const JITTER = 1;
const UNIT = 1 / 4_294_967_296;

/**
 * How long an exchange takes. A message and its reply are one exchange at one quantile of the initiator's law, half of
 * the round trip each way, so that the round trip reproduces the measured row exactly. The quantile mixes a slow state
 * of the path, common to both directions and kept for a dwell time, with the exchange's own luck; both are keyed draws,
 * so one exchange's luck depends on no other.
 */
export class RoundTrips {
  private readonly exchanges: (Keyed | null)[];
  private readonly states: (Keyed | null)[];
  /** The slow state that each path is in, and when it ends. */
  private readonly slow: Float64Array;
  private readonly until: Float64Array;
  private readonly mixed: Float64Array;

  private readonly laws: readonly (DelayLaw | null)[];

  /** `names` are the sites' names, `laws` the round-trip laws at from * sites + to; a missing one is the reverse one. */
  constructor(
    private readonly engine: Engine,
    streams: Streams,
    names: readonly string[],
    laws: readonly (DelayLaw | null)[],
    private readonly slowShare: number,
    private readonly dwell: number,
  ) {
    const sites = names.length;
    this.mixed = mixing(slowShare);
    this.laws = laws.map((law, link) => law ?? laws[(link % sites) * sites + Math.floor(link / sites)] ?? null);
    this.exchanges = this.laws.map((law, link) =>
      law === null ? null : streams.keyed(`exchange/${names[Math.floor(link / sites)]}>${names[link % sites]}`),
    );
    this.states = this.laws.map((law, link) => {
      if (law === null) return null;
      const ends = [names[Math.floor(link / sites)]!, names[link % sites]!].toSorted();
      return streams.keyed(`path/${ends[0]}-${ends[1]}`);
    });
    this.slow = new Float64Array(laws.length);
    this.until = new Float64Array(laws.length);
  }

  /** Round trip in microseconds of the exchange `id` (try number `attempt`) that starts now over `link`. */
  draw(link: number, id: number, attempt: number): number {
    const law = this.laws[link];
    if (law == null) throw new Error(`no path over link ${link}`);
    const { mixed } = this;
    // Through a column: doubles that cross a call may be boxed, and this is done for every message.
    mixed[0] = (this.exchanges[link]!.bits(id, JITTER + attempt) >>> 0) * UNIT;
    if (this.slowShare === 0) return roundTrip(law, mixed[0]);
    if (this.engine.now >= this.until[link]!) this.changeState(link);
    mixed[1] = this.slow[link]!;
    mixQuantile(mixed);
    return roundTrip(law, mixed[0]);
  }

  /** A state lasts for one dwell, and they begin all at the same moments. */
  private changeState(link: number): void {
    const epoch = Math.floor(this.engine.now / this.dwell);
    this.slow[link] = this.states[link]!.normal(epoch, 0);
    this.until[link] = (epoch + 1) * this.dwell;
  }

  /** In [0, 1): the exchange's own luck alone, for a delay that follows another law than the path's. */
  luck(link: number, id: number, attempt: number): number {
    return (this.exchanges[link]!.bits(id, JITTER + attempt) >>> 0) * UNIT;
  }

  median(link: number): number {
    const law = this.laws[link];
    return law == null ? Number.POSITIVE_INFINITY : roundTrip(law, 0.5);
  }
}
