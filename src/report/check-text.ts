import { oneLine } from "./escape.js";
import { type JudgedFile, type ToldPromise, promiseText, seenText, whyText } from "./judged-file.js";

const INDENT = "  ";
const VERDICT = "undecided".length + 2;
/** Beyond so much the promise of one line does not push aside what was seen of all others. */
const WIDEST_PROMISE = 40;

/** Breaks a text into lines of at most so many columns. */
type Wrap = (text: string, width: number) => string;

/**
 * The promises of a file by architecture, a line each, or two where one does not hold them; below those that are not kept
 * why, and the command that judges them again.
 */
export function checkText({ file, question, notes, promises }: JudgedFile, width: number, wrap: Wrap): string {
  const lines = [oneLine(file), wrap(oneLine(question), width)];
  const most = Math.min(WIDEST_PROMISE, Math.max(...promises.map(({ promise }) => promiseText(promise).length)));
  for (const name of new Set(promises.map(({ promise }) => promise.architecture))) {
    lines.push("", name);
    for (const told of promises) {
      if (told.promise.architecture === name) lines.push(...promiseLines(told, file, most, width, wrap));
    }
  }
  lines.push(...notes.flatMap((note) => ["", wrap(`Note: ${oneLine(note)}.`, width)]));
  return lines.join("\n");
}

function promiseLines(
  { promise, replay }: ToldPromise,
  file: string,
  most: number,
  width: number,
  wrap: Wrap,
): string[] {
  const verdict = promise.verdict === "broken" ? "BROKEN" : promise.verdict;
  const text = promiseText(promise);
  const seen = seenText(promise);
  const margin = INDENT.length + VERDICT;
  const hanging = (words: string): string[] =>
    wrap(words, width - margin)
      .split("\n")
      .map((line) => " ".repeat(margin) + line);
  const start = INDENT + verdict.padEnd(VERDICT);
  const line = `${start}${text.padEnd(most)}${INDENT}${seen}`;
  const [first, ...rest] = hanging(text);
  const told = line.length <= width ? [line] : [start + first!.trimStart(), ...rest, ...hanging(seen)];
  if (promise.verdict === "kept") return told;
  const why = whyText(promise);
  return [
    ...told,
    ...hanging(`${oneLine(file)}:${promise.line}${why === "" ? "" : `: ${oneLine(why)}`}`),
    `${" ".repeat(margin)}Replay  ${replay}`,
  ];
}

/** "12 of 15 promises kept, 2 broken, 1 undecided": of all files together. */
export function tally(files: readonly JudgedFile[]): string {
  const all = files.flatMap(({ promises }) => promises.map(({ promise }) => promise.verdict));
  const count = (verdict: string): number => all.filter((each) => each === verdict).length;
  const more = ["broken", "undecided"].filter((verdict) => count(verdict) > 0);
  const noun = all.length === 1 ? "promise" : "promises";
  return [
    `${count("kept")} of ${all.length} ${noun} kept`,
    ...more.map((verdict) => `${count(verdict)} ${verdict}`),
  ].join(", ");
}

/** For those who read only errors, one line each. */
export const complaints = ({ file, promises }: JudgedFile): string[] =>
  promises
    .filter(({ promise }) => promise.verdict !== "kept")
    .map(({ promise, replay }) =>
      oneLine(
        `${file}:${promise.line}: ${promise.verdict}: ${promise.architecture} ${promiseText(promise)}: ${seenText(promise)}; replay: ${replay}`,
      ),
    );
