import type { OperationId } from "../../contract.js";
import { sizeOf } from "../../quorum.js";
import { type PbftLetter, READ } from "./letter.js";
import type { Standing } from "./standing.js";

interface Read {
  readonly operation: OperationId;
  readonly stamp: number;
  heard: number;
  /** It is answered when so much is carried out here. */
  target: number;
}

/**
 * Reads that must be the latest: what was answered before they came had been prepared by a quorum, and of any other quorum
 * one honest replica says so. One round of letters, and the wait until that is carried out here.
 */
export class Reads {
  private readonly open: Read[] = [];
  private stamps = 0;

  constructor(private readonly standing: Standing) {}

  ask(operation: OperationId): void {
    const { standing } = this;
    const stamp = ++this.stamps;
    this.open.push({ operation, stamp, heard: 1 << standing.host.id, target: standing.prepared });
    standing.broadcast(READ, standing.number, stamp);
    this.settle();
  }

  found({ from, sequence, prepared }: PbftLetter): void {
    const read = this.open.find(({ stamp }) => stamp === sequence);
    if (read === undefined) return;
    read.heard |= 1 << from;
    read.target = Math.max(read.target, prepared);
    this.settle();
  }

  /** More is carried out. */
  settle(): void {
    for (let at = this.open.length - 1; at >= 0; at--) {
      const { heard, target, operation } = this.open[at]!;
      if (sizeOf(heard) < this.standing.quorum || target > this.standing.executed) continue;
      this.open.splice(at, 1);
      this.standing.host.answer(operation);
    }
  }

  forget(): void {
    this.open.length = 0;
  }
}
