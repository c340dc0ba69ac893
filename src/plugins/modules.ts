import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { type Jiti, createJiti } from "jiti";
import * as host from "../policy.js";

/** What a plug-in imports from us. It gets the classes of this very program and no second copy of them. */
const VIRTUAL = { "faultline/policy": host };

export interface LoadedModule {
  /** The default export. */
  readonly policy: unknown;
  /** Of the names and contents of all files that were read for it. */
  readonly sha256: string;
}

/**
 * Loads files of TypeScript or JavaScript without a build step, as they are on disk. A file is translated once, and
 * evaluated anew for every run: what a policy keeps in its module must not reach from one run into another.
 */
export class PolicyModules {
  private readonly translator: Jiti = createJiti(import.meta.url, { fsCache: false });
  private readonly translated = new Map<string, string>();
  private readonly jiti: Jiti = createJiti(import.meta.url, {
    fsCache: false,
    interopDefault: false,
    virtualModules: VIRTUAL,
    transform: (options) => {
      const key = `${options.filename}\n${options.source}`;
      let code = this.translated.get(key);
      if (code === undefined) {
        code = this.translator.transform(options);
        this.translated.set(key, code);
      }
      return { code };
    },
  });

  async load(path: string): Promise<LoadedModule> {
    const before = new Set(Object.keys(this.jiti.cache));
    try {
      const module = (await this.jiti.import(path)) as { readonly default?: unknown };
      return { policy: module.default, sha256: digestOf(path, this.added(before)) };
    } finally {
      for (const file of this.added(before)) delete this.jiti.cache[file];
    }
  }

  private added(before: ReadonlySet<string>): string[] {
    return Object.keys(this.jiti.cache)
      .filter((file) => !before.has(file) && !/[/\\]node_modules[/\\]jiti[/\\]/.test(file))
      .toSorted();
  }
}

function digestOf(path: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const text = readFileSync(file);
    hash.update(`${relative(dirname(path), file).replaceAll("\\", "/")} ${text.length}\n`).update(text);
  }
  return hash.digest("hex");
}
