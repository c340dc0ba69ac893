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

/** A cell of text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function escapeCsvFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** The value of a label in the OpenMetrics format. */
export function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** Whole escape sequences first (CSI, then OSC and its kin with their text, then two characters), so that no "[31m" stays. */
const ANSI =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-Z\\^-~]/g;

/** C0 but for tab and line feed, DEL, C1, and the marks that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const withoutControls = (text: string): string => text.replace(ANSI, "").replace(CONTROLS, "");
