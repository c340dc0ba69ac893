import type { Circumstances, Objection } from "./control-contract.js";
import type { OptionValues, Options } from "./options.js";

/**
 * The contracts: everything that a policy may see and do. A policy owns no clock, no dice and no wires; it is told what
 * happened and answers through the verbs of its host. Through this seam go small integers and *lent* objects: an
 * operation, a letter or a register is valid for one call and must not be kept. Times are integer microseconds.
 */
export type RegionId = number;
export type WriteId = number;
export const NOBODY = -1;

export interface PolicyFacts {
  readonly name: string;
  /** The one question that this policy answers, as a sentence for the reference. */
  readonly about: string;
  /** What it takes: time, money, or what it gives up. */
  readonly costs?: string;
  /** What it follows: a paper, or the product that does so. */
  readonly follows?: string;
  readonly options: Options;
}

// ---------------------------------------------------------------------------------------------- replication

/** What a replication promises and asks for; `compile` refuses pairs that contradict each other. */
export interface Guarantees {
  /** Which replicas accept writes. */
  readonly writers: "leader" | "every-replica";
  /** Whether it can answer a read with the latest version there is, and not only with its own copy's. */
  readonly confirms?: boolean;
  /**
   * Whether the copies agree on one order of all writes before any of them is answered, whatever their clocks say, and no
   * read shows what a later one may miss.
   */
  readonly agrees?: boolean;
  /** Whether the replicas choose their leader by themselves; the failover controller then only hears of it. */
  readonly elects?: boolean;
  /** Whether a write is shown when it is committed, by `show`, and not as soon as it is in the log. */
  readonly defers?: boolean;
  /** Whether every copy gets the writes of one origin in their order, so that one number says what of them it has. */
  readonly inOrder?: boolean;
  /** Whether its copies hear as of when they have everything, by `heardFrom`. */
  readonly tellsAge?: boolean;
  /** Whether a region without a copy serves its users too, by asking those that have one. */
  readonly coordinates?: boolean;
  /** Whether a region can be added while it runs: its replicas are told by `joins`. */
  readonly admits?: boolean;
  /** Whether its copies can hold several versions of a key side by side. */
  readonly keepsSiblings?: boolean;
  /** Whether a copy acknowledges what it has taken to another region: then what it has taken must be shown at once. */
  readonly acknowledgesShown?: boolean;
}
export interface Needs {
  /** A conflict policy (concurrent writes are possible), or none (there is one order). */
  readonly conflict: boolean;
}

/** Why an operation was not served. Each says whether the write definitely did not happen. */
export type Refusal = "not-primary" | "fenced" | "catching-up" | "no-quorum" | "too-stale" | "not-held" | "residency";

/** Names an operation beyond the call that lent it: good until it is answered, or until this node restarts. */
export type OperationId = number;

/** A user's operation as a replica sees it, lent. */
export interface Operation {
  readonly id: OperationId;
  readonly write: boolean;
  /** A read that only the latest version satisfies, as its consistency demands. */
  readonly confirmed: boolean;
  readonly key: number;
  /** Names what the user wants, the same in every try: the place of the user, and a number there. */
  readonly place: number;
  readonly number: number;
}

/** Ids of the writes inside a letter. */
export interface WriteList {
  readonly length: number;
  at(index: number): WriteId;
  push(write: WriteId): void;
}

/** What travels between replicas. A protocol extends it with its own named fields. */
export class Letter {
  /** Which keys it is about, where not all are kept together. */
  group = 0;
  verb = 0;
  from: RegionId = 0;
  to: RegionId = 0;
  term = 0;
  /** Bytes that it has beside its writes: lists and digests. */
  extra = 0;
  writes!: WriteList;
}

/** The order of writes as one replica holds it. Positions count from 0 for ever; `begin` is the oldest one retained. */
export interface Log {
  readonly begin: number;
  readonly end: number;
  /** This node's disk holds the log up to here. */
  readonly durable: number;
  /** What this node may vouch for, by its storage's own rule: up to `durable` where each commit is synced, else all. */
  readonly secured: number;
  /** Beyond every position that was ever given to a write, those lost since included: a disk reserves them ahead. */
  readonly highest: number;
  at(position: number): WriteId;
  trim(before: number): void;
  /** Goes on at `position` with nothing before it, after a whole copy has come. */
  resetTo(position: number): void;
}

export interface Leadership {
  readonly leader: RegionId;
  readonly term: number;
}

/**
 * How much a copy has of the writes of each origin: a few numbers an origin, so that others can carry them along. What an
 * origin has lost and what it has accepted since are told apart, since the numbers go on.
 */
export interface Marks {
  /** Numbers that they take. */
  readonly width: number;
  copyTo(into: Int32Array, at: number): void;
  /** Whether this copy has all that the marks there say. */
  cover(marks: Int32Array, at: number): boolean;
}

export type Lie = "none" | "mute" | "delay" | "equivocate";

