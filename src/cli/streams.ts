import { INTERNAL_ERROR } from "./exit.js";

/**
 * Standard output and error may close or fill up at any time. A reader that closes the pipe early (head) wants no more:
 * that is no error, and the command ends with the code that was due. Output that is lost for another reason is one.
 */
export function guardStreams(): void {
  let lost = false;
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || lost) return;
    lost = true;
    process.stderr.write(`error: standard output cannot be written (${code}); what was printed is incomplete\n`);
  });
  // Nothing can be said any more; results and the exit code stay what they are.
  process.stderr.on("error", () => {});
  process.on("exit", () => {
    if (lost) process.exitCode = INTERNAL_ERROR;
  });
}
