import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GOOD } from "../scenario/helpers.js";
import { faultline, processOf } from "./cli.js";

const SHORT = GOOD.replace("duration: 10m", "duration: 1m").replace("at: 2m, for: 3m", "at: 10s, for: 20s");
const SCENARIO = `${SHORT}expect:\n  both: {conflicts: "> 0", checks: {one-primary: true}}\n`;

/** What a command line says, its exit code, and the files that it leaves. */
function left(command: typeof faultline, line: string): object {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  writeFileSync(join(folder, "s.yaml"), SCENARIO);
  const told = command(line === "" ? [] : line.split(" "), folder);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  const files = names.map((name) => {
    const path = join(folder, name);
    return [name, statSync(path).isFile() ? readFileSync(path, "utf8") : null];
  });
  rmSync(folder, { recursive: true });
  return { ...told, files };
}

/** Of each command what is soonest done. */
test.each([
  ["", 2],
  ["--version", 0],
  ["compare s.yaml --seeds 1 --json --quiet", 1],
  ["run s.yaml --architecture one --record a.rec --quiet", 0],
  ["check s.yaml --seeds 1 --quiet", 1],
  ["validate s.yaml", 0],
  ["explain s.yaml", 0],
  ["check-history gone.txt", 2],
  ["check-record gone.rec", 2],
  ["why gone.rec", 2],
  ["recommend gone.yaml", 2],
  ["cost roi gone.yaml", 2],
  ["audit s.yaml", 0],
  ["decide", 2],
  ["list regions", 0],
  ["init mine.yaml", 0],
  ["console gone.yaml", 2],
  ["region fail gone.yaml", 2],
])("`faultline %s` ends with %i in a process of its own too, and says and leaves the same", (line, code) => {
  const alone = left(processOf, line);
  expect(alone).toMatchObject({ code });
  expect(left(faultline, line)).toEqual(alone);
});
