const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

/** Multiplier of the rate at a moment of the day (UTC), linear between the 24 hourly values. */
export function shapeAt(hourly: readonly number[], timeOfDay: number): number {
  // The remainder, exactly, as far as a double counts microseconds; % of doubles takes many times as long.
  const hours = (timeOfDay - Math.floor(timeOfDay / DAY) * DAY) / HOUR;
  const hour = Math.floor(hours);
  const here = hourly[hour]!;
  return here + (hourly[(hour + 1) % 24]! - here) * (hours - hour);
}

export function shapePeak(hourly: readonly number[]): number {
  return hourly.reduce((most, value) => Math.max(most, value), 0);
}
