import { HOUR, MINUTE, SECOND, formatRounded } from "../units/time.js";

const GAP = 2;

/** Rows under a header, each column as wide as its widest cell; the last one as it is. */
export function columns(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!)))
      .join(" ".repeat(GAP))
      .trimEnd();
  const width = widths.reduce((sum, each) => sum + each + GAP, -GAP);
  return [line(header), "─".repeat(width), ...rows.map(line)];
}

/** "12.3 s ago". */
export const ago = (micros: number): string =>
  micros < MINUTE ? `${(micros / SECOND).toFixed(1)} s ago` : `${formatRounded(micros)} ago`;

export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** A moment as it can be typed: "1h02m", "5m16.00121s". */
export function clock(micros: number): string {
  const parts = [
    [Math.floor(micros / HOUR), "h"],
    [Math.floor((micros % HOUR) / MINUTE), "m"],
    [(micros % MINUTE) / SECOND, "s"],
  ] as const;
  const text = parts.map(([amount, unit]) => (amount === 0 ? "" : `${Number(amount.toFixed(6))}${unit}`)).join("");
  return text === "" ? "0s" : text;
}

/** The moment of a run, over all of it: "2m of 20m". */
export const moment = (now: number, duration: number): string => `${clock(now)} of ${clock(duration)}`;
