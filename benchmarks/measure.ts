import { PerformanceObserver } from "node:perf_hooks";

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Operations per second of each contender: rounds interleaved, so that a noisy machine troubles all alike. */
export function contest(rounds: number, contenders: Readonly<Record<string, () => number>>): Record<string, number> {
  const rates: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(contenders)) {
      const start = performance.now();
      const operations = work();
      const seconds = (performance.now() - start) / 1000;
      rates[name] = [...(rates[name] ?? []), operations / seconds];
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
}

/** Garbage collections during some work. The observer is told late, so wait for it. */
export async function collections(work: () => void): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  work();
  await new Promise((resume) => setTimeout(resume, 50));
  observer.disconnect();
  return count;
}

export const millions = (rate: number): string => `${(rate / 1e6).toFixed(2)} M/s`;
