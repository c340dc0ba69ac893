import type { Host, RegionId } from "../../contract.js";
import { majority } from "../../quorum.js";

/** Regions with a part of their own, by id. */
export interface Parts {
  /** They vote, and keep of the log only its terms and where it ends. */
  readonly witnesses: readonly RegionId[];
  /** They get the log, and have no say. */
  readonly nonVoting: readonly RegionId[];
}

/** Who takes part, as one node sees it: who gets the log, and whose word counts. */
export class Members {
  /** All others that get the log. */
  readonly peers: readonly RegionId[];
  /** Those of them that vote, and whose disks count. */
  readonly voters: readonly RegionId[];
  /** Of all who vote, this node included if it does. */
  readonly majority: number;
  readonly votes: boolean;
  /** Whether it may lead: it votes, and has the data. */
  readonly stands: boolean;

  constructor(
    host: Pick<Host, "id" | "peers" | "holds">,
    private readonly parts: Parts,
  ) {
    const { witnesses, nonVoting } = parts;
    const others = witnesses.filter((region) => region !== host.id);
    // As they are listed there, also later: a site that waits for a backup joins them when it has it.
    this.peers = others.length === 0 ? host.peers : [...host.peers, ...others];
    this.voters = nonVoting.length === 0 ? this.peers : this.peers.filter((region) => !nonVoting.includes(region));
    this.votes = !nonVoting.includes(host.id);
    this.stands = this.votes && host.holds;
    this.majority = majority(this.voters.length + (this.votes ? 1 : 0));
  }

  /** Whether a region gets the entries of the log themselves; null where all do. */
  get carries(): ((region: RegionId) => boolean) | null {
    const { witnesses } = this.parts;
    return witnesses.length === 0 ? null : (region) => !witnesses.includes(region);
  }
}
