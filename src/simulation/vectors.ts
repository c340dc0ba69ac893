/** Numbers by actor; beyond the end they are 0. */
export type Vector = readonly number[];
export const NOTHING: Vector = [];

/** The larger number of each actor. */
export function joined(one: Vector, other: Vector): Vector {
  if (one === other || other.length === 0) return one;
  const both = one.slice();
  for (let actor = 0; actor < other.length; actor++)
    if (actor >= both.length) both.push(other[actor]!);
    else if (other[actor]! > both[actor]!) both[actor] = other[actor]!;
  return both;
}

/** The same with this number for an actor. */
export function withNumber(vector: Vector, actor: number, number: number): Vector {
  const other = vector.slice();
  while (other.length <= actor) other.push(0);
  other[actor] = number;
  return other;
}

/** How many are known of that no deletion has seen. */
export function total(known: Vector, deleted: Vector): number {
  let sum = 0;
  for (let actor = 0; actor < known.length; actor++) sum += known[actor]! - (deleted[actor] ?? 0);
  return sum;
}
