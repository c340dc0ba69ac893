/** Where a policy of the user's own went wrong, and how: what a run that it has ended leaves behind. Plain data. */
export interface PolicyFailure {
  readonly kind: string;
  readonly name: string;
  /** As messages name it; the line is 0 where it is unknown. */
  readonly file: string;
  readonly line: number;
  /** The function of the policy that was running, and the virtual time, microseconds. */
  readonly hook: string;
  readonly time: number;
  readonly what: string;
  /** What to do instead; "" where that is plain. */
  readonly instead: string;
}

/** Thrown through the simulation to end a run. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";

  constructor(readonly failure: PolicyFailure) {
    super(failure.what);
  }
}

/** A frame of a stack trace: "at name (file:line:column)" or "at file:line:column", as a path or a file: address. */
const FRAME = /^\s*at (?:.*? \()?(?:file:\/\/)?(.+?):(\d+):\d+\)?$/;

/** The innermost line of one of these files in a stack trace. */
export function placeIn(stack: string, isOurs: (path: string) => boolean): { path: string; line: number } | null {
  for (const text of stack.split("\n")) {
    const found = FRAME.exec(text);
    // Code that was made from a text has no line; whoever ran it has.
    if (found?.[1]!.startsWith("eval at ")) continue;
    if (found !== null && isOurs(found[1]!)) return { path: found[1]!, line: Number(found[2]) };
  }
  return null;
}
