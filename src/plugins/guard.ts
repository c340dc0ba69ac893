import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginSource } from "../simulation/plan.js";
import type { Memory } from "./memory.js";
import { PolicyError, type PolicyFailure, placeIn } from "./policy-error.js";
import type { Progress } from "./progress.js";

/** For how long something lent may be touched. */
export interface Lease {
  live: boolean;
}

interface Call extends Lease {
  readonly plugin: PluginSource;
  readonly hook: string;
  readonly number: number;
}

/** So many calls without any time passing are an endless loop through the event queue: nothing real does that. */
const MOST_AT_ONE_TIME = 1_000_000;

/** So many rests between which nothing has come of the loading of a file. */
const LOAD_RESTS = 50;
const REST_MS = 100;

/** Folders of Faultline and of the libraries that load a policy: what is run there is not the policy's. */
const HERE = posix.dirname(posix.dirname(fileURLToPath(import.meta.url).replaceAll("\\", "/")));
const isTheirs = (path: string): boolean =>
  !path.startsWith("node:") && !path.startsWith(`${HERE}/`) && !/\/node_modules\/(?:jiti|piscina)\//.test(path);

/**
 * Stands between the simulation and the policies of a user's own: knows which of their functions is running and at what
 * time, ends what they were lent when it returns, and turns whatever goes wrong into a failure with file, line and hook.
 */
export class Guard {
  /** Of the run, once there is one. */
  clock: { readonly now: number } = { now: 0 };
  /** The first thing that went wrong; it counts even if the policy has caught what was thrown. */
  failure: PolicyFailure | null = null;
  private readonly calls: Call[] = [];
  private readonly hooks = new Map<PluginSource, Map<string, number>>();
  /** Verbs of the host that are under way: what happens in them is the simulation's doing. */
  private verbs = 0;
  private loads = false;
  private lastTime = -1;
  private atOneTime = 0;

  constructor(
    private readonly progress: Progress | null,
    private readonly memory: Memory | null = null,
  ) {}

  /** Whether the code that is running is the policy's. */
  get watches(): boolean {
    if (this.loads) return isTheirs(callerOf(new Error("here").stack ?? ""));
    return this.calls.length > 0 && this.verbs === 0;
  }

  /** While a file is loaded its own lines are watched, and not those of the loader between them. */
  async load<T>(plugin: PluginSource, act: () => Promise<T>): Promise<T> {
    this.last = { plugin, hook: "load" };
    this.clock = { now: 0 };
    this.failure = null;
    this.loads = true;
    this.progress?.enter(this.numberOf(plugin, "load"), 0, 1);
    try {
      const loaded = await Promise.race([act(), this.patience()]);
      if (this.failure !== null) throw new PolicyError(this.failure);
      return loaded;
    } finally {
      this.loads = false;
      this.progress?.leave(0, 0);
    }
  }

  get lease(): Lease | null {
    return this.calls.at(-1) ?? null;
  }

  /** Runs a function of a policy. */
  call<T>(plugin: PluginSource, hook: string, act: (lease: Lease) => T): T {
    const call = this.enter(plugin, hook);
    const outside = this.verbs;
    this.verbs = 0;
    try {
      if (this.atOneTime > MOST_AT_ONE_TIME)
        this.fail(
          `is called ${MOST_AT_ONE_TIME} times and no time passes`,
          "let host.after wait for longer than 0",
          "",
        );
      const result = act(call);
      if (this.memory?.isSuspect() === true) {
        // To collect the garbage may take longer than a call may.
        this.progress?.leave(call.number, 0);
        this.memory.weigh(this);
      }
      if (this.failure !== null) throw new PolicyError(this.failure);
      if (isThenable(result))
        this.fail("returns a promise", "a policy answers at once; set a timer with host.after to go on later");
      return result;
    } catch (error) {
      throw this.attributed(error);
    } finally {
      this.verbs = outside;
      call.live = false;
      this.calls.pop();
      this.progress?.leave(this.lastNumber, this.calls.length);
    }
  }

  /** Runs a verb of the host that a policy has called. */
  verb<T>(name: string, act: () => T): T {
    if (this.calls.length === 0)
      this.fail(`uses ${name} after its call is over`, "act within the call, or in timer() after host.after");
    this.verbs++;
    try {
      return act();
    } finally {
      this.verbs--;
    }
  }

  /** Something was touched that is lent to another call than this one, or to none. */
  kept(what: string): never {
    return this.fail(`keeps ${what} after its call is over`, "copy the numbers that you need while the call lasts");
  }

