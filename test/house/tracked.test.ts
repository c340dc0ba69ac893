import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const ls = spawnSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" });
/** Outside of a repository nothing is tracked. */
const TRACKED = ls.status === 0 ? ls.stdout.split("\n") : [];

test("packages are not part of the repository, nor is a link to them: git would clear the directory to put it there", () => {
  // Otherwise: git rm --cached node_modules, and commit.
  expect(TRACKED.filter((path) => path.split("/")[0] === "node_modules")).toEqual([]);
});

test("what somebody tried in the root is no part of the repository either", () => {
  const known = /^(?:\.editorconfig|\.gitignore|\.npmrc|LICENSE|README\.md|package(?:-lock)?\.json|tsconfig\.json|)$/;
  expect(TRACKED.filter((path) => !path.includes("/") && !known.test(path))).toEqual([]);
});
