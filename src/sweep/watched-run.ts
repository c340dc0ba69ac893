import { closeSync, openSync, writeSync } from "node:fs";
import { Recorder } from "../record/recorder.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { RunRecording } from "../simulation/run-recording.js";
import { run } from "../simulation/run.js";
import type { TraceFilter } from "../trace/happenings.js";
import { PerfettoTrace } from "../trace/perfetto.js";
import { Trace } from "../trace/trace.js";

/** What is to be kept of a run beside its outcome: plain data, for a worker. */
export interface Watching {
  /** How the record calls the scenario. */
  readonly scenario: string;
  /** A file that does not exist yet; beyond so many bytes in memory, rows go there while the run goes on. */
  readonly record: { readonly file: string; readonly mostBytes: number } | null;
  readonly trace: { readonly filter: TraceFilter; readonly mostLines: number } | null;
  readonly perfetto: { readonly filter: TraceFilter } | null;
}

export interface Kept {
  /** `cut` when there were more lines than may be. */
  readonly trace: { readonly lines: readonly string[]; readonly cut: boolean } | null;
  readonly perfetto: string | null;
}

/** Runs a plan once and keeps what is asked for. Throws a RangeError when the record's file cannot be written. */
export function watchedRun(plan: Plan, seed: string, watching: Watching): { outcome: Outcome; kept: Kept } {
  const file = watching.record === null ? null : new RecordFile(watching.record.file);
  const recorder =
    file === null ? null : new Recorder({ mostBytes: watching.record!.mostBytes, sink: (chunk) => file.write(chunk) });
  try {
    const recording = recorder === null ? null : new RunRecording(recorder, watching.scenario, seed);
    const trace = watching.trace === null ? null : new Trace(watching.trace.filter, watching.trace.mostLines);
    const perfetto = watching.perfetto === null ? null : new PerfettoTrace(watching.perfetto.filter);
    const outcome = run(
      plan,
      seed,
      [recording, trace, perfetto].filter((watcher) => watcher !== null),
    );
    if (recording !== null) recorder!.close(recording.facts);
    const told = trace === null ? null : { lines: trace.lines, cut: trace.cut };
    return { outcome, kept: { trace: told, perfetto: perfetto?.document() ?? null } };
  } finally {
    file?.close();
  }
}

/** A new file that is written from its begin to its end. */
class RecordFile {
  private readonly descriptor: number;

  constructor(private readonly path: string) {
    this.descriptor = this.tried(() => openSync(path, "wx"));
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) at += this.tried(() => writeSync(this.descriptor, chunk, at));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private tried<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
      throw new RangeError(`the record cannot be written to ${this.path} (${code}); choose another file`);
    }
  }
}
