import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = `${ROOT}src/`;
const DIST = `${ROOT}dist/`;

/**
 * What a test imports from src is taken from dist, as Node's own module: that is what users run, and it takes two thirds
 * of the time, since Vite's modules ask for each import again whenever it is used. `test/setup.ts` builds it first.
 */
const compiledSources: Plugin = {
  name: "compiled-sources",
  enforce: "pre",
  resolveId(source, importer) {
    if (importer === undefined || !source.startsWith(".")) return null;
    const path = resolve(dirname(importer), source);
    return path.startsWith(SRC) ? DIST + path.slice(SRC.length) : null;
  },
};

/** The longest first, so that none of them is left alone at the end: which these are no file's size tells. */
const LONG = [/\/golden\/digests-/, /\/fates\/agreement\./, /\/(?:plugins|cli|validation|simulation)\//];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((long) => long.test(moduleId));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  root: ROOT,
  plugins: [compiledSources],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup.ts",
    server: { deps: { external: [/\/dist\//] } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    // The files of one worker share their imports: loading the simulator anew for each takes as long as many of the tests.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
