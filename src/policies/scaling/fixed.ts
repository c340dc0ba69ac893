import type { Scaling } from "../contract/scaling.js";

export const fixed: Scaling = {
  name: "fixed",
  about: "Leaves every fleet as large as it was planned; a standby boots what it lacks when it is promoted.",
  costs: "Instances that stand idle off the peak, and too few beyond it.",
  follows: "Weiss and Furr, Static stability using Availability Zones (Amazon Builders' Library)",
  options: {},
};
