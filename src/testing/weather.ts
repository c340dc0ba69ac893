import type { Dice } from "./dice.js";

/** What may befall a world, beside what befalls any. */
export interface Weather {
  /** What of the data may survive an outage or a crash; all of it where it is left out. */
  readonly disks?: readonly ("kept" | "synced" | "lost")[];
  /** Whether clocks are off. */
  readonly clocks?: boolean;
  /** Whether people delete data by mistake, and writes kill who applies them. */
  readonly mistakes?: boolean;
  /** Whether one region may break the rules of its protocol, always the same one: of four no more than one may lie. */
  readonly liar?: boolean;
}

export const REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-1"] as const;
export const PLACES = ["New York", "London", "Singapore"] as const;

/** The settings of a fault in a scenario file, its times apart. */
type Writing = (dice: Dice, weather: Weather) => string;

const one: Writing = (dice) => dice.pick(REGIONS);
const disks = (dice: Dice, weather: Weather): string => `disks: ${dice.pick(weather.disks ?? ["kept"])}`;
const percent = (dice: Dice): string => `${dice.between(20, 100)}%`;

/** Two regions, one way or both; one from all others; or two groups. */
const where: Writing = (dice) => {
  const [a, b, c] = dice.shuffled(REGIONS);
  return dice.pick([
    `{pair: [${a}, ${b}]}`,
    `{one_way: {from: ${a}, to: ${b}}}`,
    `{isolate: ${a}}`,
    `{groups: [[${a}], [${b}, ${c}]]}`,
    `{between: [[${a}], [${b}, ${c}]]}`,
  ]);
};

/** One of every kind of fault that there is; a test holds it against the catalogue. */
export const FAULTS: Readonly<Record<string, Writing>> = {
  region_outage: (dice, weather) => `region_outage: ${one(dice, weather)}, ${disks(dice, weather)}`,
  zone_outage: (dice, weather) => `zone_outage: ${one(dice, weather)}, ${disks(dice, weather)}`,
  host_crash: (dice, weather) => `host_crash: ${one(dice, weather)}, ${disks(dice, weather)}`,
  host_pause: (dice, weather) => `host_pause: ${one(dice, weather)}`,
  slow_region: (dice, weather) => `slow_region: ${one(dice, weather)}, slowdown: ${dice.between(2, 30)}`,
  slow_disk: (dice, weather) => `slow_disk: ${one(dice, weather)}, slowdown: ${dice.between(2, 100)}`,
  capacity_loss: (dice, weather) =>
    `capacity_loss: ${one(dice, weather)}, remains: ${dice.between(0, 80)}%, way: ${dice.pick(["drained", "crashed"])}`,
  grey_failure: (dice, weather) =>
    `grey_failure: ${one(dice, weather)}, failing: ${dice.between(1, 50)}%, hanging: ${dice.between(0, 40)}%`,
  bad_deploy: (dice, weather) =>
    `bad_deploy: ${one(dice, weather)}, crashing: ${dice.between(1, 60)}%, failing: ${dice.between(0, 60)}%`,
  false_alarm: (dice, weather) => `false_alarm: ${one(dice, weather)}`,
  instance_launches_refused: (dice, weather) => `instance_launches_refused: ${one(dice, weather)}`,
  clock_skew: (dice, weather) =>
    `clock_skew: ${one(dice, weather)}, by: ${dice.pick([-1, 1]) * dice.between(1, 8000)}ms`,
  clock_drift: (dice, weather) => `clock_drift: ${one(dice, weather)}, gains: ${dice.pick([-20, -5, 1, 20])}ms`,
  partition: (dice, weather) => `partition: ${where(dice, weather)}`,
  bad_path: (dice, weather) => `bad_path: ${where(dice, weather)}, share: ${percent(dice)}`,
  degraded_latency: (dice, weather) =>
    `degraded_latency: ${where(dice, weather)}, factor: ${dice.between(1, 8)}, add: ${dice.between(0, 900)}ms`,
  loss: (dice, weather) => `loss: ${where(dice, weather)}, probability: ${dice.between(1, 60)}%`,
  bandwidth: (dice, weather) => `bandwidth: ${where(dice, weather)}, limit: ${dice.between(20, 2000)} Kbps`,
  surge: (dice) => `surge: ${dice.pick(PLACES)}, times: ${dice.between(2, 4)}`,
  operator_error: (dice) => `operator_error: deletion, share: ${percent(dice)}, detect_after: ${dice.between(5, 60)}s`,
  poison_write: () => "poison_write: crash, fuse: 2s, restart: 6s",
  health_probes: (dice) => `health_probes: ${dice.pick(["lost", "wrong"])}, share: ${percent(dice)}`,
  dns_updates: (dice) => `dns_updates: ${dice.pick(["refused", "delayed"])}`,
  dns_record: () => "dns_record: gone",
  failover_call: () => "failover_call: refused",
  automation: () => "automation: paused",
  byzantine: (dice) => `byzantine: ${REGIONS[2]}, lie: ${dice.pick(["mute", "delay", "equivocate"])}`,
};

const CLOCKS = ["clock_skew", "clock_drift"];
const MISTAKES = ["operator_error", "poison_write"];
/** What strikes most often: the others would crowd out what breaks guarantees. */
const HARD = ["region_outage", "host_crash", "host_pause", "partition", "partition", "loss"];

/** Seconds from the start: no fault begins earlier, none ends later. */
const CALM_UNTIL = 15;
export const HEALED_AT = 130;

/** Three to seven faults that overlap as they like, as lines of a scenario file; all have healed at HEALED_AT. */
export function faultsOf(dice: Dice, weather: Weather): string[] {
  const asked: Readonly<Record<string, boolean | undefined>> = {
    ...Object.fromEntries(CLOCKS.map((kind) => [kind, weather.clocks === true])),
    ...Object.fromEntries(MISTAKES.map((kind) => [kind, weather.mistakes === true])),
    byzantine: weather.liar === true,
  };
  const kinds = Object.keys(FAULTS).filter((kind) => asked[kind] !== false);
  return Array.from({ length: dice.between(3, 7) }, () => {
    const kind = dice.uniform() < 0.5 ? dice.pick(HARD) : dice.pick(kinds);
    const at = dice.between(CALM_UNTIL, HEALED_AT - 30);
    const lasting = dice.between(2, Math.min(45, HEALED_AT - at));
    const ends = kind === "operator_error" ? "" : `, for: ${lasting}s`;
    return `  - {${FAULTS[kind]!(dice, weather)}, at: ${at}s${ends}}`;
  });
}
