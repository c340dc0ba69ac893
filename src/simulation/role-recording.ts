import { BEGAN, ENDED, FENCED } from "../record/record.js";
import type { Recorder } from "../record/recorder.js";
import type { Plan } from "./plan.js";

const NO_TERM = -1;

/**
 * Who led, as rows of a record. That a lease has run out shows only in what the region refuses, and that it holds again
 * in what it accepts: a row for either change, however often it shows.
 */
export class RoleRecording {
  /** The term that each region leads, as it believes. */
  private readonly terms: Int32Array;
  private readonly fencedOff: Uint8Array;

  constructor(
    private readonly recorder: Recorder,
    { regions, policies }: Plan,
  ) {
    this.terms = new Int32Array(regions.length).fill(NO_TERM);
    this.fencedOff = new Uint8Array(regions.length);
    if (policies.primary >= 0) this.began(0, policies.primary, 1);
  }

  /** Another region begins to lead: whoever led and cannot write by now, being dead or without a lease, is fenced off. */
  succeeded(time: number, by: number, cannotWrite: (region: number) => boolean): void {
    for (const [region, term] of this.terms.entries())
      if (region !== by && term !== NO_TERM && cannotWrite(region)) this.fenced(time, region, term);
  }

  began(time: number, region: number, term: number): void {
    this.terms[region] = term;
    this.fencedOff[region] = 0;
    this.recorder.role(time, region, term, BEGAN);
  }

  ended(time: number, region: number, term: number): void {
    this.terms[region] = NO_TERM;
    this.recorder.role(time, region, term, ENDED);
  }

  fenced(time: number, region: number, term: number): void {
    if (this.fencedOff[region] === 1 && this.terms[region] === term) return;
    this.fencedOff[region] = 1;
    this.recorder.role(time, region, term, FENCED);
  }

  /** A leader that accepts a write is not fenced off, or not any more. */
  accepted(time: number, region: number): void {
    if (this.fencedOff[region] === 1 && this.terms[region] !== NO_TERM) this.began(time, region, this.terms[region]!);
  }
}
