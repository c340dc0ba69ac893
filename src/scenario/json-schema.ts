import { EXPECT_DEFINITIONS } from "./expect-format.js";
import { SCENARIO } from "./format.js";

/** JSON Schema of the scenario file, for completion and hover in an editor. */
export function scenarioJsonSchema(): string {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Faultline scenario",
    $defs: EXPECT_DEFINITIONS,
    ...SCENARIO.schema,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