  /** Ends the run for what the policy is doing right now. */
  fail(what: string, instead: string, stack = new Error("here").stack ?? ""): never {
    throw new PolicyError(this.note(what, instead, stack));
  }

  /** Keeps in mind that something went wrong where nothing may be thrown; the run ends when the call returns. */
  note(what: string, instead: string, stack: string): PolicyFailure {
    if (this.failure === null) {
      this.failure = this.failureOf(what, instead, stack);
      this.progress?.tell(this.failure);
    }
    return this.failure;
  }

  /** A file that waits for what never comes would be loaded for ever; while this thread works no time passes. */
  private async patience(): Promise<never> {
    for (let rest = 0; this.loads && rest < LOAD_RESTS; rest++)
      await new Promise((resume) => setTimeout(resume, REST_MS).unref());
    if (!this.loads) return new Promise(() => {});
    return this.fail("waits while it is loaded", "declare the policy at once, without await", "");
  }

  /** Waits for what a policy may have left to be done after its calls, which is too late. */
  async settle(): Promise<void> {
    const { plugin } = this.last;
    this.progress?.enter(this.numberOf(plugin, "afterwards"), this.clock.now, 1);
    this.last = { plugin, hook: "afterwards" };
    await new Promise((resume) => setImmediate(resume));
    this.progress?.leave(0, 0);
  }

  private enter(plugin: PluginSource, hook: string): Call {
    const { now } = this.clock;
    const number = this.numberOf(plugin, hook);
    const call: Call = { live: true, plugin, hook, number };
    this.calls.push(call);
    this.progress?.enter(number, now, this.calls.length);
    this.atOneTime = now === this.lastTime ? this.atOneTime + 1 : 0;
    this.lastTime = now;
    return call;
  }

  private numberOf(plugin: PluginSource, hook: string): number {
    let hooks = this.hooks.get(plugin);
    if (hooks === undefined) {
      hooks = new Map();
      this.hooks.set(plugin, hooks);
    }
    let number = hooks.get(hook);
    if (number === undefined) {
      number = this.progress?.register(`${plugin.kind}\t${plugin.file}\t${hook}`) ?? 0;
      hooks.set(hook, number);
    }
    return number;
  }

  private get lastNumber(): number {
    return this.calls.at(-1)?.number ?? 0;
  }

  private attributed(error: unknown): PolicyError {
    if (error instanceof PolicyError) return error;
    const { words, stack } = described(error);
    return new PolicyError(this.note(`throws ${words}`, "", stack));
  }

  private failureOf(what: string, instead: string, stack: string): PolicyFailure {
    const { plugin, hook } = this.calls.at(-1) ?? this.last;
    return failureAt(plugin, placeIn(stack, isTheirs), hook, this.clock.now, what, instead);
  }

  /** Who is to be named when no call is under way. */
  last: { readonly plugin: PluginSource; readonly hook: string } = {
    plugin: { kind: "replication", name: "", path: "", file: "", sha256: "" },
    hook: "",
  };
}

/** The innermost frame of a stack trace that is not of this folder. */
function callerOf(stack: string): string {
  const here = `${HERE}/plugins/`;
  return placeIn(stack, (path) => !path.startsWith(here))?.path ?? "node:";
}

/** What a policy did wrong, at the place in its own files where that is known. */
export function failureAt(
  plugin: PluginSource,
  place: { readonly path: string; readonly line: number } | null,
  hook: string,
  time: number,
  what: string,
  instead: string,
): PolicyFailure {
  const file = place === null ? plugin.file : fileNamed(plugin, place.path);
  return { kind: plugin.kind, name: plugin.name, file, line: place?.line ?? 0, hook, time, what, instead };
}

/** A file that a policy imports is named as if from where the policy's own is. */
export function fileNamed({ path, file }: PluginSource, other: string): string {
  const folder = posix.dirname(path.replaceAll("\\", "/"));
  return posix.join(posix.dirname(file), posix.relative(folder, other.replaceAll("\\", "/")));
}

const LONGEST = 500;

/** What was thrown, in words; it need not be an error, and even to look at it may throw. */
function described(thrown: unknown): { readonly words: string; readonly stack: string } {
  const inWords = (value: unknown): string => String(value).slice(0, LONGEST).replace(/\s+/g, " ");
  try {
    if (!(thrown instanceof Error)) return { words: inWords(thrown), stack: "" };
    const { name, message, stack } = thrown;
    return { words: `${inWords(name)}: ${inWords(message)}`, stack: typeof stack === "string" ? stack : "" };
  } catch {
    return { words: "something that cannot be shown", stack: "" };
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
