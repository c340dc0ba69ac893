import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from "node:worker_threads";

export interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Nothing here takes a tenth of that. */
const MOST_MS = 600_000;

const signal = new Int32Array(new SharedArrayBuffer(4));
let errand: { readonly worker: Worker; readonly port: MessagePort } | null = null;

function start(): { readonly worker: Worker; readonly port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("warm-errand.mjs", import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
  });
  worker.unref();
  return { worker, port: port1 };
}

/**
 * Does a command line in a process that has the program loaded already, and waits for it. To load it takes as long as what
 * most commands of these tests do, so they share one; process.test.ts holds it against processes of their own.
 */
export function warm(args: readonly string[], cwd: string): Told {
  errand ??= start();
  Atomics.store(signal, 0, 0);
  errand.worker.postMessage({ args, cwd, env: { ...process.env } });
  Atomics.wait(signal, 0, 0, MOST_MS);
  const told = receiveMessageOnPort(errand.port)?.message as Told | { readonly ended: number | null } | undefined;
  if (told !== undefined && !("ended" in told)) return told;
  void errand.worker.terminate();
  errand = null;
  throw new Error(`\`faultline ${args.join(" ")}\` ${told === undefined ? "does not end" : "has ended its process"}`);
}
