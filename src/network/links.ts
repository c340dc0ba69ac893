/**
 * The state of every directed link, as the faults that hold now have made it.
 *
 * A link remembers each fault that weighs on it. Its effective state is composed anew whenever one comes or goes, so a
 * fault's end takes away what that fault brought and nothing else: two cuts that overlap need both to heal.
 * Columns are indexed by from * sites + to.
 */
export interface LinkHardship {
  readonly cut: boolean;
  /** Share of the connections on which nothing passes. */
  readonly share: number;
  /** One-way delays become delay * factor + extra microseconds. */
  readonly factor: number;
  readonly extra: number;
  /** Probability that a message is lost. */
  readonly loss: number;
  /** Upper bound in bytes per second; Infinity for none. */
  readonly bandwidth: number;
}

export class Links {
  readonly cut: Uint8Array;
  readonly share: Float64Array;
  readonly factor: Float64Array;
  readonly extra: Float64Array;
  readonly loss: Float64Array;
  readonly bandwidth: Float64Array;
  /** Told of every link whose conditions have changed; it must not act at once, for a fault changes one link after another. */
  changed: (link: number) => void = () => {};
  private readonly hardships: LinkHardship[][];

  constructor(
    readonly sites: number,
    private readonly plainLoss: number,
    private readonly plainBandwidth: number,
    /** Sites that are no part of it from the start: those of the regions' that stand last. */
    private readonly late = 0,
  ) {
    const links = sites * sites;
    this.cut = new Uint8Array(links);
    this.share = new Float64Array(links);
    this.factor = new Float64Array(links).fill(1);
    this.extra = new Float64Array(links);
    this.loss = new Float64Array(links).fill(plainLoss);
    this.bandwidth = new Float64Array(links).fill(plainBandwidth);
    this.hardships = Array.from({ length: links }, () => []);
  }

  link(from: number, to: number): number {
    return from * this.sites + to;
  }

  /** The number of a link that a digest sees: the one that it would have if nothing ever joined. */
  named(link: number): number {
    return this.late === 0 ? link : Math.floor(link / this.sites) * (this.sites - this.late) + (link % this.sites);
  }

  /** The same of each of the streams of a link, of which there are so many. */
  streamsNamed(lanes: number): (stream: number) => number {
    return (stream) => this.named(Math.floor(stream / lanes)) * lanes + (stream % lanes);
  }

  /** The link of the answers. */
  reverse(link: number): number {
    return (link % this.sites) * this.sites + Math.floor(link / this.sites);
  }

  begin(link: number, hardship: LinkHardship): void {
    this.hardships[link]!.push(hardship);
    this.compose(link);
  }

  /** Ends exactly this hardship; one that never began is a mistake of the caller. */
  end(link: number, hardship: LinkHardship): void {
    const here = this.hardships[link]!;
    const index = here.indexOf(hardship);
    if (index < 0) throw new Error(`link ${link}: a fault heals that never struck it`);
    here.splice(index, 1);
    this.compose(link);
  }

  /** Whether nothing passes for a connection, whose luck decides which of the parallel paths it takes. */
  blocks(link: number, luck: number): boolean {
    return this.cut[link] === 1 || luck < this.share[link]!;
  }

  /** Whether a fault has made the link narrower than it is. */
  isNarrow(link: number): boolean {
    return this.bandwidth[link]! < this.plainBandwidth;
  }

  /** One-way delay under the present conditions, an integer. */
  delay(link: number, plain: number): number {
    const factor = this.factor[link]!;
    const extra = this.extra[link]!;
    return factor === 1 && extra === 0 ? plain : Math.round(plain * factor + extra);
  }

  private compose(link: number): void {
    let cut = 0;
    let whole = 1;
    let factor = 1;
    let extra = 0;
    let kept = 1 - this.plainLoss;
    let bandwidth = this.plainBandwidth;
    for (const hardship of this.hardships[link]!) {
      if (hardship.cut) cut = 1;
      whole *= 1 - hardship.share;
      factor *= hardship.factor;
      extra += hardship.extra;
      kept *= 1 - hardship.loss;
      bandwidth = Math.min(bandwidth, hardship.bandwidth);
    }
    this.cut[link] = cut;
    this.share[link] = 1 - whole;
    this.factor[link] = factor;
    this.extra[link] = extra;
    this.loss[link] = 1 - kept;
    this.bandwidth[link] = bandwidth;
    this.changed(link);
  }
}
