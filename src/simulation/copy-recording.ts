import type { CopyFact } from "../record/circumstances.js";
import { RECEIVED, WAITING } from "../record/record.js";
import type { Recorder } from "../record/recorder.js";
import type { World } from "./world.js";

/** What befell whole copies, for the facts of a record; and at its end, what they have received and do not show yet. */
export class CopyRecording {
  readonly facts: CopyFact[] = [];

  constructor(
    private readonly recorder: Recorder,
    private readonly world: World,
  ) {}

  add(what: CopyFact["what"], region: number, asOf?: number): void {
    const row = this.recorder.versionRows;
    const fact = { time: this.world.engine.now, region, what, row };
    this.facts.push(asOf === undefined ? fact : { ...fact, asOf });
  }

  /**
   * Hands over what a region holds and has not applied: what it will show then comes last of its key, what will lose to
   * what it shows already is merely received.
   */
  eachWaiting(tell: (write: number, region: number, what: number, shown: number) => void): void {
    const { plan, writes, replicas } = this.world;
    for (const [region, { replica }] of plan.regions.entries()) {
      if (!replica) continue;
      const { registers, shown } = replicas.hosts[region]!;
      const waits = (write: number): boolean => writes.isHeldBy(write, region) && !writes.isShownBy(write, region);
      for (let write = 0; write < writes.bound; write++) {
        const key = writes.key[write]!;
        if (!writes.isLive(write) || !waits(write) || registers[key] === write) continue;
        tell(write, region, registers[key] === shown[key] ? RECEIVED : WAITING, shown[key]!);
      }
      for (const [key, write] of registers.entries())
        if (write >= 0 && waits(write)) tell(write, region, WAITING, shown[key]!);
    }
  }
}
