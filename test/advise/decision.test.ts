import { expect, test } from "vitest";
import { QUESTIONS, type QuestionName, walk } from "../../src/advise/decision/matrix.js";
import { scenarioText } from "../../src/advise/decision/scenario-text.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";

type Given = ReadonlyMap<QuestionName, string>;

/** Every way through the matrix, with a figure for each duration that decides something. */
function* ways(
  given: Given = new Map(),
): Generator<{ readonly choice: string; readonly given: Given; readonly text: string }> {
  const walked = walk(given);
  if (walked.kind === "wrong") throw new Error(`${walked.given} is no answer`);
  if (walked.kind === "there") {
    yield { choice: walked.path.choice, given, text: scenarioText(walked.path) };
    return;
  }
  for (const { word } of walked.question.answers)
    for (const each of word === "DURATION" ? ["1m", "90s", "5m", "4h"] : [word])
      yield* ways(new Map([...given, [walked.question.name, each]]));
}

const ALL = [...ways()];

test("the matrix has the leaves of the seed, and every question is on some way", () => {
  expect([...new Set(ALL.map(({ choice }) => choice))].toSorted()).toEqual(
    ["active-passive", "geo-partitioned", "multi-master", "read-replicas", "single-master", "single-region"].toSorted(),
  );
  // Two ways lead to a single region: nobody far away, and nothing that needs a second one.
  expect(ALL.filter(({ choice }) => choice === "single-region")).toHaveLength(2);
  expect(new Set(ALL.flatMap(({ given }) => [...given.keys()]))).toEqual(new Set(QUESTIONS.map(({ name }) => name)));
});

test.each(ALL.map((way) => [[...way.given].flat().join(" "), way] as const))(
  "%s is a scenario that parses, compiles and runs",
  (_, { text, choice }) => {
    const parsed = parseScenario(text, { file: "decided.yaml" });
    if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
    expect(parsed.scenario.raw.expect?.has("chosen")).toBe(true);
    // Nothing in it is said in vain.
    const { plans, notes } = compile(parsed.scenario, 20);
    expect(notes).toEqual([]);
    expect(plans[0]!.architecture).toBe("chosen");
    const { summary } = run({ ...plans[0]!, duration: plans[0]!.duration / 2 }, "1");
    expect(summary["availability"]).toBeGreaterThan(choice === "single-region" ? 0.3 : 0.9);
  },
);

test.each([
  ["users", "gloabl", 'did you mean "global"?'],
  ["users", "", "one-region or global"],
  ["users", "__proto__", "one-region or global"],
])("--%s %j is told what is expected", (name, given, expected) => {
  const walked = walk(new Map([[name as QuestionName, given]]));
  expect(walked).toMatchObject({ kind: "wrong", expected: expect.stringContaining(expected) });
});

test.each(["10s", "-5m", "soon", "59s"])("an RTO of %s is refused, with what to do", (rto) => {
  const walked = walk(
    new Map<QuestionName, string>([
      ["users", "global"],
      ["latency", "relaxed"],
      ["rto", rto],
    ]),
  );
  expect(walked).toMatchObject({ kind: "wrong", expected: expect.stringMatching(/1m|duration/) });
});
