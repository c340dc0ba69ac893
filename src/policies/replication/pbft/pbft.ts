import type { Host, Operation, RegionId, Replica } from "../../contract.js";
import * as verb from "./letter.js";
import { EMPTY, type Entry, NO_ENTRY, type PbftLetter } from "./letter.js";
import { Reads } from "./reads.js";
import { Requests } from "./requests.js";
import { type Slot, Slots, WINDOW } from "./slots.js";
import { type Beginning, ViewChanges, isEmpty, writeBeginning } from "./view-change.js";

const BEAT = 0;
/** Entries in one letter to who lacks them. */
const BATCH = 256;
/** Heartbeats without a word after which somebody is taken to be out of reach. */
const SILENCE = 3;
/** Share of its patience for which a liar that dawdles keeps a request: its backups never quite give it up. */
const DAWDLE = 0.6;

export interface PbftSettings {
  readonly heartbeat: number;
  /** A replica that knows of a request for so long, and sees nothing carried out, asks for the next view. */
  readonly timeout: number;
  /** Places between two checkpoints. */
  readonly interval: number;
}

/**
 * Consensus among replicas of which some may lie (Castro and Liskov 1999). The primary of a view proposes the order; a place
 * is prepared when a quorum has heard the same of it, and committed when a quorum has prepared it. Any two quorums have an
 * honest replica in common. The region that a user asks stands in for a client that waits for f + 1 equal answers: it
 * answers when it has carried the request out itself, and so does not have to believe anybody. Its votes are taken to be on
 * disk before they are sent, and letters to be signed.
 */
export class PbftReplica implements Replica<PbftLetter> {
  private readonly members: readonly RegionId[];
  /** How many may lie, and how many have to agree. */
  private readonly liars: number;
  private readonly quorum: number;
  private readonly slots: Slots;
  private readonly requests: Requests;
  private readonly reads: Reads;
  private readonly changes: ViewChanges;
  private view = 0;
  /** False from asking for a view until it begins. */
  private isActive = true;
  private executed = 0;
  private stable = 0;
  private prepared = 0;
  /** The primary's next place. */
  private next = 1;
  private stamps = 0;
  private movedAt = 0;
  private askedAt = 0;
  /** Views asked for in vain, one after the other. */
  private vain = 0;
  private absent = false;
  private readonly checkpoints: number[] = [];
  private readonly executedBy: number[] = [];
  private readonly heardAt: number[] = [];
  private source = 0;

  constructor(
    private readonly host: Host<PbftLetter>,
    private readonly settings: PbftSettings,
  ) {
    this.members = [...host.peers, host.id].toSorted((one, other) => one - other);
    const size = this.members.length;
    this.liars = Math.floor((size - 1) / 3);
    this.quorum = Math.ceil((size + this.liars + 1) / 2);
    this.slots = new Slots(host, Math.max(...this.members) + 1);
    this.requests = new Requests(host);
    this.reads = new Reads(
      host,
      this.quorum,
      () => this.executed,
      (stamp) => {
        for (const peer of host.peers) this.send(verb.READ, peer, (letter) => (letter.sequence = stamp));
      },
    );
    this.changes = new ViewChanges(host);
    for (const member of this.members) this.checkpoints[member] = this.executedBy[member] = 0;
  }

  private get primary(): RegionId {
    return this.members[this.view % this.members.length]!;
  }

  private get leads(): boolean {
    return this.isActive && this.primary === this.host.id && !this.absent;
  }

  request(operation: Operation): void {
    const { host } = this;
    if (this.absent) host.refuse(operation, "catching-up");
    else if (!operation.write && !operation.confirmed) host.finish(operation);
    else if (!operation.write) this.reads.ask(operation.id, this.prepared);
    else {
      const write = host.create(operation);
      const entry = { write, origin: host.id, stamp: ++this.stamps };
      this.requests.add(entry, operation.id);
      if (this.leads) this.propose(entry);
      else this.broadcast(verb.REQUEST, (letter) => this.put(letter, entry));
    }
  }

