import type { Host, RegionId } from "../contract.js";

/** Who owns a key: the regions with copies stand in a ring, and a key's owners are so many in a row from its own place. */
export class Ring {
  /** All regions with copies, in ascending order. */
  readonly holders: readonly RegionId[];
  /** The same as bits. */
  readonly all: number;

  constructor(
    private readonly host: Host,
    readonly copies: number,
  ) {
    this.holders = [...host.peers, ...(host.holds ? [host.id] : [])].toSorted((a, b) => a - b);
    this.all = this.holders.reduce((set, region) => set | (1 << region), 0);
  }

  /** Owners of the key, as bits. */
  owners(key: number): number {
    const { holders, copies } = this;
    let set = 0;
    if (copies === holders.length) for (let at = 0; at < copies; at++) set |= 1 << holders[at]!;
    else for (let step = 0; step < copies; step++) set |= 1 << holders[(key + step) % holders.length]!;
    return set;
  }

  owns(region: RegionId, key: number): boolean {
    return ((this.owners(key) >> region) & 1) === 1;
  }

  /**
   * The owner whose part this region, which is none, takes among those in `away`, as a bit; 0 for nobody's. The owners that
   * are away are stood in for in ascending order, by the others that are not as they come behind the owners in the ring: so
   * the same regions have a key whoever is asked (the first N healthy ones; DeCandia and others, 2007, section 4.6).
   */
  partOf(key: number, away: number): number {
    const { holders, copies, host } = this;
    let absent = this.owners(key) & away;
    for (let step = copies; step < holders.length; step++) {
      const region = holders[(key + step) % holders.length]!;
      if (region === host.id || absent === 0) break;
      if (((away >> region) & 1) === 0) absent &= absent - 1;
    }
    return absent & -absent;
  }

  /** The next region behind the key's owners that is in none of the sets, -1 for none. */
  standIn(key: number, excluded: number): RegionId {
    const { holders, copies } = this;
    for (let step = copies; step < holders.length; step++) {
      const region = holders[(key + step) % holders.length]!;
      if (((excluded >> region) & 1) === 0 && region !== this.host.id) return region;
    }
    return -1;
  }
}
