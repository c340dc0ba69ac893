/**
 * A pattern is a composition of policies and capacity, with no code of its own: settings by the path under which an
 * architecture of a scenario file would give them, in base units (microseconds, fractions).
 */
export interface Pattern {
  readonly name: string;
  readonly about: string;
  readonly settings: Readonly<Record<string, number | string | boolean>>;
}
