import { BEGAN, ENDED, FENCED } from "../record/record.js";
import type { Recorder } from "../record/recorder.js";
import type { Groups } from "./groups.js";

const NO_TERM = -1;

/**
 * Who led which group of keys, as rows of a record. That a lease has run out shows only in what the region refuses, and
 * that it holds again in what it accepts: a row for either change, however often it shows.
 */
export class RoleRecording {
  /** By copy: the term in which it leads, as it believes. */
  private readonly terms: Int32Array;
  private readonly fencedOff: Uint8Array;

  constructor(
    private readonly recorder: Recorder,
    private readonly groups: Groups,
  ) {
    this.terms = new Int32Array(groups.all.length * groups.regions).fill(NO_TERM);
    this.fencedOff = new Uint8Array(this.terms.length);
    for (const [group, { primary }] of groups.all.entries()) if (primary >= 0) this.began(0, primary, group, 1);
  }

  /** Another region begins to lead: whoever led and cannot write by now, being dead or without a lease, is fenced off. */
  succeeded(time: number, by: number, group: number, cannotWrite: (node: number) => boolean): void {
    for (let region = 0; region < this.groups.regions; region++) {
      const node = this.groups.node(group, region);
      const term = this.terms[node]!;
      if (region !== by && term !== NO_TERM && cannotWrite(node)) this.fenced(time, region, group, term);
    }
  }

  began(time: number, region: number, group: number, term: number): void {
    const node = this.groups.node(group, region);
    this.terms[node] = term;
    this.fencedOff[node] = 0;
    this.recorder.role(time, region, term, BEGAN, group);
  }

  ended(time: number, region: number, group: number, term: number): void {
    this.terms[this.groups.node(group, region)] = NO_TERM;
    this.recorder.role(time, region, term, ENDED, group);
  }

  fenced(time: number, region: number, group: number, term: number): void {
    const node = this.groups.node(group, region);
    if (this.fencedOff[node] === 1 && this.terms[node] === term) return;
    this.fencedOff[node] = 1;
    this.recorder.role(time, region, term, FENCED, group);
  }

  /** A leader that accepts a write is not fenced off, or not any more. */
  accepted(time: number, region: number, group: number): void {
    const node = this.groups.node(group, region);
    const term = this.terms[node]!;
    if (this.fencedOff[node] === 1 && term !== NO_TERM) this.began(time, region, group, term);
  }
}
