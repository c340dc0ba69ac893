/** Stops at a state that the code says cannot be: a defect of Faultline, never of its input. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}
