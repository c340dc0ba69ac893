import { parseDocument } from "yaml";
import { drawFaults } from "../simulation/draw-faults.js";
import { compile } from "./compile.js";
import type { RawFault } from "./fault-format.js";
import type { Scenario } from "./scenario.js";

export interface Pinned {
  /** The scenario with scripted faults only; everything else, comments included, as it was. */
  readonly text: string;
  readonly strikes: number;
}

/**
 * Scripts what is random: each fault with `random` or `chance` is replaced by the strikes that this seed decided, in
 * microseconds, so that the pinned scenario replays to the same digests under that seed.
 */
export function pinFaults(scenario: Scenario, text: string, seed: string): Pinned {
  const drawn = drawFaults(compile(scenario).plans[0]!, seed);
  const document = parseDocument(text, { version: "1.2", schema: "core" });
  const entries = (document.toJS() as { readonly faults?: readonly Record<string, unknown>[] }).faults ?? [];
  let strikes = 0;
  const faults = (scenario.raw.faults ?? []).flatMap((fault, entry) => {
    const written = entries[entry]!;
    if (fault === undefined || !isRandom(fault)) return [written];
    const { random: _random, chance: _chance, at: _at, for: _for, repeat: _repeat, ...what } = written;
    return drawn
      .filter((strike) => strike.entry === entry)
      .map(({ at, until }) => {
        strikes++;
        return { ...what, at: `${at}us`, ...(until === Number.POSITIVE_INFINITY ? {} : { for: `${until - at}us` }) };
      });
  });
  const list = document.createNode(faults);
  for (const item of list.items) (item as { flow?: boolean }).flow = true;
  document.set("faults", list);
  return { text: document.toString({ lineWidth: 120 }), strikes };
}

const isRandom = (fault: RawFault): boolean => fault.random !== undefined || (fault.chance ?? 1) < 1;
