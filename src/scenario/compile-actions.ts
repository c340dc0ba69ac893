import { NOBODY } from "../policies/contract.js";
import type { ActionPlan, Order } from "../simulation/order-plan.js";
import { isGivenIn } from "./added-regions.js";
import { broughtFault, commandOf, looksOnly } from "./check-actions.js";
import { compileFaults } from "./compile-faults.js";
import type { RawScenario } from "./format.js";

/** The orders of one architecture, by their moments; those of one moment in the order of the file. Who looks orders nothing. */
export function compileActions(raw: RawScenario, architecture: string, sites: readonly string[]): ActionPlan[] {
  return (raw.actions ?? [])
    .flatMap((action, entry) =>
      action === undefined || !isGivenIn(action, architecture) || looksOnly(commandOf(action, raw))
        ? []
        : [{ at: action.at!, entry, label: action.do!, order: orderOf(raw, entry, sites) }],
    )
    .toSorted((one, other) => one.at - other.at);
}

function orderOf(raw: RawScenario, entry: number, sites: readonly string[]): Order {
  const action = raw.actions![entry]!;
  const command = commandOf(action, raw);
  const { words, values } = command;
  const region = (option: string): number => (values.has(option) ? sites.indexOf(String(values.get(option))) : NOBODY);
  switch (words.name) {
    case "region promote":
      return { kind: "promote", to: region("name"), force: values.get("force") === true };
    case "region failover":
    case "failover test":
      return { kind: "failover", from: region("from"), to: region("to") };
    case "region add":
      return { kind: "add", region: region("name") };
    case "chaos test": {
      const { fault } = broughtFault(command, raw);
      const alone = { ...raw, faults: [{ ...fault, at: action.at! }] };
      const [brought] = compileFaults(alone, sites, raw.duration!);
      return { kind: "fault", fault: { ...brought!, entry: (raw.faults?.length ?? 0) + entry } };
    }
    default:
      return { kind: words.name.split(" ")[1] as "pause" | "resume" | "reset", region: region("region") };
  }
}
