import type { Engine } from "../engine/engine.js";
import type { Links } from "../network/links.js";
import type { Conditions } from "./conditions.js";
import { FAULT_BEGINS, FAULT_ENDS } from "./events.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";

/** Faults come and go by the plan. Each brings its own hardships to what it strikes, and takes away exactly those. */
export class Faults {
  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly conditions: Conditions,
    private readonly observer: Observer,
  ) {}

  start(): void {
    for (const [index, fault] of this.plan.faults.entries()) {
      this.engine.schedule(fault.at, FAULT_BEGINS, index, 0, 0);
      if (fault.until <= this.plan.duration) this.engine.schedule(fault.until, FAULT_ENDS, index, 0, 0);
    }
  }

  begin(index: number): void {
    const { links, regions, hardships, until } = this.plan.faults[index]!;
    this.observer.faultBegan(index);
    if (hardships.link !== null) for (const link of links) this.links.begin(link, hardships.link);
    if (hardships.region !== null)
      for (const region of regions) this.conditions.begin(region, hardships.region, this.engine.now, until);
  }

  end(index: number): void {
    const { links, regions, hardships } = this.plan.faults[index]!;
    this.observer.faultEnded(index);
    if (hardships.link !== null) for (const link of links) this.links.end(link, hardships.link);
    if (hardships.region !== null) for (const region of regions) this.conditions.end(region, hardships.region);
  }
}
