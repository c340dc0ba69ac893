import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOf, startApart } from "../plugins/apart.js";
import { Progress } from "../plugins/progress.js";
import { failureIn } from "../plugins/watchdog.js";
import type { Plan } from "../simulation/plan.js";
import type { Cell, CellResult } from "./cells.js";
import type { Told, Wanted } from "./plugin-process.js";

/** A process for one run at a time; a new one takes its place after a run that has harmed it. */
export class PluginProcess {
  private child: ChildProcess | null = null;
  private isOver = false;

  constructor(private readonly plans: readonly Plan[]) {}

  /** Null where `end` came first. Which call has ended a process is learnt by running the cell again, noting each. */
  async run(cell: Cell): Promise<CellResult | null> {
    const first = await this.tried(cell, null);
    if (typeof first !== "string") return first;
    if (this.isOver) return null;
    const folder = mkdtempSync(join(tmpdir(), "faultline-"));
    try {
      if (cell.watching?.record) rmSync(cell.watching.record.file, { force: true });
      const notes = join(folder, "progress");
      const second = await this.tried(cell, notes);
      if (typeof second !== "string") return second;
      return this.isOver ? null : this.died(cell, second, Progress.noted(notes));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** No run is wanted any more, not even the one under way. */
  end(): void {
    this.isOver = true;
    this.abandon();
  }

  private abandon(): void {
    this.child?.kill("SIGKILL");
    this.child = null;
  }

  /** The result, or in a word how the process has ended instead. */
  private async tried(cell: Cell, notes: string | null): Promise<CellResult | string> {
    this.child ??= this.start();
    const told = await answerOf<Told>(this.child, { cell, notes } satisfies Wanted);
    if (typeof told === "string") {
      this.child = null;
      return told;
    }
    if ("broken" in told) throw new Error(told.broken);
    if (told.ended) this.abandon();
    return told.result;
  }

  private died(cell: Cell, how: string, { hook, time }: Progress): CellResult {
    const { plugins } = this.plans[cell.plan]!;
    if (plugins.length === 0) throw new Error(`internal error: the process of a run has ended (${how})`);
    const what = `ends its process (${how}), as what takes too much memory at once does`;
    const failure = failureIn(plugins, hook, time, null, what, "take it little by little, and let go of it");
    return { ok: false, error: failure.what, input: true, failure };
  }

  private start(): ChildProcess {
    const child = startApart(new URL("plugin-process.js", import.meta.url));
    child.send({ plans: this.plans } satisfies Wanted);
    return child;
  }
}
