import type { Bill } from "./bill.js";
import type { BillLine } from "./lines.js";

export interface Share {
  readonly name: string;
  /** Of the lines that have a price. */
  readonly amount: number;
  /** Lines without one. */
  readonly missing: number;
}

/** The bill by what each line is about, in the order of their first lines; the amounts sum to its total. */
export function breakdown({ lines }: Bill, by: (line: BillLine) => string): Share[] {
  const shares = new Map<string, { amount: number; missing: number }>();
  for (const line of lines) {
    const share = shares.get(by(line)) ?? { amount: 0, missing: 0 };
    shares.set(by(line), {
      amount: share.amount + (line.amount ?? 0),
      missing: share.missing + (line.amount === null ? 1 : 0),
    });
  }
  return [...shares].map(([name, share]) => ({ name, ...share }));
}

export const byRegion = ({ region }: BillLine): string => region;
export const byService = ({ service }: BillLine): string => service;
