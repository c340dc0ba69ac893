import type { RegionId } from "../../contract.js";
import * as verb from "./letter.js";
import { type Entry, NO_ENTRY, type PbftLetter } from "./letter.js";
import type { Order } from "./order.js";
import type { Requests } from "./requests.js";
import { type Slots, WINDOW } from "./slots.js";
import type { Standing } from "./standing.js";
import { type Beginning, ViewChanges, writeBeginning } from "./view-change.js";

/** Heartbeats without a word after which somebody is taken to be out of reach. */
const SILENCE = 3;

/**
 * How a primary that is silent, slow or lies is replaced by the next in turn (section 4.4): whoever loses patience asks for
 * the next view with all that it had prepared, and whoever has heard of more than the liars asking joins them.
 */
export class Views {
  readonly heardAt: number[] = [];
  private readonly changes: ViewChanges;
  private askedAt = 0;

  constructor(
    private readonly standing: Standing,
    private readonly slots: Slots,
    private readonly requests: Requests,
    private readonly order: Order,
    private readonly heartbeat: number,
    private readonly patience: number,
  ) {
    this.changes = new ViewChanges(standing.host);
  }

  /** Event: looks at what is overdue. */
  beat(): void {
    const { standing, order, patience } = this;
    const { now } = standing.host;
    const { view } = standing;
    // Who hears too few is cut off: that is not the primary's fault, and patience begins anew when it is over.
    if (!this.isConnected()) standing.movedAt = now;
    const oldest = this.requests.all[0];
    if (standing.leads) order.proposeRest();
    else if (standing.isActive && oldest !== undefined && now - Math.max(oldest.since, standing.movedAt) > patience)
      this.change(standing.view + 1);
    if (standing.isActive) return;
    // Until a quorum asks for it nobody goes on to the next: who is alone would run away from the others.
    if (this.changes.asking(standing.view) + 1 < standing.quorum) this.askedAt = now;
    else if (now - this.askedAt > patience * 2 ** Math.min(standing.vain, 6)) this.change(standing.view + 1);
    // Once more, in case that somebody has not heard it.
    if (standing.view === view) this.askForChange();
  }

  /** The host has restarted. */
  restart(): void {
    this.changes.forget();
    this.askedAt = this.standing.movedAt = this.standing.host.now;
  }

  private change(view: number): void {
    const { standing } = this;
    standing.view = view;
    standing.isActive = false;
    standing.vain++;
    this.askedAt = standing.host.now;
    this.askForChange();
    this.beginIfDue();
  }

  private askForChange(): void {
    const { standing } = this;
    const write = (letter: PbftLetter, stable: number): void => {
      letter.clear();
      for (let place = stable + 1; place <= stable + WINDOW; place++) {
        const slot = this.slots.find(place);
        if (slot !== undefined && slot.preparedView >= 0) letter.add(place, slot.preparedView, slot.preparedEntry);
      }
    };
    standing.broadcast(verb.VIEW_CHANGE, write, standing.stable);
  }

  changeAsked(letter: PbftLetter): void {
    const { standing } = this;
    if (letter.view < standing.view || (letter.view === standing.view && standing.isActive)) {
      if (standing.leads) this.welcome(letter.from);
      return;
    }
    this.changes.take(letter);
    const joined = this.changes.joins(standing.view, standing.liars + 1);
    if (joined > standing.view) this.change(joined);
    else this.beginIfDue();
  }

  private beginIfDue(): void {
    const { standing } = this;
    if (standing.isActive || standing.primary !== standing.host.id || standing.isAbsent) return;
    if (this.changes.asking(standing.view) + 1 < standing.quorum) return;
    const beginning = this.changes.beginning(standing.view, standing.stable, this.slots);
    standing.isActive = true;
    this.order.next = beginning.last + 1;
    standing.broadcast(verb.NEW_VIEW, writeBeginning, beginning);
    this.enter(beginning);
    this.order.proposeRest();
  }

  begun(letter: PbftLetter): void {
    const { standing } = this;
    const { view } = letter;
    if (view < standing.view || (view === standing.view && standing.isActive)) return;
    standing.view = view;
    if (letter.from !== standing.primary) return;
    standing.isActive = true;
    const entries = new Map<number, Entry>();
    letter.each((place, entry) => entries.set(place, entry));
    this.enter({ stable: letter.stable, last: letter.sequence, entries });
  }

  private enter({ stable, last, entries }: Beginning): void {
    const { standing } = this;
    standing.movedAt = standing.host.now;
    for (let place = stable + 1; place <= last; place++) {
      const slot = this.slots.at(place, standing.view);
      if (place > standing.stable && !slot.isProposed)
        this.order.accept(slot, entries.get(place) ?? NO_ENTRY, standing.primary);
    }
  }

  /** A newcomer to this view votes from now on; what was proposed before it will get as entries. */
  welcome(peer: RegionId): void {
    const { standing } = this;
    const write = (letter: PbftLetter, stable: number): void => {
      letter.clear();
      letter.sequence = stable;
    };
    standing.send(verb.NEW_VIEW, peer, write, standing.stable);
  }

  private isConnected(): boolean {
    const { standing } = this;
    const { now, peers } = standing.host;
    let heard = 1;
    for (const peer of peers) if (now - (this.heardAt[peer] ?? 0) <= SILENCE * this.heartbeat) heard++;
    return heard >= standing.quorum;
  }
}
