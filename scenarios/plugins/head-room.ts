import { type Scaling, count, fraction, numberOption } from "faultline/policy";

export default {
  name: "head-room",
  about: "Keeps a share of the workers idle, and gives back one instance at a time.",
  options: {
    idle: fraction(0.4, "share of the workers that is to be idle", { below: 1 }),
    least: count(1, "instances that always run", { least: 1 }),
  },
  on: (options) => ({
    every: 30_000_000,
    queues: true,
    wanted(fleet) {
      const there = fleet.running + fleet.booting;
      const busy = fleet.busy + fleet.waiting;
      const needed = Math.ceil(busy / (fleet.workers * (1 - numberOption(options, "idle"))));
      return Math.max(numberOption(options, "least"), needed < there ? there - 1 : needed);
    },
  }),
} satisfies Scaling;
