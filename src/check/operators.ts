import { NIL, type RunRecord } from "../record/record.js";

/** Done to the data by an operator and not by a user: nobody waits for it, and nobody misses it. Only runs of our own tell. */
export const isOperators = ({ operations, places }: RunRecord, operation: number): boolean =>
  places !== undefined && operations.session[operation] === NIL;
