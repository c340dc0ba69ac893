import { test } from "vitest";
import { partition } from "../../src/faults/link-faults.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { between, fault, outage } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { CONTEXTS } from "./contexts.js";
import { MULTI_PRIMARY } from "./multi-primary.js";
import { expectPage, stage } from "./script.js";

const quiet = { timeout: 500 * MILLISECOND, hand_off: 2 * SECOND, anti_entropy: 0 };

test("a leaderless quorum, message by message", () => {
  expectPage("quorum", "A leaderless quorum of three: N = 3, R = W = 2", [
    {
      title: "The normal case",
      says: "The region that its user contacts stores the write and has the others store it; with its own copy and the nearest one it has two. A read asks all and is answered by the newest version of the first two, the own one included.",
      plan: stage(
        [
          [1, 0, "put", 7],
          [2, 2, "get", 7],
        ],
        3,
        { policies: leaderless(quiet) },
      ),
    },
    {
      title: "A coordinator without a copy",
      says: "Rome has no copy: it makes the write, and the first copy that takes it has accepted it.",
      plan: (() => {
        const plan = stage(
          [
            [1, 2, "put", 7],
            [2, 2, "get", 7],
          ],
          3,
          { policies: leaderless(quiet) },
        );
        const regions = plan.regions.map((each, id) => ({ ...each, replica: id < 2, coordinates: true }));
        return { ...plan, regions };
      })(),
    },
    {
      title: "A replica is down, and a hint brings it what it has missed",
      says: "Rome is down for some seconds. Paris and Oslo are two, so the write stands; Paris keeps a hint, and hands it over when it reaches Rome again.",
      plan: stage(
        [
          [2, 0, "put", 7],
          [7, 2, "get", 7],
        ],
        8,
        { policies: leaderless(quiet), faults: [outage(2, SECOND, 0.05)] },
      ),
    },
    {
      title: "A partition and its heal, without hints",
      says: "Rome is alone: a write and a read there are refused, for one copy is no majority; the refused write stays in Rome, where it may yet be found. The other side goes on. After the heal a read in Rome finds the newest version, and read repair brings it to whoever has shown an older one.",
      plan: stage(
        [
          [2, 2, "put", 7],
          [3, 0, "put", 7],
          [3.5, 2, "get", 7],
          [6, 2, "get", 7],
          [7, 2, "get", 7],
        ],
        8,
        {
          policies: leaderless({ ...quiet, hints: 0, channel: "datagram" }),
          faults: [
            {
              ...fault(),
              at: SECOND,
              until: 5 * SECOND,
              links: between([2], [0, 1]),
              hardships: partition.hardships({}),
            },
          ],
        },
      ),
    },
    {
      title: "Anti-entropy after a partition",
      says: "Nobody reads the key, and there is no hint: Rome hears of it when two copies compare digests of their keys.",
      plan: stage([[2, 0, "put", 7]], 9, {
        policies: leaderless({ ...quiet, hints: 0, anti_entropy: 3 * SECOND, channel: "datagram" }),
        faults: [{ ...fault(), at: SECOND, until: 4 * SECOND, links: between([2], [0, 1]) }],
      }),
    },
  ]);
});

test("multi-primary, message by message", () => {
  expectPage("multi-primary", "Three regions that all accept writes", MULTI_PRIMARY);
});

test("causal contexts, message by message", () => {
  expectPage("contexts", "Causal contexts: what a write had seen, over a leaderless quorum of three", CONTEXTS);
});
