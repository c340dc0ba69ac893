import { expect, test } from "vitest";
import { recordBytes } from "../../src/cli/record-size.js";
import { buffersOf } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { RunRecording } from "../../src/simulation/run-recording.js";
import { run } from "../../src/simulation/run.js";
import { GOOD } from "../scenario/helpers.js";

test("what a record will take when it is read is foretold to a tenth, for every number of copies", () => {
  const parsed = parseScenario(GOOD.replace("10/s", "200/s, reads: 40%"));
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  for (const plan of compile(parsed.scenario).plans) {
    const recorder = new Recorder();
    const recording = new RunRecording(recorder, "a test", "1");
    run(plan, "1", [recording]);
    const bytes = buffersOf(recorder.finish(recording.facts)).reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(recordBytes(plan) / bytes).toBeGreaterThan(0.9);
    expect(recordBytes(plan) / bytes).toBeLessThan(1.1);
  }
});
