import type { IncidentSpan } from "./incidents.js";

/** Windows over which success is judged, and the share of the level before that counts as recovered. */
const WINDOW = 10_000_000;
const RECOVERED = 0.99;
/** So many standard deviations below the mark are no chance, though a run judges thousands of windows. */
const DEVIATIONS = 4;
/** Operations over which windows are judged together too, since a small loss shows in none of them alone. */
const POOL = 10_000;
const TARGET_WINDOW = 300_000_000;
const TARGET = 0.999;

/**
 * The recovery time as users see it: from an incident's start until, and for good, every place's success ratio over
 * ten-second windows is back to 99 % of its mean before. A window is bad when it is below that mark by more than chance:
 * ten operations with one failure say nothing. Bad windows in a row are one outage; it is charged to the incidents that
 * began while operations of its first window were under way (or else to the last one before), and to those that begin while
 * it lasts.
 *
 * Windows are closed in order once no operation of theirs can be open any more; only a ring of open ones is kept. The
 * same for the five-minute windows that miss a target.
 */
export class Recovery {
  targetWindows = 0;
  targetWindowsMissed = 0;
  private readonly ring: number;
  private readonly issuedIn: Float64Array;
  private readonly succeededIn: Float64Array;
  private nextToClose = 0;
  /** Of the windows that were not bad: the level of each place. */
  private readonly issuedWell: Float64Array;
  private readonly succeededWell: Float64Array;
  /** Of the windows since the last bad one, or since the pool was full. */
  private readonly issuedPooled: Float64Array;
  private readonly succeededPooled: Float64Array;
  /** Incidents begun until the end of the window at hand, and the first of those that the present outage is charged to. */
  private begun = 0;
  private firstCharged = -1;
  /** End of the last bad window, by incident; its start where there was none. */
  private readonly lastBad: Float64Array;
  private targetIssued = 0;
  private targetSucceeded = 0;
  private closedUntil = 0;

  constructor(
    private readonly places: number,
    private readonly incidents: readonly IncidentSpan[],
    private readonly deadline: number,
  ) {
    this.ring = Math.ceil(deadline / WINDOW) + 2;
    this.issuedIn = new Float64Array(this.ring * places);
    this.succeededIn = new Float64Array(this.ring * places);
    this.issuedWell = new Float64Array(places);
    this.succeededWell = new Float64Array(places);
    this.issuedPooled = new Float64Array(places);
    this.succeededPooled = new Float64Array(places);
    this.lastBad = Float64Array.from(incidents, (incident) => incident.start);
  }

  issued(place: number, now: number): void {
    const window = Math.floor(now / WINDOW);
    while (this.nextToClose < window && (this.nextToClose + 1) * WINDOW + this.deadline <= now) this.close();
    this.issuedIn[(window % this.ring) * this.places + place]! += 1;
  }

  succeeded(place: number, issuedAt: number): void {
    this.succeededIn[(Math.floor(issuedAt / WINDOW) % this.ring) * this.places + place]! += 1;
  }

  /** Nothing was issued after `end`, and all that was has ended: judges every whole window. */
  conclude(end: number): void {
    while ((this.nextToClose + 1) * WINDOW <= end) this.close();
  }

  /** Microseconds; null when the outage lasted to the end of the run, or no whole window followed the start. */
  recoveryTime(incident: number): number | null {
    const { start } = this.incidents[incident]!;
    if (this.closedUntil <= start) return null;
    const lasting = this.firstCharged >= 0 && incident >= this.firstCharged;
    return lasting ? null : this.lastBad[incident]! - start;
  }

  private close(): void {
    const window = this.nextToClose++;
    const end = (window + 1) * WINDOW;
    this.closedUntil = end;
    const before = this.begun;
    while (this.begun < this.incidents.length && this.incidents[this.begun]!.start < end) this.begun++;
    const first = (window % this.ring) * this.places;
    let bad = false;
    for (let place = 0; place < this.places; place++) {
      const issued = this.issuedIn[first + place]!;
      const succeeded = this.succeededIn[first + place]!;
      this.issuedIn[first + place] = 0;
      this.succeededIn[first + place] = 0;
      this.targetIssued += issued;
      this.targetSucceeded += succeeded;
      if (this.isBad(place, issued, succeeded)) bad = true;
    }
    if (bad) this.charge(before, end);
    else this.firstCharged = -1;
    if (end % TARGET_WINDOW === 0) this.closeTargetWindow();
  }

  /** Judges one window of a place, alone and together with those before it; its level is the mean of the good ones. */
  private isBad(place: number, issued: number, succeeded: number): boolean {
    const level = this.issuedWell[place] === 0 ? 1 : this.succeededWell[place]! / this.issuedWell[place]!;
    this.issuedPooled[place]! += issued;
    this.succeededPooled[place]! += succeeded;
    const bad =
      this.begun > 0 &&
      (isBelow(RECOVERED * level, issued, succeeded) ||
        isBelow(RECOVERED * level, this.issuedPooled[place]!, this.succeededPooled[place]!));
    if (!bad) {
      this.issuedWell[place]! += issued;
      this.succeededWell[place]! += succeeded;
    }
    if (bad || this.issuedPooled[place]! > POOL) this.issuedPooled[place] = this.succeededPooled[place] = 0;
    return bad;
  }

  /**
   * The window that ends at `end` is bad; `before` incidents had begun when it began. What was asked in it was under way for
   * a deadline longer: an incident that begins meanwhile strikes it too.
   */
  private charge(before: number, end: number): void {
    if (this.firstCharged < 0) {
      const next = this.incidents[before];
      this.firstCharged = next !== undefined && next.start < end + this.deadline ? before : before - 1;
    }
    for (let incident = this.firstCharged; incident < this.begun; incident++) this.lastBad[incident] = end;
  }

  private closeTargetWindow(): void {
    if (this.targetIssued > 0) {
      this.targetWindows++;
      if (this.targetSucceeded < TARGET * this.targetIssued) this.targetWindowsMissed++;
    }
    this.targetIssued = 0;
    this.targetSucceeded = 0;
  }
}

/** Whether so few successes are less than chance explains at the given probability. */
function isBelow(probability: number, issued: number, succeeded: number): boolean {
  const expected = probability * issued;
  return succeeded < expected - DEVIATIONS * Math.sqrt(expected * (1 - probability));
}
