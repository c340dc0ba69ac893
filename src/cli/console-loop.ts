import { createInterface } from "node:readline";
import type { Answer } from "../console/answers.js";
import { completions } from "../console/completion.js";
import { clock } from "../console/layout.js";
import type { Session } from "../console/session.js";
import { type Complaint, understand } from "../operate/parse.js";
import { escapeTerminal } from "../report/escape.js";
import { namesIn } from "./begin-session.js";
import { BAD_INPUT, FINE, INTERRUPTED } from "./exit.js";
import { folded } from "./folded.js";
import { said } from "./said.js";
import { saveSession } from "./save-session.js";
import { ShortLines } from "./short-lines.js";

/** Where lines come from, and how they are called in messages. */
export interface Lines {
  /** Null for what is typed, or comes through a pipe. */
  readonly script: { readonly file: string; readonly text: string } | null;
  readonly interrupt: Interrupt;
}

/** Somebody wants the command at hand to end; beyond a terminal, the session with it. */
export interface Interrupt {
  wanted: boolean;
  ends: boolean;
}

/** Does what is typed until there is nothing more, or `quit`. The exit code says whether a command was wrong. */
export async function consoleLoop(session: Session, { script, interrupt }: Lines): Promise<number> {
  const isTyped = script === null && process.stdin.isTTY === true;
  const talk = new Talk(session, script === null ? "line " : `${script.file}:`, isTyped);
  const ended = (): boolean => talk.isOver || interrupt.ends || process.stdout.destroyed;
  if (script !== null) {
    for (const line of script.text.split(/\r?\n/)) {
      if (ended()) break;
      await talk.hear(line);
    }
  } else await fromInput(session, talk, interrupt, isTyped, ended);
  if (interrupt.ends) return INTERRUPTED;
  return talk.wrong === 0 || isTyped ? FINE : BAD_INPUT;
}

async function fromInput(
  session: Session,
  talk: Talk,
  interrupt: Interrupt,
  isTyped: boolean,
  ended: () => boolean,
): Promise<void> {
  const reader = createInterface({
    input: isTyped ? process.stdin : process.stdin.pipe(new ShortLines()),
    ...(isTyped
      ? { output: process.stdout, completer: (line: string) => completions(line, namesIn(session).regions) }
      : {}),
    terminal: isTyped,
    historySize: 1000,
  });
  let isBusy = false;
  reader.on("SIGINT", () => {
    if (isBusy) interrupt.wanted = true;
    else {
      process.stdout.write("\n(`quit` or Ctrl-D ends the session)\n");
      reader.prompt();
    }
  });
  const prompt = (): void => {
    if (!isTyped) return;
    reader.setPrompt(`${clock(session.now)}> `);
    reader.prompt();
  };
  prompt();
  for await (const line of reader) {
    isBusy = true;
    interrupt.wanted = false;
    await talk.hear(line);
    isBusy = false;
    if (ended()) break;
    prompt();
  }
  reader.close();
  // Or whoever has the other end open would keep this one going.
  process.stdin.unpipe();
  process.stdin.pause();
  if (isTyped && !talk.isOver) process.stdout.write("\n");
}

/** One session: what was typed, what was said, and how much of it was wrong. */
class Talk {
  isOver = false;
  wrong = 0;
  private lines = 0;
  private saved = 0;
  private isWarned = false;
  private readonly history: string[] = [];

  constructor(
    private readonly session: Session,
    /** Before the number of a line. */
    private readonly from: string,
    private readonly isTyped: boolean,
  ) {}

  async hear(written: string): Promise<void> {
    this.lines++;
    const line = written.trim();
    if (line === "" || line.startsWith("#")) return;
    const before = clock(this.session.now);
    if (!this.isTyped) say(`${before}> ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`);
    const understood = understand(line, namesIn(this.session));
    if (!understood.ok) {
      this.complain(understood.complaint, line, before, written.length - written.trimStart().length);
      return;
    }
    this.history.push(line);
    const { words, values } = understood.command;
    if (words.name === "quit") this.quit();
    else if (words.name === "history")
      say(this.history.map((each, at) => `${String(at + 1).padStart(5)}  ${each}`).join("\n"));
    else if (words.name === "save") this.tell(this.save(String(values.get("file")), values.get("force") === true));
    else this.tell(await said(this.session, understood.command, line, this.isTyped));
  }

  /** Also at the end of a session that was told so at its beginning. */
  save(file: string, force: boolean): Answer {
    const done = saveSession(this.session, file, force);
    if (done.fine) this.saved = this.session.orders;
    return done;
  }

  private quit(): void {
    const { orders } = this.session;
    if (this.isTyped && orders > this.saved && !this.isWarned) {
      this.isWarned = true;
      say(
        `${orders - this.saved} of your orders are not saved: \`save FILE\` keeps them, \`quit\` again gives them up`,
      );
    } else this.isOver = true;
  }

  private tell({ lines, fine }: Answer): void {
    if (fine) say(lines.join("\n"));
    else {
      const [last, ...earlier] = lines.toReversed();
      if (earlier.length > 0) say(earlier.toReversed().join("\n"));
      this.mistake(`error: ${last}`, 0);
    }
  }

  private complain({ at, message, expected, hint }: Complaint, line: string, prompt: string, indent: number): void {
    if (this.isTyped && line.length < 200) say(`${" ".repeat(prompt.length + 2 + at)}^`);
    this.mistake(`error: ${message}; expected ${expected}${hint === undefined ? "" : `; ${hint}`}`, at + indent + 1);
  }

  private mistake(message: string, column: number): void {
    this.wrong++;
    const where = `${this.from}${this.lines}${column === 0 ? "" : `:${column}`}: `;
    // What a program reads stays on its line.
    process.stderr.write(`${this.isTyped ? folded(message) : escapeTerminal(`${where}${message}`)}\n`);
  }
}

const say = (text: string): void => {
  if (text !== "") process.stdout.write(`${folded(text)}\n`);
};
