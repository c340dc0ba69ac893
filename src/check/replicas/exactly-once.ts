import { type RunRecord, UNDONE, isAcceptance } from "../../record/record.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";

/**
 * Did every operation take effect at most once? A retry that is accepted as if it were new takes effect again. An
 * acceptance that its region undid is none.
 */
export function checkExactlyOnce(record: RunRecord): Verdict {
  const { write, what, region } = record.versions;
  const standing = new Map<number, number[]>();
  for (let row = 0; row < write.length; row++) {
    const rows = standing.get(write[row]!);
    if (isAcceptance(what[row]!)) {
      if (rows === undefined) standing.set(write[row]!, [row]);
      else rows.push(row);
    } else if (what[row] === UNDONE && rows !== undefined) {
      standing.set(
        write[row]!,
        rows.filter((accepted) => region[accepted] !== region[row]),
      );
    }
  }
  const twice = [...standing].filter(([, rows]) => rows.length > 1);
  const measured = { accepted_operations: standing.size, repeated_operations: twice.length };
  if (twice.length === 0) return holds(`${standing.size} operations took effect at most once`, measured);
  const words = new Words(record);
  const [operation, rows] = twice[0]!;
  const where = rows.map((row) => `by ${words.region(region[row]!)} at ${words.time(record.versions.time[row]!)}`);
  return violated(
    `${twice.length} ${twice.length === 1 ? "operation" : "operations"} took effect more than once`,
    `${words.whole(operation)} of ${words.key(record.operations.key[operation]!)} was accepted ${rows.length} times: ${where.join(", ")}.`,
    [operation],
    measured,
  );
}
