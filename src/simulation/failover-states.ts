/** What a failover controller is about. */
export const IDLE = 0;
export const VERIFYING = 1;
export const FENCING = 2;
export const PROMOTING = 3;
export const REROUTING = 4;
export const DRAINING = 5;
export const CATCHING_UP = 6;

/** The same in words, by number. */
export const DOING: readonly string[] = [
  "nothing",
  "verifying",
  "fencing",
  "promoting",
  "rerouting",
  "draining",
  "catching up",
];
