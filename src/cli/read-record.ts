import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { RecordError, RecordReader } from "../record/reader.js";
import type { RunRecord } from "../record/record.js";
import { badInput } from "./exit.js";

const CHUNK = 1 << 20;

/** The record in a file. Exits with what is wrong with it. */
export function readRecord(file: string): RunRecord {
  const reader = new RecordReader();
  try {
    const descriptor = openSync(file, "r");
    try {
      if (!fstatSync(descriptor).isFile()) throw notARecord(file, "this is no file");
      for (const chunk of chunks(descriptor)) reader.push(chunk);
    } finally {
      closeSync(descriptor);
    }
    return reader.finish();
  } catch (error) {
    if (error instanceof RecordError) throw badInput(`${file}: error: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    throw notARecord(file, code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
  }
}

function* chunks(descriptor: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    const read = readSync(descriptor, buffer, 0, CHUNK, null);
    if (read === 0) return;
    yield buffer.subarray(0, read);
  }
}

const notARecord = (file: string, what: string): Error =>
  badInput(`${file}: error: ${what}; expected a record that \`faultline run SCENARIO --record FILE\` wrote`);
