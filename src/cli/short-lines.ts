import { Transform, type TransformCallback } from "node:stream";

/** Far longer than any command; what is beyond it in a line is not kept, or a pipe without an end would fill memory. */
const MOST = 100_000;
const LINE_FEED = 10;

/** Bytes of a pipe with every line cut at a length at which it is refused all the same. */
export class ShortLines extends Transform {
  private length = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let from = 0;
    while (from < chunk.length) {
      const feed = chunk.indexOf(LINE_FEED, from);
      const end = feed === -1 ? chunk.length : feed;
      const kept = Math.max(0, Math.min(end - from, MOST - this.length));
      if (kept > 0) this.push(chunk.subarray(from, from + kept));
      this.length += kept;
      if (feed === -1) break;
      this.push("\n");
      this.length = 0;
      from = feed + 1;
    }
    done();
  }
}
