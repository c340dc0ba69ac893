import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Workers run compiled code; from the sources (tests) it lies in dist. `room` is a folder of src. */
export function compiled(room: string, name: string, from: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, from));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../dist/${room}/${name}.js`, from));
}
