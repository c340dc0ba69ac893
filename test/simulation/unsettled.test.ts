import { expect, test } from "vitest";
import type { Groups } from "../../src/simulation/groups.js";
import { Observer } from "../../src/simulation/observer.js";
import { Unsettled } from "../../src/simulation/unsettled.js";
import { Writes } from "../../src/simulation/writes.js";

const REGIONS = 3;
const EVERYWHERE = 0b111;
const KEY = 0;

class Nobody extends Observer {}

/** One key that three regions hold, and the oracle's list of what has not come to all of them. */
class Lists {
  now = 0;
  readonly writes = new Writes(() => new Nobody());
  readonly list: Unsettled;
  private sequence = 0;

  constructor(volatile: boolean, lingers: boolean) {
    const groups = { keys: 1, regions: REGIONS, of: () => 0, holders: [EVERYWHERE] };
    this.list = new Unsettled(this.writes, groups as unknown as Groups, volatile, lingers, REGIONS, this);
    this.list.acknowledgedAt = new Float64Array(1024).fill(-1);
  }

  accept(region: number): number {
    const write = this.writes.create(KEY, 1, 1, region, ++this.sequence, this.now, this.now);
    this.list.begin(write);
    this.list.add(write, region, false);
    return write;
  }

  /** Off the wire. */
  comes(write: number, region: number): void {
    const bit = 1 << region;
    this.writes.holders[write]! |= bit;
    this.list.hold(write);
    this.writes.showers[write]! |= bit;
    this.list.show(write, region);
  }

  undo(write: number, region: number): void {
    this.writes.holders[write]! &= ~(1 << region);
    this.writes.showers[write]! &= ~(1 << region);
    this.list.hide(write, region, this.writes.holders[write] !== 0);
  }

  get listed(): number[] {
    const listed: number[] = [];
    for (let write = this.list.heads[KEY]!; write >= 0; write = this.list.next[write]!) listed.push(write);
    return listed;
  }

  seenIn(write: number): number[] {
    return [...Array(REGIONS).keys()].filter((region) => this.list.sees(write, region));
  }
}

test("what comes off the wire after its last copy was gone has been seen where what had seen it came before", () => {
  const lists = new Lists(true, false);
  const first = lists.accept(2);
  const second = lists.accept(2);
  lists.undo(first, 2);
  lists.undo(second, 2);
  expect(lists.listed).toEqual([]);
  lists.comes(second, 1);
  // What is made on top of it has seen both.
  const third = lists.accept(1);
  lists.comes(first, 0);
  expect(lists.listed).toEqual([third, second, first]);
  expect(lists.seenIn(first)).toEqual([0, 1]);
  lists.comes(third, 2);
  expect(lists.seenIn(first)).toEqual([0, 1, 2]);
});

test("what nothing refers to any more comes back no more, and its number may be another write's", () => {
  const lists = new Lists(true, false);
  const first = lists.accept(2);
  lists.undo(first, 2);
  lists.list.forget(first);
  lists.writes.release(first);
  const other = lists.accept(0);
  expect(other).toBe(first);
  lists.comes(other, 1);
  expect(lists.seenIn(other)).toEqual([0, 1]);
});

test("where reads are gathered, a write is remembered until no open read can have been answered without it", () => {
  const lists = new Lists(false, true);
  const write = lists.accept(0);
  lists.list.acknowledgedAt[write] = 1;
  lists.comes(write, 1);
  lists.now = 10;
  lists.comes(write, 2);
  // A read that began at 5 was perhaps answered by the last region, before the write came there.
  lists.list.prune(KEY, 5);
  expect(lists.listed).toEqual([write]);
  lists.list.prune(KEY, 11);
  expect(lists.listed).toEqual([]);
});
