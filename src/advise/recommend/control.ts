import { MINUTE, SECOND } from "../../units/time.js";

/** How outages are noticed and got over, microseconds: as shipped, or quicker where the RTO leaves little time. */
export interface Control {
  readonly interval: number;
  readonly timeout: number;
  readonly threshold: number;
  readonly verify: number;
  readonly lease: number;
  readonly clockMargin: number;
  readonly promotion: number;
  readonly ttl: number;
  readonly update: number;
}

const USUAL: Control = {
  ...{ interval: 10 * SECOND, timeout: 4 * SECOND, threshold: 3, verify: 5 * SECOND },
  ...{ lease: 10 * SECOND, clockMargin: SECOND, promotion: 15 * SECOND, ttl: MINUTE, update: 5 * SECOND },
};
const QUICK: Control = {
  ...{ interval: 3 * SECOND, timeout: 2 * SECOND, threshold: 3, verify: 2 * SECOND },
  ...{ lease: 5 * SECOND, clockMargin: SECOND, promotion: 10 * SECOND, ttl: 10 * SECOND, update: 5 * SECOND },
};

export const controlFor = (rto: number | null): Control => (rto !== null && rto < 4 * MINUTE ? QUICK : USUAL);

/** Until people have decided on a restore, and at what speed a backup is read; between archives of the log; of a boot. */
export const RESPOND = 15 * MINUTE;
export const RESTORE_BYTES_PER_SECOND = 250_000_000;
export const ARCHIVE = 5 * MINUTE;
export const BOOT_MEDIAN = 3 * MINUTE;
