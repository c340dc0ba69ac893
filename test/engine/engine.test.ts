import { describe, expect, test } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";
import { LimitError } from "../../src/engine/limit.js";

const nothing: Dispatcher = { dispatch: () => {} };

describe.each(["adaptive", "heap"] as const)("the %s queue", (queue) => {
  test("a handle that has fired is harmless after its slot was used again", () => {
    const engine = new Engine({ queue });
    const cells = new Float64Array(2);
    engine.arm(cells, 0, 10, 1, 0, 0, 1);
    const stale = cells[0]!;
    engine.run(10, nothing);
    engine.arm(cells, 1, 10, 1, 0, 0, 2);
    cells[0] = stale;
    expect(engine.disarm(cells, 0)).toBe(false);
    expect(cells[0]).toBe(0);
    expect(engine.pending).toBe(1);
    expect(engine.disarm(cells, 1)).toBe(true);
    expect(engine.disarm(cells, 1)).toBe(false);
    expect(engine.pending).toBe(0);
  });

  test("cancelled timers reach no handler and no digest", () => {
    const digest = (cancel: boolean): string => {
      const engine = new Engine({ queue });
      const cells = new Float64Array(10_000);
      for (let cell = 0; cell < 10_000 && cancel; cell++) engine.arm(cells, cell, 5 + (cell % 50), 2, 0, 0, cell);
      for (let cell = 0; cell < 10_000 && cancel; cell++) engine.disarm(cells, cell);
      engine.schedule(7, 1, 0, 0, 1);
      engine.run(100, nothing);
      expect(engine.dispatched).toBe(1);
      return engine.digest();
    };
    expect(digest(true)).toBe(digest(false));
  });

  test("too many pending events are given up with the limit, the time and the most frequent kinds", () => {
    const engine = new Engine({ queue, pendingLimit: 100, kinds: ["none", "arrival", "probe"] });
    const greedy: Dispatcher = {
      dispatch() {
        engine.schedule(1_000_000, 2, 0, 0, 0);
        engine.schedule(1, 1, 0, 0, 0);
        engine.schedule(1_000_000, 2, 0, 0, 0);
      },
    };
    engine.schedule(3_000_000, 1, 0, 0, 0);
    expect(() => engine.run(10_000_000, greedy)).toThrow(LimitError);
    expect(() => engine.run(10_000_000, greedy)).toThrow(
      /more than 100 events were pending at 3.*s of simulated time; most of them: \d+ x probe/,
    );
  });

  test("time stands at the end of the slice, and stop leaves after the present event", () => {
    const engine = new Engine({ queue });
    engine.schedule(5, 1, 0, 0, 0);
    engine.schedule(5, 1, 0, 0, 1);
    engine.run(3, nothing);
    expect(engine.now).toBe(3);
    engine.run(100, { dispatch: () => engine.stop() });
    expect(engine.now).toBe(5);
    expect(engine.dispatched).toBe(1);
    engine.run(100, nothing);
    expect([engine.now, engine.dispatched]).toEqual([100, 2]);
  });
});

test.each([-1, 0.5, Number.NaN, -0.1])("a delay of %d is refused by the name of its kind", (delay) => {
  const engine = new Engine({ kinds: ["none", "arrival"] });
  expect(() => engine.schedule(delay, 1, 0, 0, 0)).toThrow(/"arrival" was scheduled with a delay of/);
});

test("the digest tells time, kind, owner and id apart, and does not see the payload", () => {
  const digest = (time: number, kind: number, owner: number, payload: number, id: number): string => {
    const engine = new Engine();
    engine.schedule(time, kind, owner, payload, id);
    engine.run(Number.POSITIVE_INFINITY, nothing);
    return engine.digest();
  };
  const plain = digest(10, 1, 2, 3, 4);
  expect(digest(10, 1, 2, 99, 4)).toBe(plain);
  const others = [
    digest(11, 1, 2, 3, 4),
    digest(10, 2, 2, 3, 4),
    digest(10, 1, 3, 3, 4),
    digest(10, 1, 2, 3, 5),
    digest(10 + 2 ** 32, 1, 2, 3, 4),
  ];
  expect(new Set([plain, ...others]).size).toBe(6);
});

test("an endless delay is refused: it would never come", () => {
  const engine = new Engine({ kinds: ["none", "arrival"] });
  expect(() => engine.schedule(Number.POSITIVE_INFINITY, 1, 0, 0, 0)).toThrow(/"arrival" was scheduled/);
});

test("a timer can still be cancelled after its slot was used more often than a handle can count", () => {
  const engine = new Engine();
  const cells = new Float64Array(1);
  let left = 2 ** 27 + 10;
  engine.schedule(1e12, 3, 0, 0, 0);
  engine.schedule(1, 1, 0, 0, 0);
  engine.run(1e9, { dispatch: () => void (--left > 0 && engine.schedule(1, 1, 0, 0, 0)) });
  engine.arm(cells, 0, 10, 2, 0, 0, 0);
  expect(engine.disarm(cells, 0)).toBe(true);
});
