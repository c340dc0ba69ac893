import type { FleetView, Scaling } from "../policies/contract/scaling.js";
import type { OptionValues } from "../policies/options.js";
import { Dice } from "./dice.js";
import { type Range, type Report, Tally } from "./report.js";
import { defaultsOf } from "./routing.js";
import { scenarioOf, tryOut } from "./trial.js";
import { chosen, everyRegion, isBundled } from "./worlds.js";

export interface ScalingOptions extends Range {
  /** Settings as in a scenario file; and the same as the policy gets them. */
  readonly settings?: string;
  readonly values?: OptionValues;
}

const LOOKS = 200;
const SECOND = 1_000_000;
const LAWS = {
  whole: "asks for a whole number of instances, and looks again after some time",
  wakes: "asks for an instance where requests wait and there is none",
  same: "same view, same answer",
} as const;

/**
 * Holds a scaling against its contract: in fleets at random as time goes on, and in worlds in which every region accepts
 * writes and anything may fail: users are served again after the heal.
 */
export function checkScaling(policy: Scaling, options: ScalingOptions = {}): Report {
  const tally = new Tally("scaling", policy.name, "checkScaling", options);
  const values = { ...defaultsOf(policy), ...options.values };
  const own = { scaling: isBundled("scaling", policy) ? [] : [policy] };
  const use = `    scaling: ${chosen(policy.name, options.settings)}\n    boot: {median: 10s, p99: 20s}\n`;
  const architecture = everyRegion("multi-primary", "local", "last-write-wins") + use;
  const weather = { disks: ["kept", "synced"], clocks: true, mistakes: false } as const;
  return tally.each((seed) => {
    if (policy.on !== undefined)
      for (const [law, complaint] of judged(policy, values, new Dice(`scaling ${policy.name} fleets`, seed)))
        tally.judge(law, seed, complaint);
    const text = scenarioOf(`scaling ${policy.name}`, seed, { architecture, weather, keys: 400 });
    tryOut(tally, seed, text, own, { checks: ["exactly-once"], recovers: true });
  });
}

function judged(policy: Scaling, values: OptionValues, dice: Dice): Map<string, string | null> {
  const complaints = new Map<string, string | null>(Object.values(LAWS).map((law) => [law, null]));
  const complain = (law: string, says: string): void => void complaints.set(law, complaints.get(law) ?? says);
  const [scaler, twin] = [policy.on!(values), policy.on!(values)];
  if (!(Number.isInteger(scaler.every) && scaler.every > 0)) complain(LAWS.whole, `it looks every ${scaler.every} us`);
  let now = 0;
  for (let look = 0; look < LOOKS; look++) {
    now += scaler.every;
    const fleet = fleetOf(dice, now);
    const { running, booting, busy, waiting } = fleet;
    const seen = `at ${now / SECOND} s, ${running} running, ${booting} booting, ${busy} busy, ${waiting} waiting`;
    const wanted = scaler.wanted(fleet);
    if (!Number.isInteger(wanted) || wanted < 0) complain(LAWS.whole, `${seen}: it wanted ${wanted}`);
    const demanded = scaler.demanded?.(fleet) ?? wanted;
    if (!Number.isInteger(demanded) || demanded < 0) complain(LAWS.whole, `${seen}: it demanded ${demanded}`);
    if (running + booting === 0 && waiting > 0 && Math.max(wanted, demanded) < 1)
      complain(LAWS.wakes, `${seen}: it asked for none`);
    if (twin.wanted(fleet) !== wanted || (twin.demanded?.(fleet) ?? wanted) !== demanded) complain(LAWS.same, seen);
  }
  return complaints;
}

function fleetOf(dice: Dice, now: number): FleetView {
  const running = dice.pick([0, 1, 4, 40]);
  const busy = dice.between(0, running * 8);
  const waiting = busy === running * 8 ? dice.between(0, 50) : 0;
  const idle = dice.below(now + 1);
  return {
    now,
    running,
    booting: dice.pick([0, 0, 3]),
    full: 4,
    workers: 8,
    busy,
    waiting,
    utilisation: running === 0 ? 0 : dice.uniform(),
    idleSince: (instance) => (instance * 8 <= busy ? now : idle),
  };
}
