import type { Placement } from "../contract.js";
import { count, numberOption } from "../options.js";

export const geoPartitioned: Placement = {
  name: "geo-partitioned",
  about:
    "Divides the keys by whose they are: those of each place live in the region nearest to it and in the next ones; keys that are nobody's live everywhere.",
  costs: "A longer way for users who travel, and a home whose loss is not everybody's but somebody's.",
  follows: "the zones of MongoDB (zoned sharding) and the regional rows of CockroachDB",
  options: { copies: count(2, "regions that hold a copy of each key, its home included", { least: 1 }) },
  shards: true,
  replicas: (_regions, home, others, _named, options) =>
    [home, ...others.slice(0, numberOption(options, "copies") - 1)].toSorted((a, b) => a - b),
};
