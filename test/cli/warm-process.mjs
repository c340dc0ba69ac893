import { program } from "../../dist/cli/program.js";

/**
 * A process that has loaded the program and does one command line after another, each as if it were the only one: in its
 * folder, with its environment, and with what is left to be done when a process ends.
 */
process.on("disconnect", () => process.exit());
process.on("message", async ({ args, cwd, env }) => {
  const before = process.listeners("exit");
  const told = { out: [], err: [] };
  const write = { out: process.stdout.write, err: process.stderr.write };
  const into = (stream) => (text) => told[stream].push(text) > 0;
  process.stdout.write = into("out");
  process.stderr.write = into("err");
  process.argv = [process.argv[0], process.argv[1], ...args];
  process.chdir(cwd);
  process.env = env;
  process.exitCode = undefined;
  const code = await program(args);
  process.exitCode = undefined;
  for (const listener of process.listeners("exit").filter((each) => !before.includes(each))) {
    process.off("exit", listener);
    listener(code);
  }
  process.stdout.write = write.out;
  process.stderr.write = write.err;
  process.send({ code, out: told.out.join(""), err: told.err.join("") });
});
