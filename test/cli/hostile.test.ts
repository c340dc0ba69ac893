import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { quoted, replayOf } from "../../src/cli/shell.js";
import { GOOD, broken } from "../scenario/helpers.js";
import { ROOT, faultline, start } from "./cli.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
  writeFileSync(join(folder, "s.yaml"), GOOD);
});

/** Through a shell, for what only a shell can do to a program. */
const shell = (line: string) =>
  spawnSync("bash", ["-c", line.replaceAll("faultline", `"${process.execPath}" "${ROOT}dist/cli/main.js"`)], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });

describe("a scenario that is no file is refused and not waited for", () => {
  test("a pipe", () => {
    expect(shell("mkfifo p.yaml; faultline validate p.yaml")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("this is a pipe or a device"),
    });
  });

  test.skipIf(!existsSync("/dev/zero"))("a device", () => {
    expect(faultline(["validate", "/dev/zero"]).err).toContain("this is a pipe or a device");
  });

  test("a text in UTF-16 or in no UTF-8", () => {
    writeFileSync(join(folder, "w.yaml"), Buffer.from(`\ufeff${GOOD}`, "utf16le"));
    expect(faultline(["validate", "w.yaml"], folder).err).toContain("UTF-16; save it as UTF-8");
    writeFileSync(join(folder, "l.yaml"), Buffer.from(GOOD.replace("fine", "f\u00efne"), "latin1"));
    expect(faultline(["validate", "l.yaml"], folder).err).toContain("not UTF-8");
  });
});

describe("a table that cannot be read says why", () => {
  test.each([
    ["gone", () => {}, "there is no such file"],
    ["a folder", (file: string) => mkdirSync(file), "this is a folder"],
    ["too large", (file: string) => writeFileSync(file, " ".repeat(4_000_001)), "the file has 4000001 bytes"],
    [
      "a link out of the folder",
      (file: string) => symlinkSync("/etc/hostname", file),
      "leads out of the scenario's folder",
    ],
  ])("%s", (_, make, reason) => {
    make(join(folder, "t.csv"));
    writeFileSync(join(folder, "s.yaml"), broken("aws-2024-04", "./t.csv"));
    const { code, err } = faultline(["validate", "s.yaml"], folder);
    expect(code).toBe(2);
    expect(err).toContain(`s.yaml:4:12: error: the table "./t.csv" cannot be read`);
    expect(err).toContain(reason);
  });
});

describe("streams that close or fill up", () => {
  test("a closed pipe keeps the code that was due", () => {
    writeFileSync(join(folder, "s.yaml"), `${GOOD}expect:\n  both: {conflicts: "> 0"}\n`);
    const done = shell("faultline compare s.yaml --seeds 1 | true; echo ${PIPESTATUS[0]}");
    expect(done.stdout).toBe("1\n");
    expect(existsSync(join(folder, "results/s/summary.json"))).toBe(true);
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is said, with code 3", () => {
    expect(shell("faultline list regions > /dev/full")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("standard output cannot be written (ENOSPC)"),
    });
  });

  test.skipIf(!existsSync("/dev/full"))("a full or closed standard error changes nothing", () => {
    expect(shell("faultline compare s.yaml --seeds 1 2> /dev/full").status).toBe(0);
    expect(shell("faultline compare s.yaml --seeds 1 2>&-").status).toBe(0);
    expect(shell("faultline validate gone.yaml 2> /dev/full").status).toBe(2);
  });
});

describe("the folder for results", () => {
  test("goes away again when nothing was written", async () => {
    const child = start(["compare", "s.yaml", "--seeds", "2000", "--workers", "1", "--out", "a/b"], folder);
    const code = await new Promise((resolve) => {
      const look = setInterval(() => {
        if (!existsSync(join(folder, "a/b/s"))) return;
        clearInterval(look);
        child.kill("SIGINT");
      }, 1);
      child.on("exit", resolve);
    });
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual(["s.yaml"]);
  });

  test.skipIf(!existsSync("/proc/self"))("that can never be made is an error and no endless loop", () => {
    const done = shell("faultline compare s.yaml --out /proc/none/deeper");
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining("the output folder cannot be written") });
  });
});

describe("what is printed to be typed again", () => {
  test.each([
    ["scenarios/s.yaml", "scenarios/s.yaml"],
    ["my scenario.yaml", "'my scenario.yaml'"],
    ["a;rm -rf $HOME", "'a;rm -rf $HOME'"],
    ["it's", "'it'\\''s'"],
    ["", "''"],
    ["~", "'~'"],
  ])("%j is quoted where a shell needs it", (argument, shown) => {
    expect(quoted(argument)).toBe(shown);
    expect(spawnSync("sh", ["-c", `printf %s ${shown}`], { encoding: "utf8" }).stdout).toBe(argument);
  });

  test("the replay command runs as it is printed", () => {
    expect(replayOf("run", "a b.yaml", "--seed", "$x")).toBe("npx faultline run 'a b.yaml' --seed '$x'");
    writeFileSync(join(folder, "a b.yaml"), GOOD);
    expect(faultline(["run", "a b.yaml", "--seed", "x y"], folder).out).toContain("run 'a b.yaml' --seed 'x y'");
    expect(faultline(["init", "c\u001b[31md.yaml"], folder).out).not.toContain("\u001b");
  });

  test("a question of several lines is one line", () => {
    writeFileSync(join(folder, "s.yaml"), broken("Is this fine?", '"Is\\n\\n this fine?"'));
    expect(faultline(["validate", "s.yaml"], folder).out).toContain("asks           Is this fine?");
  });

  test("of an option given twice the last one counts", () => {
    const out = faultline(["run", "s.yaml", "--seed", "1", "--seed", "2"], folder).out;
    expect(out).toContain("--seed 2");
  });
});
