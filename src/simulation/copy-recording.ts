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

  add(what: CopyFact["what"], region: number, more: Pick<CopyFact, "asOf" | "group"> = {}): void {
    const row = this.recorder.versionRows;
    this.facts.push({ time: this.world.engine.now, region, what, row, ...more });
  }

  /**
   * Hands over what a region holds and has not applied: what it will show then comes last of its key, what will lose to
   * what it shows already is merely received.
   */
  eachWaiting(tell: (write: number, region: number, what: number, shown: number) => void): void {
    const { writes, replicas } = this.world;
    for (const { id: region, holds, group, registers, shown } of replicas.hosts) {
      if (!holds) continue;
      const waits = (write: number): boolean => writes.isHeldBy(write, region) && !writes.isShownBy(write, region);
      for (let write = 0; write < writes.bound; write++) {
        const key = writes.key[write]!;
        if (this.world.groups.of(key) !== group || !writes.isLive(write) || !waits(write) || registers[key] === write)
          continue;
        tell(write, region, registers[key] === shown[key] ? RECEIVED : WAITING, shown[key]!);
      }
      for (const [key, write] of registers.entries())
        if (write >= 0 && waits(write)) tell(write, region, WAITING, shown[key]!);
    }
  }
}
