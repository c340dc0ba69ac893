import type { Comparison } from "./comparison.js";
import { shortList, tableRows } from "./table.js";

type Line = readonly string[];

const GAP = 2;
/** Least room for a column's name. */
const NAME = 8;

/**
 * The short table as aligned text without boxes, within `width` columns: whole, or the means without their intervals, or
 * a few architectures at a time.
 */
export function textTable(comparison: Comparison, width: number): string {
  const names = comparison.architectures.map(({ name }) => name);
  const withDifference = names.length === 2;
  const rows = tableRows(comparison, shortList(comparison));
  const titles = ["", ...rows.map(({ facts }) => facts.title)];
  const most = Math.max(NAME, width - widest(titles) - GAP);
  const header = [...names.map((name) => shortened(name, most)), ...(withDifference ? ["difference"] : [])];
  const cells = rows.map((row) => [...row.cells, ...(withDifference ? row.differences : [])]);
  const whole = columnsOf([header, ...cells]);
  if (widthOf([titles, ...whole]) <= width) return drawn([titles, ...whole]);
  // The interval of a difference says more than those of both sides.
  const means = columnsOf([
    header,
    ...cells.map((line) => line.map((text, at) => (at < names.length ? meanOf(text) : text))),
  ]);
  if (widthOf([titles, ...means]) <= width)
    return `${drawn([titles, ...means])}\n(means; 95 % intervals from ${widthOf([titles, ...whole])} columns on, and in report.html)`;
  return sideBySide(titles, whole, width);
}

/** Columns with a title each line, a few at a time where they are wider than `width`. */
export const sideBySide = (titles: readonly string[], columns: readonly Line[], width: number): string =>
  blocks(titles, columns, width)
    .map((block) => drawn([titles, ...block]))
    .join("\n\n");

/** As many columns side by side as fit, one at least. */
function blocks(titles: Line, columns: readonly Line[], width: number): Line[][] {
  const found: Line[][] = [];
  for (const column of columns) {
    const last = found.at(-1);
    if (last !== undefined && widthOf([titles, ...last, column]) <= width) last.push(column);
    else found.push([column]);
  }
  return found;
}

function drawn(columns: readonly Line[]): string {
  const widths = columns.map(widest);
  const lines = columns[0]!.map((_, row) =>
    columns
      .map((column, at) => (at === 0 ? column[row]!.padEnd(widths[0]!) : column[row]!.padStart(widths[at]!)))
      .join(" ".repeat(GAP)),
  );
  return [lines[0]!, "─".repeat(widthOf(columns)), ...lines.slice(1)].join("\n");
}

const columnsOf = (lines: readonly Line[]): Line[] => lines[0]!.map((_, at) => lines.map((line) => line[at]!));
const widest = (column: Line): number => Math.max(...column.map((text) => text.length));
const widthOf = (columns: readonly Line[]): number => columns.reduce((sum, column) => sum + widest(column) + GAP, -GAP);

const meanOf = (text: string): string => text.replace(/ ± [\d.,]+/, "").replace(/^– \(0 of \d+\)$/, "–");

const shortened = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1)}…` : name);
