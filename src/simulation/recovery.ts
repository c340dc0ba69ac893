import type { IncidentSpan } from "./incidents.js";

/** Windows over which success is judged, and the share of the level before that counts as recovered. */
const WINDOW = 10_000_000;
const RECOVERED = 0.99;
const TARGET_WINDOW = 300_000_000;
const TARGET = 0.999;

/**
 * The recovery time as users see it: from an incident's start until, and for good, every place's success ratio over
 * ten-second windows is back to 99 % of its mean before. Windows are closed in order once no operation of theirs can be
 * open any more; only a ring of open ones is kept. The same for the five-minute windows that miss a target.
 */
export class Recovery {
  targetWindows = 0;
  targetWindowsMissed = 0;
  private readonly ring: number;
  private readonly issuedIn: Float64Array;
  private readonly succeededIn: Float64Array;
  private nextToClose = 0;
  /** Of windows that ended before the incident at hand. */
  private readonly issuedBefore: Float64Array;
  private readonly succeededBefore: Float64Array;
  private incident = -1;
  private readonly normal: Float64Array;
  /** End of the last window below the mark, by incident; its start where there was none. */
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
    this.issuedBefore = new Float64Array(places);
    this.succeededBefore = new Float64Array(places);
    this.normal = new Float64Array(places).fill(1);
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

  /** The run is over at `end`: judges the windows whose operations have all ended. */
  conclude(end: number): void {
    while ((this.nextToClose + 1) * WINDOW + this.deadline <= end) this.close();
  }

  /** Microseconds, null while it had not recovered when the next incident began or the run ended. */
  recoveryTime(incident: number): number | null {
    const { start } = this.incidents[incident]!;
    const horizon = Math.min(this.closedUntil, this.incidents[incident + 1]?.start ?? Number.POSITIVE_INFINITY);
    if (horizon <= start) return null;
    const last = this.lastBad[incident]!;
    return last > start && last + WINDOW > horizon ? null : last - start;
  }

  private close(): void {
    const window = this.nextToClose++;
    const end = (window + 1) * WINDOW;
    this.closedUntil = end;
    const next = this.incidents[this.incident + 1];
    if (next !== undefined && end > next.start) this.beginIncident();
    const first = (window % this.ring) * this.places;
    for (let place = 0; place < this.places; place++) {
      const issued = this.issuedIn[first + place]!;
      const succeeded = this.succeededIn[first + place]!;
      this.issuedIn[first + place] = 0;
      this.succeededIn[first + place] = 0;
      this.issuedBefore[place]! += issued;
      this.succeededBefore[place]! += succeeded;
      this.targetIssued += issued;
      this.targetSucceeded += succeeded;
      if (this.incident >= 0 && issued > 0 && succeeded < RECOVERED * this.normal[place]! * issued) {
        this.lastBad[this.incident] = end;
      }
    }
    if (end % TARGET_WINDOW === 0) this.closeTargetWindow();
  }

  private closeTargetWindow(): void {
    if (this.targetIssued > 0) {
      this.targetWindows++;
      if (this.targetSucceeded < TARGET * this.targetIssued) this.targetWindowsMissed++;
    }
    this.targetIssued = 0;
    this.targetSucceeded = 0;
  }

  private beginIncident(): void {
    this.incident++;
    for (let place = 0; place < this.places; place++) {
      const issued = this.issuedBefore[place]!;
      this.normal[place] = issued === 0 ? 1 : this.succeededBefore[place]! / issued;
    }
  }
}
