import type { Scaling } from "../contract/scaling.js";

export const fixed: Scaling = {
  name: "fixed",
  about: "Leaves every fleet as large as it was planned; a standby boots what it lacks when it is promoted.",
  options: {},
};
