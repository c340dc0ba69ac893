import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from "node:worker_threads";
import type { PolicyKind } from "../policies/catalogue.js";
import { AskedInVain } from "../policies/shape.js";
import type { PluginLoad } from "../scenario/own-policies.js";
import type { PluginSource } from "../simulation/plan.js";
import type { Ended } from "./describe-errand.js";
import type { Question } from "./describe-job.js";
import type { Told } from "./describe-process.js";
import { failureText } from "./words.js";

/**
 * Finds out what policies of a user's own are, without running any of their code in this process: another one loads
 * them, and is given up when it takes too long. Answers come at once, so whoever reads a scenario need not know of it.
 */
export class Describer {
  private worker: Worker | null = null;
  private port!: MessagePort;
  private readonly signal = new Int32Array(new SharedArrayBuffer(4));

  describe(kind: PolicyKind, path: string, file: string): PluginLoad {
    const answer = this.ask({ ask: "describe", kind, path, file });
    const harm = harmOf(answer);
    if (harm !== null) {
      const message = `${file} cannot be loaded: it ${harm}`;
      return { ok: false, problems: [{ message, expected: "a file that only declares a policy" }] };
    }
    if ("problems" in answer) return { ok: false, problems: answer.problems };
    if ("failure" in answer) return { ok: false, problems: [{ message: failureText(answer.failure) }] };
    if (!("facts" in answer)) throw new Error("internal error: a policy was not described");
    const { facts, hooks, sha256 } = answer;
    const source: PluginSource = { kind, name: facts.name, path, file, sha256 };
    const asked = hooks.map((hook) => [hook, (...args: readonly unknown[]) => this.call(source, hook, args)]);
    return { ok: true, policy: { ...facts, ...(Object.fromEntries(asked) as object) }, source };
  }

  /** The thread has nothing more to do. */
  close(): void {
    this.port?.close();
    void this.worker?.terminate();
    this.worker = null;
  }

  /** What a policy says before anything runs. Throws an AskedInVain when it goes wrong. */
  private call({ kind, path, file }: PluginSource, hook: string, args: readonly unknown[]): unknown {
    const answer = this.ask({ ask: "call", kind, path, file, hook, args });
    const harm = harmOf(answer);
    if (harm !== null) throw new AskedInVain(`${file}: ${hook} ${harm}`);
    if ("failure" in answer) throw new AskedInVain(failureText(answer.failure));
    if (!("value" in answer)) throw new Error("internal error: a policy was not asked");
    return answer.value;
  }

  private ask(question: Question): Told | Ended {
    this.worker ??= this.start();
    Atomics.store(this.signal, 0, 0);
    this.worker.postMessage(question);
    Atomics.wait(this.signal, 0, 0);
    return (receiveMessageOnPort(this.port) as { readonly message: Told | Ended }).message;
  }

  private start(): Worker {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const worker = new Worker(new URL("describe-errand.js", import.meta.url), {
      workerData: { port: port2, signal: this.signal },
      transferList: [port2],
    });
    worker.unref();
    return worker;
  }
}

/** What it did instead of answering, if anything. */
function harmOf(answer: Told | Ended): string | null {
  if ("late" in answer) return `has not come to an end after ${answer.late} s of work`;
  if ("hoards" in answer) return `takes more than ${answer.hoards} MB of memory`;
  return "ended" in answer ? `ends its process (${answer.ended}), as what takes too much memory at once does` : null;
}
