import type { Circumstances, Host, Objection, Operation, RegionId, Replication } from "../contract.js";
import { type Option, type OptionValues, choice, count, forever, numberOption } from "../options.js";
import { type AsyncLetter, AsyncReplica } from "./async-replica.js";
import { asynchronous } from "./async.js";
import { Proposals } from "./proposals.js";

const GIVE_UP = 2;
const ALL = Number.POSITIVE_INFINITY;

interface Settings {
  /** Standbys that must have a write before it is answered; Infinity for all of them. */
  readonly acknowledgements: number;
  /** A write that waits for so long ends the waiting, for all, until enough standbys are level again. */
  readonly fallBack: number;
  /** Whether a standby acknowledges what its disk has, or what it has received. */
  readonly durable: boolean;
}

/**
 * One primary orders writes and answers each once enough standbys have it; until then it shows it to nobody, so that
 * nothing is seen that a failover could take back ("after sync", MySQL 5.7). When the standbys do not answer in time it
 * may fall back to answering by itself, as MySQL does, or wait for ever.
 */
class SemiSyncReplica extends AsyncReplica {
  private readonly waiting: Proposals;
  /** Standbys whose word counts: one that joins does when it has all that was answered, so that nobody waits for its copy. */
  private readonly counted: RegionId[];
  /** Answered up to here; and when that last moved, or the first write that waits came. */
  private answered = 0;
  private waitsSince = 0;
  private hasFallenBack = false;

  constructor(
    host: Host<AsyncLetter>,
    heartbeat: number,
    retention: number,
    private readonly settings: Settings,
  ) {
    super(host, heartbeat, retention, 0);
    this.waiting = new Proposals(host);
    this.counted = [...host.peers];
  }

  private get needed(): number {
    return Math.min(this.settings.acknowledgements, this.counted.length);
  }

  override timer(verb: number, what = 0): void {
    if (verb !== GIVE_UP) super.timer(verb);
    else if (!this.waiting.isEmpty) {
      const left = this.waitsSince + this.settings.fallBack - this.host.now;
      if (left > 0) this.host.after(left, GIVE_UP, what);
      else this.fallBack();
    }
  }

  override led(): void {
    // Whether its last writes stand is for the new leader to say.
    if (!this.leads) this.waiting.giveUp();
    else {
      this.host.show(this.host.log.end);
      this.answered = 0;
    }
    super.led();
  }

  override restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    this.waiting.forget();
    this.hasFallenBack = false;
    this.answered = 0;
    super.restart(disk);
  }

  override persisted(): void {
    if (this.leads) this.advance();
    else if (this.settings.durable && this.confirmed < this.host.log.secured) this.acknowledge(this.host.log.secured);
  }

  protected override take(operation: Operation): void {
    const { host } = this;
    host.propose(operation);
    if (this.waiting.isEmpty) {
      this.waitsSince = host.now;
      if (this.settings.fallBack < Number.POSITIVE_INFINITY && !this.hasFallenBack)
        host.after(this.settings.fallBack, GIVE_UP, 0);
    }
    this.waiting.push(host.log.end, operation.id);
    this.advance();
  }

  protected override confirmedBy(peer: RegionId): void {
    if (!this.counted.includes(peer) && this.shipper.acknowledgedBy(peer) >= this.host.shownEnd)
      this.counted.push(peer);
    this.advance();
  }

  /** A standby shows what it receives at once, and says so at once. */
  protected override followed(): void {
    const { log } = this.host;
    this.host.show(log.end);
    const position = this.settings.durable ? log.secured : log.end;
    if (position > this.confirmed) this.acknowledge(position);
  }

  private fallBack(): void {
    this.hasFallenBack = true;
    this.answer(this.host.log.end);
  }

  private advance(): void {
    const { host, shipper, counted: peers, needed } = this;
    const { log } = host;
    if (!this.leads) return;
    if (this.hasFallenBack) {
      let level = 0;
      for (let at = 0; at < peers.length; at++) if (shipper.acknowledgedBy(peers[at]!) >= log.end) level++;
      this.answer(log.secured);
      if (level >= needed) this.hasFallenBack = false;
      return;
    }
    // The furthest position that enough standbys have: each of theirs is a candidate.
    let reached = needed === 0 ? log.secured : 0;
    for (let at = 0; at < peers.length; at++) {
      const position = shipper.acknowledgedBy(peers[at]!);
      let holders = 0;
      for (let other = 0; other < peers.length; other++)
        if (shipper.acknowledgedBy(peers[other]!) >= position) holders++;
      if (holders >= needed && position > reached) reached = position;
    }
    this.answer(Math.min(reached, log.secured));
  }

  private answer(position: number): void {
    if (position <= this.answered) return;
    this.answered = position;
    this.waitsSince = this.host.now;
    this.host.show(position);
    this.waiting.committed(position);
  }
}

