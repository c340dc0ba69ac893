import type { TransferPlan } from "../simulation/plan.js";
import type { Expanded } from "./expand.js";
import { bandwidth, plain } from "./parts.js";
import type { Settings } from "./settings.js";
import { choice, object } from "./shape.js";

export const transfer = object(
  {
    compression: plain("writes and whole copies become so many times smaller on their way, 1 for not at all"),
    compression_rate: bandwidth("at which they are compressed, before they travel"),
    connections: choice(
      ["kept", "new"],
      "whether letters between copies share a connection, or each opens one of its own, with its handshakes",
    ),
  },
  "what is done to what travels between copies",
);

/** Null where nothing is. */
export function transferPlan(expanded: Expanded, shared: Settings): TransferPlan | null {
  const ratio = expanded.number("transfer.compression");
  const isNew = expanded.text("transfer.connections") === "new";
  if (ratio === 1 && !isNew) return null;
  return {
    ratio,
    rate: expanded.number("transfer.compression_rate"),
    handshakes: isNew ? shared.number("client.handshakes") : 0,
  };
}
