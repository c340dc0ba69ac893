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

test("every question is on some way", () => {
  expect(new Set(ALL.flatMap(({ given }) => [...given.keys()]))).toEqual(new Set(QUESTIONS.map(({ name }) => name)));
});

/** The seed's matrix, edge by edge. */
const SEED: readonly (readonly [path: string, leaf: string])[] = [
  ["one-region", "single-region"],
  ["global relaxed none", "single-region"],
  ["global relaxed DURATION", "active-passive"],
  ["global sensitive yes", "geo-partitioned"],
  ["global sensitive no no", "read-replicas"],
  ["global sensitive no yes low", "single-master"],
  ["global sensitive no yes high", "multi-master"],
];

test("each way of the seed's matrix ends at its leaf, and there is no other", () => {
  const pathOf = (given: Given): string =>
    [...given.values()].map((each) => (/^\d/.test(each) ? "DURATION" : each)).join(" ");
  const found = new Map(ALL.map(({ given, choice }) => [pathOf(given), choice]));
  expect([...found].toSorted()).toEqual([...SEED].toSorted());
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
