import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Before any test: they run what is compiled (.config/vitest.config.ts). Where nothing has changed it takes a second. */
export function setup(): void {
  execFileSync(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, "-p", ROOT], { stdio: "inherit" });
}
