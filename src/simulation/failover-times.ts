/** A promotion or a switchover of which nothing was heard for so long is given up and thought over again. */
export const PATIENCE = 30_000_000;
/** A paused controller looks so often whether it may go on. */
export const PAUSED = 1_000_000;
/** Between a planned switchover that came to nothing and the next try: each keeps users from writing for a while. */
export const BREATHER = 60_000_000;
