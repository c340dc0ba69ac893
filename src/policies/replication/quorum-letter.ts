import { Letter } from "../contract.js";

/** A coordinator has a copy store a write, and hears that it has. */
export const STORE = 0;
export const STORED = 1;
/** It asks a copy what it shows of a key, and hears it. */
export const ASK = 2;
export const FOUND = 3;
/** A copy that has lost its data cannot tell yet. */
export const ABSENT = 4;
/** A newer version for a copy that has shown an older one. */
export const REPAIR = 5;
/** Hints for their owner, and how far it has them. */
export const HAND_OFF = 6;
export const HANDED = 7;
/** Anti-entropy: digests of all ranges of keys, then what the other one shows of a range in which they differ. */
export const DIGESTS = 8;
export const RANGE = 9;
/** A copy that has lost its data asks for a whole one, and either gets it or hears that the other has none. */
export const HELLO = 10;
export const NOTHING = 11;
export const COPY = 12;

export const VERBS: readonly string[] = [
  ...["store", "stored", "read", "found", "absent", "repair", "hand-off", "handed", "digests", "range", "hello"],
  ...["nothing", "copy"],
];

const NO_DIGESTS = new Int32Array(0);

export class QuorumLetter extends Letter {
  /** Names the operation at its coordinator; a slot is used again, a stamp never is. */
  slot = 0;
  stamp = 0;
  /** ASK, FOUND: the key. RANGE: the first of its keys. */
  key = 0;
  /** RANGE: the key behind its last. HAND_OFF, HANDED: the number of the hint behind the last. */
  until = 0;
  /** STORE: for whom the receiver keeps a hint, -1 for nobody. */
  owner = -1;
  digests = NO_DIGESTS;
}
