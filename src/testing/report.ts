import type { PolicyKind } from "../policies/catalogue.js";

/** A law that a policy has broken: what, where, in words, and how to see it again. Plain data. */
export interface Finding {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly law: string;
  readonly seed: number;
  /** What was seen, in words. */
  readonly says: string;
  /** The scenario that shows it, as text for a file; null where no world was needed. */
  readonly scenario: string | null;
  /** How to see it again. */
  readonly replay: string;
}

/** What a suite found in a range of seeds. Plain data. */
export interface Report {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly first: number;
  readonly seeds: number;
  /** By law, in how many seeds it was seen to hold, and in how many nothing could be decided. */
  readonly held: Readonly<Record<string, number>>;
  readonly undecided: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** Which seeds a suite tries. */
export interface Range {
  /** How many, from the first on; each by itself, so a range may be divided. */
  readonly seeds?: number;
  readonly first?: number;
}

const FEW = 20;

/** Counts what the laws of a suite come to, seed by seed. */
export class Tally {
  private readonly held = new Map<string, number>();
  private readonly undecided = new Map<string, number>();
  private readonly findings: Finding[] = [];
  private readonly first: number;
  private readonly seeds: number;

  constructor(
    private readonly kind: PolicyKind,
    private readonly policy: string,
    private readonly check: string,
    { seeds = FEW, first = 0 }: Range,
  ) {
    this.first = first;
    this.seeds = seeds;
  }

  each(body: (seed: number) => void): Report {
    for (let seed = this.first; seed < this.first + this.seeds; seed++) body(seed);
    const { kind, policy, first, seeds, findings } = this;
    const [held, undecided] = [Object.fromEntries(this.held), Object.fromEntries(this.undecided)];
    return { kind, policy, first, seeds, held, undecided, findings };
  }

  holds(law: string): void {
    this.held.set(law, (this.held.get(law) ?? 0) + 1);
  }

  unknown(law: string): void {
    this.undecided.set(law, (this.undecided.get(law) ?? 0) + 1);
  }

  broken(law: string, seed: number, says: string, scenario: string | null = null): void {
    const { kind, policy, check } = this;
    const replay = `${check}(policy, { first: ${seed}, seeds: 1 }), with the options that it had`;
    this.findings.push({ kind, policy, law, seed, says, scenario, replay });
  }

  /** Of a law that is asked many times of one seed: the first complaint, or that there is none. */
  judge(law: string, seed: number, complaint: string | null): void {
    if (complaint === null) this.holds(law);
    else this.broken(law, seed, complaint);
  }
}

/** A finding as a few lines for a terminal. */
export const inWords = ({ kind, policy, law, seed, says, replay }: Finding): string =>
  `${kind} ${policy}, ${law}, seed ${seed}: ${says}\n  again: ${replay}`;
