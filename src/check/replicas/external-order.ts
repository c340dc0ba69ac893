import { INSTALLED, OK, type RunRecord, isBeside, isShowing } from "../../record/record.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";
import { Registers } from "./registers.js";

/**
 * Is the order of the versions that of the world outside (external consistency, Gifford 1981)? A write that began after
 * another had completed is the newer one of the two, wherever they meet: no replica puts the earlier one in its place, or
 * lets it stay.
 */
export function checkExternalOrder(record: RunRecord): Verdict {
  const { versions, operations } = record;
  const { what, write, region } = versions;
  const registers = new Registers(record);
  /** Whether `one` had completed before `other` began. */
  const isBefore = (one: number, other: number): boolean =>
    one >= 0 && other >= 0 && operations.outcome[one] === OK && operations.return[one]! < operations.call[other]!;
  let meetings = 0;
  let broken = 0;
  let first: readonly [row: number, earlier: number, later: number] | null = null;
  for (let row = 0; row < what.length; row++) {
    const comes = write[row]!;
    // What a whole copy brings says nothing.
    const isTaken = isShowing(what[row]!) && what[row] !== INSTALLED;
    if (isTaken || isBeside(what[row]!)) {
      const shown = registers.at(region[row]!, registers.keys.index(operations.key[comes]!));
      const [newer, older] = isTaken ? [comes, shown] : [shown, comes];
      if (shown >= 0 && shown !== comes) meetings++;
      if (newer !== older && isBefore(newer, older)) {
        broken++;
        first ??= [row, newer, older];
      }
    }
    registers.apply(row);
  }
  const measured = { meetings, reversed_writes: broken };
  if (first === null) return holds(`${meetings} times two writes met, and the later one was the newer`, measured);
  const words = new Words(record);
  const [row, earlier, later] = first;
  const where = `${words.region(region[row]!)} at ${words.time(versions.time[row]!)}`;
  return violated(
    `${broken} ${broken === 1 ? "time" : "times"} a write was put in the place of one that began after it had completed`,
    `${words.whole(earlier)} of ${words.key(operations.key[earlier]!)} had completed before ${words.whole(later)} began, and ${where} took it for the newer one.`,
    [earlier, later],
    measured,
  );
}
