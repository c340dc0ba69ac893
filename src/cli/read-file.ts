import { constants, closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Unreadable } from "../scenario/scenario.js";
import { MOST_BYTES } from "../scenario/unreadable.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "reading it is not permitted",
  EPERM: "reading it is not permitted",
  ELOOP: "its symbolic links go round in circles",
  EISDIR: "this is a folder",
  ENXIO: "this is no file",
};

/** The text of a regular file of bounded size, or why there is none. A pipe or a device is not waited for. */
export function readRegularFile(file: string, most = MOST_BYTES): string | Unreadable {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  try {
    const facts = fstatSync(descriptor);
    if (facts.isDirectory()) return { reason: REASONS["EISDIR"]! };
    if (!facts.isFile()) return { reason: "this is a pipe or a device, no file" };
    if (facts.size > most) return { reason: `the file has ${facts.size} bytes; expected at most ${most}` };
    return decoded(bytesOf(descriptor, most), most);
  } catch (error) {
    return { reason: reasonOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

/** At most one byte more than may be: some files tell no size, some grow. */
function bytesOf(descriptor: number, most: number): Uint8Array {
  const buffer = new Uint8Array(most + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += read;
    if (read === 0 || length === buffer.length) return buffer.subarray(0, length);
  }
}

function decoded(bytes: Uint8Array, most: number): string | Unreadable {
  if (bytes.length > most) return { reason: `the file has more than ${most} bytes` };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { reason: "the text is UTF-16; save it as UTF-8" };
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { reason: "the text is not UTF-8; save it as UTF-8" };
  }
}

/** A file that a scenario names. It must not lead out of the scenario's folder, whatever links stand in between. */
export function readBeside(scenario: string, path: string, most?: number): string | Unreadable {
  const file = resolve(dirname(scenario), path);
  try {
    const way = relative(realpathSync(dirname(scenario)), realpathSync(file));
    if (way === ".." || way.startsWith("../") || way.startsWith("..\\") || resolve(way) === way)
      return { reason: "it is a symbolic link that leads out of the scenario's folder" };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  return readRegularFile(file, most);
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== "string") throw error;
  return REASONS[code] ?? `it cannot be read (${code})`;
}
