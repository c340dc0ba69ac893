import { plain } from "./parts.js";
import { name, names, object, text } from "./shape.js";

/** What a scenario says of prices: `cost`. */

const taken = {
  instance: text("the type that stands for one instance, as m6i.large"),
  instance_price: plain("US dollars an hour of one instance, whatever the books say"),
  egress_price: plain("US dollars a GB of what goes to users, as of a contract or a CDN, whatever the books say"),
  storage: text("the class of storage of a copy, as gp3"),
};

export const cost = object(
  {
    prices: name(
      "aws, azure or gcp, or a CSV file beside the scenario; the list of each region's provider if left out",
    ),
    ...taken,
    regions: names(object(taken, "what differs in one region"), "by region", 30),
  },
  "what things cost: the bill is made of what was simulated",
);
