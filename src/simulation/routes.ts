import type { Answers } from "./resolvers.js";

/**
 * Where the network leads the service's one address (anycast): every place, or each part of its users, to a region. A
 * route that moves takes all packets with it at once, those of open connections too, which the new region knows nothing of.
 */
export class Routes {
  private readonly towards: Answers[];

  constructor(places: number) {
    this.towards = Array.from({ length: places }, () => [-1]);
  }

  /** One region for all users of the place, or one for each part of them. */
  lead(place: number, towards: Answers): void {
    this.towards[place] = towards;
  }

  /** The region to which a user's packets go now, -1 if nobody announces the address. */
  regionOf(place: number, session: number): number {
    const towards = this.towards[place]!;
    return towards[session % towards.length]!;
  }
}
