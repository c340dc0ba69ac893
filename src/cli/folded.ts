import { escapeTerminal } from "../report/escape.js";
import { Terminal, wrap } from "./terminal.js";

/** For a terminal, or a pipe: sentences are broken at the width; what stands in columns, or is set in, stays as it is. */
export function folded(text: string): string {
  const { width } = new Terminal(false, false);
  return escapeTerminal(text)
    .split("\n")
    .map((line) => (line.length > width && !line.includes("  ") ? wrap(line, width) : line))
    .join("\n");
}
