import type { Host, Operation, RegionId, Replica, Replication } from "../contract.js";
import type { OptionValues } from "../options.js";
import { Coordinator, TIMEOUT } from "./quorum-coordinator.js";
import { Entropy } from "./quorum-entropy.js";
import { Hints } from "./quorum-hints.js";
import * as verb from "./quorum-letter.js";
import { QuorumLetter, VERBS } from "./quorum-letter.js";
import { Newcomer } from "./quorum-newcomer.js";
import { Ring } from "./quorum-ring.js";
import { OPTIONS, type Settings, objectionsTo, settingsOf } from "./quorum-settings.js";

/** Timers beside the coordinator's. */
const HAND_OFF = 1;
const ENTROPY = 2;

/** An acknowledgement that waits for the disk. */
interface Waiting {
  readonly position: number;
  readonly to: RegionId;
  readonly slot: number;
  readonly stamp: number;
}

/** One region: a coordinator for its users, and, where it holds a copy, what answers the coordinators. */
class QuorumReplica implements Replica<QuorumLetter> {
  private readonly coordinator: Coordinator;
  private readonly hints: Hints;
  private readonly entropy: Entropy;
  private readonly newcomer: Newcomer;
  private readonly waiting: Waiting[] = [];
  private readonly settings: Settings;
  private readonly ring: Ring;

  constructor(
    private readonly host: Host<QuorumLetter>,
    options: OptionValues,
  ) {
    const ring = new Ring(host, settingsOf(options, host.peers.length + (host.holds ? 1 : 0)).copies);
    const settings = settingsOf(options, ring.holders.length);
    const datagram = (letter: QuorumLetter): void => host.cast(letter);
    const stream = (letter: QuorumLetter): void => host.send(letter);
    this.settings = settings;
    this.ring = ring;
    this.send = settings.datagrams ? datagram : stream;
    this.hints = new Hints(host, settings.hints, settings.handOff, stream);
    this.coordinator = new Coordinator(host, settings, ring, this.hints, this.send);
    this.entropy = new Entropy(host, ring, settings.tombstones);
    this.newcomer = new Newcomer(host, ring, settings.writes);
  }

  request(operation: Operation): void {
    if (this.newcomer.absent) this.host.refuse(operation, "catching-up");
    else if (operation.write) this.coordinator.write(operation);
    else this.coordinator.read(operation);
    this.trim();
  }

  receive(letter: QuorumLetter): void {
    this.coordinator.heard(letter.from);
    switch (letter.verb) {
      case verb.STORE:
        this.store(letter);
        break;
      case verb.STORED:
        this.coordinator.stored(letter);
        break;
      case verb.ASK:
        this.answer(letter);
        break;
      case verb.FOUND:
        this.coordinator.found(letter);
        break;
      case verb.ABSENT:
        this.coordinator.absent(letter);
        break;
      case verb.HANDED:
        this.hints.handed(letter.from, letter.until);
        return;
      case verb.HELLO:
        this.newcomer.asked(letter.from);
        break;
      case verb.NOTHING:
        this.newcomer.hasNothing(letter.from);
        break;
      default:
        if (!this.newcomer.absent) this.take(letter);
    }
    this.hints.offer(letter.from);
  }

  timer(what: number): void {
    switch (what) {
      case TIMEOUT:
        this.coordinator.timer();
        break;
      case HAND_OFF:
        this.hints.beat();
        this.coordinator.probe();
        this.newcomer.ask();
        this.host.after(this.settings.handOff, HAND_OFF, 0);
        break;
      case ENTROPY:
        if (!this.newcomer.absent) this.entropy.begin();
        this.host.after(this.settings.antiEntropy, ENTROPY, 0);
        break;
    }
  }

  disconnected(peer: RegionId): void {
    this.coordinator.lost(peer);
  }

  led(): void {}

  persisted(): void {
    const { secured } = this.host.log;
    let ready = 0;
    while (ready < this.waiting.length && this.waiting[ready]!.position <= secured) ready++;
    for (const { to, slot, stamp } of this.waiting.splice(0, ready)) this.acknowledge(to, slot, stamp);
    this.coordinator.persisted();
    this.trim();
  }

  wants(letter: QuorumLetter): boolean {
    return this.newcomer.wants(letter.from);
  }

