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

/** The larger number of each actor, of the vectors that these stand for: one of them, where that is it. */
export function allJoined(places: readonly number[], vectors: readonly Vector[]): Vector {
  let largest = NOTHING;
  for (const place of places) largest = isWithin(vectors[place]!, largest) ? largest : vectors[place]!;
  for (const place of places) if (!isWithin(vectors[place]!, largest)) return spread(places, vectors, largest);
  return largest;
}

/** None of them is larger than all others. */
function spread(places: readonly number[], vectors: readonly Vector[], first: Vector): Vector {
  const all = first.slice();
  for (const place of places) {
    const vector = vectors[place]!;
    while (all.length < vector.length) all.push(0);
    for (let actor = 0; actor < vector.length; actor++) if (vector[actor]! > all[actor]!) all[actor] = vector[actor]!;
  }
  return all;
}

/** Whether no actor has a larger number in one than in the other. */
export function isWithin(one: Vector, other: Vector): boolean {
  if (one === other) return true;
  if (one.length > other.length) return false;
  for (let actor = 0; actor < one.length; actor++) if (one[actor]! > other[actor]!) return false;
  return true;
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
