import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Scenario, parseScenario } from "../scenario/scenario.js";

/** The scenarios that come along: a bare name stands for one wherever the tool is installed. */
const FOLDER = fileURLToPath(new URL("../../scenarios/", import.meta.url));
const EXTENSION = ".yaml";

export const bundledNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .toSorted();

export const bundledFile = (name: string): string => `${FOLDER}${name}${EXTENSION}`;

/** All of them, by their names. One that cannot be read is a mistake of ours. */
export function bundledScenarios(): ReadonlyMap<string, Scenario> {
  return new Map(
    bundledNames().map((name) => {
      const parsed = parseScenario(readFileSync(bundledFile(name), "utf8"));
      if (!parsed.ok) throw new Error(`internal error: the bundled scenario ${name} cannot be read`);
      return [name, parsed.scenario];
    }),
  );
}
