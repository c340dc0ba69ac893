import { type RunRecord, isBeside } from "../../record/record.js";
import { type Micros, SECOND } from "../../units/time.js";
import { type Verdict, holds, undecided, violated } from "../verdict.js";
import { Words } from "../words.js";
import { Registers, hasBit, mayKeep } from "./registers.js";
import { UnderWay } from "./under-way.js";

/** How long a key must have been left alone before its copies have to agree. */
export const QUIET: Micros = 10 * SECOND;

/**
 * Do all replicas that are alive at the end show the same version of every key (Terry and others 1995: eventual
 * consistency)? Eventually has no end, so copies that differ say no only for a key that was quiet: no replica accepted a
 * write of it, received one, showed another version or undid one, in the last `quiet` microseconds; and only between
 * replicas to which nothing may still have been under way.
 */
export function checkConvergence(record: RunRecord, { quiet = QUIET }: { readonly quiet?: Micros } = {}): Verdict {
  const { versions, operations, alive, replicas, end } = record;
  const registers = new Registers(record).applyAll();
  const regions = Array.from({ length: registers.regions }, (_, region) => region).filter((region) =>
    hasBit(alive & replicas, region),
  );
  if (regions.length === 0) return undecided("the record says of no region that it is a replica and alive at the end");
  const touched = new Float64Array(registers.keys.ids.length);
  const moved = new Int32Array(registers.keys.ids.length);
  for (let row = 0; row < versions.time.length; row++) {
    const key = registers.keys.index(operations.key[versions.write[row]!]!);
    touched[key] = versions.time[row]!;
    moved[key]! += isBeside(versions.what[row]!) ? 0 : 1;
  }
  const words = new Words(record);
  const underWay = new UnderWay(record, regions, quiet);
  const apart: number[] = [];
  let restless = 0;
  let why: string | null = null;
  registers.keys.ids.forEach((key, index) => {
    const keepers = regions.filter((region) => mayKeep(record, region, key));
    const same = registers.all(keepers[0]!, index).join();
    const differ = keepers.some((region) => registers.all(region, index).join() !== same);
    if (!differ) return;
    const shown = keepers.map((region) => ({ region, write: registers.at(region, index) }));
    const moved = touched[index]! + quiet > end ? `they had moved within the last ${words.span(quiet)}` : null;
    const reason = underWay.reason(shown) ?? moved;
    if (reason === null) apart.push(index);
    else restless++;
    why ??= reason;
  });
  const measured = { keys: registers.keys.ids.length, diverged_keys: apart.length, restless_keys: restless };
  if (apart.length > 0) {
    const index = apart.toSorted((a, b) => moved[a]! - moved[b]! || a - b)[0]!;
    const key = registers.keys.ids[index]!;
    const shown = regions
      .filter((region) => mayKeep(record, region, key))
      .map((region) => ({ region, write: registers.at(region, index) }));
    const said = shown.map(
      ({ region }) => `${words.region(region)} shows ${words.versions(registers.all(region, index))}`,
    );
    return violated(
      `${apart.length} ${apart.length === 1 ? "key has" : "keys have"} not converged`,
      `At the end, ${words.time(end)}, of ${words.key(key)} ${said.join(", ")}; nothing had moved since ${words.time(touched[index]!)}.`,
      shown.map(({ write }) => write).filter((write) => write >= 0),
      measured,
    );
  }
  if (restless > 0) {
    return undecided(`the copies of ${restless} ${restless === 1 ? "key" : "keys"} differ, but ${why}`, measured);
  }
  return holds(`${measured.keys} keys are the same in ${regions.length} live replicas`, measured);
}
