/** Something wrong in a history's text. Lines and columns count from 1; line 0 is the file as a whole. */
export interface HistoryProblem {
  readonly line: number;
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** What would have been right. */
  readonly expected: string;
  /** What to do. */
  readonly hint: string;
}

/** Thrown by readers of a part of the text; the importer gives it its line and column. */
export class TextError extends Error {
  constructor(
    readonly offset: number,
    message: string,
    readonly expected: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

const MOST_SHOWN = 40;

/** A piece of the input for a message: one line, not too long. */
export function quoted(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0]!;
  return line.length > MOST_SHOWN ? `"${line.slice(0, MOST_SHOWN)}…"` : `"${line}"`;
}

/** Offsets to lines and columns. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {}

  at(offset: number): { readonly line: number; readonly column: number } {
    const { starts, text } = this;
    while (starts[starts.length - 1]! <= offset) {
      const end = text.indexOf("\n", starts[starts.length - 1]!);
      if (end < 0) break;
      starts.push(end + 1);
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }
}