/** All that a replica may see and do. */
export interface Host<L extends Letter = Letter> {
  readonly id: RegionId;
  readonly now: number;
  /** The wall clock of this node: its skew, drift and jumps included. */
  readonly clock: number;
  /** What this node holds of each origin; null where nobody has asked for it. */
  readonly marks: Marks | null;
  /** The other regions that hold a copy, and whether this one does. */
  readonly peers: readonly RegionId[];
  readonly holds: boolean;
  /** How this node breaks the rules of its protocol, where a fault has made it a liar: what that means the protocol says. */
  readonly lie: Lie;
  /** Keys are numbered from 0 to here. */
  readonly keys: number;
  /** As this node believes; lent. */
  readonly leadership: Leadership;
  readonly log: Log;
  /** Null, or why this node must not accept writes now (an order to fence, an expired lease, a switchover). */
  mayWrite(): Refusal | null;
  /** Hears from a peer of a newer term: believed at once where fencing is by epoch, else only the controller is believed. */
  heard(leader: RegionId, term: number): void;
  /**
   * Accepts the operation as a new write: merged into the register, and at the end of this node's log. What compares and
   * finds another value than it expects changes nothing: then there is no write, and this is -1.
   */
  accept(operation: Operation): WriteId;
  /**
   * Makes the operation a new write that no copy has taken yet, for a coordinator that is not to hold it: the first copy
   * that takes it from a letter has accepted it. The caller holds on to it, as by `keep`. What compares or adds finds
   * nothing here, and what expects something changes nothing: then this is -1.
   */
  create(operation: Operation): WriteId;
  /**
   * Makes the operation a command, for an order that all copies agree on: a write that no copy has taken yet, and that says
   * only in its place what it does. The caller holds on to it, as by `keep`.
   */
  command(operation: Operation): WriteId;
  /**
   * Carries out the next command of that order, which each copy does from the same beginning: it compares with what is
   * there, or adds to it, and is merged into the register and put at the end of this node's log. One that compares and
   * finds another value changes nothing anywhere, nor does one of a later try of the same operation: its answer says what
   * the first has done.
   */
  execute(command: WriteId): void;
  /** Holds on to a write beyond this call, beside the copy: until `forget`. */
  keep(write: WriteId): void;
  forget(write: WriteId): void;
  /** The same, only at the end of the log: shown by `show` once it is committed. */
  propose(operation: Operation): WriteId;
  /** Whether this node's log holds the write of an earlier try of the operation: then this try stands for it too. */
  repeats(operation: Operation): boolean;
  /** Takes the next entry of the leader's log into this node's; shown by `show` once it is committed. */
  hold(write: WriteId): void;
  /** Shows what the log holds up to `position`, in order. */
  show(position: number): void;
  /** Up to where the log is shown: what a whole copy of this node holds. */
  readonly shownEnd: number;
  /** Merges a version made elsewhere into the register. */
  apply(version: WriteId): void;
  /** Takes over the next entry of the leader's log: merged into the register, and at the end of this node's log. */
  follow(write: WriteId): void;
  /**
   * A word from `origin`: this node holds all that it had accepted by the moment `asOf` of its clock (-Infinity: no such
   * moment), and of what it has by now so many writes are lacking here.
   */
  heardFrom(origin: RegionId, asOf: number, lacking: number): void;
  /** Keeps a letter that is being received beyond the call, until `letGo` or the death of this host. */
  keepLetter(letter: L): void;
  letGo(letter: L): void;
  /** Undoes the log from its end down to `position`: registers go back, the divergent tail is archived and counted. */
  rewind(position: number): void;
  /** Gives up this node's copy, to be replaced by a whole one from elsewhere. */
  discard(): void;
  /**
   * Sends this node's whole copy as it is now to the letter's addressee, as bulk data in competition with live traffic.
   * The letter goes with it and says what the policy there has to know; a copy that is under way already goes on instead.
   */
  snapshot(letter: L): void;
  letter(verb: number, to: RegionId): L;
  /** Hands the letter to the network; it must not be touched afterwards. Letters to one peer arrive in order. */
  send(letter: L): void;
  /** The same as a datagram: it may overtake others or get lost, and nobody hears of that. */
  cast(letter: L): void;
  after(delay: number, verb: number, what: number): void;
  /** A uniform number in [0, 1), the next one of this node's own luck. */
  draw(): number;
  /** This node believes from now on that `leader` leads in `term`: only where the replicas elect their leader. */
  believe(leader: RegionId, term: number): void;
  /** This node has been elected in `term`; it has stood for election since `since`. */
  elected(term: number, since: number): void;
  /** Answers an operation that was kept open: from this node's copy, or that its write stands. */
  answer(operation: OperationId): void;
  /** Answers a read that was kept open with a version that `from` has shown, -1 for none. */
  answerWith(operation: OperationId, write: WriteId, from: RegionId): void;
  /** Refuses an operation that was kept open. */
  deny(operation: OperationId, why: Refusal): void;
  /** The write that this node shows of a key, -1 for none. */
  shows(key: number): WriteId;
  keyOf(write: WriteId): number;
  /** Lets go of the key if what it shows is a deletion that is older than `age`: as if it had never been written here. */
  purge(key: number, age: number): void;
  /** Brings what was taken so far to disk, where commits wait for it: `persisted` tells. */
  sync(): void;
  /** Whether a version would stay as it is if another one came to it, by the conflict policy; either may be -1. */
  covers(one: WriteId, other: WriteId): boolean;
  /** What is left of two versions of a key when they meet, held as by `keep`; not both may be -1. */
  joined(one: WriteId, other: WriteId): WriteId;
  /** The same for the same version in every copy, whatever stands side by side in it; -1 for none. */
  fingerprint(version: WriteId): number;
  /** Puts a version into a letter: a write, or all those that stand side by side in it, one after the other. */
  enclose(version: WriteId, letter: L): void;
  /**
   * Puts a write into a letter behind all that stand beside it here: a copy that got it without them would pass for one
   * that has seen them, since both come from here.
   */
  encloseWith(write: WriteId, letter: L): void;
  /**
   * Hands an operation on to one of these regions, a set of bits: the nearest that is not silent, and with each further try
   * the next. False where there is none, or where another region has handed the operation on already. Null where no write
   * rests on what was there before: then whoever is asked can make it, and no region needs to be told from another.
   */
  readonly handOn: ((operation: Operation, regions: number) => boolean) | null;
  /** Answers the operation. */
  finish(operation: Operation): void;
  /** Answers it as soon as the storage holds durably, by its own rule, what this node has accepted so far. */
  commit(operation: Operation): void;
  refuse(operation: Operation, why: Refusal): void;
}

