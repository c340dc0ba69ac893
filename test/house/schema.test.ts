import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { GOOD, broken } from "../scenario/helpers.js";

const SCENARIOS = fileURLToPath(new URL("../../scenarios", import.meta.url));
/** Files of requirements are of another kind. */
const files = readdirSync(SCENARIOS, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml") && !file.includes("requirements"))
  .toSorted();
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(scenarioJsonSchema()));
const isValid = (text: string): boolean => validate(parse(text));

test.each(files)("an editor that knows the schema finds nothing wrong with %s", (file) => {
  expect([isValid(readFileSync(`${SCENARIOS}/${file}`, "utf8")), validate.errors]).toEqual([true, null]);
});

test("it takes what the reader takes: names with an underscore", () => {
  expect(isValid(broken("active-active", "active_active"))).toBe(true);
});

test.each([
  ["an unknown key", broken("duration:", "durration:")],
  ["an unknown pattern", broken("active-active", "active-passiv")],
  ["a list in the place of a group", broken("  both: {pattern: active-active}", "  both: [active-active]")],
  ["no users at all", GOOD.replace(/users:\n.*\n/, "")],
])("it finds %s", (_what, text) => expect(isValid(text)).toBe(false));
