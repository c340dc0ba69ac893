import { NOBODY, type Routing } from "../contract.js";
import { numbersOption, regions } from "../options.js";
import { WHEN_NONE_HEALTHY, amongHealthy } from "./health.js";

export const failoverOrder: Routing = {
  name: "failover-order",
  about: "Sends every user to the first healthy region of a list, wherever they are.",
  options: { regions: regions("the regions in the order in which they are tried"), ...WHEN_NONE_HEALTHY },
  on: (options) => {
    const order = numbersOption(options, "regions");
    return amongHealthy(options, (_view, admits) => order.find(admits) ?? NOBODY);
  },
};
