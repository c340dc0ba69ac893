import type { Letter } from "../policies/contract.js";
import type { TimeLaw } from "../units/time-law.js";
import type { NetworkPlan } from "./plan.js";

const NONE = -1;

/** Which letters of replication follow a law of one-way delays of their own, by their verb. */
export class LetterLaws {
  readonly all: readonly TimeLaw[];
  private readonly byVerb: Int32Array;

  constructor(oneWay: NetworkPlan["oneWay"], verbs: readonly string[]) {
    const laws: TimeLaw[] = [];
    const add = (law: TimeLaw | undefined): number => (law === undefined ? NONE : laws.push(law) - 1);
    const others = add(oneWay?.["default"]);
    this.byVerb = Int32Array.from(verbs, (verb) => {
      const own = oneWay !== null && Object.hasOwn(oneWay, verb) ? add(oneWay[verb]) : NONE;
      return own === NONE ? others : own;
    });
    this.all = laws;
  }

  /** Index of the letter's law, -1 for that of its path. */
  of({ verb }: Letter): number {
    return this.byVerb[verb]!;
  }
}
