import type { Engine } from "../engine/engine.js";
import type { Links } from "../network/links.js";
import type { Conditions } from "./conditions.js";
import type { ControlConditions } from "./control-conditions.js";
import type { ControlPlane } from "./control-plane.js";
import { FAULT_BEGINS, FAULT_ENDS } from "./events.js";
import type { Observer } from "./observer.js";
import { broughtFaults } from "./order-plan.js";
import type { FaultPlan, Plan } from "./plan.js";
import type { Surges } from "./surges.js";
import type { SystemOfRecord } from "./system-of-record.js";

/** Faults come and go by the plan. Each brings its own hardships to what it strikes, and takes away exactly those. */
export class Faults {
  private readonly scripted: number;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly regions: Conditions,
    private readonly control: ControlConditions,
    private readonly controlPlane: ControlPlane,
    private readonly surges: Surges,
    private readonly record: SystemOfRecord,
    private readonly observer: Observer,
  ) {
    this.scripted = plan.faults.length - broughtFaults(plan).length;
  }

  /** Those that an operator brings about come last in the plan, and when he does. */
  start(): void {
    for (const [index, fault] of this.plan.faults.slice(0, this.scripted).entries()) {
      this.engine.schedule(fault.at, FAULT_BEGINS, index, 0, 0);
      if (fault.until <= this.plan.duration) this.engine.schedule(fault.until, FAULT_ENDS, index, 0, 0);
    }
  }

  /** The next fault of an operator, in the order of his actions: from now on, as the plan says. */
  bring(number: number, { at, until }: FaultPlan): void {
    const index = this.scripted + number;
    this.begin(index);
    if (until <= this.plan.duration) this.engine.schedule(until - at, FAULT_ENDS, index, 0, 0);
  }

  dispatch(kind: number, index: number): void {
    if (kind === FAULT_BEGINS) this.begin(index);
    else this.end(index);
  }

  private begin(index: number): void {
    const fault = this.plan.faults[index]!;
    const { link, region, place, control, data } = fault.hardships;
    this.observer.faultBegan(index);
    if (data !== null) this.record.begin(index, data);
    if (link !== null) for (const id of fault.links) this.links.begin(id, link);
    if (region !== null) for (const id of fault.regions) this.regions.begin(id, region, this.engine.now, fault.until);
    if (place !== null) for (const id of fault.places) this.surges.begin(id, place);
    if (control === null) return;
    this.control.begin(control);
    this.controlPlane.conditionsChanged();
  }

  private end(index: number): void {
    const fault = this.plan.faults[index]!;
    const { link, region, place, control, data } = fault.hardships;
    this.observer.faultEnded(index);
    if (data !== null) this.record.end(index);
    if (link !== null) for (const id of fault.links) this.links.end(id, link);
    if (region !== null) for (const id of fault.regions) this.regions.end(id, region);
    if (place !== null) for (const id of fault.places) this.surges.end(id, place);
    if (control === null) return;
    this.control.end(control);
    this.controlPlane.conditionsChanged();
  }
}
