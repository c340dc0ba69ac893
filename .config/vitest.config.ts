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
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/golden\/digests-\w+\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
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
