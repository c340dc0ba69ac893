import { NOBODY } from "../policies/contract.js";
import { ADMITTED, FILLS, LAUNCHES, SERVES } from "../simulation/newcomers.js";
import type { Refused, Reply } from "../simulation/order-plan.js";
import { placementIn } from "../simulation/placement-plan.js";
import type { Plan } from "../simulation/plan.js";
import { type RefusalWords, refusalWords } from "./refusals.js";

const nameIn = ({ regions }: Plan, id: number): string => (id === NOBODY ? "" : (regions[id]?.name ?? ""));

/** What asks for what is so already does no harm, and is no mistake: it is only said that nothing is done. */
export const isVain = (refused: Refused): boolean => refused === "paused-already" || refused === "not-paused";

export const refusedWord = (refused: Refused): string => (isVain(refused) ? "in vain" : "refused");

/** A refusal in words, with the names of the plan. */
export const refusalIn = (
  plan: Plan,
  refused: Refused,
  { region, leader, behind }: Pick<Reply, "region" | "leader" | "behind">,
): RefusalWords => {
  const holders = new Set(placementIn(plan).groups.flatMap((group) => group.holders));
  return refusalWords(refused, {
    region: nameIn(plan, region),
    leader: nameIn(plan, leader),
    behind,
    replication: plan.policies.replication.name,
    failover: plan.policies.failover.name,
    holders: [...holders].toSorted((one, other) => one - other).map((id) => nameIn(plan, id)),
    controller: nameIn(plan, plan.health.controller),
  });
};

/** Behind an order among what has happened: why it came to nothing; "" where it is being carried out. */
export const cameToNothing = (plan: Plan, { refused, ...facts }: Reply): string =>
  refused === null ? "" : `: ${refusedWord(refused)}, ${refusalIn(plan, refused, facts).message}`;

/** What becomes of a region that is added, by stage; of the order itself is told as of any other. */
const STAGES: Readonly<Record<number, string>> = {
  [LAUNCHES]: "its instances are launched",
  [FILLS]: "its first instance is up",
  [ADMITTED]: "has all that it needs, as the control plane has heard, and is probed from now on",
  [SERVES]: "is one of the regions that users are led to",
};

/** Undefined for a stage that says nothing new. */
export const stageWords = (stage: number): string | undefined => STAGES[stage];
