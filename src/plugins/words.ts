import { formatMoment } from "../units/time.js";
import type { PolicyFailure } from "./policy-error.js";

/** `file:line: the kind policy name, in hook at time: what; what instead`. */
export function failureText({ kind, name, file, line, hook, time, what, instead }: PolicyFailure): string {
  const where = line > 0 ? `${file}:${line}` : file;
  const inside = hook === "" ? "" : `, in ${hook}`;
  return `${where}: the ${kind} policy ${name}${inside} at ${formatMoment(time)}: ${what}${instead === "" ? "" : `; ${instead}`}`;
}
