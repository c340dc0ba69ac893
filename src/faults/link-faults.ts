import type { LinkHardship } from "../network/links.js";
import { bandwidth, duration, fraction, number, numberOption } from "../policies/options.js";
import { type Hardships, NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

const onLinks = (hardship: Partial<LinkHardship>): Hardships => ({
  ...NO_HARDSHIPS,
  link: { ...NO_LINK_HARDSHIP, ...hardship },
});

export const partition: FaultKind = {
  name: "partition",
  about: "Nothing passes over the links: what was sent waits for its next retransmission, or is lost.",
  target: "links",
  options: {},
  hardships: () => onLinks({ cut: true }),
};

export const badPath: FaultKind = {
  name: "bad_path",
  about:
    "One of several parallel paths is broken: a share of the connections gets nothing through, the others notice nothing. A new connection may have better luck.",
  target: "links",
  options: { share: fraction(0, "of the connections", { above: 0 }) },
  needs: ["share"],
  hardships: (values) => onLinks({ share: numberOption(values, "share") }),
};

export const degradedLatency: FaultKind = {
  name: "degraded_latency",
  about: "Messages take longer: one-way delays become factor times what they were, and `add` more.",
  target: "links",
  options: {
    factor: number(1, "one-way delays are multiplied by this", {
      least: 1,
      most: 10_000,
      hint: "a fault makes no link faster than it is measured: that is up to topology.latency",
    }),
    add: duration(0, "and so much is added"),
  },
  needs: ["factor", "add"],
  hardships: (values) => onLinks({ factor: numberOption(values, "factor"), extra: numberOption(values, "add") }),
};

export const loss: FaultKind = {
  name: "loss",
  about: "Messages are lost: a datagram is gone, a stream sends it again after its time-out and slows down.",
  target: "links",
  options: {
    probability: fraction(0, "of a message to be lost", { most: 0.99, hint: "more is a partition" }),
  },
  needs: ["probability"],
  hardships: (values) => onLinks({ loss: numberOption(values, "probability") }),
};

export const narrowBandwidth: FaultKind = {
  name: "bandwidth",
  about: "The links carry less: a backlog forms and drains at what is left.",
  target: "links",
  options: { limit: bandwidth(0, "what remains of it", { least: 125, hint: "less is a partition" }) },
  needs: ["limit"],
  hardships: (values) => onLinks({ bandwidth: numberOption(values, "limit") }),
};
