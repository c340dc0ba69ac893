import type { ControlHardship } from "./hardships.js";

/** The state of the machinery that watches and steers all regions, as the faults that hold now have made it. */
export class ControlConditions {
  probesLost = 0;
  probesWrong = 0;
  dnsDelay = 0;
  dnsRefused = false;
  dnsGone = false;
  promotionsRefused = false;
  automationPaused = false;
  private readonly hardships: ControlHardship[] = [];

  begin(hardship: ControlHardship): void {
    this.hardships.push(hardship);
    this.compose();
  }

  /** Ends exactly this hardship; one that never began is a mistake of the caller. */
  end(hardship: ControlHardship): void {
    const index = this.hardships.indexOf(hardship);
    if (index < 0) throw new Error("a fault of the control plane heals that never struck it");
    this.hardships.splice(index, 1);
    this.compose();
  }

  private compose(): void {
    let [found, honest] = [1, 1];
    this.dnsDelay = 0;
    for (const { probesLost, probesWrong, dnsDelay } of this.hardships) {
      found *= 1 - probesLost;
      honest *= 1 - probesWrong;
      this.dnsDelay += dnsDelay;
    }
    this.probesLost = 1 - found;
    this.probesWrong = 1 - honest;
    this.dnsRefused = this.hardships.some((hardship) => hardship.dnsRefused);
    this.dnsGone = this.hardships.some((hardship) => hardship.dnsGone);
    this.promotionsRefused = this.hardships.some((hardship) => hardship.promotionsRefused);
    this.automationPaused = this.hardships.some((hardship) => hardship.automationPaused);
  }
}