  receive(letter: PbftLetter): void {
    const { from } = letter;
    this.heardAt[from] = this.host.now;
    this.executedBy[from] = Math.max(this.executedBy[from]!, letter.executed);
    if (this.absent && letter.verb !== verb.ENTRIES) return;
    switch (letter.verb) {
      case verb.REQUEST:
        this.requested(this.entryOf(letter));
        break;
      case verb.PRE_PREPARE:
        this.prePrepared(letter);
        break;
      case verb.PREPARE:
      case verb.COMMIT:
        this.voted(letter);
        break;
      case verb.CHECKPOINT:
        this.checkpoint(from, letter.sequence);
        break;
      case verb.VIEW_CHANGE:
        this.changeAsked(letter);
        break;
      case verb.NEW_VIEW:
        this.begun(letter);
        break;
      case verb.STATUS:
        // Somebody has not heard of this view.
        if (this.leads && letter.view < this.view) this.welcome(from);
        break;
      case verb.FETCH:
        this.fetched(letter);
        break;
      case verb.ENTRIES:
        this.caughtUp(letter);
        break;
      case verb.READ:
        this.send(verb.FOUND, from, (answer) => (answer.sequence = letter.sequence));
        break;
      case verb.FOUND:
        this.reads.found(letter);
        break;
    }
  }

  timer(): void {
    const { now } = this.host;
    const { heartbeat, timeout } = this.settings;
    this.broadcast(verb.STATUS, () => {});
    this.catchUp();
    // Who hears too few is cut off: that is not the primary's fault, and patience begins anew when it is over.
    if (!this.isConnected()) this.movedAt = now;
    const oldest = this.requests.all[0];
    if (this.leads) this.proposeRest();
    else if (this.isActive && oldest !== undefined && now - Math.max(oldest.since, this.movedAt) > timeout)
      this.change(this.view + 1);
    if (!this.isActive) {
      // Until a quorum asks for it nobody goes on to the next: who is alone would run away from the others.
      if (this.changes.asking(this.view) + 1 < this.quorum) this.askedAt = now;
      else if (now - this.askedAt > timeout * 2 ** Math.min(this.vain, 6)) this.change(this.view + 1);
      this.askForChange();
    }
    this.host.after(heartbeat, BEAT, 0);
  }

  disconnected(): void {}
  led(): void {}
  persisted(): void {}

  wants(letter: PbftLetter): boolean {
    return this.absent || letter.sequence > this.executed;
  }

  installed(letter: PbftLetter): void {
    this.absent = false;
    this.executed = letter.sequence;
    this.prepared = Math.max(this.prepared, this.executed);
    this.requests.adopt(letter);
    this.advanced();
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    this.requests.forget();
    this.reads.forget();
    this.changes.forget();
    if (disk === "restored") this.absent = false;
    // What was carried out and is gone comes back with a whole copy only.
    if (disk === "synced") this.host.discard();
    if (disk === "synced" || disk === "lost") {
      this.absent = true;
      this.executed = 0;
    }
    this.movedAt = this.askedAt = this.host.now;
    this.host.after(this.settings.heartbeat, BEAT, 0);
  }

  position(): number {
    return this.executed;
  }

  logTerm(): number {
    return 0;
  }

  // ------------------------------------------------------------------------------------ the three phases

  private requested(entry: Entry): void {
    this.requests.add(entry);
    if (this.leads && this.host.lie !== "delay" && !this.requests.isDone(entry.origin, entry.stamp))
      this.propose(entry);
  }

  private propose(entry: Entry): void {
    // Until the next checkpoint is stable it waits among the requests.
    if (this.next > this.stable + WINDOW) return;
    const slot = this.slots.at(this.next++, this.view);
    this.slots.propose(slot, entry);
    slot.prepares[this.host.id] = entry.write;
    const { peers } = this.host;
    for (let at = 0; at < peers.length; at++) {
      // A liar tells some of them that the place is empty.
      const told = this.host.lie === "equivocate" && at * 2 >= peers.length ? NO_ENTRY : entry;
      this.send(verb.PRE_PREPARE, peers[at]!, (letter) => {
        letter.sequence = slot.sequence;
        this.put(letter, told);
      });
    }
    this.check(slot);
  }

  private prePrepared(letter: PbftLetter): void {
    const { view, sequence, from } = letter;
    const isInTime = this.isActive && view === this.view && from === this.primary;
    if (!isInTime || sequence <= this.stable || sequence > this.stable + WINDOW) return;
    const slot = this.slots.at(sequence, view);
    if (!slot.isProposed) this.accept(slot, this.entryOf(letter), from);
  }

  /** Takes what the primary proposes for the place, and says so to all. */
  private accept(slot: Slot, entry: Entry, from: RegionId): void {
    this.slots.propose(slot, entry);
    slot.prepares[from] = slot.prepares[this.host.id] = entry.write;
    this.vote(verb.PREPARE, slot);
    this.check(slot);
  }

