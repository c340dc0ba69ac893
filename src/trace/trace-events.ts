import type { Micros } from "../units/time.js";

/** One event of the Trace Event Format (Chrome, Perfetto), as the JSON that it becomes; `ts` is in microseconds. */
export interface TraceEvent {
  readonly ts: Micros;
  readonly text: string;
}

interface Track {
  readonly pid: number;
  readonly tid: number;
}
type Arguments = Readonly<Record<string, string | number>>;

/** JSON of plain ASCII: a character is a byte. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\u0020-\u007e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const event = (ph: string, ts: Micros, { pid, tid }: Track, name: string, more: object): TraceEvent => ({
  ts,
  text: asciiJson({ ph, ts, pid, tid, name, ...more }),
});

/** A slice from start to end. Those of one track must not cross. */
export const slice = (track: Track, name: string, start: Micros, end: Micros, args: Arguments = {}): TraceEvent =>
  event("X", start, track, name, { dur: end - start, args });

export const instant = (track: Track, name: string, at: Micros, args: Arguments = {}): TraceEvent =>
  event("i", at, track, name, { s: "t", args });

/** Both ends of a slice that may cross others. */
export const asynchronous = (
  track: Track,
  category: string,
  id: number,
  name: string,
  start: Micros,
  end: Micros,
  args: Arguments,
): readonly [TraceEvent, TraceEvent] => [
  event("b", start, track, name, { cat: category, id, args }),
  event("e", end, track, name, { cat: category, id }),
];

/** The name of a process, and its place among the others. */
export const processNames = (pid: number, name: string): readonly TraceEvent[] => [
  event("M", 0, { pid, tid: 0 }, "process_name", { args: { name } }),
  event("M", 0, { pid, tid: 0 }, "process_sort_index", { args: { sort_index: pid } }),
];

export const trackNames = (track: Track, name: string): readonly TraceEvent[] => [
  event("M", 0, track, "thread_name", { args: { name } }),
  event("M", 0, track, "thread_sort_index", { args: { sort_index: track.tid } }),
];

/** The whole file: names first, then everything by time, so that each track is in order. */
export function traceDocument(names: readonly TraceEvent[], events: readonly TraceEvent[], about: Arguments): string {
  const ordered = [...names, ...events.toSorted((a, b) => a.ts - b.ts)];
  const texts = ordered.map(({ text }) => text).join(",\n");
  return `{"displayTimeUnit":"ms","otherData":${asciiJson(about)},"traceEvents":[\n${texts}\n]}\n`;
}
