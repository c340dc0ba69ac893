import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = `${ROOT}dist/cli/main.js`;

/** Runs the built command line; `npm test` builds it first. */
export function faultline(
  args: readonly string[],
  cwd = ROOT,
  node = process.execPath,
): { code: number | null; out: string; err: string } {
  const done = spawnSync(node, [MAIN, ...args], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export const start = (args: readonly string[], cwd = ROOT) => spawn(process.execPath, [MAIN, ...args], { cwd });
