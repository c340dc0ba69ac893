import { expect, test } from "vitest";
import { OPERATOR_VERBS } from "../../src/cli/commands.js";
import { COMMANDS } from "../../src/operate/commands.js";

test("the help names every verb of an operator whose noun begins a command, and no other", () => {
  for (const [noun, verbs] of Object.entries(OPERATOR_VERBS)) {
    const words = COMMANDS.map(({ name }) => name.split(" ")).filter(([first]) => first === noun);
    expect(words.map(([, verb]) => verb)).toEqual(verbs);
  }
});
