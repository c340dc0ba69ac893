import { NOBODY, type RequestKind, type Routing, type TrafficView } from "../contract.js";
import { type OptionValues, choice } from "../options.js";
import { WHEN_NONE_HEALTHY, amongHealthy, least } from "./health.js";

type Tier = ReturnType<TrafficView["tier"]>;

const SMALL = 1024;
const LARGE = 1_048_576;
/** Where there is none of a tier, or none that looks healthy. */
const INSTEAD: Readonly<Record<Tier, readonly Tier[]>> = {
  edge: ["edge", "regional", "core"],
  regional: ["regional", "core", "edge"],
  core: ["core", "regional", "edge"],
};

function tierFor({ type, bytes }: RequestKind, options: OptionValues): Tier {
  if (type === "static" && options["content"] === "edge") return "edge";
  if (type === "real-time" && bytes < SMALL) return "edge";
  return type === "batch" || bytes > LARGE ? "core" : "regional";
}

export const computeLocation: Routing = {
  name: "compute-location",
  about:
    "Sends real-time requests of less than 1 KB to the nearest edge site, batch work and more than 1 MB to the nearest core region, all else to the nearest regional one.",
  costs: "A name of its own to look up, and connections of its own, for each kind of request.",
  follows: "Satyanarayanan and others, The Case for VM-Based Cloudlets in Mobile Computing (2009)",
  options: {
    content: choice(
      ["regional", "edge"],
      "where static content is asked for: as all else, or always at the edge (a CDN)",
    ),
    ...WHEN_NONE_HEALTHY,
  },
  byRequest: true,
  on: (options) =>
    amongHealthy(options, (view, admits) => {
      for (const tier of INSTEAD[tierFor(view.request!, options)]) {
        const nearest = least(
          view,
          (region) => admits(region) && view.tier(region) === tier,
          (region) => view.roundTrip(region),
        );
        if (nearest !== NOBODY) return nearest;
      }
      return NOBODY;
    }),
};
