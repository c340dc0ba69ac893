import { PROPOSED, type RunRecord, SHOWN, UNDONE, isAcceptance, isBeside, isShowing } from "../../record/record.js";

/** Writes that were accepted more than once, of which one row does not speak for all that another one replaced. */
export interface RetriedWrites {
  isRetried(write: number): boolean;
  /** Whether what a row of such a write has shown has not been taken back in its region since. */
  stands(row: number): boolean;
}

export function retriedWrites({ versions, copies = [] }: RunRecord): RetriedWrites {
  const accepted = new Set<number>();
  const retried = new Set<number>();
  versions.write.forEach((write, row) => {
    if (isAcceptance(versions.what[row]!)) (accepted.has(write) ? retried : accepted).add(write);
  });
  // By write and region, the rows that stand there, of which the latest is taken back first.
  const standing = new Map<number, Map<number, number[]>>();
  const givenUp = copies.filter(({ what }) => what === "given-up");
  let next = 0;
  for (let row = 0; retried.size > 0 && row < versions.what.length; row++) {
    for (; next < givenUp.length && givenUp[next]!.row <= row; next++) standing.delete(givenUp[next]!.region);
    const [what, write, region] = [versions.what[row]!, versions.write[row]!, versions.region[row]!];
    if (isBeside(what) || !retried.has(write)) continue;
    const here = standing.get(region) ?? new Map<number, number[]>();
    standing.set(region, here);
    const rows = here.get(write) ?? [];
    here.set(write, rows);
    const isCommitted = what === SHOWN && versions.what[rows.at(-1) ?? row] === PROPOSED;
    if (what === UNDONE || isCommitted) rows.pop();
    if (what === PROPOSED || isShowing(what)) rows.push(row);
  }
  for (; next < givenUp.length; next++) standing.delete(givenUp[next]!.region);
  const stands = new Set([...standing.values()].flatMap((here) => [...here.values()].flat()));
  return {
    isRetried: (write) => retried.has(write),
    stands: (row) => isBeside(versions.what[row]!) || stands.has(row),
  };
}
