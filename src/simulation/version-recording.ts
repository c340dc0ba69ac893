import { ACCEPTED, JOINED, OUTDONE, REPLACED, SHOWN, UNDONE } from "../record/record.js";
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
    const { writes, merging } = this.world;
    const isToldApart = before !== NONE && merging.asksSessions(write);
    if (isToldApart || writes.isBundle(before) || writes.isBundle(after))
      this.cameBeside(write, region, before, after, shown, beside);
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
    const { writes, merging } = this.world;
    const earlier = before === NONE ? [] : writes.standing(before);
    const now = writes.standing(after);
    const previous = writes.first(before);
    // Where readers are shown one of several, another one may be it now.
    for (const each of now) if (each !== write && !earlier.includes(each)) this.row(each, region, SHOWN, previous);
    const others = now.filter((each) => each !== write);
    const gone = earlier.filter((each) => !now.includes(each));
    const unseen = gone.filter((each) => !merging.hadSeen(write, each));
    const isOnTop = others.length === 0 && unseen.length === 0;
    let how = shown;
    // Whoever is accepted on top of something has seen it. Who has not is accepted first, and then shown.
    if (shown === ACCEPTED && now.includes(write) && !isOnTop) {
      this.row(write, region, OUTDONE, NONE);
      how = SHOWN;
    }
    if (!now.includes(write)) this.row(write, region, beside, writes.first(after));
    else if (isOnTop) this.row(write, region, how, previous);
    else if (unseen.length === 0)
      this.row(write, region, JOINED, others.includes(previous) ? previous : others.at(-1)!);
    else {
      for (const each of unseen) this.row(write, region, how, each);
      for (const each of others) this.row(each, region, JOINED, write);
    }
    // What is shown on top of another elsewhere than where it was accepted says nothing of what its author had seen.
    const isTold = isOnTop && (how === ACCEPTED || !merging.asksSessions(write));
    for (const each of gone)
      if (!unseen.includes(each) && !(isTold && each === previous)) this.row(each, region, REPLACED, write);
  }
}
