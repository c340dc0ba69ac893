import type { Refused } from "../simulation/order-plan.js";

/** What a refusal is told with: names, as the plan gives them. */
export interface RefusalFacts {
  /** Whom the order is about, and who leads as is believed; "" where there is nobody. */
  readonly region: string;
  readonly leader: string;
  /** Writes by which the region is behind, as reported. */
  readonly behind: number;
  readonly replication: string;
  readonly failover: string;
  /** Regions that hold a copy; and the one in which the control plane lives. */
  readonly holders: readonly string[];
  readonly controller: string;
}

export interface RefusalWords {
  readonly message: string;
  /** The way out. */
  readonly hint: string;
}

/** Why an order is not carried out, and what to do instead. */
export function refusalWords(refused: Refused, facts: RefusalFacts): RefusalWords {
  const { region, leader, behind, replication, failover, holders, controller } = facts;
  const [another] = holders.filter((name) => name !== leader && name !== region);
  const words: Readonly<Record<Refused, readonly [message: string, hint: string]>> = {
    "no-leader": [
      `replication ${replication} has no leader to replace: every region that holds a copy takes writes`,
      "order it in an architecture with one primary (in: NAME), or cut a region off by `chaos test`",
    ],
    follows: [
      `under failover ${failover} the regions settle by themselves who leads: nobody can order it`,
      "`chaos test --scenario=host-crash --region=LEADER --for=30s` makes them settle it anew",
    ],
    "no-copy": [
      `${region} holds no copy of the data`,
      holders.length === 1 ? `only ${holders[0]} does` : `one of ${holders.join(", ")} does`,
    ],
    "asks-others": [
      `replication ${replication} answers its users by the letters that replicate: without them ${region} could serve nobody`,
      `\`chaos test --scenario=network-partition --region=${region}\` cuts it off, and shows what that does`,
    ],
    "only-copy": [
      `${region} holds the only copy: there is nobody to replicate with`,
      "add a standby to the architecture",
    ],
    "fixed-members": [
      `the members of replication ${replication} are fixed when it begins: ${region} cannot join them while they run`,
      "name it where the scenario names the others, and compare the two architectures; or choose replication: async, semi-sync, sync or multi-primary",
    ],
    "kept-apart": [
      `the data are kept apart, each part in regions of its own: nobody says which of them ${region} is to hold`,
      "name it in the scenario's topology and placement",
    ],
    "kept-by-law": [
      `the law says where the data may be (governance), and does not name ${region}`,
      "name it in the scenario's topology and among the regions that the law allows",
    ],
    "takes-no-writes": [
      `replication ${replication} has one region that takes writes, and ${region} would be a second one`,
      `\`region add ${region} --type=replica\`, and once it serves \`region promote ${region}\``,
    ],
    "no-edge": [
      `${region} would have no copy and could hand on nothing: this architecture has no place for an edge site`,
      "`misdirected: forward` in the architecture, with a replication whose copies answer by themselves; or `--type=replica`",
    ],
    "lock-keepers": [
      `failover ${failover} gives the lead to those that the scenario names, and ${region} is none of them`,
      "name it among the standbys in the scenario, or choose failover: automatic or manual",
    ],
    "added-already": [
      `${region} has been added already`,
      "`region list` shows how far it is; it goes when the run ends",
    ],
    silent: [
      `the control plane does not answer: it lives in ${controller}, which is down`,
      "wait (`until heal`), or have it live elsewhere: `health: {controller: REGION}` in the scenario",
    ],
    "automation-paused": [
      "the failover controller decides nothing: somebody has paused it",
      "wait until that fault has ended (`until heal`), and order it again",
    ],
    "call-fails": [
      "the call that promotes a region fails: it needs the part of the control plane that is impaired",
      "wait until that fault has ended (`until heal`), and order it again",
    ],
    // Its last step comes after the promotion: nobody should wait for another one.
    busy: ["a failover or a hand-over is under way, or its last step", "`advance 10s`, and order it again"],
    leads: [
      `${region} leads, as the control plane believes`,
      another === undefined ? "nothing is to be done" : `\`region promote ${another}\` has another region lead`,
    ],
    fenced: [
      `${region} leads, but is fenced: it has been told to write no more`,
      another === undefined
        ? "wait until the controller lets it go on"
        : `wait until the controller lets it go on, or \`region failover --from=${region} --to=${another}\``,
    ],
    "leads-not": [
      `${region} does not lead, as the control plane believes: ${leader} does`,
      `\`region failover --from=${leader}\``,
    ],
    "believed-down": [
      `${region} is believed down`,
      `see \`health check --region=${region}\`; \`region promote ${region} --force\` orders it nevertheless`,
    ],
    "leader-down": [
      `a hand-over begins with ${leader}, which leads and is believed down`,
      `\`region failover --from=${leader} --to=${region}\` does without it, and loses what ${region} lacks`,
    ],
    unheard: [`${region} or ${leader} has not reported yet how far its copy is`, "`advance 5s`, and order it again"],
    behind: [
      `${region} is ${behind} writes behind ${leader}, as last reported: until it had them nobody could write`,
      `wait until it has caught up (\`replication status\`); \`region promote ${region} --force\` gives them up`,
    ],
    "replication-paused": [
      `${region} cannot get what ${leader} has: replication between them is paused`,
      `\`replication status\` says where; \`replication resume --region=${region}\`, then order it again`,
    ],
    "paused-already": [
      `the replication of ${region} is paused already, as it reports`,
      `\`replication resume --region=${region}\` has it go on`,
    ],
    "not-paused": [
      `the replication of ${region} is not paused, as the control plane believes`,
      `nothing is to be resumed: \`replication status --region=${region}\` shows how far its copy is`,
    ],
    "no-candidate": [
      `failover ${failover} has nobody to promote: no other region looks healthy and complete enough`,
      "`failover test --dry-run` says why; `region failover --to=REGION` names one nevertheless",
    ],
  };
  const [message, hint] = words[refused];
  return { message, hint };
}
