/** Kolmogorov-Smirnov distance of samples from a distribution function. */
export function ksDistance(samples: readonly number[], cdf: (x: number) => number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted.reduce((worst, value, index) => {
    const expected = cdf(value);
    return Math.max(
      worst,
      Math.abs(expected - index / sorted.length),
      Math.abs(expected - (index + 1) / sorted.length),
    );
  }, 0);
}

/** Critical distance at the 0.1 % level, for large samples. */
export const ksCritical = (count: number): number => 1.95 / Math.sqrt(count);

export const uniformCdf =
  (low: number, high: number) =>
  (x: number): number =>
    Math.min(1, Math.max(0, (x - low) / (high - low)));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
