import { INTERRUPTED } from "./exit.js";

/** The first Ctrl-C drops the runs at hand; a second one ends the program at once. */
export function interruptible(then = "writing what is finished"): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write(`\ninterrupted: ${then} (Ctrl-C again to end at once)\n`);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    end: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
