import { escapeTerminal } from "../report/escape.js";
import type { Kept, Watching } from "../sweep/watched-run.js";
import { PendingFile } from "./pending-file.js";
import type { WatchRequest } from "./watch-options.js";

/** The files that one run leaves beside its results: whole, or not at all. */
export class WatchFiles {
  readonly watching: Watching;
  private readonly record: PendingFile | null;
  private readonly trace: PendingFile | null;
  private readonly perfetto: PendingFile | null;

  /** Makes sure that every file can be written before any work is done. */
  constructor(
    private readonly request: WatchRequest,
    scenario: string,
  ) {
    const { record, trace, perfetto, check, filter } = request;
    this.record = record === null ? null : new PendingFile(record.file);
    this.trace = trace === null || trace.file === "-" ? null : new PendingFile(trace.file);
    this.perfetto = perfetto === null ? null : new PendingFile(perfetto);
    this.watching = {
      scenario,
      record: this.record === null ? null : { file: this.record.path, mostBytes: record!.mostBytes },
      trace: trace === null ? null : { filter, mostLines: trace.mostLines },
      perfetto: perfetto === null ? null : { filter },
      check,
    };
  }

  /** Gives the files their names. */
  finish({ trace, perfetto }: Kept): void {
    if (trace !== null) this.tellTrace(trace);
    if (perfetto !== null) this.perfetto!.write(perfetto);
    for (const file of [this.record, this.trace, this.perfetto]) file?.commit();
  }

  discard(): void {
    for (const file of [this.record, this.trace, this.perfetto]) file?.discard();
  }

  private tellTrace({ lines, cut }: NonNullable<Kept["trace"]>): void {
    const end = `The trace ends here: ${lines.length} lines are the most; narrow it with --trace-kinds, --trace-region, --trace-key, --trace-from or --trace-to, or raise --trace-lines.`;
    const text = escapeTerminal(`${[...lines, ...(cut ? [end] : [])].join("\n")}\n`);
    if (this.trace === null) process.stdout.write(text);
    else this.trace.write(text);
    if (cut) process.stderr.write(`${end}\n`);
  }
}
