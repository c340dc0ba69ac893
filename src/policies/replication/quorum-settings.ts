import type { Circumstances, Objection } from "../contract.js";
import { type OptionValues, type Options, choice, count, duration, flag, numberOption } from "../options.js";
import { majority } from "../quorum.js";

const LEVELS = ["quorum", "one", "all"] as const;
const PERIODIC = "periodic work at a shorter interval would fill the run";

export const OPTIONS: Options = {
  copies: count(
    0,
    "N, copies of each key, on regions in turn; 0: every region that holds copies has one of each key. Counters, sets, lists, siblings and compare-and-set are written by an owner of the key: a region that is none hands them on",
  ),
  write: choice(
    LEVELS,
    "copies that must have stored a write: a majority of N, one (LOCAL_QUORUM where a region has one copy), or all (EACH_QUORUM)",
  ),
  read: choice(LEVELS, "copies that must answer a read"),
  write_quorum: count(0, "W, in place of its level; 0: by its level"),
  read_quorum: count(0, "R, in place of its level; 0: by its level"),
  send_to: choice(
    ["all", "quorum-only"],
    "whether all copies are asked and the first to answer count, or only as many as have to answer",
  ),
  timeout: duration(2_000_000, "until a coordinator that is short of answers gives an operation up", {
    least: 1000,
  }),
  read_repair: flag(true, "whether copies that have shown an older version are sent the newer one"),
  sloppy: flag(
    false,
    "whether a region that is no owner of the key, be it the one that is asked, takes a write in the place of an owner that seems away, and counts; where no owner is heard of it makes siblings and counts under its own name",
  ),
  hints: duration(10_800_000_000, "how long a write is kept for an owner that has not stored it; 0: not at all"),
  hand_off: duration(10_000_000, "between attempts to deliver what is kept for an owner", {
    least: 100_000,
    hint: PERIODIC,
  }),
  anti_entropy: duration(600_000_000, "between comparisons with another region, in turn; 0: never"),
  tombstones: duration(
    864_000_000_000,
    "how long a deletion is remembered; a copy away for longer may bring the data back",
  ),
  channel: choice(["stream", "datagram"], "whether letters arrive in order and are sent again, or each is on its own"),
};

export interface Settings {
  readonly copies: number;
  readonly writes: number;
  readonly reads: number;
  readonly all: boolean;
  readonly timeout: number;
  readonly readRepair: boolean;
  readonly sloppy: boolean;
  readonly hints: number;
  readonly handOff: number;
  readonly antiEntropy: number;
  readonly tombstones: number;
  readonly datagrams: boolean;
}

/** `holders` regions hold copies. */
export function settingsOf(options: OptionValues, holders: number): Settings {
  const number = (name: string): number => numberOption(options, name);
  const copies = number("copies") || holders;
  const needed = (level: unknown, own: number): number =>
    own || (level === "one" ? 1 : level === "all" ? copies : majority(copies));
  return {
    copies,
    writes: needed(options["write"], number("write_quorum")),
    reads: needed(options["read"], number("read_quorum")),
    all: options["send_to"] !== "quorum-only",
    timeout: number("timeout"),
    readRepair: options["read_repair"] === true,
    sloppy: options["sloppy"] === true,
    hints: number("hints"),
    handOff: number("hand_off"),
    antiEntropy: number("anti_entropy"),
    tombstones: number("tombstones"),
    datagrams: options["channel"] === "datagram",
  };
}

/** Numbers that do not fit together. */
export function objectionsTo(options: OptionValues, { holders }: Circumstances): Objection[] {
  const { copies, writes, reads, sloppy, antiEntropy } = settingsOf(options, holders);
  const objections: Objection[] = [];
  if (copies > holders)
    objections.push({
      option: "copies",
      message: `each key shall have ${copies} copies, but ${holders} regions hold copies`,
      expected: `${holders} or less`,
      hint: "add regions, or lower it",
    });
  // A level follows the number of copies, and what is wrong with that is told.
  const most = Math.min(copies, holders);
  for (const [option, level, needed] of [
    ["write_quorum", "write", writes],
    ["read_quorum", "read", reads],
  ] as const)
    if (needed > most && numberOption(options, option) > 0)
      objections.push({
        option,
        message: `the quorum ${option} is ${needed}, but a key has ${most} copies`,
        expected: `1 to ${most}, or 0 for the level of ${level}`,
        hint: "no operation could ever succeed",
      });
  if (sloppy && copies === holders)
    objections.push({
      option: "sloppy",
      message: "a sloppy quorum needs a region that is no owner of the key, and every region is one",
      expected: `copies below ${holders}`,
      hint: 'set "copies:", or take sloppy away',
    });
  if (antiEntropy > 0 && antiEntropy < 1_000_000)
    objections.push({
      option: "anti_entropy",
      message: "copies are compared too often",
      expected: "1s or more",
      hint: PERIODIC,
    });
  return objections;
}
