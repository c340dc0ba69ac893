import { ILLEGAL, step } from "../linearizable/model.js";
import { isReadOnly } from "../linearizable/part.js";
import type { SearchLimits } from "../linearizable/search.js";
import { Visited } from "../linearizable/visited.js";
import type { Program } from "./program.js";

export interface Searched {
  readonly verdict: "true" | "false" | "unknown";
  readonly reason: string;
  readonly steps: number;
}

/**
 * Looks for an order of all operations that respects every session's and explains every answer, depth first and with
 * memory. Deciding it is NP-complete even for unique values (Gibbons and Korach 1997), so this is for small histories.
 * A configuration is which operations are done and what each key holds. What leaves its key alone is done as soon as it is
 * legal, which never hurts: whatever may follow may follow it too.
 */
export function searchSequential(program: Program, limits: SearchLimits): Searched {
  const { count, parts, models } = program;
  const doneWords = (count + 31) >> 5;
  const visited = new Visited(doneWords + parts.length, 0, limits.mostBytes);
  const now = new Int32Array(doneWords + parts.length);
  models.forEach(({ initial }, part) => {
    now[doneWords + part] = initial;
  });
  const path: number[] = [];
  const choices: number[] = [];
  let steps = 0;

  const isDone = (id: number): boolean => (now[id >> 5]! & (1 << (id & 31))) !== 0;
  const after = (id: number): number => {
    const part = parts[program.part[id]!]!;
    const row = program.row[id]!;
    const state = now[doneWords + program.part[id]!]!;
    return step(models[program.part[id]!]!, state, part.action[row]!, part.argument[row]!, part.expected[row]!);
  };
  const mayCome = (id: number): boolean => !isDone(id) && program.before[id]!.every(isDone);
  const readsOnly = (id: number): boolean => isReadOnly(parts[program.part[id]!]!.action[program.row[id]!]!);
  const isNeeded = (id: number): boolean => parts[program.part[id]!]!.optional[program.row[id]!] === 0;
  /** Does what leaves its key alone; whether all that must be is done. */
  const settle = (): boolean => {
    let left = false;
    for (let again = true; again; ) {
      again = false;
      left = false;
      for (let id = 0; id < count; id++) {
        if (isDone(id) || !isNeeded(id)) continue;
        if (!readsOnly(id) || !mayCome(id) || after(id) === ILLEGAL) {
          left = true;
          continue;
        }
        now[id >> 5]! |= 1 << (id & 31);
        again = true;
      }
    }
    return !left;
  };
  const ended = (verdict: Searched["verdict"], reason: string): Searched => ({ verdict, reason, steps });

  for (;;) {
    if (settle()) return ended("true", "an order was found");
    const id = visited.add(now);
    if (id === -2) return ended("unknown", `the search needs more than ${limits.mostBytes >> 20} MiB of memory`);
    if (id >= 0) {
      path.push(id);
      choices.push(0);
    }
    // The next change of the latest configuration that has one left.
    for (;;) {
      const top = path.length - 1;
      if (top < 0) return ended("false", "no order explains every answer");
      if ((steps += 1) > limits.mostSteps) {
        return ended("unknown", `the search was given up after ${limits.mostSteps} steps`);
      }
      const from = visited.offset(path[top]!);
      for (let at = 0; at < now.length; at++) now[at] = visited.words[from + at]!;
      let choice = choices[top]!;
      while (choice < count && (readsOnly(choice) || !mayCome(choice) || after(choice) === ILLEGAL)) choice++;
      choices[top] = choice + 1;
      if (choice < count) {
        now[doneWords + program.part[choice]!] = after(choice);
        now[choice >> 5]! |= 1 << (choice & 31);
        break;
      }
      path.pop();
      choices.pop();
    }
  }
}
