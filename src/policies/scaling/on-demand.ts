import type { FleetView, Scaling } from "../contract/scaling.js";
import { count, duration, flag, numberOption } from "../options.js";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

export const onDemand: Scaling = {
  name: "on-demand",
  about:
    "Begins with nothing and launches an instance for every request that finds none free; one that has been idle for a while goes.",
  costs: "A cold start for whoever finds no instance free.",
  follows: "functions as a service: one environment a request, as AWS Lambda has it",
  options: {
    concurrency: count(1, "requests that one instance serves at a time", { least: 1, most: 10_000 }),
    keep_alive: duration(10 * MINUTE, "that an idle instance is kept for the next request", { least: SECOND }),
    provisioned: count(0, "instances that are always kept ready", { most: 100_000 }),
    most: count(1000, "instances of a region, at most: the limit of concurrency", { endless: "unlimited", least: 1 }),
    queues: flag(false, "whether requests beyond that limit wait; else they are shed"),
  },
  check(options) {
    const [provisioned, most] = [numberOption(options, "provisioned"), numberOption(options, "most")];
    if (provisioned <= most) return null;
    return {
      option: "provisioned",
      message: `${provisioned} instances are kept ready, and a region may have ${most}`,
      expected: `at most ${most}, as "most" says`,
      hint: 'lower it, or raise "most"',
    };
  },
  fleet: (options) => ({
    instances: numberOption(options, "provisioned"),
    workers: numberOption(options, "concurrency"),
  }),
  on: (options) => {
    const keepAlive = numberOption(options, "keep_alive");
    const provisioned = numberOption(options, "provisioned");
    const most = numberOption(options, "most");
    const needed = (fleet: FleetView): number => Math.ceil((fleet.busy + fleet.waiting) / fleet.workers);
    return {
      // So an idle instance stays for a sixtieth longer at most.
      every: Math.max(SECOND, Math.ceil(keepAlive / 60)),
      queues: options["queues"] === true,
      wanted: (fleet) => {
        let kept = fleet.running + fleet.booting;
        while (kept > provisioned && fleet.now - fleet.idleSince(kept) >= keepAlive) kept--;
        return Math.min(most, Math.max(needed(fleet), kept));
      },
      demanded: (fleet) => Math.min(most, Math.max(needed(fleet), fleet.running + fleet.booting)),
    };
  },
};
