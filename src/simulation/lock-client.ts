import { type LockTerms, NOBODY } from "../policies/contract.js";
import type { Authority } from "./authority.js";
import type { ControlPost } from "./control-post.js";
import type { ControlLetter } from "./letters.js";

/** A holder prolongs its lock when a third of the lease has gone by. */
const RENEWALS = 3;

/** What a lock means to the region that asks for it. */
export interface LockHolder {
  readonly id: number;
  readonly clock: number;
  /** A majority of the sites has given it this region, which was not the holder. */
  locked(term: number): void;
  /** A majority of the sites says that another holds it. */
  heldBy(leader: number, term: number): void;
}

/**
 * One region's part in a lock service. The holder prolongs its lock, and by its own clock it holds it for a lease from the
 * moment when it asked, less a margin for clocks that drift. Everybody else asks for it now and then; who gets it from a few
 * sites only gives it back.
 */
export class LockClient {
  /** The term in which this region holds the lock, as far as it knows; 0 for none. */
  private held = 0;
  /** The newest term that it has heard of. */
  private known = 1;
  private asked = 0;
  private round = 0;
  /** Sites that have answered the latest round: each answers once, and letters come in order. */
  private granted = 0;
  private refused = 0;
  /** Of each refusal of the latest round: whom it names as the holder, and in which term. */
  private readonly named: { leader: number; term: number }[];

  constructor(
    private readonly terms: LockTerms,
    private readonly lease: number,
    private readonly margin: number,
    private readonly authority: Authority,
    private readonly holder: LockHolder,
    private readonly post: ControlPost,
  ) {
    this.named = terms.sites.map(() => ({ leader: NOBODY, term: 0 }));
  }

  /** The host begins anew: what it holds is what it believes to lead. */
  restart(): void {
    this.known = Math.max(this.known, this.authority.term);
    this.held = this.authority.leads ? this.authority.term : 0;
  }

  /** Microseconds until it is to ask again. */
  get interval(): number {
    return this.held === 0 ? this.terms.poll : Math.ceil(this.lease / RENEWALS);
  }

  /** Event: asks all sites. */
  ask(): void {
    const { sites } = this.terms;
    if (this.held === 0 && this.granted !== 0) this.giveBack();
    this.round++;
    this.granted = 0;
    this.refused = 0;
    this.asked = this.held === 0 ? this.known + 1 : this.held;
    for (let at = 0; at < sites.length; at++)
      this.post.askLock(this.holder.id, sites[at]!, this.asked, this.round, this.holder.clock);
  }

  answered(letter: ControlLetter): void {
    const { term, leader } = letter;
    if (term > this.known) this.known = term;
    if (letter.round !== this.round) return;
    const needed = (this.terms.sites.length >> 1) + 1;
    if (letter.granted) {
      this.granted++;
      if (this.granted < needed) return;
      this.authority.leaseUntil(letter.position + this.lease - this.margin);
      if (this.held !== 0) return;
      this.held = this.asked;
      this.holder.locked(this.held);
      return;
    }
    const word = this.named[this.refused++]!;
    word.leader = leader;
    word.term = term;
    if (this.refused >= needed && term > this.held) this.held = 0;
    // At once, and not when it asks again: sites that all stand with somebody who asks would never be free together.
    if (this.held === 0 && this.granted > 0 && this.refused > this.terms.sites.length - needed) this.giveBack();
    if (leader < 0 || leader === this.holder.id) return;
    // Whatever other sites say in between: one that somebody has alone keeps naming him.
    let agreeing = 0;
    for (let at = 0; at < this.refused; at++)
      if (this.named[at]!.leader === leader && this.named[at]!.term === term) agreeing++;
    if (agreeing >= needed) this.holder.heldBy(leader, term);
  }

  /** Whether this region has the lock of that term, as far as it knows. */
  holds(term: number): boolean {
    return this.held === term;
  }

  private giveBack(): void {
    this.granted = 0;
    for (const site of this.terms.sites) this.post.releaseLock(this.holder.id, site, this.asked);
  }
}
