import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, faultline } from "../cli/cli.js";
import { folder } from "./own.js";

const EXAMPLES = join(ROOT, "scenarios/plugins");
const files = readdirSync(EXAMPLES).filter((name) => name.endsWith(".ts"));

interface Manifest {
  readonly plugins: readonly { readonly kind: string; readonly sha256: string }[];
  readonly runs: readonly { readonly architecture: string; readonly digests: object }[];
}

/** The region is dark from 10m to 20m: enough to see what becomes of its users. */
const HALF = ["--until", "15m"];

/** Runs the scenario of the examples, and gives what it leaves. */
function study(
  node = process.execPath,
  args: readonly string[] = HALF,
): { out: string; manifest: Manifest; told: string } {
  const out = folder({});
  const given = ["run", "scenarios/plugins/own-policies.yaml", "--out", out, ...args];
  const { code, err, out: told } = faultline(given, ROOT, node);
  if (code === 2 || code === 3) throw new Error(err);
  return { out, told, manifest: JSON.parse(readFileSync(join(out, "own-policies/manifest.json"), "utf8")) };
}

test.each(files)("%s has less than 40 lines", (name) => {
  expect(readFileSync(join(EXAMPLES, name), "utf8").split("\n").length - 1).toBeLessThan(40);
});

describe("the scenario of the examples", () => {
  const { manifest, out } = study();
  const { architectures } = JSON.parse(readFileSync(join(out, "own-policies/summary.json"), "utf8"));
  const metric = (architecture: string, name: string): number => architectures[architecture].metrics[name].mean;

  test("runs one of each kind, and the manifest has the digests of the files", () => {
    expect(manifest.plugins.map(({ kind }) => kind).toSorted()).toEqual([
      "caching",
      "conflict",
      "consistency",
      "failover",
      "placement",
      "replication",
      "routing",
      "scaling",
    ]);
    for (const { sha256 } of manifest.plugins) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("gives the same digests again", () => {
    expect(study(process.execPath, [...HALF, "--workers", "1"]).manifest.runs).toEqual(manifest.runs);
  });

  for (const version of ["22", "24"]) {
    const node = process.env[`FAULTLINE_NODE_${version}`];
    test.skipIf(node === undefined)(`gives the same digests on Node ${version} (FAULTLINE_NODE_${version})`, () => {
      expect(study(node).manifest.runs).toEqual(manifest.runs);
    });
  }

  test("the patient failover takes as long as it is told to", () => {
    // Three probes 10 s apart are missed first; then 90 s, a second look, and the promotion of the standby.
    expect(metric("patient", "failovers")).toBe(1);
    expect(metric("patient", "rto_seconds")).toBeGreaterThan(90);
    expect(metric("patient", "rto_seconds")).toBeLessThan(240);
    expect(metric("chain", "failovers")).toBe(0);
  });

  test("the first write wins: what comes later is overwritten, and nobody replaced", () => {
    expect(metric("first-wins", "overwritten_writes")).toBeGreaterThan(1000);
  });

  test("static requests are answered from memory, and nothing else is", () => {
    expect(metric("first-wins", "cache_hit_rate")).toBeGreaterThan(0.05);
    expect(metric("first-wins", "cache_hit_rate")).toBeLessThan(0.2);
  });

  test("a fleet gives back what is idle: it takes less than half of the hours of one that stays as it is", () => {
    expect(metric("first-wins", "server_hours")).toBeLessThan(metric("chain", "server_hours") / 2);
    expect(metric("first-wins", "server_utilisation")).toBeGreaterThan(2 * metric("chain", "server_utilisation"));
  });

  test("the chain keeps a prefix of one log in every region, and what it acknowledged is all there", () => {
    const record = join(folder({}), "chain.rec");
    const checks = "consistent-prefix,convergence,durability,one-primary";
    const watched = study(process.execPath, ["--architecture", "chain", "--record", record, "--check", checks]);
    const verdicts = watched.told.match(/^(consistent-prefix|durability|one-primary) +(yes|NO|undecided)/gm);
    expect(verdicts?.map((line) => line.replace(/ +/, " "))).toEqual([
      ...["consistent-prefix yes", "durability yes", "one-primary yes"],
    ]);
    expect(watched.told).not.toMatch(/^convergence +NO/m);
  });
});