  installed(letter: QuorumLetter): void {
    this.newcomer.installed(letter.from);
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    const { host, settings } = this;
    this.coordinator.restart();
    this.waiting.length = 0;
    if (disk === "lost" || disk === "restored") this.hints.clear();
    // Positions must not stand for other writes now.
    if (disk !== "kept") host.log.resetTo(host.log.highest);
    if (disk === "restored") this.newcomer.absent = false;
    else if (disk === "lost" && host.holds) this.newcomer.begin();
    // Whoever has lost its data, and stops again before they have come back, still lacks them.
    else this.newcomer.ask();
    host.after(settings.handOff, HAND_OFF, 0);
    // Not all regions at once: each one begins at a moment of its own.
    const first = Math.floor((0.5 + host.draw() / 2) * settings.antiEntropy);
    if (settings.antiEntropy > 0 && host.holds) host.after(first, ENTROPY, 0);
  }

  owns(key: number): boolean {
    return this.ring.owns(this.host.id, key);
  }

  position(): number {
    return this.host.log.end;
  }

  logTerm(): number {
    return 0;
  }

  private readonly send: (letter: QuorumLetter) => void;

  /** What other regions send to a copy without a question. */
  private take(letter: QuorumLetter): void {
    switch (letter.verb) {
      case verb.REPAIR:
        this.applyAll(letter);
        break;
      case verb.HAND_OFF:
        this.applyAll(letter);
        this.host.send(Hints.receipt(this.host, letter));
        break;
      case verb.DIGESTS:
        this.entropy.compare(letter);
        break;
      case verb.RANGE:
        this.entropy.merge(letter);
        break;
    }
  }

  private applyAll({ writes }: QuorumLetter): void {
    for (let at = 0; at < writes.length; at++) this.host.apply(writes.at(at));
  }

  /** The write comes last, behind all that stands beside it where it was made. */
  private store({ from, slot, stamp, owner, writes }: QuorumLetter): void {
    const { host } = this;
    const write = writes.at(writes.length - 1);
    if (this.newcomer.absent) {
      this.reply(verb.ABSENT, from, slot, stamp);
      return;
    }
    for (let at = 0; at < writes.length - 1; at++) host.apply(writes.at(at));
    host.follow(write);
    if (owner >= 0) this.hints.add(owner, write);
    if (host.log.secured === host.log.end) this.acknowledge(from, slot, stamp);
    else this.waiting.push({ position: host.log.end, to: from, slot, stamp });
    this.trim();
  }

  private acknowledge(to: RegionId, slot: number, stamp: number): void {
    this.reply(verb.STORED, to, slot, stamp);
  }

  private answer({ from, slot, stamp, key }: QuorumLetter): void {
    if (this.newcomer.absent) {
      this.reply(verb.ABSENT, from, slot, stamp);
      return;
    }
    const letter = this.host.letter(verb.FOUND, from);
    letter.slot = slot;
    letter.stamp = stamp;
    const version = this.host.shows(key);
    if (version >= 0) this.host.enclose(version, letter);
    this.send(letter);
  }

  private reply(what: number, to: RegionId, slot: number, stamp: number): void {
    const letter = this.host.letter(what, to);
    letter.slot = slot;
    letter.stamp = stamp;
    this.send(letter);
  }

  /** The log only serves to know what the disk holds. */
  private trim(): void {
    const { log } = this.host;
    log.trim(log.end);
  }
}

export const quorum: Replication<QuorumLetter> = {
  name: "quorum",
  about:
    "Has no leader: the region contacted has W of a key's N copies store a write, and answers a read by the newest version of R.",
  costs:
    "A round trip to the W-th nearest copy for a write and to the R-th nearest for a read; without so many there is no answer.",
  follows: "DeCandia and others, Dynamo (2007)",
  options: OPTIONS,
  gives: { writers: "every-replica", confirms: true, coordinates: true, acknowledgesShown: true, keepsSiblings: true },
  needs: { conflict: true },
  gathers: ({ read, read_quorum: own }) => own !== 1 && (own !== 0 || read !== "one"),
  isUnanimous: ({ read, write }) => read === "all" && write === "all",
  check: objectionsTo,
  verbs: VERBS,
  letter: () => new QuorumLetter(),
  on: (host: Host<QuorumLetter>, options: OptionValues) => new QuorumReplica(host, options),
};
