import type { Host, Replication } from "../contract.js";
import {
  type OptionValues,
  choice,
  count,
  duration,
  flag,
  numberOption,
  numbersOption,
  someRegions,
} from "../options.js";
import { RAFT_VERBS, RaftLetter } from "./raft/letter.js";
import { objectionsTo } from "./raft/objections.js";
import { RaftReplica } from "./raft/raft.js";

export const raft: Replication<RaftLetter> = {
  name: "raft",
  about: "The replicas elect a leader and commit each write once a majority has it on disk.",
  costs:
    "A round trip from the leader to a majority for a write; a side without a majority serves neither writes nor confirmed reads.",
  follows: "Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (2014), and Ongaro's thesis",
  options: {
    heartbeat: duration(500_000, "between signs of life of the leader", { least: 1000 }),
    election_timeout: duration(2_000_000, "a follower that hears from no leader for so long stands for election", {
      least: 2000,
    }),
    election_spread: duration(2_000_000, "and a uniform share of this longer, so that not all stand at once"),
    pre_vote: flag(true, "asks who would vote before it begins a new term, so that a node cut off deposes nobody"),
    reads: choice(
      ["read-index", "lease"],
      "how a confirmed read learns that its leader still leads: by a round of letters, or by a lease on its clock",
    ),
    clock_margin: duration(200_000, "by which a lease is shorter than the election time-out, for clocks that drift"),
    witnesses: someRegions(
      "they vote, and keep of the log its terms but no data: a cheap third opinion, which can lead nobody anywhere",
      { withoutCopy: true },
    ),
    non_voting: someRegions("they get the log and serve reads, but do not vote: no write waits for them"),
    retention: count(1_000_000, "writes kept for a follower that is away; beyond them it needs a whole copy"),
  },
  gives: { writers: "leader", confirms: true, agrees: true, elects: true, defers: true, inOrder: true, tellsAge: true },
  needs: { conflict: false },
  check: objectionsTo,
  verbs: RAFT_VERBS,
  letter: () => new RaftLetter(),
  on: (host: Host<RaftLetter>, options: OptionValues) => {
    const timeout = numberOption(options, "election_timeout");
    const leases = options["reads"] === "lease";
    const spread = numberOption(options, "election_spread");
    return new RaftReplica(host, {
      heartbeat: numberOption(options, "heartbeat"),
      timeout,
      spread,
      patience: timeout + spread,
      preVote: options["pre_vote"] === true,
      sticky: leases,
      lease: leases ? Math.max(0, timeout - numberOption(options, "clock_margin")) : 0,
      retention: numberOption(options, "retention"),
      witnesses: numbersOption(options, "witnesses"),
      nonVoting: numbersOption(options, "non_voting"),
    });
  },
};
