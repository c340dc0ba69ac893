import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Told, warm } from "./warm.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = `${ROOT}dist/cli/main.js`;

/** As many test files as cores run at a time, so each of these takes one thread where it is not told otherwise. */
const STUDIES = ["compare", "check", "run", "cost", "recommend"];

/** Reads standard input, which the process that tests share has none of. */
const isTalk = (args: readonly string[]): boolean => args[0] === "console" && !args.includes("--script");

function threads(args: readonly string[]): string[] {
  const isFree = STUDIES.includes(args[0] ?? "") && !args.includes("--workers");
  return isFree ? ["--workers", "1"] : [];
}

/** Does what the built command line does with these words; on another Node in a process of its own. */
export function faultline(args: readonly string[], cwd = ROOT, node?: string): Told {
  if (node !== undefined || isTalk(args)) return processOf(args, cwd, node);
  return warm([...args, ...threads(args)], cwd);
}

/** The same in a process of its own. */
export function processOf(args: readonly string[], cwd = ROOT, node = process.execPath): Told {
  const done = spawnSync(node, [MAIN, ...args, ...threads(args)], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export const start = (args: readonly string[], cwd = ROOT) => spawn(process.execPath, [MAIN, ...args], { cwd });
