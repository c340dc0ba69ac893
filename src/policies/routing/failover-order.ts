import { NOBODY, type Routing } from "../contract.js";
import { numbersOption, regions } from "../options.js";
import { WHEN_NONE_HEALTHY, amongHealthy } from "./health.js";

export const failoverOrder: Routing = {
  name: "failover-order",
  about: "Sends every user to the first healthy region of a list, wherever they are.",
  costs: "Distance: all users go to one region, and the others stand idle.",
  follows: "the routing policies of Amazon Route 53, failover",
  options: { regions: regions("the regions in the order in which they are tried"), ...WHEN_NONE_HEALTHY },
  on: (options) => {
    const order = numbersOption(options, "regions");
    return amongHealthy(options, (_view, admits) => order.find(admits) ?? NOBODY);
  },
};
