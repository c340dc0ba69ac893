import type { Consistency, CopyView, Judge, Judgement, SessionView } from "../contract/consistency.js";
import { type OptionValues, flag } from "../options.js";
import { BEHIND_OPTIONS, WhenBehind, asksLeader } from "./behind.js";

/**
 * The guarantees of sessions (Terry and others 1994). A client carries the numbers of what it has written and read; a copy
 * that does not show all of it is behind. A write is taken only where what it must follow is there, and then goes nowhere
 * without it.
 */
class SessionJudge implements Judge {
  readonly patience: number;
  readonly endsSession: boolean;
  readonly write: Judge["write"];
  private readonly behind: WhenBehind;

  constructor(private readonly options: OptionValues) {
    this.behind = new WhenBehind(options);
    this.patience = this.behind.patience;
    this.endsSession = options["begin_anew"] === true;
    this.write = ordersWrites(options) ? this.judgeWrite : undefined;
  }

  read(copy: CopyView, session: SessionView): Judgement {
    const { read_your_writes: own, monotonic_reads: seen } = this.options;
    return this.judge(copy, (own === true && !session.writesShown) || (seen === true && !session.readsShown));
  }

  private judgeWrite(copy: CopyView, session: SessionView): Judgement {
    // It goes on to where writes are accepted.
    if (!copy.accepts) return "serve";
    const { monotonic_writes: own, writes_follow_reads: seen } = this.options;
    return this.judge(copy, (own === true && !session.writesShown) || (seen === true && !session.readsShown));
  }

  private judge(copy: CopyView, isBehind: boolean): Judgement {
    return isBehind ? this.behind.judge(copy) : "serve";
  }
}

const ordersWrites = (options: OptionValues): boolean =>
  options["monotonic_writes"] === true || options["writes_follow_reads"] === true;

const FLAGS = ["read_your_writes", "monotonic_reads", "monotonic_writes", "writes_follow_reads"];

export const session: Consistency = {
  name: "session",
  about: "A session sees what it has written and read, wherever it is served: it carries the numbers of it along.",
  costs: "Operations wait, or go farther, where the copy is behind what the session has seen; tokens travel with each.",
  follows: "Terry and others, Session Guarantees for Weakly Consistent Replicated Data (1994)",
  options: {
    read_your_writes: flag(true, "a session sees its own writes, or newer ones"),
    monotonic_reads: flag(true, "a session never sees an older version than it has seen"),
    monotonic_writes: flag(true, "no copy has a session's write without those that it made before"),
    writes_follow_reads: flag(true, "no copy has a session's write without what it had seen before"),
    begin_anew: flag(
      true,
      "a client that is refused begins a new session; without it, it asks for what may be lost for ever",
    ),
    ...BEHIND_OPTIONS,
  },
  needs: (options) => ({
    tokens: true,
    causal: ordersWrites(options),
    together: ordersWrites(options),
    leader: asksLeader(options),
  }),
  gives: (options) =>
    options["otherwise"] === "serve"
      ? []
      : FLAGS.filter((name) => options[name] === true).map((name) => name.replaceAll("_", "-")),
  on: (options) => new SessionJudge(options),
};
