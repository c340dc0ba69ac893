import fc from "fast-check";
import { expect, test } from "vitest";
import { TermHistory } from "../../src/policies/replication/term-history.js";

/** A log as what it holds, each entry by the one and only leader who ever wrote it, and the history that tells of it. */
interface Log {
  entries: string[];
  readonly history: TermHistory;
}

const shared = (one: Log, other: Log): number => {
  const least = Math.min(one.entries.length, other.entries.length);
  const at = one.entries.findIndex((entry, position) => position < least && entry !== other.entries[position]);
  return at < 0 ? least : at;
};
const agreed = (one: Log, other: Log): number =>
  Math.min(one.entries.length, other.entries.length, one.history.sharedUntil(other.history));

// A leader is promoted, writes, and ships to some; it loses an end of its log, or all of it, and goes on from what it finds.
const STEPS = fc.array(fc.tuple(fc.constantFrom("promote", "write", "follow", "lose"), fc.nat(2), fc.nat(4)), {
  minLength: 4,
  maxLength: 40,
});

test("two logs agree up to where their histories say, whoever led them and whatever was lost", () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const logs: Log[] = [0, 1, 2].map(() => ({ entries: [], history: new TermHistory() }));
      const losses = [0, 0, 0];
      let [leader, term, written] = [0, 1, 0];
      const begin = (): void => {
        const { entries, history } = logs[leader]!;
        history.truncate(entries.length);
        history.begin(term, entries.length, losses[leader]);
      };
      begin();
      for (const [what, node, count] of steps) {
        const [its, theirs] = [logs[leader]!, logs[node]!];
        if (what === "promote") {
          leader = node;
          term++;
          begin();
        } else if (what === "write") {
          for (let times = 0; times <= count; times++) its.entries.push(`${++written}`);
        } else if (what === "follow" && node !== leader) {
          const common = agreed(its, theirs);
          expect(common).toBe(shared(its, theirs));
          theirs.entries = its.entries.slice(0, Math.max(common, its.entries.length - count));
          theirs.history.copyFrom(its.history);
        } else if (what === "lose") {
          losses[node]!++;
          theirs.entries.length = Math.max(0, theirs.entries.length - count);
          theirs.history.truncate(theirs.entries.length);
          if (node === leader) begin();
        }
      }
      for (const one of logs) for (const other of logs) expect(agreed(one, other)).toBe(shared(one, other));
    }),
    { numRuns: 500 },
  );
});
