import { DELETE, NIL, OK, type RunRecord, isBeside, isShowing } from "../../record/record.js";
import { isOperators } from "../operators.js";
import { isChange } from "../sources.js";
import { type Verdict, holds, violated } from "../verdict.js";
import { Words } from "../words.js";
import { Registers, hasBit } from "./registers.js";
import { type RetriedWrites, retriedWrites } from "./retried-writes.js";

/**
 * Is every acknowledged write accounted for at the end? It is while a live replica shows it, or a version that replaced
 * it, or one that it lost to, or one that in turn replaced that one. A write that is none of these was lost: gone from
 * every live replica, and nothing that is there was made on top of it. A write that was accepted again was made on top of
 * other versions then: what its first try had replaced it accounts for only where that try still is. What operators do is no write that anybody waits
 * for, and their deletions do not account for the version that they deleted: who deletes by mistake loses data.
 */
export function checkDurability(record: RunRecord): Verdict {
  const { versions, operations, alive, replicas } = record;
  const registers = new Registers(record).applyAll();
  const beneath = buriedBeneath(record);
  const retried = retriedWrites(record);
  const kept = reachable(record, registers, beneath, retried, (region) => hasBit(alive & replicas, region));
  const keptByDead = reachable(
    record,
    registers,
    beneath,
    retried,
    (region) => hasBit(replicas, region) && !hasBit(alive, region),
  );
  let acknowledged = 0;
  let unavailable = 0;
  const lost: number[] = [];
  for (let row = 0; row < operations.call.length; row++) {
    if (operations.outcome[row] !== OK || !isChange(operations, row) || isOperators(record, row)) continue;
    acknowledged++;
    if (kept[row] === 1) continue;
    lost.push(row);
    if (keptByDead[row] === 1) unavailable++;
  }
  const measured = { acknowledged_writes: acknowledged, lost_writes: lost.length - unavailable, unavailable };
  if (lost.length === 0) return holds(`all ${acknowledged} acknowledged writes are accounted for`, measured);
  const first = lost.find((row) => keptByDead[row] === 0) ?? lost[0]!;
  return violated(
    `${lost.length} of ${acknowledged} acknowledged writes are gone from every live replica`,
    explain(record, registers, first, keptByDead[first] === 1),
    [first],
    measured,
  );
}

/** By version, those that it replaced somewhere or that lost to it: a linked list of pairs through `next`. */
interface Buried {
  readonly head: Int32Array;
  readonly next: Int32Array;
  readonly older: Int32Array;
}

function buriedBeneath({ versions, operations }: RunRecord): Buried {
  const head = new Int32Array(operations.call.length).fill(NIL);
  const next = new Int32Array(versions.time.length).fill(NIL);
  const older = new Int32Array(versions.time.length).fill(NIL);
  for (let row = 0; row < versions.time.length; row++) {
    const what = versions.what[row]!;
    const [write, previous] = [versions.write[row]!, versions.previous[row]!];
    if (previous === NIL || !(isShowing(what) || isBeside(what))) continue;
    const newer = isBeside(what) ? previous : write;
    older[row] = isBeside(what) ? write : previous;
    next[row] = head[newer]!;
    head[newer] = row;
  }
  return { head, next, older };
}

function reachable(
  record: RunRecord,
  registers: Registers,
  { head, next, older }: Buried,
  { isRetried, stands }: RetriedWrites,
  holder: (region: number) => boolean,
): Uint8Array {
  const found = new Uint8Array(record.operations.call.length);
  const work: number[] = [];
  const reach = (write: number): void => {
    if (write === NIL || found[write] === 1) return;
    found[write] = 1;
    work.push(write);
  };
  for (let region = 0; region < registers.regions; region++) {
    if (!holder(region)) continue;
    for (let index = 0; index < registers.keys.ids.length; index++)
      for (const write of registers.all(region, index)) reach(write);
  }
  const passed = new Uint8Array(found.length);
  const pass = (write: number): void => {
    if (found[write] === 1 || passed[write] === 1) return;
    passed[write] = 1;
    work.push(write);
  };
  while (work.length > 0) {
    const newer = work.pop()!;
    const deletes = record.operations.kind[newer] === DELETE && isOperators(record, newer);
    const retried = isRetried(newer);
    for (let row = head[newer]!; row !== NIL; row = next[row]!)
      if (!retried || (stands(row) && holder(record.versions.region[row]!))) (deletes ? pass : reach)(older[row]!);
  }
  return found;
}

function explain(record: RunRecord, registers: Registers, write: number, isWithDead: boolean): string {
  const { operations, versions, alive, replicas } = record;
  const words = new Words(record);
  const rows: number[] = [];
  versions.write.forEach((of, row) => {
    if (of === write) rows.push(row);
  });
  const events = rows.slice(-6).map((row) => words.versionRow(row));
  const history = events.length === 0 ? "no replica ever had it" : events.join(", ");
  const key = operations.key[write]!;
  const index = registers.keys.index(key);
  const shown = Array.from({ length: registers.regions }, (_, region) => region)
    .filter((region) => hasBit(alive & replicas, region))
    .map(
      (region) =>
        `${words.region(region)} shows ${words.version(index === -1 ? NIL : registers.at(region, index))} of it`,
    );
  const dead = isWithDead ? "; only a region that is down still has it" : "";
  return `${words.whole(write)} of ${words.key(key)} was acknowledged; ${history}; at the end ${shown.join(", ") || "no replica is alive"}${dead}.`;
}
