import { NOBODY, type Routing } from "../contract.js";
import { latency } from "./latency.js";

export const primary: Routing = {
  name: "primary",
  about: "Sends every user to the region that was announced as the primary, wherever they are.",
  costs: "Distance: reads too go to the primary.",
  follows: "the writer endpoint of Amazon Aurora Global Database",
  options: {},
  on: () => {
    const nearest = latency.on({ when_none_healthy: "open" });
    return { contact: (view) => (view.leader === NOBODY ? nearest.contact(view) : view.leader) };
  },
};
