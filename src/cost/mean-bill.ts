import type { Bill } from "./bill.js";
import type { BillLine } from "./lines.js";

/** The mean of one architecture's bills over its seeds, line by line; what a run did not take counts as nothing. */
export function meanBill(bills: readonly Bill[]): Bill {
  const found = new Map<string, { readonly line: BillLine; quantity: number; amount: number }>();
  for (const { lines } of bills)
    for (const line of lines) {
      const key = [line.service, line.item, line.region, line.to].join("\n");
      const sum = found.get(key) ?? { line, quantity: 0, amount: 0 };
      found.set(key, { ...sum, quantity: sum.quantity + line.quantity, amount: sum.amount + (line.amount ?? 0) });
    }
  const lines = [...found.values()].map(({ line, quantity, amount }) => ({
    ...line,
    quantity: quantity / bills.length,
    amount: line.amount === null ? null : amount / bills.length,
  }));
  return {
    ...bills[0]!,
    lines,
    total: bills.reduce((sum, { total }) => sum + total, 0) / bills.length,
    missing: [...new Set(bills.flatMap(({ missing }) => missing))],
    assumptions: [...new Set(bills.flatMap(({ assumptions }) => assumptions))],
  };
}
