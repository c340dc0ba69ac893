import { expect, test } from "vitest";
import { RecordError, RecordReader } from "../../src/record/reader.js";
import {
  ACCEPTED,
  BEGAN,
  NEVER,
  NIL,
  OK,
  OPERATION,
  READ,
  type RunRecord,
  SHOWN,
  UNKNOWN,
  UNKNOWN_REGION,
  VERSION,
  WRITE,
  buffersOf,
} from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { rowBytes } from "../../src/record/table.js";
import { writeRecord } from "../../src/record/writer.js";

const facts = () => ({
  end: 5000,
  names: { values: ["a", "ü"], keys: ["k"], regions: ["us-east-1", "eu-west-1"] },
  residency: { classes: [{ name: "eu", allowed: 2 }], classOfKey: new Int16Array([0, -1]) },
  replicas: 3,
  alive: 1,
});

/** A run of so many operations, every tenth of which returns only at the end, or never. */
function fill(recorder: Recorder, operations: number): Recorder {
  const late: number[] = [];
  for (let at = 0; at < operations; at++) {
    const kind = at % 2 === 0 ? WRITE : READ;
    const call = { time: at, process: at % 7, session: at % 3, key: at % 2, kind, argument: at, region: at % 2 };
    const operation = recorder.call(call);
    if (at % 10 === 3) late.push(operation);
    else if (at % 10 !== 4) recorder.complete(operation, at + 1, OK, at);
    recorder.version(at, at % 2, operation, at % 4 === 0 ? ACCEPTED : SHOWN, at - 1);
    if (at % 100 === 0) recorder.role(at, at % 2, at / 100, BEGAN);
  }
  for (const operation of late) recorder.complete(operation, operations + 1, OK, 7, 1);
  return recorder;
}

function read(chunks: readonly Uint8Array[], size = Number.POSITIVE_INFINITY): RunRecord {
  const reader = new RecordReader();
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) reader.push(chunk.subarray(at, Math.min(chunk.length, at + size)));
  }
  return reader.finish();
}

test("faults, failovers, places and the scenario come back as they were, and a file without them is read", () => {
  const told = {
    faults: [{ label: "cut", start: 1, end: null, regions: [0], paths: [[0, 1]], disks: "kept", clock: false }],
    failovers: [{ from: 0, to: 1, start: 2, end: 3, planned: false }],
    places: [{ name: "Zürich", sessions: 5 }],
  } as const;
  const chunks: Uint8Array[] = [];
  writeRecord(fill(new Recorder(), 10).finish({ ...facts(), ...told }), (chunk) => chunks.push(chunk));
  expect(read(chunks)).toMatchObject(told);
  const plain: Uint8Array[] = [];
  writeRecord(fill(new Recorder(), 10).finish(facts()), (chunk) => plain.push(chunk));
  expect("faults" in read(plain)).toBe(false);
  const broken = fill(new Recorder(), 10).finish({ ...facts(), faults: "many" as never });
  const bad: Uint8Array[] = [];
  writeRecord(broken, (chunk) => bad.push(chunk));
  expect(() => read(bad)).toThrow(RecordError);
});

test("an operation is 36 bytes and a version 18, and finish() gives back what doubling took", () => {
  expect(rowBytes(OPERATION)).toBe(36);
  const record = fill(new Recorder(), 1000).finish(facts());
  const bytes = Object.values(record.operations).reduce((sum, column) => sum + column.byteLength, 0);
  expect(bytes).toBe(36 * 1000);
  expect(rowBytes(VERSION)).toBe(18);
});

test("what is recorded is what stands in the columns", () => {
  const recorder = new Recorder();
  const write = recorder.call({ time: 10, process: 1, key: 0, kind: WRITE, argument: 5 });
  const lost = recorder.call({ time: 12, process: 2, session: 9, key: 0, kind: READ, argument: NIL, region: 1 });
  recorder.complete(write, 20, OK);
  recorder.complete(lost, 30, UNKNOWN);
  const { operations } = recorder.finish({ end: 40 });
  expect([...operations.call]).toEqual([10, 12]);
  expect([...operations.return]).toEqual([20, NEVER]);
  expect([...operations.session]).toEqual([NIL, 9]);
  expect([...operations.region]).toEqual([UNKNOWN_REGION, 1]);
  expect([...operations.outcome]).toEqual([OK, UNKNOWN]);
});

test("columns are as narrow as their numbers allow, whatever these are", () => {
  const extremes = [0, 254, 255, 65_534, 65_535, 2 ** 31 - 1];
  const times = [0, 255, 65_535, 2 ** 32 - 1, 2 ** 32, 2 ** 52];
  for (const most of extremes)
    for (const time of times)
      for (const end of [OK, UNKNOWN]) {
        const recorder = new Recorder();
        for (const [at, key] of [
          [0, NIL],
          [time, most - 1],
          [time, 0],
        ] as const) {
          const call = { time: at, process: most, session: -most, key, kind: READ, argument: NIL };
          recorder.complete(recorder.call(call), at + 0.5 * (time % 3), end, most);
        }
        const chunks: Uint8Array[] = [];
        const record = recorder.finish(facts());
        writeRecord(record, (chunk) => chunks.push(chunk));
        expect(read(chunks)).toEqual(record);
        expect([...record.operations.call]).toEqual([0, time, time]);
        expect([...record.operations.session]).toEqual([-most, -most, -most].map((id) => id | 0));
        expect([...record.operations.key]).toEqual([NIL, most - 1, 0]);
        expect(record.operations.return[1]).toBe(end === OK ? time + 0.5 * (time % 3) : NEVER);
      }
});

