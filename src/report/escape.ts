import { withoutInvisible } from "../units/invisible.js";

/** Text that came from a file or a user, made harmless for where it is going. */

const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return withoutControls(text)
    .replace(/[\t\n]+/g, " ")
    .replace(/[&<>"']/g, (character) => HTML[character]!);
}

/** No control characters: an escape sequence could repaint the terminal. */
export function escapeTerminal(text: string): string {
  return withoutControls(text);
}

/** On one line, where a list or a table expects a line. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, " ");

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

/** A cell of text that a spreadsheet would take for a formula gets an apostrophe in front; a number is none. */
export function escapeCsv(text: string): string {
  const plain = withoutControls(text).replace(/[\t\n]+/g, " ");
  return /^\s*[=+\-@]/.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
}

/** The value of a label in the OpenMetrics format. */
export function escapeLabel(text: string): string {
  return withoutControls(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** Whole escape sequences first (CSI, then OSC and its kin with their text, then two characters), so that no "[31m" stays. */
const ANSI =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-Z\\^-~]/g;

const withoutControls = (text: string): string => withoutInvisible(text.replace(ANSI, ""));