  private voted({ verb: phase, view, sequence, from, digest }: PbftLetter): void {
    if (view !== this.view || sequence <= this.stable || sequence > this.stable + WINDOW) return;
    const slot = this.slots.at(sequence, view);
    (phase === verb.PREPARE ? slot.prepares : slot.commits)[from] = digest;
    this.check(slot);
  }

  private check(slot: Slot): void {
    if (!slot.isProposed || slot.view !== this.view) return;
    if (!slot.isPrepared && slot.count(slot.prepares) >= this.quorum) {
      this.slots.prepared(slot);
      this.prepared = Math.max(this.prepared, slot.sequence);
      slot.commits[this.host.id] = slot.entry.write;
      this.vote(verb.COMMIT, slot);
    }
    if (slot.isPrepared && !slot.isCommitted && slot.count(slot.commits) >= this.quorum) {
      slot.isCommitted = true;
      this.carryOut();
    }
  }

  private vote(phase: number, { sequence, entry }: Slot): void {
    this.broadcast(phase, (letter) => {
      letter.sequence = sequence;
      letter.digest = this.host.lie === "equivocate" ? verb.ANYTHING : entry.write;
    });
  }

  private carryOut(): void {
    for (;;) {
      const slot = this.slots.find(this.executed + 1);
      if (slot === undefined || !slot.isCommitted) break;
      this.executed++;
      this.movedAt = this.host.now;
      this.vain = 0;
      const { entry } = slot;
      if (!isEmpty(entry) && !this.requests.isDone(entry.origin, entry.stamp)) {
        this.host.follow(entry.write);
        this.requests.done(entry);
      }
      if (this.executed % this.settings.interval === 0) {
        this.broadcast(verb.CHECKPOINT, (letter) => (letter.sequence = this.executed));
        this.checkpoint(this.host.id, this.executed);
      }
    }
    this.advanced();
  }

  private advanced(): void {
    const { log } = this.host;
    // The order is remembered in places of its own.
    log.trim(log.end);
    this.reads.settle();
    if (this.leads) this.next = Math.max(this.next, this.executed + 1);
  }

  private checkpoint(from: RegionId, sequence: number): void {
    this.checkpoints[from] = Math.max(this.checkpoints[from]!, sequence);
    const reached = this.members.map((member) => this.checkpoints[member]!).toSorted((one, other) => other - one);
    this.stable = Math.max(this.stable, reached[this.quorum - 1]!);
  }

  // ------------------------------------------------------------------------------------ the next view

  private change(view: number): void {
    this.view = view;
    this.isActive = false;
    this.vain++;
    this.askedAt = this.host.now;
    this.askForChange();
    this.beginIfDue();
  }

  private askForChange(): void {
    this.broadcast(verb.VIEW_CHANGE, (letter) => {
      letter.clear();
      for (let place = this.stable + 1; place <= this.stable + WINDOW; place++) {
        const slot = this.slots.find(place);
        if (slot !== undefined && slot.preparedView >= 0) letter.add(place, slot.preparedView, slot.preparedEntry);
      }
    });
  }

  private isConnected(): boolean {
    const { now, peers } = this.host;
    let heard = 1;
    for (const peer of peers) if (now - (this.heardAt[peer] ?? 0) <= SILENCE * this.settings.heartbeat) heard++;
    return heard >= this.quorum;
  }

  private changeAsked(letter: PbftLetter): void {
    if (letter.view < this.view || (letter.view === this.view && this.isActive)) {
      if (this.leads) this.welcome(letter.from);
      return;
    }
    this.changes.take(letter);
    const joined = this.changes.joins(this.view, this.liars + 1);
    if (joined > this.view) this.change(joined);
    else this.beginIfDue();
  }

  private beginIfDue(): void {
    if (this.isActive || this.primary !== this.host.id || this.absent) return;
    if (this.changes.asking(this.view) + 1 < this.quorum) return;
    const beginning = this.changes.beginning(this.view, this.stable, this.slots);
    this.isActive = true;
    this.next = beginning.last + 1;
    this.broadcast(verb.NEW_VIEW, (letter) => writeBeginning(letter, beginning));
    this.enter(beginning);
    this.proposeRest();
  }