const { needs, verbs, letter } = asynchronous;
const { heartbeat, retention } = asynchronous.options as Record<"heartbeat" | "retention", Option>;
const logOptions = { heartbeat, retention };
const durability = choice(
  ["received", "durable"],
  "what a standby acknowledges: a write that it has received, or one that is on its disk",
);
const gives = { writers: "leader", inOrder: true, defers: true, tellsAge: true, admits: true } as const;

/** More acknowledgements than there are standbys can never come. */
function tooFewStandbys(options: OptionValues, { copies }: Circumstances): Objection | null {
  const [wanted, standbys] = [numberOption(options, "acknowledgements"), copies.length - 1];
  if (wanted <= standbys) return null;
  return {
    option: "acknowledgements",
    message: `a write shall have the acknowledgements of ${wanted} standbys, but ${standbys === 0 ? "there is none" : `${standbys} hold${standbys === 1 ? "s" : ""} a copy`}`,
    expected: standbys === 0 ? "a standby at least" : `1 to ${standbys}`,
    hint:
      standbys === 0
        ? "add one, or choose replication: async"
        : "add standbys, or choose replication: sync, which waits for all",
  };
}

export const semiSync: Replication<AsyncLetter> = {
  name: "semi-sync",
  about: "One primary answers a write once some standbys have it; when they are silent it falls back to async.",
  costs: "A round trip to the nearest standby for a write; after the fall-back it loses what async loses.",
  follows: "the loss-less semi-synchronous replication of MySQL 5.7 (after sync)",
  options: {
    ...logOptions,
    acknowledgements: count(1, "standbys that must have a write before it is answered", { least: 1 }),
    fall_back: forever(10_000_000, "until a write that no standby acknowledges ends the waiting; never: it waits on"),
    acknowledge: durability,
  },
  check: tooFewStandbys,
  gives,
  lacksQuorum: () => true,
  needs,
  verbs,
  letter,
  on: (host: Host<AsyncLetter>, options: OptionValues) =>
    make(host, options, numberOption(options, "acknowledgements"), numberOption(options, "fall_back")),
};

export const sync: Replication<AsyncLetter> = {
  name: "sync",
  about: "One primary answers a write once every standby has it, and waits for as long as one of them is silent.",
  costs: "A round trip to the farthest standby for a write, and no writes while one of them is away.",
  follows: "Gray and others, The Dangers of Replication and a Solution (1996), eager master",
  options: { ...logOptions, acknowledge: durability },
  gives,
  lacksQuorum: () => true,
  needs,
  verbs,
  letter,
  on: (host: Host<AsyncLetter>, options: OptionValues) => make(host, options, ALL, Number.POSITIVE_INFINITY),
};

const make = (
  host: Host<AsyncLetter>,
  options: OptionValues,
  acknowledgements: number,
  fallBack: number,
): SemiSyncReplica =>
  new SemiSyncReplica(host, numberOption(options, "heartbeat"), numberOption(options, "retention"), {
    acknowledgements,
    fallBack,
    durable: options["acknowledge"] === "durable",
  });
