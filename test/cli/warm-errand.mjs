import { fork } from "node:child_process";
import { parentPort, workerData } from "node:worker_threads";

/** A thread that carries command lines to the process that does them, and what they told to whoever stands still meanwhile. */
const child = fork(new URL("warm-process.mjs", import.meta.url), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
const { port, signal } = workerData;

function tell(answer) {
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}
child.on("message", tell);
child.on("exit", (code) => tell({ ended: code }));
parentPort.on("message", (line) => child.send(line));
