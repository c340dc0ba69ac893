import type { Host, OperationId } from "../../contract.js";
import { sizeOf } from "../../quorum.js";
import type { PbftLetter } from "./letter.js";

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

  constructor(
    private readonly host: Host<PbftLetter>,
    private readonly quorum: number,
    private readonly executed: () => number,
    private readonly askAll: (stamp: number) => void,
  ) {}

  ask(operation: OperationId, prepared: number): void {
    this.open.push({ operation, stamp: ++this.stamps, heard: 1 << this.host.id, target: prepared });
    this.askAll(this.stamps);
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
      if (sizeOf(heard) < this.quorum || target > this.executed()) continue;
      this.open.splice(at, 1);
      this.host.answer(operation);
    }
  }

  forget(): void {
    this.open.length = 0;
  }
}
