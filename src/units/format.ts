import { formatDuration } from "./time.js";

/** Quantities as a scenario file would give them: what is printed reads back as the same value. */

const DECIMAL_BYTES = ["B", "KB", "MB", "GB", "TB"];

function inSteps(value: number, units: readonly string[]): string {
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${rounded(size)} ${units[unit]}`;
}

/** At most six digits behind the point, and none that say nothing. */
const rounded = (value: number): string => String(Math.round(value * 1e6) / 1e6);

export const formatBytes = (bytes: number): string => inSteps(bytes, DECIMAL_BYTES);
/** From bytes a second. */
export const formatBandwidth = (rate: number): string =>
  rate === Number.POSITIVE_INFINITY ? "no limit" : inSteps(rate * 8, ["bps", "Kbps", "Mbps", "Gbps"]);
export const formatRate = (perSecond: number): string =>
  perSecond === Number.POSITIVE_INFINITY ? "no limit" : `${rounded(perSecond)}/s`;
export const formatShare = (share: number): string => `${rounded(share * 100)}%`;
/** 100000 as "100_000". */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, "_");
export const formatRange = ([from, to]: readonly [number, number]): string =>
  `${formatDuration(from)}..${formatDuration(to)}`;
/** Microseconds since midnight as "14:30Z". */
export const formatMoment = (micros: number): string => {
  const minutes = Math.floor(micros / 60_000_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}Z`;
};
/** Hours as "09:30". */
export const formatHour = (hours: number): string => `${two(Math.floor(hours))}:${two(Math.round((hours % 1) * 60))}`;

const two = (value: number): string => String(value).padStart(2, "0");
