import { number, numberOption } from "../policies/options.js";
import { NO_HARDSHIPS } from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

export const surge: FaultKind = {
  name: "surge",
  about: "The users of a place ask for several times as much as usual.",
  target: "places",
  options: { times: number(1, "as much as usual", { above: 1, most: 1000 }) },
  needs: ["times"],
  hardships: (values) => ({ ...NO_HARDSHIPS, place: { surge: numberOption(values, "times") } }),
};
