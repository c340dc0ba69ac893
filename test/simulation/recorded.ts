import type { RunRecord } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import type { Outcome } from "../../src/simulation/outcome.js";
import type { Plan } from "../../src/simulation/plan.js";
import { RunRecording } from "../../src/simulation/run-recording.js";
import { run } from "../../src/simulation/run.js";

/** A run with its record. */
export function recorded(plan: Plan, seed = "1"): { readonly outcome: Outcome; readonly record: RunRecord } {
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, "a test", seed);
  const outcome = run(plan, seed, [recording]);
  return { outcome, record: recorder.finish(recording.facts) };
}
