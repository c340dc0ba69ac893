import type { FleetView, Scaler, Scaling } from "../contract/scaling.js";
import { type OptionValues, count, duration, fraction, numberOption } from "../options.js";
import { SHUT_DOWN, idleFor } from "./idle-shutdown.js";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/**
 * The formula and the defaults of Kubernetes' horizontal autoscaler, but for the look once a minute, as cloud metrics come.
 * A worker that is busy cannot be busier: a fleet that is overrun grows by no more than 1 / target at each look.
 */
class TargetUtilisation implements Scaler {
  readonly every: number;
  readonly queues = true;
  private readonly target: number;
  private readonly tolerance: number;
  private readonly coolDown: number;
  private readonly least: number;
  private readonly most: number;
  private readonly shutDownAfter: number;
  /** What was asked for at the latest looks, and when: the fleet shrinks to the largest of those within the cool-down. */
  private readonly asked: { readonly at: number; readonly instances: number }[] = [];

  constructor(options: OptionValues) {
    this.every = numberOption(options, "interval");
    this.target = numberOption(options, "target");
    this.tolerance = numberOption(options, "tolerance");
    this.coolDown = numberOption(options, "cool_down");
    this.least = numberOption(options, "least");
    this.most = numberOption(options, "most");
    this.shutDownAfter = numberOption(options, "shut_down_after");
  }

  wanted(fleet: FleetView): number {
    const there = fleet.running + fleet.booting;
    if (there === 0) return this.demanded(fleet);
    if (idleFor(fleet, this.shutDownAfter)) return 0;
    const ratio = fleet.utilisation / this.target;
    const needed = Math.abs(ratio - 1) <= this.tolerance ? fleet.running : Math.ceil(fleet.running * ratio);
    const instances = Math.min(this.most, Math.max(this.least, 1, needed));
    const { asked } = this;
    while (asked.length > 0 && asked[0]!.at <= fleet.now - this.coolDown) asked.shift();
    asked.push({ at: fleet.now, instances });
    // What was asked for before the first cool-down is over says too little.
    const calm = fleet.now < this.coolDown ? there : 0;
    return asked.reduce((most, each) => Math.max(most, each.instances), Math.min(calm, this.most));
  }

  /** Only a fleet that was shut down is woken between two looks. */
  demanded(fleet: FleetView): number {
    const there = fleet.running + fleet.booting;
    return there === 0 && fleet.waiting > 0 ? Math.max(1, this.least) : there;
  }
}

export const targetUtilisation: Scaling = {
  name: "target-utilisation",
  about:
    "Keeps the workers of each region busy to a target: launches what is missing at each look, and gives back what has been too much for a whole cool-down.",
  costs: "A boot's time of overload at each rise, and head-room of the target.",
  follows: "the horizontal autoscaler of Kubernetes",
  options: {
    target: fraction(0.6, "share of the workers that are to be busy", { above: 0 }),
    tolerance: fraction(0.1, "by which the ratio of the two may be off before anything is done"),
    interval: duration(MINUTE, "from look to look", { least: SECOND }),
    cool_down: duration(5 * MINUTE, "for which the fleet must have been too large before it shrinks"),
    least: count(1, "instances that always run", { most: 100_000 }),
    most: count(Number.POSITIVE_INFINITY, "instances at most, in each region", { endless: "unlimited", least: 1 }),
    shut_down_after: SHUT_DOWN(Number.POSITIVE_INFINITY),
  },
  check(options) {
    const [least, most] = [numberOption(options, "least"), numberOption(options, "most")];
    if (least <= most) return null;
    return {
      option: "least",
      message: `${least} instances always run, and ${most} may`,
      expected: `at most ${most}, as "most" says`,
      hint: 'lower it, or raise "most"',
    };
  },
  on: (options) => new TargetUtilisation(options),
};
