import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from "node:worker_threads";
import type { PolicyKind } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import { AskedInVain } from "../policies/shape.js";
import type { PluginLoad } from "../scenario/own-policies.js";
import type { PluginSource } from "../simulation/plan.js";
import { compiled } from "./compiled.js";
import type { Question } from "./describe-job.js";
import type { PolicyFailure } from "./policy-error.js";
import { failureText } from "./words.js";
import { Work } from "./work.js";

/** Of work; looked at so often. */
const MOST_SECONDS = 10;
const LOOK_MS = 100;
const MOST_MEGABYTES = 512;

type Answer =
  | { readonly facts: PolicyFacts; readonly hooks: readonly string[]; readonly sha256: string }
  | { readonly problems: readonly { readonly message: string; readonly expected: string }[] }
  | { readonly failure: PolicyFailure }
  | { readonly value: unknown };

/**
 * Finds out what policies of a user's own are, without running any of their code in this thread: another one loads them,
 * and is given up when it takes too long. Answers come at once, so whoever reads a scenario need not know of threads.
 */
export class Describer {
  private worker: Worker | null = null;
  private port!: MessagePort;
  private readonly signal = new Int32Array(new SharedArrayBuffer(4));

  describe(kind: PolicyKind, path: string, file: string): PluginLoad {
    const answer = this.ask({ ask: "describe", kind, path, file });
    if (answer === null) {
      const message = `${file} has not been loaded after ${MOST_SECONDS} s of work`;
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
    if (answer === null) throw new AskedInVain(`${file}: ${hook} has not answered after ${MOST_SECONDS} s of work`);
    if ("failure" in answer) throw new AskedInVain(failureText(answer.failure));
    if (!("value" in answer)) throw new Error("internal error: a policy was not asked");
    return answer.value;
  }

  private ask(question: Question): Answer | null {
    this.worker ??= this.start();
    Atomics.store(this.signal, 0, 0);
    this.worker.postMessage(question);
    const work = new Work();
    for (let worked = 0; worked < MOST_SECONDS; worked += work.since(1))
      if (Atomics.wait(this.signal, 0, 0, LOOK_MS) !== "timed-out")
        return (receiveMessageOnPort(this.port) as { readonly message: Answer }).message;
    this.close();
    return null;
  }

  private start(): Worker {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const worker = new Worker(compiled("plugins", "describe-job", import.meta.url), {
      workerData: { port: port2, signal: this.signal },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    // Out of memory is told by its silence.
    worker.on("error", () => {});
    worker.unref();
    return worker;
  }
}
