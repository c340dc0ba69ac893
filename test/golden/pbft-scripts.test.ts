import { test } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { HOUR, SECOND } from "../../src/units/time.js";
import { apart, liar } from "../policies/pbft-plans.js";
import { region } from "../simulation/plans.js";
import { type Deed, expectPage, stage } from "./script.js";

const NAMES = ["paris", "oslo", "rome", "bonn"];
const SITES = NAMES.length + 3;
/** There and back: Paris, Oslo, Rome and Bonn. */
const TRIPS = [
  [0, 20, 40, 10],
  [20, 0, 60, 30],
  [40, 60, 0, 50],
  [10, 30, 50, 0],
];

function four(deeds: readonly Deed[], seconds: number, heartbeat: number, overrides: Partial<Plan> = {}): Plan {
  const base = stage(deeds, seconds, {});
  const laws = Array.from({ length: SITES * SITES }, (_, link) => {
    const [from, to] = [Math.floor(link / SITES), link % SITES];
    if (to > 3) return null;
    return constantLaw(from > 3 ? (from - 4 === to ? 0 : 1000) : TRIPS[from]![to]!);
  });
  return {
    ...base,
    regions: NAMES.map((name) => ({ ...region(name), serviceTime: 0, serviceLaw: "constant" })),
    places: base.places.map((place) => ({ ...place, distances: [1000, 1000, 1000, 1000] })),
    network: { ...base.network, laws },
    client: { ...base.client, timeout: 6 * SECOND, deadline: 6 * SECOND },
    ...overrides,
    policies: {
      ...base.policies,
      replication: { name: "pbft", options: { heartbeat, view_timeout: 1.5 * SECOND, checkpoint: 64 } },
      consistency: { name: "linearizable", options: {} },
      conflict: { name: "none", options: {} },
    },
  };
}

/** Signs of life are told of in none of the scenes. */
const hides = / letters .* status /;

test("consensus among liars, message by message", () => {
  expectPage(
    "pbft",
    "Consensus although one of four may lie: PBFT",
    [
      {
        title: "The normal case",
        says: "Paris is the first primary. It gives the write a place in the order and proposes it; each of the others tells all that it has heard so. Whoever has heard the same from three, its own word included, tells all that it is prepared; with three of these it is committed and carried out. Paris answers its user when it has done so itself. A read that must be the latest asks how far the others have prepared, and waits until so much is carried out.",
        plan: four(
          [
            [1, 0, "put", 7],
            [2, 1, "get", 7],
          ],
          3,
          HOUR,
        ),
      },
      {
        title: "Another region is asked",
        says: "Oslo has everybody know of the request, so that all can see whether the primary does its part.",
        plan: four([[1, 1, "put", 7]], 2, HOUR),
      },
      {
        title: "A primary that says nothing",
        says: "Paris is silent. Whoever knows of a request for longer than a time-out asks for the next view. Oslo, whose turn it is, begins it when three ask, itself included, and proposes what is left over.",
        hides,
        plan: four([[1, 1, "put", 7]], 6, SECOND, { faults: [liar(0, "mute", SECOND / 2)] }),
      },
      {
        title: "A primary that tells some this and others that",
        says: "Paris tells Oslo and Rome of the write, and Bonn that the place is empty. Three words of four make a quorum, Paris's own for whatever is heard: Oslo and Rome commit the write. Bonn cannot commit the empty place; it asks for what it lacks.",
        hides,
        plan: four([[1, 1, "put", 7]], 6, SECOND, { faults: [liar(0, "equivocate", SECOND / 2)] }),
      },
      {
        title: "A partition and its heal",
        says: "Rome is cut off. The three others go on; Rome's user waits, and is answered after the heal, when Rome's letters get through and it has what it has missed.",
        hides,
        plan: four(
          [
            [2, 0, "put", 7],
            [2.5, 2, "put", 8],
          ],
          7,
          SECOND,
          { faults: [apart(4, 2, [0, 1, 3], SECOND, 3 * SECOND)] },
        ),
      },
    ],
    "pbft-scripts.test.ts",
  );
});
