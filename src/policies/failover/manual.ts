import type { Failover, FailoverView } from "../contract.js";
import { duration, numberOption } from "../options.js";
import { mostComplete } from "./automatic.js";

export const manual: Failover = {
  name: "manual",
  about: "Pages an operator, who promotes the most complete healthy standby after a while.",
  costs: "The operator's delay, while nobody writes.",
  follows: "the customer-managed failover of Azure Storage",
  options: { delay: duration(20 * 60_000_000, "from the alarm until the operator acts") },
  on: (options) => {
    const delay = numberOption(options, "delay");
    return {
      leader: (view: FailoverView) =>
        view.healthy(view.leader) || view.now - view.unhealthySince(view.leader) < delay
          ? view.leader
          : mostComplete(view),
    };
  },
};
