import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test("packages are not part of the repository, nor is a link to them: git would clear the directory to put it there", () => {
  const { status, stdout } = spawnSync("git", ["ls-files", "node_modules"], { cwd: ROOT, encoding: "utf8" });
  // Outside of a repository nothing is tracked. Otherwise: git rm --cached node_modules, and commit.
  expect(status === 0 ? stdout : "").toBe("");
});
