import { type Simulated, meanOf } from "../advise/recommend/figures.js";
import type { Recommendation } from "../advise/recommend/recommend.js";
import { dollars, milliseconds, seconds } from "../advise/recommend/words.js";

/** What is plotted across, upwards it is always the latency: cost, or the RTO where no price is known. */
export const acrossOf = ({ halved }: Recommendation): "cost" | "rto" =>
  [...halved.survivors, ...halved.dropped].some((each) => meanOf(each, "cost") !== null) ? "cost" : "rto";

export interface Plotted {
  readonly simulated: Simulated;
  readonly across: number;
  readonly up: number;
  /** Its number in the table of the front, from 1; 0 for what is not on it. */
  readonly number: number;
}

/** What can stand on a plot: the front in its order, then the others. */
export function plotted(recommendation: Recommendation): Plotted[] {
  const { front, halved } = recommendation;
  const x = acrossOf(recommendation);
  const others = [...halved.survivors, ...halved.dropped].filter((each) => !front.includes(each));
  return [...front, ...others].flatMap((simulated, index) => {
    const [across, up] = [meanOf(simulated, x), meanOf(simulated, "p95")];
    if (across === null || up === null || !Number.isFinite(across) || !Number.isFinite(up)) return [];
    return [{ simulated, across, up, number: index < front.length ? index + 1 : 0 }];
  });
}

const ROWS = 9;
const COLUMNS = 56;
const MARGIN = 9;

/** The front in characters, each candidate as its number in the table; nothing where there is no choice to show. */
export function plotLines(recommendation: Recommendation, width: number): string[] {
  const all = plotted(recommendation);
  const front = all.filter(({ number }) => number > 0);
  if (front.length < 2) return [];
  const columns = Math.min(COLUMNS, width - MARGIN - 2);
  const x = scaleOf(
    front.map(({ across }) => across),
    columns - 2,
  );
  const y = scaleOf(
    front.map(({ up }) => up),
    ROWS - 1,
  );
  const cells = Array.from({ length: ROWS }, () => new Array<string>(columns).fill(" "));
  // The front comes first, so nothing hides it; whoever has the same place as one before is left out.
  for (const { across, up, number } of all) {
    const [column, row] = [x.at(across), ROWS - 1 - y.at(up)];
    if (column < 0 || column > columns - 2 || row < 0 || row > ROWS - 1) continue;
    const mark = number === 0 ? "·" : String(number);
    const room = cells[row]!.slice(Math.max(0, column - 1), column + mark.length + 1);
    if (room.some((cell) => cell !== " " && (number > 0 || cell !== "·"))) continue;
    for (const [at, character] of [...mark].entries()) cells[row]![column + at] = character;
  }
  const isCost = acrossOf(recommendation) === "cost";
  const [low, high] = [x.low, x.high].map((value) => (isCost ? dollars(value) : seconds(value)));
  const labels = new Map([
    [0, milliseconds(y.high)],
    [ROWS - 1, milliseconds(y.low)],
  ]);
  return [
    `p95 against ${isCost ? "cost a month" : "RTO"}, by the numbers of the table${all.length > front.length ? "; · was simulated too" : ""}`,
    ...cells.map((row, at) => `${(labels.get(at) ?? "").padStart(MARGIN)} │${row.join("").trimEnd()}`),
    `${"".padStart(MARGIN)} └${"─".repeat(columns)}`,
    `${"".padStart(MARGIN + 2)}${low!.padEnd(Math.max(low!.length + 1, columns - high!.length))}${high}`,
  ];
}

/** Whole steps from 0 to `most`, over what the values take and a tenth of it at each end. */
function scaleOf(values: readonly number[], most: number) {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const room = (greatest - least || greatest || 1) / 10;
  const [low, high] = [Math.max(0, least - room), greatest + room];
  return { low, high, at: (value: number): number => Math.round(((value - low) / (high - low)) * most) };
}
