/** One argument as a POSIX shell reads it back. */
export const quoted = (argument: string): string =>
  /^[\w%+,./:=@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

/** The command that makes the same again. */
export const replayOf = (...args: readonly string[]): string => ["npx", "faultline", ...args].map(quoted).join(" ");
