import { describe, expect, test } from "vitest";
import type { PolicyKind } from "../../src/policies/catalogue.js";
import { members } from "../../src/testing/members.js";
import { inWords } from "../../src/testing/report.js";

// More of them: npm run laws.
const SEEDS = Number(process.env["LAWS"] ?? 4);

/** Findings that were mended, by seed: they are looked for again, since only more seeds than usual would come upon them. */
const MENDED: Readonly<Record<string, readonly number[]>> = {
  "failover automatic": [8047],
  "failover follow-the-sun": [77_009],
  "failover lock-service": [5, 99_004],
  "placement everywhere": [77_001],
  "replication async": [88_014],
  "replication multi-primary": [4],
  "replication semi-sync": [8],
  "replication sync": [88_024],
  "routing geolocation": [77_007],
  "routing weighted": [8005],
};

/** Holds every member of these kinds against the laws of its kind. */
export function keepLaws(kinds: readonly PolicyKind[]): void {
  const chosen = members.filter(({ kind }) => kinds.includes(kind));
  describe.each(chosen.map((member) => [`${member.kind} ${member.name}`, member] as const))("%s", (name, member) => {
    test("keeps the laws of its kind", () => {
      const { findings, held, undecided } = member.check({ seeds: SEEDS });
      expect(findings.map(inWords)).toEqual([]);
      // A law that is never decided tests nothing.
      expect(Object.keys(undecided).filter((law) => held[law] === undefined)).toEqual([]);
    });

    for (const seed of MENDED[name] ?? [])
      test(`keeps them under seed ${seed}, where it once did not`, () => {
        expect(member.check({ first: seed, seeds: 1 }).findings.map(inWords)).toEqual([]);
      });
  });
}
