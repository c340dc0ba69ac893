import { constants, accessSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { badInput } from "./exit.js";

/** A folder name that cannot lead anywhere else. */
export function safeName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return name === "" ? "scenario" : name.slice(0, 100);
}

export const scenarioName = (file: string): string => safeName(basename(file, extname(file)));

/** Makes the folder before any work is done, so that a run is never lost for want of a place to write. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
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
