import type { Lease } from "./guard.js";

/** What was lent last of each thing. */
const loans = new WeakMap<object, Loan>();
/** By host, what it keeps for its policy beyond the call that lent it. */
const keptBy = new WeakMap<object, Set<Loan>>();

/** How long a letter may be touched: for one call, for less once it is handed away, for longer while the host keeps it. */
export class Loan implements Lease {
  private isOver = false;
  private isKept = false;

  constructor(
    thing: object,
    private readonly call: Lease | null,
  ) {
    loans.set(thing, this);
  }

  get live(): boolean {
    return !this.isOver && (this.isKept || this.call?.live === true);
  }

  /** It is handed away for good. */
  static end(thing: object): void {
    const loan = loans.get(thing);
    if (loan !== undefined) loan.isOver = true;
  }

  static keep(thing: object, host: object): void {
    const loan = loans.get(thing);
    if (loan === undefined) return;
    loan.isKept = true;
    const kept = keptBy.get(host) ?? new Set();
    keptBy.set(host, kept.add(loan));
  }

  /** From here on it is lent as any other. */
  static letGo(thing: object, host: object): void {
    const loan = loans.get(thing);
    if (loan === undefined) return;
    loan.isKept = false;
    keptBy.get(host)?.delete(loan);
  }

  /** The host has died, with all that it kept. */
  static letAllGo(host: object): void {
    for (const loan of keptBy.get(host) ?? []) loan.isKept = false;
    keptBy.delete(host);
  }
}
