import type { Conflict } from "../policies/contract.js";
import { DELETE, INCREMENT } from "../record/record.js";
import { HybridClock } from "../simulation/hybrid-clock.js";
import { Merging } from "../simulation/merging.js";
import { Observer } from "../simulation/observer.js";
import { Siblings } from "../simulation/siblings.js";
import { Writes } from "../simulation/writes.js";
import type { Dice } from "./dice.js";

const NONE = -1;
const REGIONS = 3;
class Deaf extends Observer {}

export interface Version {
  readonly write: number;
  readonly deletes: boolean;
  /** All versions that its region had, by name. */
  readonly past: ReadonlySet<number>;
}

/** A key in three regions, merged by a policy; and beside it whole sets of what every version had seen. */
export class MergedKey {
  readonly writes: Writes = new Writes(() => new Deaf());
  readonly versions: Version[] = [];
  private readonly merging: Merging;
  private readonly shown = Array.from({ length: REGIONS }, () => NONE);
  private readonly clocks = Array.from({ length: REGIONS }, () => new HybridClock());
  private readonly past = Array.from({ length: REGIONS }, () => new Set<number>());

  constructor(readonly policy: Conflict) {
    const siblings = policy.causal === true ? new Siblings(this.writes) : null;
    this.merging = new Merging(this.writes, [policy], () => 0, siblings);
  }

  /** Regions accept versions and hear of those of others, by wall clocks that are wrong, and often the same. */
  play(dice: Dice): this {
    for (let left = dice.between(2, 25); left > 0; left--) {
      const region = dice.below(REGIONS);
      if (dice.uniform() < 0.4) {
        if (this.versions.length > 0) this.hear(region, dice.pick(this.versions));
      } else this.accept(region, this.policy.deletes !== false && dice.uniform() < 0.3, dice.below(20));
    }
    return this;
  }

  private accept(region: number, deletes: boolean, clock: number): void {
    const { writes, versions } = this;
    const before = this.shown[region]!;
    const value = deletes ? 0 : (before === NONE ? 0 : writes.value[before]!) + 1;
    const kind = deletes ? DELETE : INCREMENT;
    const write = writes.create(0, kind, value, region, versions.length, clock, versions.length);
    writes.hybrid[write] = this.clocks[region]!.tick(clock);
    writes.run[write] = 0;
    this.merging.made(write, before);
    versions.push({ write, deletes, past: new Set(this.past[region]) });
    this.take(region, versions.at(-1)!);
  }

  /** With all that it had seen, as from a log in its order. */
  private hear(region: number, version: Version): void {
    for (const write of version.past) this.take(region, this.versions.find((each) => each.write === write)!);
    this.take(region, version);
  }

  private take(region: number, version: Version): void {
    this.past[region]!.add(version.write);
    this.clocks[region]!.see(this.writes.hybrid[version.write]!);
    this.shown[region] = this.merging.join(this.shown[region]!, version.write);
  }

  /** What stands when these have come, in this order. */
  merged(order: readonly Version[]): number {
    let shown = NONE;
    for (const { write } of order) shown = this.merging.join(shown, write);
    return shown;
  }

  members(version: number): number[] {
    return version === NONE ? [] : [...(this.writes.members[version] ?? [version])].toSorted((a, b) => a - b);
  }

  /** In words: which versions are left, which of them is shown, and as what value. */
  told(version: number): string {
    if (version === NONE) return "nothing";
    const shown = this.writes.standing(version);
    return `[${this.members(version)}] shown as ${JSON.stringify(shown)} of value ${this.writes.value[version]}`;
  }
}
