import type { RestFact } from "../../record/circumstances.js";
import { NIL, type RunRecord, UNDONE } from "../../record/record.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";
import { hasBit } from "./registers.js";

const AS = { hint: "in a hint", log: "in its log", backup: "in a backup" };

const restOf = ({ region, write, as, time }: RestFact, words: Words): string =>
  `${words.region(region)} had ${words.version(write)} ${AS[as]} at ${words.time(time)}`;

/** Is every version only in regions where its key's class may be? Being there for a moment is being there. */
export function checkResidency(record: RunRecord): Verdict {
  const { versions, operations, residency, rests = [] } = record;
  const abroad = new Set<number>();
  let first = -1;
  let looked = 0;
  for (let row = 0; row < versions.time.length; row++) {
    const key = operations.key[versions.write[row]!]!;
    const of = key < 0 || key >= residency.classOfKey.length ? NIL : residency.classOfKey[key]!;
    if (of === NIL || versions.what[row] === UNDONE) continue;
    looked++;
    if (hasBit(residency.classes[of]!.allowed, versions.region[row]!)) continue;
    if (first === -1) first = row;
    abroad.add(versions.write[row]!);
  }
  const beside = rests.filter(({ write, region }) => {
    const key = operations.key[write] ?? NIL;
    const of = key < 0 || key >= residency.classOfKey.length ? NIL : residency.classOfKey[key]!;
    return of !== NIL && !hasBit(residency.classes[of]!.allowed, region);
  });
  for (const { write } of beside) abroad.add(write);
  const measured = { classified_rows: looked, misplaced_writes: abroad.size };
  if (abroad.size === 0) {
    return holds(
      looked === 0 ? "no key that was written has a residency class" : `${looked} rows are where they may be`,
      measured,
    );
  }
  const words = new Words(record);
  const write = first === -1 ? beside[0]!.write : versions.write[first]!;
  const key = operations.key[write]!;
  const { name, allowed } = residency.classes[residency.classOfKey[key]!]!;
  const places = Array.from({ length: 32 }, (_, region) => region).filter((region) => hasBit(allowed, region));
  return violated(
    `${abroad.size} ${abroad.size === 1 ? "write was" : "writes were"} where they may not be`,
    `${first === -1 ? restOf(beside[0]!, words) : words.versionRow(first)}: ${words.key(key)} is of class ${name}, which may be in ${places.map((region) => words.region(region)).join(", ") || "no region"} only.`,
    [write],
    measured,
  );
}
