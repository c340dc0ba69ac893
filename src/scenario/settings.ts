export type SettingValue = number | string | boolean | readonly string[] | readonly number[];

/**
 * Where a value comes from: nobody said anything, a pattern, a policy's own default, the path in the file, or what it
 * follows from.
 */
export interface Origin {
  readonly kind: "default" | "pattern" | "policy" | "file" | "derived";
  readonly name: string;
}
export interface Setting {
  readonly value: SettingValue;
  readonly origin: Origin;
}

export const DEFAULT: Origin = { kind: "default", name: "" };

/** Settings by path, each with its origin: what `compile` reads and `explain` prints, so that the two cannot differ. */
export class Settings {
  constructor(readonly all: ReadonlyMap<string, Setting>) {}

  get(path: string): SettingValue | undefined {
    return this.all.get(path)?.value;
  }

  number(path: string): number {
    const value = this.get(path);
    if (typeof value !== "number") throw new Error(`internal error: setting ${path} is ${String(value)}`);
    return value;
  }

  text(path: string): string {
    const value = this.get(path);
    if (typeof value !== "string") throw new Error(`internal error: setting ${path} is ${String(value)}`);
    return value;
  }

  names(path: string): readonly string[] | undefined {
    return this.get(path) as readonly string[] | undefined;
  }

  range(path: string): readonly [number, number] {
    return this.get(path) as unknown as readonly [number, number];
  }
}

/** A name as one step of a path: its own dots are no steps. */
export const step = (name: string): string => name.replaceAll(".", "·");

/** Every value below a group of keys: [path, value]. */
export function* leaves(value: unknown, path = ""): Generator<[string, SettingValue]> {
  if (value === undefined) return;
  const at = (key: string): string => (path === "" ? step(key) : `${path}.${step(key)}`);
  if (value instanceof Map) for (const [key, inner] of value) yield* leaves(inner, at(String(key)));
  else if (typeof value === "object" && value !== null && !Array.isArray(value))
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, at(key));
  else yield [path, value as SettingValue];
}
