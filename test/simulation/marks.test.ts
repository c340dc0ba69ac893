import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { CopyMarks, WIDTH, clearMarks, covers, see } from "../../src/simulation/marks.js";

interface Write {
  readonly origin: number;
  readonly sequence: number;
  readonly run: number;
}

/** A copy as it truly is: the writes of each origin that it has, in the order in which they came. */
class Copy {
  readonly marks: CopyMarks;
  readonly has = new Map<string, Write>();

  constructor(origins: number) {
    this.marks = new CopyMarks(origins);
  }

  take(write: Write): void {
    this.has.set(nameOf(write), write);
    this.marks.advance(write.origin, write.sequence, write.run);
  }
}

const nameOf = ({ origin, sequence }: Write): string => `${origin}/${sequence}`;
const ORIGINS = 3;

/**
 * Copies that accept, receive logs in order, lose the end of what they have, give everything up, and get whole copies; and
 * sessions that see single writes at one copy after the other. `carry` is how a session notes what it has seen.
 */
function story(seed: number, carry: typeof see): { readonly claims: number; readonly wrong: number } {
  const luck = new Streams(`marks ${seed}`).keyed("story");
  const copies = Array.from({ length: ORIGINS }, () => new Copy(ORIGINS));
  const logs: Write[][] = copies.map(() => []);
  const accepted = copies.map(() => 0);
  const runs = copies.map(() => 0);
  // How far each copy has come in each log: by sequence.
  const next = copies.map(() => copies.map(() => 0));
  const token = new Int32Array(ORIGINS * WIDTH);
  clearMarks(token);
  const seen: Write[] = [];
  let [claims, wrong] = [0, 0];
  for (let step = 0; step < 400; step++) {
    const pick = (purpose: number, below: number): number => Math.floor(luck.uniform(step, purpose) * below);
    const [at, other] = [pick(0, ORIGINS), pick(1, ORIGINS)];
    const copy = copies[at]!;
    const what = pick(2, 100);
    if (what < 40) {
      const write = { origin: at, sequence: accepted[at]!++, run: runs[at]! };
      logs[at]!.push(write);
      copy.take(write);
      next[at]![at] = write.sequence + 1;
    } else if (what < 85) {
      const rest = logs[other]!.filter(({ sequence }) => sequence >= next[at]![other]!);
      for (const write of rest.slice(0, 1 + pick(3, 4))) {
        copy.take(write);
        next[at]![other] = write.sequence + 1;
      }
    } else if (what < 92) {
      // A power cut: of one origin's writes the last ones are gone, of its own for ever.
      const last = [...copy.has.values()]
        .filter(({ origin }) => origin === other)
        .sort((a, b) => b.sequence - a.sequence);
      for (const write of last.slice(0, pick(4, 4))) {
        copy.has.delete(nameOf(write));
        copy.marks.retreat(write.origin, write.sequence, write.run);
        next[at]![other] = write.sequence;
        if (other !== at) continue;
        logs[at]!.pop();
        runs[at] = accepted[at]!;
      }
      if (other === at) next[at]![at] = accepted[at]!;
    } else if (what < 96 && at !== other) {
      for (const [name, write] of copies[other]!.has) copy.has.set(name, write);
      copy.marks.join(copies[other]!.marks.numbers);
      for (let origin = 0; origin < ORIGINS; origin++)
        next[at]![origin] = Math.max(next[at]![origin]!, next[other]![origin]!);
    } else if (what < 97) {
      copy.has.clear();
      copy.marks.clear();
      runs[at] = accepted[at]!;
      logs[at]!.length = 0;
      for (let origin = 0; origin < ORIGINS; origin++) next[at]![origin] = origin === at ? accepted[at]! : 0;
    } else {
      const some = [...copy.has.values()];
      const write = some[pick(5, some.length)];
      if (write !== undefined) {
        seen.push(write);
        carry(token, write.origin * WIDTH, write.sequence, write.run);
      }
    }
    for (const each of copies) {
      if (!covers(each.marks.numbers, token, 0)) continue;
      claims++;
      if (seen.some((write) => !each.has.has(nameOf(write)))) wrong++;
    }
  }
  return { claims, wrong };
}

const SEEDS = 300;

test("a copy that covers what a session carries has every write that the session has seen, whatever was lost and copied", () => {
  let claims = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const { claims: made, wrong } = story(seed, see);
    expect(wrong, `seed ${seed}`).toBe(0);
    claims += made;
  }
  // And it is not by never claiming anything.
  expect(claims).toBeGreaterThan(SEEDS * 100);
});

test("one number an origin would not do: what was lost before a newer run would count as there", () => {
  const forgetful: typeof see = (marks, cell, sequence, run) => {
    if (sequence <= marks[cell + 1]!) return;
    marks[cell] = run;
    marks[cell + 1] = sequence;
  };
  let wrong = 0;
  for (let seed = 0; seed < SEEDS; seed++) wrong += story(seed, forgetful).wrong;
  expect(wrong).toBeGreaterThan(0);
});

test("where nothing is lost, a copy covers a session as soon as it has all that the session has seen and all before it", () => {
  const marks = new CopyMarks(2);
  const token = new Int32Array(2 * WIDTH);
  clearMarks(token);
  see(token, WIDTH, 5, 0);
  for (let sequence = 0; sequence <= 5; sequence++) {
    expect(marks.cover(token, 0)).toBe(false);
    marks.advance(1, sequence, 0);
  }
  expect(marks.cover(token, 0)).toBe(true);
});
