import { READ } from "../../src/record/record.js";
import type { World } from "../../src/simulation/world.js";

interface Known {
  readonly serial: number;
  readonly past: ReadonlySet<number>;
}

/**
 * What every session had been shown of each key when it asked for a write, as whole sets of serials: all that stood in the
 * answer of its last read, and all that those writes had seen. No vector, and nothing that is ever forgotten. Sessions ask
 * once, so that what a request carries is what its session knew when the operation began.
 */
export class Reading {
  private readonly contexts = new Map<string, ReadonlySet<number>>();
  /** By operation, and by attempt: what it carries, and what its answer brings. */
  private readonly sent = new Map<number, ReadonlySet<number>>();
  private readonly shown = new Map<number, ReadonlySet<number>>();

  constructor(private readonly world: () => World) {}

  issued(operation: number): void {
    this.sent.set(operation, this.contexts.get(this.nameOf(operation)) ?? new Set());
  }

  served(attempt: number, standing: readonly Known[]): void {
    this.shown.set(attempt, new Set(standing.flatMap(({ serial, past }) => [serial, ...past])));
  }

  taken(operation: number, attempt: number): void {
    if (this.world().operations.kind[operation] === READ)
      this.contexts.set(this.nameOf(operation), this.shown.get(attempt)!);
  }

  sentWith(operation: number): ReadonlySet<number> {
    return this.sent.get(operation)!;
  }

  private nameOf(operation: number): string {
    const { place, session, key } = this.world().operations;
    return `${place[operation]} ${session[operation]} ${key[operation]}`;
  }
}
