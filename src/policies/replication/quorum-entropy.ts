import { type Host, NOBODY, type RegionId } from "../contract.js";
import { DIGESTS, type QuorumLetter, RANGE, REPAIR } from "./quorum-letter.js";
import type { Ring } from "./quorum-ring.js";
import { versionIn } from "./quorum-version.js";

/** Ranges of keys that have a digest of their own, and bytes of one. */
const RANGES = 256;
const DIGEST_BYTES = 16;
/** Keys of which one letter tells, and versions in one letter. */
const KEYS = 256;
const VERSIONS = 64;
const START = 0x2545f491;
const FACTOR = 0x85ebca6b | 0;

/**
 * Anti-entropy: at times a copy sends digests of all ranges of its keys to another one, in turn. Where those differ the
 * other sends all that it shows of the range, as one does that compares trees of hashes down to their leaves, and gets
 * back what is newer here. So nothing that any copy has stays unknown to the others, whatever was lost on the way; and a
 * deletion is remembered only for its time.
 */
export class Entropy {
  private next = 0;
  private readonly digests = new Int32Array(RANGES);

  constructor(
    private readonly host: Host<QuorumLetter>,
    private readonly ring: Ring,
    private readonly tombstones: number,
  ) {}

  /** Begins a comparison with the next of the other copies. */
  begin(): void {
    const { peers } = this.host;
    if (peers.length === 0) return;
    const peer = peers[this.next % peers.length]!;
    this.next++;
    const letter = this.host.letter(DIGESTS, peer);
    if (letter.digests.length === 0) letter.digests = new Int32Array(RANGES);
    letter.extra = RANGES * DIGEST_BYTES;
    this.sum(peer, letter.digests);
    this.host.send(letter);
  }

  /** Answers the digests of another copy by what this one shows where they differ. */
  compare({ from, digests }: QuorumLetter): void {
    this.sum(from, this.digests);
    for (let range = 0; range < RANGES; range++)
      if (digests[range] !== this.digests[range]) this.tell(from, this.first(range), this.first(range + 1));
  }

  /** Takes what is newer there, and sends what is newer here. */
  merge(letter: QuorumLetter): void {
    const { host } = this;
    const { from, writes } = letter;
    let answer: QuorumLetter | null = null;
    let at = 0;
    for (let key = letter.key; key < letter.until; key++) {
      if (!this.isShared(from, key)) continue;
      const begin = at;
      while (at < writes.length && host.keyOf(writes.at(at)) === key) at++;
      const theirs = versionIn(host, writes, begin, at);
      if (!host.covers(host.shows(key), theirs)) host.apply(theirs);
      const isBehind = !host.covers(theirs, host.shows(key));
      if (theirs !== NOBODY) host.forget(theirs);
      if (!isBehind) continue;
      answer ??= host.letter(REPAIR, from);
      host.enclose(host.shows(key), answer);
      if (answer.writes.length < VERSIONS) continue;
      host.send(answer);
      answer = null;
    }
    if (answer !== null) host.send(answer);
  }

  private tell(to: RegionId, begin: number, end: number): void {
    const { host } = this;
    for (let key = begin; key < end; key += KEYS) {
      const letter = host.letter(RANGE, to);
      letter.key = key;
      letter.until = Math.min(key + KEYS, end);
      for (let each = key; each < letter.until; each++) {
        const version = this.isShared(to, each) ? host.shows(each) : NOBODY;
        if (version !== NOBODY) host.enclose(version, letter);
      }
      host.send(letter);
    }
  }

  /** Digests of what this copy shows of the keys that both own; deletions that have had their time are let go of before. */
  private sum(peer: RegionId, into: Int32Array): void {
    const { host } = this;
    for (let range = 0; range < RANGES; range++) {
      const end = this.first(range + 1);
      let digest = START;
      for (let key = this.first(range); key < end; key++) {
        host.purge(key, this.tombstones);
        if (this.isShared(peer, key))
          digest = Math.imul(digest ^ (host.fingerprint(host.shows(key)) + 1), FACTOR) ^ (digest >>> 15);
      }
      into[range] = digest;
    }
  }

  private first(range: number): number {
    return Math.floor((range * this.host.keys) / RANGES);
  }

  private isShared(peer: RegionId, key: number): boolean {
    if (this.ring.copies === this.ring.holders.length) return true;
    return this.ring.owns(peer, key) && this.ring.owns(this.host.id, key);
  }
}
