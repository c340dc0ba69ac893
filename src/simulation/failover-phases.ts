/** Phases of a failover, as the observers hear of them. */
export const DETECT = 0;
export const VERIFY = 1;
export const FENCE = 2;
export const PROMOTE = 3;
export const REROUTE = 4;
export const DNS_TAIL = 5;
