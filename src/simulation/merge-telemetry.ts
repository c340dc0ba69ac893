import type { Merging } from "./merging.js";
import { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import { type Writes, adds } from "./writes.js";

const NONE = -1;
/** Of a key to which something else was done than to add. */
const UNTOLD = -1;

/** Null where there is nothing to merge but registers that hold one version. */
export function mergesOf(plan: Plan, keys: number, writes: Writes, merging: Merging): MergeTelemetry | null {
  const simple = !merging.keepsSiblings && plan.data.classes.every(({ holds }) => holds === "register");
  return simple ? null : new MergeTelemetry(plan, keys, writes, merging);
}

/** What became of merging: how many versions readers were shown side by side, and which additions the data contain. */
export class MergeTelemetry extends Observer {
  reads = 0;
  shown = 0;
  most = 0;
  lostUpdates = 0;
  readonly hasAdditions: boolean;
  /** By key: acknowledged additions. */
  private readonly added: Int32Array;

  constructor(
    private readonly plan: Plan,
    keys: number,
    private readonly writes: Writes,
    private readonly merging: Merging,
  ) {
    super();
    this.hasAdditions = plan.data.classes.some(({ holds }) => holds !== "register");
    this.added = new Int32Array(this.hasAdditions ? keys : 0);
  }

  override readServed(_region: number, _key: number, shown: number): void {
    const members = this.writes.isBundle(shown) ? this.writes.standing(shown).length : 1;
    this.reads++;
    this.shown += members;
    if (members > this.most) this.most = members;
  }

  override writeAccepted(write: number): void {
    if (this.hasAdditions && !adds(this.writes.kind[write]!)) this.added[this.writes.key[write]!] = UNTOLD;
  }

  override writeAcknowledged(write: number): void {
    const key = this.writes.key[write]!;
    if (this.hasAdditions && this.added[key] !== UNTOLD && adds(this.writes.kind[write]!)) this.added[key]! += 1;
  }

  /** At the end of the run: what all live copies would agree on contains which additions? */
  conclude(copies: readonly { readonly id: number; readonly whole: Int32Array }[], up: Uint8Array): void {
    for (let key = 0; key < this.added.length; key++) {
      if (this.added[key]! <= 0) continue;
      let agreed = NONE;
      for (const { id, whole } of copies) {
        const version = whole[key]!;
        if (up[id] === 0 || version === NONE) continue;
        for (const write of this.writes.members[version] ?? [version]) agreed = this.merging.join(agreed, write);
      }
      const contained = agreed === NONE ? 0 : this.writes.value[agreed]!;
      this.lostUpdates += Math.max(0, this.added[key]! - contained);
    }
  }
}
