import { partition } from "../../src/faults/link-faults.js";
import type { Plan } from "../../src/simulation/plan.js";
import { SECOND } from "../../src/units/time.js";
import { activeActive, between, fault, outage } from "../simulation/plans.js";
import { type Deed, type Scene, stage } from "./script.js";

/** Signs of life are rare: what is told is what writes cause. */
function everywhere(conflict: string): Plan["policies"] {
  const { policies } = activeActive();
  const options = { ...policies.replication.options, heartbeat: 30 * SECOND };
  return { ...policies, replication: { name: "multi-primary", options }, conflict: { name: conflict, options: {} } };
}

/** Rome is cut off, and not from its users. */
const ALONE = {
  faults: [
    { ...fault(), at: SECOND, until: 4 * SECOND, links: between([2], [0, 1]), hardships: partition.hardships({}) },
  ],
};
/** Both sides write; and when they see each other again, somebody in Paris does. */
const BOTH: readonly Deed[] = [
  [1.5, 0, "put", 7],
  [2.5, 2, "put", 7],
  [7.5, 0, "get", 7],
  [7.6, 0, "put", 7],
];

export const MULTI_PRIMARY: readonly Scene[] = [
  {
    title: "The normal case",
    says: "Paris accepts the write, answers, and ships its log to both others. What Oslo writes afterwards is on top of it.",
    plan: stage(
      [
        [1.5, 0, "put", 7],
        [1.8, 1, "put", 7],
      ],
      2.5,
      { policies: everywhere("last-write-wins") },
    ),
  },
  {
    title: "A conflict under last-write-wins",
    says: "Rome is cut off; both sides accept a write that has not seen the other. When the streams get through again the later timestamp wins everywhere, and write 0 is gone though it was acknowledged.",
    plan: stage(BOTH, 8, { policies: everywhere("last-write-wins"), ...ALONE }),
  },
  {
    title: "The same under dotted version vectors",
    says: "Both stay, side by side, in every region. A reader in Paris is shown both, and what is written there then has seen both: it takes their place everywhere.",
    plan: stage(BOTH, 8, { policies: everywhere("dotted-version-vectors"), ...ALONE }),
  },
  {
    title: "The same where the first committer wins",
    says: "Rome's write came second. It is undone when the first one arrives in Rome, and never shown elsewhere.",
    plan: stage(BOTH, 8, { policies: everywhere("first-committer-wins"), ...ALONE }),
  },
  {
    title: "A region loses its disk and gets a whole copy",
    says: "Rome is down and comes back with an empty disk. It asks both others for what they have, refuses its users until a copy has come, and says hello to both again.",
    plan: (() => {
      const faults = [outage(2, 3 * SECOND, 0.05, false)];
      const plan = stage(
        [
          [1.5, 0, "put", 7],
          [1.505, 1, "put", 7],
          [6.05, 2, "get", 7],
          [7.5, 2, "get", 7],
        ],
        8,
        { policies: everywhere("dotted-version-vectors"), faults },
      );
      return { ...plan, data: { ...plan.data, size: 1_000_000 } };
    })(),
  },
];
