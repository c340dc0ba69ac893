import {
  APPEND,
  CAS,
  DELETE,
  NIL,
  OK,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
  WRITE,
  isAcceptance,
} from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { argumentOf, expectedOf } from "../../record/values.js";
import { ILLEGAL, type Model } from "./model.js";

/** In place of the version below: it was accepted more than once, on different ones. */
const SEVERAL = ILLEGAL + 1;

export const isAddition = (kind: number): boolean => kind === SET_ADD || kind === APPEND;

/**
 * Whether what a read of a set or a list returned is the number of the write whose version it was shown: so it is in a
 * record of the simulator, which has no names for values and says upon which version each addition was put.
 */
export const namesVersions = ({ names, versions: { time } }: RunRecord): boolean =>
  names.values.length === 0 && time.length > 0;

/**
 * Sets and lists by their versions. What a version contains is the chain of additions below it; two versions never contain
 * the same. So an addition that somebody was shown, by itself or below another, is a swap from the version that its
 * replica held and from no other. (Of a set, the chain's order is as good as any: what was put upon another was
 * accepted after that.) Where an addition stands that nobody was shown, nobody was shown anything until the next
 * deletion: it is a blind write of what nobody reads.
 */
export function versions(record: RunRecord): Model {
  const below = versionsBelow(record);
  const shown = shownVersions(record, below);
  return {
    name: "versions",
    kinds: [READ, WRITE, DELETE, CAS, SET_ADD, APPEND],
    initial: NIL,
    isRegister: true,
    stateOf: (value) => value,
    argumentOf: (value) => value,
    combine: () => ILLEGAL,
    putOn: (operation) => {
      const version = shown.has(operation) ? (below.get(operation) ?? SEVERAL) : ILLEGAL;
      if (version < 0) return version;
      return argumentOf(record, version);
    },
    isUnclear: (operation) => shown.has(operation) && (below.get(operation) ?? SEVERAL) === SEVERAL,
  };
}

/** By operation that a replica accepted: the version that it held. */
function versionsBelow({ versions: rows }: RunRecord): ReadonlyMap<number, number> {
  const below = new Map<number, number>();
  for (let row = 0; row < rowsOf(rows); row++) {
    if (!isAcceptance(rows.what[row]!)) continue;
    const write = rows.write[row]!;
    const known = below.get(write);
    below.set(write, known === undefined || known === rows.previous[row] ? rows.previous[row]! : SEVERAL);
  }
  return below;
}

/** Additions that an answer contains. */
function shownVersions(record: RunRecord, below: ReadonlyMap<number, number>): ReadonlySet<number> {
  const shown = new Set<number>();
  const { kind, outcome, value } = record.operations;
  for (let row = 0; row < kind.length; row++) {
    if (outcome[row] !== OK && !(outcome[row] === UNKNOWN && kind[row] === CAS)) continue;
    let version = kind[row] === READ ? value[row]! : expectedOf(record, row);
    while (version >= 0 && version < kind.length && isAddition(kind[version]!) && !shown.has(version)) {
      shown.add(version);
      version = below.get(version) ?? SEVERAL;
    }
  }
  return shown;
}
