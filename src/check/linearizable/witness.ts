import { ILLEGAL, IS, type Model, step } from "./model.js";
import { type Part, eventsOf, isReadOnly } from "./part.js";

/**
 * Is this order of the changes a linearization, with the reads put where they fit? `order` lists the rows of the changes
 * that took effect, once each; a change that must have happened and is not listed makes the answer no. Near-linear time.
 *
 * Going through the events in order of time, each read is put as early as it may be: behind everything that had returned
 * before it was called. Earlier is never worse for those that come later. What remains to check is that nothing stands
 * behind a change that was called only after it had returned.
 */
export function isWitness(part: Part, model: Model, order: readonly number[]): boolean {
  const position = new Int32Array(part.count).fill(-1);
  order.forEach((row, at) => {
    position[row] = at + 1;
  });
  for (let row = 0; row < part.count; row++) {
    if (!isReadOnly(part.action[row]!) && part.optional[row] === 0 && position[row] === -1) return false;
  }
  const states = statesAlong(part, model, order);
  if (states === null) return false;
  const places = new Places(states);
  const lastCall = lastCalls(part, order);

  let behind = 0;
  for (const event of eventsOf(part)) {
    const row = event >> 1;
    if ((event & 1) === 1) {
      behind = Math.max(behind, position[row]!);
    } else if (isReadOnly(part.action[row]!)) {
      const place =
        part.action[row] === IS
          ? places.firstIs(part.argument[row]!, behind)
          : places.firstIsNot(part.expected[row]!, behind);
      if (place === -1 || lastCall[place]! > part.returned[row]!) return false;
      position[row] = place;
    } else if (position[row] !== -1) {
      const place = position[row]!;
      if (place <= behind || lastCall[place]! > part.returned[row]!) return false;
    }
  }
  return true;
}

/** The state after each change, the initial one first; null when a change cannot have ended as it did. */
function statesAlong(part: Part, model: Model, order: readonly number[]): Int32Array | null {
  const states = new Int32Array(order.length + 1);
  states[0] = model.initial;
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const after = step(model, states[at]!, part.action[row]!, part.argument[row]!, part.expected[row]!);
    if (after === ILLEGAL) return null;
    states[at + 1] = after;
  }
  return states;
}

/** By position: the latest call among the changes up to there. */
function lastCalls(part: Part, order: readonly number[]): Float64Array {
  const latest = new Float64Array(order.length + 1).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < order.length; at++) latest[at + 1] = Math.max(latest[at]!, part.call[order[at]!]!);
  return latest;
}

/** Where along the order a state holds. */
class Places {
  private readonly byState = new Map<number, number[]>();
  /** The next position at which the state is another. */
  private readonly nextChange: Int32Array;

  constructor(private readonly states: Int32Array) {
    const { length } = states;
    this.nextChange = new Int32Array(length);
    for (let at = length - 1; at >= 0; at--) {
      this.nextChange[at] = at + 1 < length && states[at + 1] === states[at] ? this.nextChange[at + 1]! : at + 1;
    }
    states.forEach((state, at) => {
      const places = this.byState.get(state);
      if (places === undefined) this.byState.set(state, [at]);
      else places.push(at);
    });
  }

  /** The first position from `from` on with this state; -1 if there is none. */
  firstIs(state: number, from: number): number {
    const places = this.byState.get(state) ?? [];
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return places[low] ?? -1;
  }

  firstIsNot(state: number, from: number): number {
    if (this.states[from] !== state) return from;
    const place = this.nextChange[from]!;
    return place < this.states.length ? place : -1;
  }
}
