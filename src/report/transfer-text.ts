import type { BillLine } from "../cost/lines.js";
import { dollars } from "./numbers.js";
import { sideBySide } from "./text-table.js";

/** What goes from one region to another in a month, and what both ends pay for it. */
interface Pair {
  /** GB or GiB, as it is charged. */
  readonly amountSent: number;
  readonly unit: string;
  /** Null where a price is missing. */
  readonly cost: number | null;
}

const MOST_PAIRS = 12;

/** By directed pair of regions, the dearest first; nothing where nothing is sent. */
export function transferTable(
  architectures: readonly { readonly name: string; readonly lines: readonly BillLine[] }[],
  width: number,
): string[] {
  const pairs = architectures.map(({ lines }) => pairsOf(lines));
  const most = (name: string): number => Math.max(...pairs.map((each) => each.get(name)?.amountSent ?? 0));
  const names = [...new Set(pairs.flatMap((each) => [...each.keys()]))].toSorted((a, b) => most(b) - most(a));
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_PAIRS);
  const columns = architectures.map(({ name }, at) => [name, ...shown.map((pair) => cell(pairs[at]!.get(pair)))]);
  const more = names.length - shown.length;
  return [
    "Between regions, as it is sent and what it costs, USD:",
    "",
    sideBySide(["", ...shown], columns, width),
    ...(more > 0 ? [`and ${more} more ${more === 1 ? "pair" : "pairs"} (--json has all)`] : []),
    "",
  ];
}

function pairsOf(lines: readonly BillLine[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const { service, item, region, to, quantity, unit, amount } of lines) {
    if ((service !== "transfer" && service !== "backup transfer") || to === null) continue;
    // What the receiving end pays is about the same bytes.
    const isReceived = item === "transfer in";
    const name = isReceived ? `${to} → ${region}` : `${region} → ${to}`;
    const { amountSent, cost } = pairs.get(name) ?? { amountSent: 0, cost: 0 };
    pairs.set(name, {
      amountSent: amountSent + (isReceived ? 0 : quantity),
      unit,
      cost: cost === null || amount === null ? null : cost + amount,
    });
  }
  return pairs;
}

function cell(pair: Pair | undefined): string {
  if (pair === undefined) return "–";
  const sent = `${pair.amountSent.toFixed(pair.amountSent < 10 ? 2 : 0)} ${pair.unit}`;
  return `${sent}, ${pair.cost === null ? "no price" : dollars(pair.cost)}`;
}
