import { unbroken } from "../report/words.js";

const BAR = 24;
const USUAL = 100;
const NARROWEST = 40;
const WIDEST = 160;

/** Prose and progress go to standard error when standard output carries a document. */
export class Terminal {
  private readonly startedAt = performance.now();
  private lastStep = -1;

  constructor(
    private readonly json: boolean,
    private readonly quiet: boolean,
  ) {}

  /** Columns to fill: those of the terminal; in a pipe what COLUMNS says. */
  get width(): number {
    const stream = this.json ? process.stderr : process.stdout;
    const said = Number(process.env["COLUMNS"]);
    const columns = stream.columns ?? (Number.isInteger(said) && said > 0 ? said : USUAL);
    return Math.max(NARROWEST, Math.min(columns, WIDEST));
  }

  say(text: string): void {
    (this.json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  document(text: string): void {
    process.stdout.write(text);
  }

  /** A bar with the time left on a terminal, a plain line every tenth in a pipe. */
  progress(done: number, total: number): void {
    if (this.quiet) return;
    const seconds = (performance.now() - this.startedAt) / 1000;
    const left = Math.ceil((seconds / done) * (total - done));
    if (process.stderr.isTTY) {
      const filled = Math.round((done / total) * BAR);
      const bar = `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
      process.stderr.write(
        done === total ? "\r\u001b[K" : `\r${bar} ${done} of ${total} runs, about ${left} s left\u001b[K`,
      );
      return;
    }
    const step = Math.floor((done / total) * 10);
    if (step === this.lastStep) return;
    this.lastStep = step;
    process.stderr.write(`${done} of ${total} runs after ${seconds.toFixed(1)} s, about ${left} s left\n`);
  }

  seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }
}

/** Breaks a sentence into lines of at most `width`, never within a figure. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of unbroken(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n").replaceAll("\u00a0", " ");
}
