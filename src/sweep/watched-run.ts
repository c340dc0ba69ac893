import { closeSync, openSync, writeSync } from "node:fs";
import { type Asked, type Judgement, runAsked, runCheckers } from "../check/catalogue.js";
import { catalogue } from "../policies/catalogue.js";
import { Recorder } from "../record/recorder.js";
import { writeRecord } from "../record/writer.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { RunRecording } from "../simulation/run-recording.js";
import { run } from "../simulation/run.js";
import type { Watcher } from "../simulation/watcher.js";
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
  /** Checkers to ask about the record, which is then held in memory as a whole: these, or all that it has the rows for. */
  readonly check: readonly Asked[] | "all" | null;
}

export interface Kept {
  /** `cut` when there were more lines than may be. */
  readonly trace: { readonly lines: readonly string[]; readonly cut: boolean } | null;
  readonly perfetto: string | null;
  readonly judgements: readonly Judgement[] | null;
}

/** Runs a plan once and keeps what is asked for. Throws a RangeError when the record's file cannot be written. */
export function watchedRun(
  plan: Plan,
  seed: string,
  watching: Watching,
  policies = catalogue,
  others: readonly Watcher[] = [],
): { outcome: Outcome; kept: Kept } {
  const file = watching.record === null ? null : new RecordFile(watching.record.file);
  try {
    const trace = watching.trace === null ? null : new Trace(watching.trace.filter, watching.trace.mostLines);
    const perfetto = watching.perfetto === null ? null : new PerfettoTrace(watching.perfetto.filter);
    const history = historyOf(watching, seed, file);
    const watchers = [...others, history?.recording, trace, perfetto].filter((watcher) => watcher != null);
    const outcome = run(plan, seed, watchers, policies);
    const told = trace === null ? null : { lines: trace.lines, cut: trace.cut };
    const judgements = history?.finish() ?? null;
    return { outcome, kept: { trace: told, perfetto: perfetto?.document() ?? null, judgements } };
  } finally {
    file?.close();
  }
}

interface History {
  readonly recording: RunRecording;
  /** Writes what is not yet in the file, and asks the checkers. */
  finish(): readonly Judgement[] | null;
}

function historyOf({ scenario, record, check }: Watching, seed: string, file: RecordFile | null): History | null {
  if (file === null && check === null) return null;
  const sink = (chunk: Uint8Array): void => file!.write(chunk);
  const recorder = check === null ? new Recorder({ mostBytes: record!.mostBytes, sink }) : new Recorder();
  const recording = new RunRecording(recorder, scenario, seed);
  const finish = (): readonly Judgement[] | null => {
    if (check === null) {
      recorder.close(recording.facts);
      return null;
    }
    const whole = recorder.finish(recording.facts);
    if (file !== null) writeRecord(whole, sink);
    return check === "all" ? runCheckers(whole, null) : runAsked(whole, check);
  };
  return { recording, finish };
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
