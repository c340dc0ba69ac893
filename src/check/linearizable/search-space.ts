import { BECOMES, COMBINES, IS, IS_NOT, type Model, SWAPS } from "./model.js";
import { type Part, eventsOf, isReadOnly } from "./part.js";

/** More open operations at all returns together are too much to list; the search then gives up at once. */
const MOST_LISTED = 1 << 24;

/** What the search looks up about a part, prepared once. */
export interface SearchSpace {
  readonly part: Part;
  /** As the part's, with all values that nobody reads or compares with made one: they differ in nothing that shows. */
  readonly argument: Int32Array;
  readonly events: Int32Array;
  /** The bit of each operation that returns, free again after its return. */
  readonly slot: Int32Array;
  readonly slots: number;
  /** Optional changes, those that do the same next to each other, of these the earlier called first. */
  readonly optional: Int32Array;
  /** For each optional change, whether the one before it does the same. */
  readonly sameAsBefore: Uint8Array;
  /** Places among the optional changes: of those that are possible in any state, and of swaps by the state they need. */
  readonly anywhere: Int32Array;
  readonly swapsFrom: ReadonlyMap<number, Int32Array>;
  /** The event at which each operation is called. */
  readonly called: Int32Array;
  /** Rows open at event e: `open[openFrom[e] .. openFrom[e + 1]]`, at returns only (the one returning included). */
  readonly open: Int32Array;
  readonly openFrom: Int32Array;
  /** Changes are blind writes and swaps only: a write that nobody sees before the next blind write leaves no trace. */
  readonly forgets: boolean;
  /** The last event at which each value is still asked for; null where states are not the values that were written. */
  readonly lastAsked: ReadonlyMap<number, number> | null;
}

/** Null when so many operations are open at once that even listing them is too much. */
export function searchSpace(part: Part, model: Model): SearchSpace | null {
  const events = eventsOf(part);
  const asks = asksOf(part, model);
  const argument = mergedArguments(part, asks);
  const called = new Int32Array(part.count);
  const slot = new Int32Array(part.count).fill(-1);
  const openFrom = new Int32Array(events.length + 1);
  const free: number[] = [];
  const current = new Set<number>();
  let open = new Int32Array(1024);
  let slots = 0;
  let listed = 0;
  for (let at = 0; at < events.length; at++) {
    const row = events[at]! >> 1;
    openFrom[at] = listed;
    if ((events[at]! & 1) === 0) {
      called[row] = at;
      if (part.optional[row] === 1) continue;
      slot[row] = free.pop() ?? slots++;
      current.add(row);
      continue;
    }
    if (listed + current.size > MOST_LISTED) return null;
    if (listed + current.size > open.length) {
      const longer = new Int32Array(Math.max(open.length * 2, listed + current.size));
      longer.set(open);
      open = longer;
    }
    for (const other of current) open[listed++] = other;
    current.delete(row);
    free.push(slot[row]!);
  }
  openFrom[events.length] = listed;
  const lists = { events, slot, slots, called, open, openFrom };
  const forgets = asks !== null;
  return {
    part,
    argument,
    ...lists,
    forgets,
    lastAsked: lastAsked(part, events, asks),
    ...optionalOf(part, argument, asks),
  };
}

/** How often each value is read or compared with; null where states are not the values that were written. */
function asksOf(part: Part, model: Model): Asks | null {
  if (!model.isRegister || part.action.includes(COMBINES)) return null;
  const of = new Map<number, number>([[model.initial, 0]]);
  let otherThan = 0;
  for (let row = 0; row < part.count; row++) {
    const action = part.action[row]!;
    if (action === IS_NOT) otherThan++;
    const asked = action === IS ? part.argument[row]! : action === BECOMES ? undefined : part.expected[row]!;
    if (asked !== undefined) of.set(asked, (of.get(asked) ?? 0) + 1);
  }
  return { of, otherThan };
}

interface Asks {
  readonly of: ReadonlyMap<number, number>;
  /** Comparisons that found another value: any change may have been what they found. */
  readonly otherThan: number;
}

function lastAsked(part: Part, events: Int32Array, asks: Asks | null): ReadonlyMap<number, number> | null {
  if (asks === null) return null;
  const last = new Map<number, number>();
  events.forEach((event, at) => {
    const row = event >> 1;
    const action = part.action[row]!;
    if (action === BECOMES) return;
    const value = action === IS ? part.argument[row]! : part.expected[row]!;
    last.set(value, part.optional[row] === 1 ? events.length : Math.max(at, last.get(value) ?? 0));
  });
  return last;
}

/** Which value nobody asks for makes no difference, so all of them become one. */
function mergedArguments(part: Part, asks: Asks | null): Int32Array {
  const argument = part.argument.slice();
  if (asks === null) return argument;
  let unasked: number | undefined;
  for (let row = 0; row < part.count; row++) {
    if (part.action[row] !== BECOMES && part.action[row] !== SWAPS) continue;
    if (asks.of.has(argument[row]!)) continue;
    unasked ??= argument[row]!;
    argument[row] = unasked;
  }
  return argument;
}

function optionalOf(
  part: Part,
  argument: Int32Array,
  asks: Asks | null,
): Pick<SearchSpace, "optional" | "sameAsBefore" | "anywhere" | "swapsFrom"> {
  const rows: number[] = [];
  for (let row = 0; row < part.count; row++) {
    if (part.optional[row] === 1 && !isReadOnly(part.action[row]!)) rows.push(row);
  }
  const difference = (a: number, b: number): number =>
    part.action[a]! - part.action[b]! || argument[a]! - argument[b]! || part.expected[a]! - part.expected[b]!;
  rows.sort((a, b) => difference(a, b) || a - b);

  // Each is spent for somebody who asks for its value, so more of a kind than askers are of no use, nor are later ones.
  const useful: number[] = [];
  const same: number[] = [];
  let alike = 0;
  rows.forEach((row, at) => {
    const isSame = at > 0 && difference(rows[at - 1]!, row) === 0;
    alike = isSame ? alike + 1 : 1;
    const uses = asks === null ? alike : (asks.of.get(argument[row]!) ?? 0) + asks.otherThan;
    if (alike > uses) return;
    useful.push(row);
    same.push(isSame ? 1 : 0);
  });
  return {
    optional: Int32Array.from(useful),
    sameAsBefore: Uint8Array.from(same),
    ...byNeed(part, useful),
  };
}

function byNeed(part: Part, optional: readonly number[]): Pick<SearchSpace, "anywhere" | "swapsFrom"> {
  const anywhere: number[] = [];
  const swaps = new Map<number, number[]>();
  optional.forEach((row, place) => {
    if (part.action[row] !== SWAPS) {
      anywhere.push(place);
      return;
    }
    const alike = swaps.get(part.expected[row]!);
    if (alike === undefined) swaps.set(part.expected[row]!, [place]);
    else alike.push(place);
  });
  const swapsFrom = new Map([...swaps].map(([expected, places]) => [expected, Int32Array.from(places)]));
  return { anywhere: Int32Array.from(anywhere), swapsFrom };
}
