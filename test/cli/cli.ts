import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = `${ROOT}dist/cli/main.js`;

/** As many test files as cores run at a time, so each of these takes one thread where it is not told otherwise. */
const STUDIES = ["compare", "check", "run"];

/** Runs the built command line; `npm test` builds it first. */
export function faultline(
  args: readonly string[],
  cwd = ROOT,
  node = process.execPath,
): { code: number | null; out: string; err: string } {
  const isFree = STUDIES.includes(args[0] ?? "") && !args.includes("--workers");
  const threads = isFree ? ["--workers", "1"] : [];
  const done = spawnSync(node, [MAIN, ...args, ...threads], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export const start = (args: readonly string[], cwd = ROOT) => spawn(process.execPath, [MAIN, ...args], { cwd });
