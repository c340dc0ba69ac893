import type { Disks, RegionHardship } from "./hardships.js";

/** What a region's death and return mean to everything that lives in it. */
export interface Mortal {
  /** Told again when a later fault takes more of the disks while the region is dark. */
  died(region: number, disks: Disks): void;
  returned(region: number, disks: Disks): void;
}

/** The worse of two fates of the disks. */
const worse = (a: Disks, b: Disks): Disks =>
  a === "lost" || b === "lost" ? "lost" : a === "synced" || b === "synced" ? "synced" : "kept";

/** The state of every region, as the faults that hold now have made it; the counterpart of Links. */
export class Conditions {
  /** Microseconds that the wall clock of each region is off. */
  readonly skews: Float64Array;
  private readonly hardships: RegionHardship[][];
  private readonly dark: Uint8Array;
  private readonly disks: Disks[];

  constructor(
    regions: number,
    private readonly mortal: Mortal,
  ) {
    this.skews = new Float64Array(regions);
    this.hardships = Array.from({ length: regions }, () => []);
    this.dark = new Uint8Array(regions);
    this.disks = Array.from({ length: regions }, () => "kept");
  }

  begin(region: number, hardship: RegionHardship): void {
    this.hardships[region]!.push(hardship);
    this.compose(region);
    if (hardship.dark) this.darken(region, hardship.disks);
  }

  /** Ends exactly this hardship; one that never began is a mistake of the caller. */
  end(region: number, hardship: RegionHardship): void {
    const here = this.hardships[region]!;
    const index = here.indexOf(hardship);
    if (index < 0) throw new Error(`region ${region}: a fault heals that never struck it`);
    here.splice(index, 1);
    this.compose(region);
    if (hardship.dark) this.lighten(region);
  }

  private compose(region: number): void {
    let skew = 0;
    for (const hardship of this.hardships[region]!) skew += hardship.skew;
    this.skews[region] = skew;
  }

  private darken(region: number, disks: Disks): void {
    const before = this.disks[region]!;
    const now = worse(before, disks);
    this.disks[region] = now;
    const died = this.dark[region] === 0;
    this.dark[region] = 1;
    if (died || now !== before) this.mortal.died(region, now);
  }

  /** A region is up again when the last fault that held it in the dark has ended. */
  private lighten(region: number): void {
    if (this.hardships[region]!.some(({ dark }) => dark)) return;
    const disks = this.disks[region]!;
    this.dark[region] = 0;
    this.disks[region] = "kept";
    this.mortal.returned(region, disks);
  }
}