export interface Replica<L extends Letter = Letter> {
  request(operation: Operation): void;
  receive(letter: L): void;
  timer(verb: number, what: number): void;
  /** The stream to a peer broke: what was in flight may or may not have arrived, nothing later will. */
  disconnected(peer: RegionId): void;
  /** This node's belief about who leads has changed. */
  led(): void;
  /**
   * Another region is to hold a copy from now on, and is among the peers: it has nothing yet, and asks for a whole copy. A
   * protocol whose members are fixed leaves it out, and no region can be added to it.
   */
  joins?(peer: RegionId): void;
  /** This node's disk holds more of its log than before: `log.durable`. Never called where everything is durable at once. */
  persisted(): void;
  /** Whether the whole copy that this letter came with is still of use. */
  wants(letter: L): boolean;
  /** The whole copy that this letter came with has been installed here. */
  installed(letter: L): void;
  /**
   * A whole copy that is being installed brings back a write that this node had accepted and lost. True puts it at the end
   * of this node's log once more, since perhaps nobody else has it from there.
   */
  regained?(write: WriteId): boolean;
  /**
   * Called at the start of the run, and when the host comes back: timers are gone, and of the data everything is there,
   * what was synced (the log is shorter), nothing, or what a backup has brought back (the log is empty, and no copy
   * elsewhere knows more).
   */
  restart(disk: "kept" | "synced" | "lost" | "restored"): void;
  /** Whether the key is kept in this copy; left out where every key is. */
  owns?(key: number): boolean;
  /** How complete this copy is, as reported to the failover controller; a term is 0 where nothing has one. */
  position(): number;
  logTerm(): number;
}

export interface Replication<L extends Letter = Letter> extends PolicyFacts {
  readonly gives: Guarantees;
  readonly needs: Needs;
  /** What is wrong with its options under these circumstances, all of it; null if nothing is. */
  readonly check?: (options: OptionValues, circumstances: Circumstances) => Objection | readonly Objection[] | null;
  /** Names of the verbs of its letters and timers, for readable traces. */
  readonly verbs: readonly string[];
  letter(): L;
  /**
   * Whether, with these options, no copy has a write before it has all that its origin had when it was accepted. Where
   * there is one leader it is so by itself.
   */
  isCausal?(options: OptionValues): boolean;
  /** Whether, with these options, every copy has to take a write and to answer a confirmed read. */
  isUnanimous?(options: OptionValues): boolean;
  /** Whether, with these options, it puts answers together from what several copies show, and not only where it confirms. */
  gathers?(options: OptionValues): boolean;
  /**
   * Whether, with these options, it refuses operations for want of other copies, or keeps them waiting, though it confirms
   * nothing.
   */
  lacksQuorum?(options: OptionValues): boolean;
  on(host: Host<L>, options: OptionValues): Replica<L>;
}

// ------------------------------------------------------------------------------------------------ placement

/** Where may the keys live? Answered at compile time, for regions in the order of the scenario. */
export interface Placement extends PolicyFacts {
  /**
   * Whether it is asked for the keys of each place's users by themselves: then `primary` is their home, the region nearest
   * to them, and `standbys` are the others by their distance. Else it is asked once for each law that data are under.
   */
  readonly shards?: boolean;
  /** `named` are those that the architecture lists. */
  replicas(
    regions: number,
    primary: RegionId,
    standbys: readonly RegionId[],
    named: readonly RegionId[],
    options: OptionValues,
  ): readonly RegionId[];
  /** Which of them begin without data and without a host, until a backup is restored there; none where it is left out. */
  waiting?(standbys: readonly RegionId[]): readonly RegionId[];
}

export type * from "./contract/conflict.js";
export type * from "./control-contract.js";