  private begun(letter: PbftLetter): void {
    const { view } = letter;
    if (view < this.view || (view === this.view && this.isActive)) return;
    this.view = view;
    if (letter.from !== this.primary) return;
    this.isActive = true;
    const entries = new Map<number, Entry>();
    letter.each((place, entry) => entries.set(place, entry));
    this.enter({ stable: letter.stable, last: letter.sequence, entries });
  }

  private enter({ stable, last, entries }: Beginning): void {
    this.movedAt = this.host.now;
    for (let place = stable + 1; place <= last; place++) {
      const slot = this.slots.at(place, this.view);
      if (place > this.stable && !slot.isProposed) this.accept(slot, entries.get(place) ?? NO_ENTRY, this.primary);
    }
  }

  /** A newcomer to this view votes from now on; what was proposed before it will get as entries. */
  private welcome(peer: RegionId): void {
    this.send(verb.NEW_VIEW, peer, (letter) => {
      letter.clear();
      letter.sequence = this.stable;
    });
  }

  /** What the view before has left, and what had no place. A liar that dawdles has kept it back for a while. */
  private proposeRest(): void {
    const { lie, now } = this.host;
    for (const entry of [...this.requests.all]) {
      if (lie === "delay" && now - entry.since < DAWDLE * this.settings.timeout) continue;
      if (!this.isUnderWay(entry)) this.propose(entry);
    }
  }

  private isUnderWay({ origin, stamp }: Entry): boolean {
    for (let place = this.executed + 1; place < this.next; place++) {
      const slot = this.slots.find(place);
      if (slot?.isProposed && slot.entry.origin === origin && slot.entry.stamp === stamp) return true;
    }
    return false;
  }

  // ------------------------------------------------------------------------------------ who lacks something

  /** Asks for what so many others have carried out that one of them is honest. */
  private catchUp(): void {
    const reached = this.host.peers.map((peer) => this.executedBy[peer]!).toSorted((one, other) => other - one);
    const behind = reached[this.liars]! > this.executed && this.host.now - this.movedAt > this.settings.heartbeat;
    if (!behind && !this.absent) return;
    const { peers } = this.host;
    this.send(verb.FETCH, peers[this.source++ % peers.length]!, (letter) => {
      letter.sequence = this.absent ? -1 : this.executed;
    });
  }

  private fetched({ from, sequence }: PbftLetter): void {
    if (sequence >= this.executed) return;
    const first = this.slots.find(sequence + 1);
    if (sequence < 0 || first === undefined || !first.isCommitted) {
      const letter = this.letter(verb.COPY, from);
      letter.sequence = this.executed;
      this.requests.tell(letter);
      this.host.snapshot(letter);
      return;
    }
    const last = Math.min(this.executed, sequence + BATCH);
    this.send(verb.ENTRIES, from, (letter) => {
      letter.clear();
      letter.sequence = last;
      for (let place = sequence + 1; place <= last; place++) letter.add(place, 0, this.slots.find(place)!.entry);
    });
  }

  /** Entries with what proves that they are committed. */
  private caughtUp(letter: PbftLetter): void {
    if (this.absent) return;
    letter.each((place, entry) => {
      if (place !== this.executed + 1) return;
      const slot = this.slots.at(place, Math.max(0, this.slots.find(place)?.view ?? 0));
      this.slots.propose(slot, entry);
      slot.isCommitted = true;
      this.prepared = Math.max(this.prepared, place);
      this.carryOut();
    });
  }

  // ------------------------------------------------------------------------------------ letters

  private entryOf(letter: PbftLetter): Entry {
    const [origin, stamp] = [letter.origins[0]!, letter.stamps[0]!];
    return { write: letter.writes.length > 0 ? letter.writes.at(0) : EMPTY, origin, stamp };
  }

  private put(letter: PbftLetter, entry: Entry): void {
    letter.clear();
    letter.add(letter.sequence, this.view, entry);
  }

  private letter(what: number, to: RegionId): PbftLetter {
    const letter = this.host.letter(what, to);
    letter.view = this.view;
    letter.executed = this.executed;
    letter.stable = this.stable;
    letter.prepared = this.prepared;
    return letter;
  }

  private send(what: number, to: RegionId, write: (letter: PbftLetter) => void): void {
    if (this.host.lie === "mute") return;
    const letter = this.letter(what, to);
    write(letter);
    this.host.send(letter);
  }

  private broadcast(what: number, write: (letter: PbftLetter) => void): void {
    const { peers } = this.host;
    for (let at = 0; at < peers.length; at++) this.send(what, peers[at]!, write);
  }
}
