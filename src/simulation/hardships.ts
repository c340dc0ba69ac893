import type { LinkHardship } from "../network/links.js";
import type { Lie } from "../policies/contract.js";

/** What becomes of the data when a host dies: everything stays, only what was synced, or nothing. */
export type Disks = "kept" | "synced" | "lost";

/** Zones by their letters, in the order of their bits. */
export const ZONES: readonly string[] = ["a", "b", "c", "d", "e", "f"];

/** What a fault does to a region while it lasts. A region has instances that serve, and one host that holds its copy. */
export interface RegionHardship {
  /** Nothing runs there and nothing reaches it. */
  readonly dark: boolean;
  /** The host of the copy is dead; the instances live on and find nobody behind them. */
  readonly hostDead: boolean;
  /** What of the data survives either of the two. */
  readonly disks: Disks;
  /** The host of the copy stands still: its timers, letters and operations wait. */
  readonly hostPaused: boolean;
  /** Bit z: zone z is lost, and every instance in it. */
  readonly zones: number;
  /** Share of the instances that are left. */
  readonly capacity: number;
  /** Whether what the lost instances were working on dies with them, or they are drained. */
  readonly abrupt: boolean;
  /** Service times are multiplied by this. */
  readonly service: number;
  /** Times of the disk are multiplied by this. */
  readonly disk: number;
  /** Shares of the requests that are answered by an error, and never. */
  readonly failing: number;
  readonly hanging: number;
  /** What health probes are told. */
  readonly probes: "truth" | "pass" | "fail";
  /** No instance can be launched. */
  readonly noLaunches: boolean;
  /** Microseconds added to the wall clock, and microseconds gained in each second since the fault began. */
  readonly skew: number;
  readonly drift: number;
  /** How the host of the copy breaks the rules of its protocol. */
  readonly lie: Lie;
}

/** What a fault does to the machinery that watches and steers all regions. */
export interface ControlHardship {
  /** Share of the health probes that get lost, and of those whose result is turned round. */
  readonly probesLost: number;
  readonly probesWrong: number;
  /** Added to the time until the name servers answer by an update; or they take none. */
  readonly dnsDelay: number;
  readonly dnsRefused: boolean;
  /** The record is gone: the name resolves to nothing, as caches expire. */
  readonly dnsGone: boolean;
  /** The call that promotes a standby fails. */
  readonly promotionsRefused: boolean;
  /** The failover controller decides nothing. */
  readonly automationPaused: boolean;
}

/** What a fault does to the users of a place. */
export interface PlaceHardship {
  /** They ask for so many times as much. */
  readonly surge: number;
}

/** Data that somebody deletes, once, when the fault begins. */
export interface DeletionHardship {
  readonly kind: "deletion";
  /** Share of the keys. */
  readonly share: number;
  /** Microseconds until somebody notices. */
  readonly detectAfter: number;
}

/** A write, made once, that kills the host of every copy that applies it while the fault lasts. */
export interface PoisonHardship {
  readonly kind: "poison";
  /** Microseconds from applying it, or from a restart with it, until the host dies; and until it is up again. */
  readonly fuse: number;
  readonly restart: number;
}

/** What is done to the system of record, and replication carries everywhere. */
export type DataHardship = DeletionHardship | PoisonHardship;

export const NO_CONTROL_HARDSHIP: ControlHardship = {
  probesLost: 0,
  probesWrong: 0,
  dnsDelay: 0,
  dnsRefused: false,
  dnsGone: false,
  promotionsRefused: false,
  automationPaused: false,
};
export const NO_LINK_HARDSHIP: LinkHardship = {
  cut: false,
  share: 0,
  factor: 1,
  extra: 0,
  loss: 0,
  bandwidth: Number.POSITIVE_INFINITY,
};
export const NO_REGION_HARDSHIP: RegionHardship = {
  dark: false,
  hostDead: false,
  disks: "kept",
  hostPaused: false,
  zones: 0,
  capacity: 1,
  abrupt: false,
  service: 1,
  disk: 1,
  failing: 0,
  hanging: 0,
  probes: "truth",
  noLaunches: false,
  skew: 0,
  drift: 0,
  lie: "none",
};

/**
 * All that a fault can do, as plain data: the simulation knows hardships, never the names of faults. Each kind of
 * target that lasts (links, regions, places, the control plane) keeps a list of those that weigh on it and composes them anew whenever one comes or goes, so
 * every fault composes with every other and heals only itself.
 */
export interface Hardships {
  readonly link: LinkHardship | null;
  readonly region: RegionHardship | null;
  readonly place: PlaceHardship | null;
  readonly control: ControlHardship | null;
  readonly data: DataHardship | null;
}
export const NO_HARDSHIPS: Hardships = { link: null, region: null, place: null, control: null, data: null };
