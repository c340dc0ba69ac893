import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./cli.js";

/** The document of this name in docs/output.md. */
export function documented(name: string): unknown {
  const text = readFileSync(join(ROOT, "docs/output.md"), "utf8");
  return JSON.parse(new RegExp(`\`\`\`json ${name}\\n(.*?)\`\`\``, "s").exec(text)![1]!);
}

/** Every path to a value; names of architectures and metrics, and positions in lists, are all one. */
export function pathsOf(document: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || (Array.isArray(value) && value.length === 0)) {
      found.add(path);
      return;
    }
    const named = Array.isArray(value) || /(architectures|metrics)$/.test(path);
    for (const [key, below] of Object.entries(value)) visit(below, `${path}.${named ? "*" : key}`);
  };
  visit(document, "");
  // An interval or a mean may be missing, and a phase too; those that are there tell the shape.
  return [...found].filter((path) => ![...found].some((other) => other.startsWith(`${path}.`))).toSorted();
}
