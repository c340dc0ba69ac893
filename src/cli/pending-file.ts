import { lstatSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { badInput } from "./exit.js";

/** A file that gets its name when it is whole: until then it stands in a folder beside, which goes away in any case. */
export class PendingFile {
  /** Where to write. */
  readonly path: string;
  private readonly folder: string;

  constructor(private readonly file: string) {
    const there = lstatSync(file, { throwIfNoEntry: false });
    if (there?.isDirectory() || file === "") throw unwritable(file, "EISDIR");
    // A rename would put a file in the place of a device, a pipe or a link.
    if (there !== undefined && !there.isFile()) throw unwritable(file, "what is there is no regular file");
    try {
      this.folder = mkdtempSync(join(dirname(file), ".writing-"));
    } catch (error) {
      throw unwritable(file, (error as NodeJS.ErrnoException).code);
    }
    this.path = join(this.folder, basename(file));
    process.on("exit", this.discard);
  }

  write(text: string): void {
    this.tried(() => writeFileSync(this.path, text));
  }

  /** Gives the file its name. */
  commit(): void {
    this.tried(() => renameSync(this.path, this.file));
    this.discard();
  }

  readonly discard = (): void => {
    process.off("exit", this.discard);
    rmSync(this.folder, { recursive: true, force: true });
  };

  private tried(act: () => void): void {
    try {
      act();
    } catch (error) {
      throw unwritable(this.file, (error as NodeJS.ErrnoException).code);
    }
  }
}

const unwritable = (file: string, code = "unknown error"): Error =>
  badInput(`${file}: error: it cannot be written (${code}); expected the name of a file in a folder of your own`);
