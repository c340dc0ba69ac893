import { type Failover, type FailoverView, NOBODY, duration, numberOption } from "faultline/policy";

export default {
  name: "patient",
  about: "Replaces a leader only when it has looked unhealthy for a while, by the healthy standby that holds most.",
  options: { patience: duration(60_000_000, "for which a leader may look unhealthy") },
  on: (options) => ({
    leader(view: FailoverView) {
      const since = view.unhealthySince(view.leader);
      if (view.now - since < numberOption(options, "patience")) return view.leader;
      let best = NOBODY;
      for (const standby of view.standbys)
        if (view.healthy(standby) && (best === NOBODY || view.position(standby) > view.position(best))) best = standby;
      return best;
    },
  }),
} satisfies Failover;
