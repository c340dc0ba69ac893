import { expect, test } from "vitest";
import { type Plan, compile, parseScenario } from "../../src/index.js";
import { Guard } from "../../src/plugins/guard.js";
import { guarded } from "../../src/plugins/guarded.js";
import { catalogue, extended } from "../../src/policies/catalogue.js";
import { type Conflict, type Scaling, byCausality } from "../../src/policy.js";
import type { PluginSource } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { scenario } from "./own.js";

/** Of versions that had not seen each other that of the region that comes first in the scenario stands. */
const homeWins: Conflict = {
  name: "home-wins",
  about: "Of versions that had not seen each other that of the region listed first stands.",
  causal: true,
  options: {},
  merge: byCausality,
  pick: (mine, theirs) => ((theirs.origin - mine.origin || mine.sequence - theirs.sequence) < 0 ? "took" : "kept"),
};

function worldOf(conflict: Conflict): World {
  const parsed = parseScenario(scenario("conflict: home-wins"), { policies: { conflict: [conflict] } });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  const plan = compile(parsed.scenario).plans[1] as Plan;
  const file = "home-wins.ts";
  const source: PluginSource = { kind: "conflict", name: conflict.name, path: `/${file}`, file, sha256: "" };
  const guard = new Guard(null);
  return new World(plan, "1", [], extended({ conflict: [guarded(conflict, source, guard)] }, catalogue));
}

test("a merge of one's own keeps versions side by side and picks one, the same in every region", () => {
  const world = worldOf(homeWins);
  world.run();
  const { oracle, writes, replicas } = world;
  expect(oracle.overwritten).toBeGreaterThan(0);
  let hidden = 0;
  for (let key = 0; key < world.demand.keys; key++) {
    const shown = replicas.hosts.map((host) => (host.shown[key]! < 0 ? -1 : writes.first(host.shown[key]!)));
    expect(new Set(shown).size).toBe(1);
    const others = writes.members[replicas.hosts[0]!.shown[key]!] ?? [];
    hidden += Math.max(0, others.length - 1);
    for (const other of others) expect(writes.origin[other]!).toBeGreaterThanOrEqual(writes.origin[shown[0]!]!);
  }
  expect(hidden).toBeGreaterThan(0);
});

test("a merge that changes what it compares is told so, with the field", () => {
  const mends = (mine: { timestamp: number }) => {
    mine.timestamp = 5;
    return "kept" as const;
  };
  const world = worldOf({ ...homeWins, merge: mends as unknown as Conflict["merge"] });
  expect(() => world.run()).toThrow("changes timestamp of a register, which is lent to be read");
});

test("what a policy is shown of the world is not its to change", () => {
  const source: PluginSource = { kind: "scaling", name: "s", path: "/s.ts", file: "s.ts", sha256: "" };
  const scaling: Scaling = {
    name: "s",
    about: "Says that more is running than is.",
    options: {},
    on: () => ({ every: 1_000_000, queues: true, wanted: (fleet) => Object.assign(fleet, { running: 9 }).running }),
  };
  const shown = { now: 0, running: 1, booting: 0 };
  const scaler = guarded(scaling, source, new Guard(null)).on!({});
  expect(() => scaler.wanted(shown as never)).toThrow("changes running of a view, which is lent to be read");
  expect(shown.running).toBe(1);
});
