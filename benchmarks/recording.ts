import { Recorder } from "../src/record/recorder.js";
import { RunRecording } from "../src/simulation/run-recording.js";
import { run } from "../src/simulation/run.js";
import { contest } from "./measure.js";
import { plans } from "./model.js";

const ROUNDS = 7;
/** Where a record of any length is held down to. */
const MOST_BYTES = 16e6;

/** What a record costs: runs with and without one by turns, in memory and streamed to a sink that forgets. */
export function benchRecording(): void {
  console.log("A record of the run: share of a run's time");
  for (const plan of plans()) {
    const recorded = (recorder: Recorder): number => {
      const recording = new RunRecording(recorder, "benchmark", "1");
      const { work } = run(plan, "1", [recording]);
      return work.requests;
    };
    let bytes = 0;
    const rates = contest(ROUNDS, {
      plain: () => run(plan, "1").work.requests,
      memory: () => {
        const recorder = new Recorder();
        const requests = recorded(recorder);
        bytes = recorder.bytes / requests;
        return requests;
      },
      streamed: () => recorded(new Recorder({ mostBytes: MOST_BYTES, sink: () => {} })),
    });
    const more = (name: string): string => `${((rates["plain"]! / rates[name]! - 1) * 100).toFixed(0)} % more`;
    console.log(
      `  ${plan.architecture}: ${more("memory")} in memory, ${more("streamed")} streamed; ${bytes.toFixed(1)} bytes an operation, versions included`,
    );
  }
}
