import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureText } from "../plugins/words.js";
import type { RunRecord } from "../record/record.js";
import { Recorder } from "../record/recorder.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { RunRecording } from "../simulation/run-recording.js";
import { run } from "../simulation/run.js";
import { sweep } from "../sweep/sweep.js";
import { badInput } from "./exit.js";
import { readRecord } from "./read-record.js";

/** Bytes of rows in memory, beyond which they go to the file while the run goes on. */
const MOST_BYTES = 64_000_000;

export interface RecordedRun {
  readonly record: RunRecord;
  readonly digests: Outcome["digests"];
}

/** Makes a run and records it: here, or where policies of the user's own can be stopped. */
export async function recordedRun(plan: Plan, scenario: string, seed: string): Promise<RecordedRun> {
  if (plan.plugins.length > 0) return recordedApart(plan, scenario, seed);
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, scenario, seed);
  const { digests } = run(plan, seed, [recording]);
  return { record: recorder.finish(recording.facts), digests };
}

async function recordedApart(plan: Plan, scenario: string, seed: string): Promise<RecordedRun> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  try {
    const record = { file: join(folder, "run.record"), mostBytes: MOST_BYTES };
    const watching = [{ scenario, record, trace: null, perfetto: null, check: null }];
    const { outcomes, failed } = await sweep({ plans: [plan], seeds: [seed], workers: 1, watching });
    const [ended] = failed;
    if (ended !== undefined) throw badInput(`error: ${failureText(ended.failure)}`);
    return { record: readRecord(record.file), digests: outcomes[0]![0]!.digests };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
