import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The scenarios that come along: a bare name stands for one wherever the tool is installed. */
const FOLDER = fileURLToPath(new URL("../../scenarios/", import.meta.url));
const EXTENSION = ".yaml";

export const bundledNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .toSorted();

export const bundledFile = (name: string): string => `${FOLDER}${name}${EXTENSION}`;
