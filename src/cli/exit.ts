/** Exit codes of the command line. */
export const FINE = 0;
export const EXPECTATION_FAILED = 1;
export const BAD_INPUT = 2;
export const INTERNAL_ERROR = 3;
/** A checker gave up within its limits. */
export const UNDECIDED = 4;
export const INTERRUPTED = 130;

/** Ends a command with a code; the message, if any, goes to standard error as it is. */
export class Exit extends Error {
  constructor(
    readonly code: number,
    message = "",
  ) {
    super(message);
  }
}

export const badInput = (message: string): Exit => new Exit(BAD_INPUT, message);
