import { linkSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { badInput } from "./exit.js";

/**
 * Writes a file that must not exist yet: whole or not at all. A link, unlike a rename, never takes the place of a file
 * that somebody else has put there meanwhile.
 */
export function writeNew(file: string, text: string): void {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(dirname(file), ".writing-"));
    const whole = join(folder, basename(file));
    writeFileSync(whole, text);
    linkSync(whole, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    if (code === "EEXIST") throw badInput(`${file}: error: the file is there already; choose another name`);
    throw badInput(`${file}: error: the file cannot be written (${code}); expected a name in a folder of your own`);
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
