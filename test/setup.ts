import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Before any test: builds, since they run what is compiled (.config/vitest.config.ts); where nothing has changed it takes
 * a second. Folders that tests make are made in one that is gone afterwards.
 */
export function setup(): () => void {
  execFileSync(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, "-p", ROOT], { stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "faultline-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
