import { withoutInvisible } from "../units/invisible.js";

/** A name from the scenario on one line, without characters that do something to a terminal. */
export const plainName = (name: string): string => withoutInvisible(name).replace(/[\t\n]+/g, " ");
