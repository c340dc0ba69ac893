import { defineConfig } from "vitest/config";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    // The files of one worker share their imports: loading the simulator anew for each takes as long as many of the tests.
    isolate: false,
    maxWorkers: 2,
  },
});
