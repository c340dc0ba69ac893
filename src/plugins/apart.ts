import { type ChildProcess, fork } from "node:child_process";

/**
 * A process that runs policies of a user's own. A thread is not enough: one that is inside of the engine for long cannot be
 * ended, and where V8 cannot give a piece of memory it ends the whole program.
 */
export function startApart(program: URL): ChildProcess {
  return fork(program, {
    serialization: "advanced",
    // What policies print is no result; the last words of a dying engine are for nobody.
    stdio: ["ignore", 2, "ignore", "ipc"],
  });
}

/** What the program of such a process does first. */
export function standApart(): void {
  // The process that has started this one decides when it ends: an interrupt is meant for that one.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  // A thread that is stuck would keep the process from ending in any gentler way.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.stderr.write = process.stdout.write.bind(process.stdout) as typeof process.stderr.write;
}

/** Asks for one thing; the answer, or in a word how the process has ended instead. */
export function answerOf<Answer>(child: ChildProcess, question: object): Promise<Answer | string> {
  return new Promise((resolve, reject) => {
    const settled = (act: () => void): void => {
      child.removeAllListeners();
      // Whoever is ended later has nobody to tell it to.
      child.on("error", () => {});
      act();
    };
    child.on("message", (told: Answer) => settled(() => resolve(told)));
    child.on("error", (error) => settled(() => reject(error)));
    child.on("exit", (code, signal) => settled(() => resolve(signal ?? `exit code ${code}`)));
    child.send(question);
  });
}
