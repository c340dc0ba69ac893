import { JOINED, REPLACED, SHOWN, UNDONE } from "../record/record.js";
import type { Recorder } from "../record/recorder.js";
import type { OperationNumbers } from "./operation-numbers.js";
import type { World } from "./world.js";

const NONE = -1;

/** Rows of versions: what became of each in a region, and of those that stood beside it there. */
export class VersionRecording {
  constructor(
    private readonly recorder: Recorder,
    private readonly numbers: OperationNumbers,
    private readonly world: World,
  ) {}

  row(write: number, region: number, what: number, previous: number): void {
    const { numbers, world } = this;
    this.recorder.version(
      ...([world.engine.now, region, numbers.behind(write), what] as const),
      numbers.behind(world.writes.first(previous)),
    );
  }

  /** A write has come to what the region showed: `shown` says how if it is what is shown now, `beside` if it is not. */
  came(write: number, region: number, before: number, after: number, shown: number, beside: number): void {
    const { writes } = this.world;
    if (writes.isBundle(before) || writes.isBundle(after)) this.cameBeside(write, region, before, after, shown, beside);
    else this.row(write, region, after === write ? shown : beside, before);
  }

  undone(write: number, region: number, shown: number): void {
    this.row(write, region, UNDONE, shown);
    const { writes } = this.world;
    if (!writes.isBundle(shown)) return;
    const first = writes.first(shown);
    for (const other of writes.standing(shown)) if (other !== first) this.row(other, region, JOINED, first);
  }

  private cameBeside(
    write: number,
    region: number,
    before: number,
    after: number,
    shown: number,
    beside: number,
  ): void {
    const { writes } = this.world;
    const earlier = before === NONE ? [] : writes.standing(before);
    const now = writes.standing(after);
    const previous = writes.first(before);
    // Where readers are shown one of several, another one may be it now.
    for (const each of now) if (each !== write && !earlier.includes(each)) this.row(each, region, SHOWN, previous);
    const others = now.filter((each) => each !== write);
    if (!now.includes(write)) this.row(write, region, beside, writes.first(after));
    else if (others.length === 0) this.row(write, region, shown, previous);
    else this.row(write, region, JOINED, others.includes(previous) ? previous : others.at(-1)!);
    for (const gone of earlier)
      if (!now.includes(gone) && (others.length > 0 || gone !== previous)) this.row(gone, region, REPLACED, write);
  }
}
