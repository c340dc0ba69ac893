import { NOBODY, type Routing, type TrafficView } from "../contract.js";
import { latency } from "./latency.js";

export const primary: Routing = {
  name: "primary",
  about: "Sends every user to the region that was announced as the primary, wherever they are.",
  options: {},
  contact: (view: TrafficView) => (view.leader === NOBODY ? latency.contact(view) : view.leader),
};
