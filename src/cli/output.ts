import {
  constants,
  accessSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { badInput } from "./exit.js";

/** A folder name that cannot lead anywhere else. */
export function safeName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return name === "" ? "scenario" : name.slice(0, 100);
}

export const scenarioName = (file: string): string => safeName(basename(file, extname(file)));

/**
 * Makes the folder before any work is done, so that a run is never lost for want of a place to write. Those that were made
 * for it and stay empty go away again when the program ends.
 */
export function prepareFolder(folder: string): void {
  try {
    const made: string[] = [];
    process.once("exit", () => removeEmpty(made));
    makeLevels(resolve(folder), made);
    accessSync(folder, constants.W_OK);
    // Root may write anywhere that exists; only trying tells.
    rmSync(mkdtempSync(join(folder, ".try-")), { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw badInput(
      `${folder}: error: the output folder cannot be written (${code}); expected a folder of your own; choose one with --out`,
    );
  }
}

/** Level by level from the nearest folder that is there: the recursive way never ends where nothing can be made (/proc). */
function makeLevels(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeLevels(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // It holds something, or is gone already.
      return;
    }
  }
}

/** All or nothing: everything is written under temporary names first, then renamed. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const temporary = mkdtempSync(join(folder, ".writing-"));
  try {
    for (const [name, text] of files) writeFileSync(join(temporary, name), text);
    for (const name of files.keys()) renameSync(join(temporary, name), join(folder, name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw badInput(`${folder}: error: the results cannot be written (${code}); choose another folder with --out`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
