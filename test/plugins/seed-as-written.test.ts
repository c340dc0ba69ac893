import { expect, test } from "vitest";
import { ROOT, faultline } from "../cli/cli.js";

test("the classes of the seed do the harm that the scenario says, and the members beside them do not", () => {
  const file = "scenarios/seed-as-written/seed-as-written.yaml";
  const { code, out, err } = faultline(["check", file, "--seeds", "1"], ROOT);
  expect({ code, err, broken: out.split("\n").filter((line) => /BROKEN|undecided/.test(line)) }).toMatchObject({
    code: 0,
    broken: [],
  });
  expect(out).toMatch(/strong-as-written\n(?:.*\n)*? {2}kept {7}linearizable is broken/);
  expect(out).toMatch(/vector-clock-as-written\n(?:.*\n)*? {2}kept {7}convergence is broken/);
});