test("a record of many blocks is held narrower than it is read, and is what was told", () => {
  const recorder = fill(new Recorder(), 200_000);
  expect(recorder.bytes / 200_000).toBeLessThan(30);
  const record = recorder.finish(facts());
  expect(record.operations.call[199_999]).toBe(199_999);
  // Returned when its block was long closed.
  expect([record.operations.return[3], record.operations.return[4]]).toEqual([200_001, NEVER]);
  expect(record.versions.previous[150_000]).toBe(149_999);
});

test("a record survives a transfer between threads whole", () => {
  const record = fill(new Recorder(), 1000).finish(facts());
  const copy = structuredClone(record);
  const moved = structuredClone(record, { transfer: buffersOf(record) });
  expect(moved).toEqual(copy);
  expect(record.operations.call.length).toBe(0);
});

test.each([1, 13, 4096, Number.POSITIVE_INFINITY])("what was written is read back, in chunks of %d bytes", (size) => {
  const record = fill(new Recorder(), 1000).finish(facts());
  const chunks: Uint8Array[] = [];
  writeRecord(record, (chunk) => chunks.push(chunk));
  expect(read(chunks, size)).toEqual(record);
});

test("a recorder that streams holds no more than it may, and its file is the record", () => {
  const chunks: Uint8Array[] = [];
  const recorder = new Recorder({ mostBytes: 10_000, sink: (chunk) => chunks.push(chunk) });
  fill(recorder, 5000);
  expect(recorder.bytes).toBeLessThanOrEqual(10_100);
  recorder.close(facts());
  expect(read(chunks)).toEqual(fill(new Recorder(), 5000).finish(facts()));
});

/** One whole file, and where in it something is changed. */
function file(change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const chunks: Uint8Array[] = [];
  writeRecord(fill(new Recorder(), 10).finish(facts()), (chunk) => chunks.push(chunk));
  const bytes = new Uint8Array(Buffer.concat(chunks));
  change(bytes, new DataView(bytes.buffer));
  return bytes;
}

test.each<[string, (bytes: Uint8Array, view: DataView) => void, RegExp]>([
  ["another file", (bytes) => bytes.set([0x7b]), /at byte 0: this is no record; expected "FAULTREC"/],
  [
    "another version",
    (_, view) => view.setUint16(8, 9, true),
    /at byte 0: the record has version 9; expected version 4/,
  ],
  ["an unknown block", (_, view) => view.setUint32(16, 77, true), /at byte 16: block 77 is unknown/],
  ["an endless block", (_, view) => view.setUint32(32, 0xffffffff, true), /at byte 16: a block has 4294967295 bytes/],
  ["other rows", (_, view) => view.setUint32(20, 17, true), /17 numbers of "call" have 10 bytes; expected 17/],
  ["many rows", (_, view) => view.setUint32(20, 65_537, true), /a block has 65537 rows; expected at most 65536/],
  [
    "odd numbers",
    (_, view) => view.setUint8(43, 3),
    /numbers of "call" have 3 bytes; expected 1, 2, 4 or 8, at most 8/,
  ],
  ["wider numbers", (_, view) => view.setUint8(43, 8), /10 numbers of "call" have 10 bytes; expected 80/],
  ["rows left out", (_, view) => view.setFloat64(24, 3, true), /operations from 3 on come next; expected those from 0/],
  ["another column", (_, view) => view.setUint16(40, 4, true), /column 0 is not "call"/],
  [
    "a longer block",
    (_, view) => view.setUint32(32, view.getUint32(32, true) - 8, true),
    /a block of 10 rows has \d+ bytes/,
  ],
  ["a block of few bytes", (_, view) => view.setUint32(32, 24, true), /a block of 24 bytes ends before "return"/],
  ["broken facts", (bytes) => bytes.fill(0xff, bytes.length - 30), /the facts cannot be read/],
])("%s is refused with its place", (_, change, message) => {
  const bytes = file(change);
  expect(() => read([bytes])).toThrow(RecordError);
  expect(() => read([bytes], 5)).toThrow(message);
});

test("a file that is cut off anywhere is refused", () => {
  const bytes = file(() => {});
  for (let length = 0; length < bytes.length - 8; length += 7) {
    expect(() => read([bytes.subarray(0, length)])).toThrow(/truncated|facts/);
  }
  expect(() => read([bytes, bytes])).toThrow(/something follows the block of facts/);
});
