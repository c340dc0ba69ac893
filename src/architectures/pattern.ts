/**
 * A pattern is a composition of policies and capacity, with no code of its own: settings by the path under which an
 * architecture of a scenario file would give them, in base units (microseconds, fractions).
 */
export interface Pattern {
  readonly name: string;
  readonly about: string;
  /** What it takes, in good times and in bad; and what it follows. */
  readonly costs: string;
  readonly follows: string;
  readonly settings: Readonly<Record<string, number | string | boolean>>;
}
