import type { RestFact } from "../record/circumstances.js";
import type { Residency } from "../record/record.js";
import type { OperationNumbers } from "./operation-numbers.js";
import { ownershipOf } from "./ownership.js";
import type { World } from "./world.js";

/** Of more of them the first ones say enough. */
const MOST = 1000;

/** Where keys may be, for a record; and what rested elsewhere and is no version of a copy. */
export class RestRecording {
  private readonly rests: RestFact[] = [];

  constructor(
    private readonly world: World,
    private readonly numbers: OperationNumbers,
  ) {}

  add(write: number, region: number, as: RestFact["as"]): void {
    const { residence, writes, engine } = this.world;
    if (residence === null || this.rests.length === MOST || !residence.law.forbids(writes.key[write]!, region)) return;
    const operation = writes.untaken[write]!;
    const number = operation >= 0 ? this.numbers.of(operation) : this.numbers.behind(write);
    this.rests.push({ time: engine.now, region, write: number, as });
  }

  /** Nothing where data may be anywhere, and every copy has all. */
  get facts(): { readonly residency?: Residency; readonly rests?: readonly RestFact[] } {
    const law = this.world.residence?.law;
    if (law !== undefined) return { residency: law, rests: this.rests };
    const residency = ownershipOf(this.world);
    return residency === null ? {} : { residency };
  }
}
