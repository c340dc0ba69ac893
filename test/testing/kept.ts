import { describe, expect, test } from "vitest";
import type { PolicyKind } from "../../src/policies/catalogue.js";
import { members } from "../../src/testing/members.js";
import { inWords } from "../../src/testing/report.js";

// More of them: npm run laws.
const SEEDS = Number(process.env["LAWS"] ?? 4);

/** Findings that are known and not mended yet, by seed: who mends one takes it away here. */
const KNOWN: Readonly<Record<string, readonly (readonly [law: string, seed: number])[]>> = {
  "failover lock-service": [["convergence", 5]],
  "replication multi-primary": [["convergence", 4]],
  "replication semi-sync": [["convergence", 8]],
};

/** Holds every member of these kinds against the laws of its kind. */
export function keepLaws(kinds: readonly PolicyKind[]): void {
  const chosen = members.filter(({ kind }) => kinds.includes(kind));
  describe.each(chosen.map((member) => [`${member.kind} ${member.name}`, member] as const))("%s", (name, member) => {
    test("keeps the laws of its kind, but where it is known not to", () => {
      const { findings, held, undecided } = member.check({ seeds: SEEDS });
      const known = (KNOWN[name] ?? []).filter(([, seed]) => seed < SEEDS);
      const isKnown = (law: string, seed: number): boolean => known.some((each) => each[0] === law && each[1] === seed);
      expect(findings.filter(({ law, seed }) => !isKnown(law, seed)).map(inWords)).toEqual([]);
      expect(findings).toHaveLength(known.length);
      // A law that is never decided tests nothing.
      expect(Object.keys(undecided).filter((law) => held[law] === undefined)).toEqual([]);
    });
  });
}
