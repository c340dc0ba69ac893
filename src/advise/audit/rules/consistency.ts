import { majority } from "../../../policies/quorum.js";
import { settingsOf } from "../../../policies/replication/quorum-settings.js";
import type { Observation } from "../finding.js";
import type { Rule } from "../rule.js";
import type { Subject } from "../subject.js";

const HELD = { counter: "increments", set: "additions", list: "appends", register: "writes" } as const;
const REMEDY = { counter: "pn-counter", set: "or-set", list: "or-set", register: "mv-register" } as const;

/** Whether of two concurrent versions one is dropped. */
function drops({ scenario }: Subject, policy: string, holds: keyof typeof HELD): boolean {
  const facts = scenario.policies.conflict[policy];
  if (facts === undefined || facts.merges?.includes(holds) === true) return false;
  return facts.causal !== true || facts.pick !== undefined;
}

export const lwwOnCounters: Rule = {
  name: "lww-on-counters",
  about: "What is added to is not overwritten: counters, sets and lists have a merge that keeps both sides.",
  check(subject) {
    const { plan, gives, at } = subject;
    if (gives.writers === "leader") return [];
    return plan.data.classes.flatMap((each, index): Observation[] => {
      const policy = (plan.policies.conflicts?.[index] ?? plan.policies.conflict).name;
      if (each.holds === "register" || !drops(subject, policy, each.holds)) return [];
      return [
        {
          severity: "critical",
          path: at(plan.policies.conflicts === undefined ? "conflict" : `conflict.for.${each.name}`),
          what: `${policy} decides between concurrent ${HELD[each.holds]} of ${each.name}`,
          why: `${each.name} holds ${each.holds}s, and every region writes: of two ${HELD[each.holds]} made at once one is dropped, and nobody is told`,
          change: `conflict: {use: ${policy}, for: {${each.name}: ${REMEDY[each.holds]}}}`,
          shows: ["compare", "conflict-policies"],
        },
      ];
    });
  },
};

export const wallClocks: Rule = {
  name: "wall-clocks",
  about: "A clock that is wrong does not decide which write stays.",
  check({ plan, gives, at }) {
    if (gives.writers === "leader" || plan.policies.conflict.name !== "last-write-wins") return [];
    return [
      {
        severity: "advice",
        path: at("conflict"),
        what: "which of two writes stays is decided by the wall clocks of the regions that took them",
        why: "a clock that is behind loses writes that were made later, its users' own included, not only concurrent ones",
        change: "conflict: hybrid-logical-clocks, or a merge that keeps both",
        shows: ["compare", "clock-skew"],
      },
    ];
  },
};

export const quorumHalts: Rule = {
  name: "quorum-halts",
  about: "The loss of any one region leaves enough copies to go on.",
  check(subject) {
    return subject.groups.flatMap(({ name, holders }): Observation[] => {
      const stop = halts(subject, holders);
      if (stop === null) return [];
      const whose = subject.groups.length > 1 ? ` of ${name}` : "";
      const regions = holders.map((region) => subject.name(region)).join(", ");
      return [
        {
          severity: holders.length < 2 ? "warning" : "critical",
          path: subject.at(stop.path),
          what: `the loss of one region stops ${stop.what}${whose}`,
          why: `${stop.why}; copies are in ${regions}`,
          change: stop.change,
          shows: ["compare", "cap-halt"],
        },
      ];
    });
  },
};

interface Halt {
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly change: string;
}

/** What of operations needs more copies than are left without one region; null where nothing does. */
function halts({ plan, scenario }: Subject, holders: readonly number[]): Halt | null {
  const { name, options } = plan.policies.replication;
  const copies = holders.length;
  const listed = (option: string): number => (options[option] as readonly number[] | undefined)?.length ?? 0;
  switch (name) {
    case "sync":
      return {
        ...{ path: "replication", what: "all writes", change: "replication: raft over three regions, or semi-sync" },
        why: `sync answers once all of ${copies} copies have a write`,
      };
    case "semi-sync": {
      const needed = Number(options["acknowledgements"]);
      if (options["fall_back"] !== Number.POSITIVE_INFINITY || copies - 2 >= needed) return null;
      return {
        ...{
          path: "replication.acknowledgements",
          what: "all writes",
          change: "one more standby, or fewer acknowledgements",
        },
        why: `${needed} of ${copies - 1} standbys must have each write, and it never falls back`,
      };
    }
    case "raft": {
      const voters = copies - listed("non_voting") + listed("witnesses");
      if (voters - 1 >= majority(voters)) return null;
      return {
        ...{
          path: "replication.witnesses",
          what: "all writes",
          change: "a third voter: a region, or a witness without data",
        },
        why: `a majority of ${voters} voters is ${majority(voters)}`,
      };
    }
    case "pbft":
      return copies >= 4
        ? null
        : {
            ...{ path: "replication", what: "all operations", change: "four regions, 3f + 1 with f = 1" },
            why: `${copies} copies tolerate ${Math.floor((copies - 1) / 3)} that are gone or lie`,
          };
    case "quorum": {
      const { copies: n, writes, reads, sloppy } = settingsOf(options, copies);
      if (sloppy || Math.max(writes, reads) <= n - 1) return null;
      const what = writes < n ? "all reads" : reads < n ? "all writes" : "all operations";
      return {
        ...{ path: writes === n ? "replication.write" : "replication.read", what },
        why: `N = ${n}, W = ${writes}, R = ${reads}, and ${n - 1} copies are left`,
        change: n > 2 ? "quorum for both: a majority is left without any one region" : "three copies",
      };
    }
    default:
      // Of a user's own: what it says of itself.
      return scenario.policies.replication[name]?.isUnanimous?.(options) === true
        ? {
            ...{ path: "replication", what: "all operations", change: "a quorum in place of all" },
            why: `${name} needs every copy, and there are ${copies}`,
          }
        : null;
  }
}
