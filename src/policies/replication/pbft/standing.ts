import type { Host, RegionId } from "../../contract.js";
import type { PbftLetter } from "./letter.js";

/** Where one replica stands: who takes part, which view it is in, and how far it has come; and how it speaks. */
export class Standing {
  readonly members: readonly RegionId[];
  /** How many may lie, and how many have to agree: any two sets of so many have an honest replica in common. */
  readonly liars: number;
  readonly quorum: number;
  view = 0;
  /** False from asking for a view until it begins. */
  isActive = true;
  /** It has lost its data, and no copy has come yet. */
  isAbsent = false;
  /** Places that are carried out here; up to where a quorum has done so; and the furthest that is prepared. */
  executed = 0;
  stable = 0;
  prepared = 0;
  /** When something was carried out, or a view began. */
  movedAt = 0;
  /** Views asked for in vain, one after the other. */
  vain = 0;

  constructor(readonly host: Host<PbftLetter>) {
    this.members = [...host.peers, host.id].toSorted((one, other) => one - other);
    const size = this.members.length;
    this.liars = Math.floor((size - 1) / 3);
    this.quorum = Math.ceil((size + this.liars + 1) / 2);
  }

  get primary(): RegionId {
    return this.members[this.view % this.members.length]!;
  }

  get leads(): boolean {
    return this.isActive && this.primary === this.host.id && !this.isAbsent;
  }

  letter(verb: number, to: RegionId): PbftLetter {
    const letter = this.host.letter(verb, to);
    letter.view = this.view;
    letter.executed = this.executed;
    letter.stable = this.stable;
    letter.prepared = this.prepared;
    return letter;
  }

  /** `write` puts into the letter what it says: a function that lasts, so that a message makes none. */
  send<What>(verb: number, to: RegionId, write: (letter: PbftLetter, what: What) => void, what: What): void {
    if (this.host.lie === "mute") return;
    const letter = this.letter(verb, to);
    write(letter, what);
    this.host.send(letter);
  }

  broadcast<What>(verb: number, write: (letter: PbftLetter, what: What) => void, what: What): void {
    const { peers } = this.host;
    for (let at = 0; at < peers.length; at++) this.send(verb, peers[at]!, write, what);
  }

  /** Numbers the letter. */
  readonly number = (letter: PbftLetter, sequence: number): void => {
    letter.sequence = sequence;
  };
}
